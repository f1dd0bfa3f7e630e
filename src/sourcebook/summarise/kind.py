"""What kind of text this is, where nobody says: by the words that it uses. Pure."""

from sourcebook.summarise.terms import words_of
from sourcebook.types.sources import SourceType

OPENING = 4_000  # characters that are looked at
ENOUGH = 3  # different words, from which on they are no coincidence

_SCHOLARLY = frozenset(
    """abstract propose proposed paper propose method methods methodology approach approaches model models results
    experiments experimental empirical empirically dataset datasets baseline baselines benchmark benchmarks outperforms
    outperform state-of-the-art et al arxiv doi hypothesis novel significantly demonstrate demonstrates framework
    algorithm algorithms analysis findings participants cohort patients trial controls associated regression mice cells
    expression protein mechanism mechanisms literature corpus corpora accuracy evaluation theoretical introduce
    investigate investigated conclusions objective background theorem convergence neural""".split()
)
_NEWS = frozenset(
    """said told says added according spokesman spokeswoman spokesperson police officials official minister president
    court mayor government campaign arrested monday tuesday wednesday thursday friday saturday sunday yesterday cnn
    reuters afp mr mrs ms reporters reported statement tonight killed election attorney suspect city prime charged
    authorities republican democrat democratic senate league season coach fans striker club""".split()
)


def likely_type(text: str) -> SourceType:
    """News, a paper, or a web page when it speaks like neither."""
    words = set(words_of(text[:OPENING]))
    scholarly, reporting = len(words & _SCHOLARLY), len(words & _NEWS)
    if abs(scholarly - reporting) < ENOUGH:
        return SourceType.WEB_PAGE
    return SourceType.PAPER if scholarly > reporting else SourceType.NEWS_ARTICLE
