"""Is what came back the work that the pages cite? By its identifiers, its title, its authors and its year. Pure.

A link's words are a title on some pages and a piece of a sentence on others. Only words that look like a title can
show that something else came back; all others can only bear out that it is the right thing.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import Struct

from sourcebook import ids
from sourcebook.types.documents import Completeness, Confidence, Document
from sourcebook.types.ratings import Work, WorkCheck

# Shares of the telling words of a title. Measured on real pages under their own titles in several versions, and under
# those of others: docs/extracting.md.
SAME_SHARE = 0.75  # in the title of what came back
LIKELY_SHARE = 0.6  # where it says what it is: title, description, address, first lines
DENIED_FRONT = 0.5  # no more than so many there, and
DENIED_TEXT = 0.7  # no more than so many in all its text, and
DENIED_PAIRS = 0.34  # no more than so many that follow each other do so there: it is something else
DENIED_SENTENCE = 0.34  # words that may be a sentence are looked for in all the text
LEAST_TITLE_WORDS = 3  # fewer telling words are shared by chance, and must all be missing
LEAST_SENTENCE_WORDS = 4
FRONT_CHARACTERS = 1_500
MOST_CHARACTERS = 60_000

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MARK = re.compile(r"[\u0300-\u036f]")
_UNCASED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_TELLS_NOTHING = frozenset(
    """a an and are as at be by for from has have how in into is it its of on or that the their this to was what when
    where which who why will with you your our we not can do does more most new all about after over than vs via et al

    report reports study studies paper papers article articles research analysis blog post posts news pdf website site
    web page pages overview documentation docs release press survey working journal magazine review reviews institute
    institution university foundation center centre official home update updates summary video podcast episode
    interview profile guide data dataset archive edition vol volume issue no part annual full text html figure table
    chapter section appendix read see link source sources january february march april may june july august september
    october november december inc ltd llc corp co org com net www https http staff

    der die das und von des dem den ein eine zu im mit für auf le la les de du des et en un une pour dans el los las y
    del una por con para il di da per""".split()
)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_SURNAME = re.compile(r"\b([A-ZÀ-Þ][\w'’-]+)\s+(?:et\s+al\b|(?:&|and)\s+[A-ZÀ-Þ][\w'’-]+\s*\(?(?:1[5-9]|20)\d\d)")
_SUM = re.compile(r"[$€£¥%]|\b\d+(?:\.\d+)?\s*(?:million|billion|trillion|percent|per cent)\b")
_QUOTED = re.compile(r"[\"“”«»„‟]\s*([^\"“”«»„‟]{12,300}?)\s*[\"“”«»„‟]")
_ARXIV = re.compile(r"\barxiv[:\s]\s*(\d{4}\.\d{4,5})(?:v\d+)?\b", re.IGNORECASE)
_PREPRINT = re.compile(r"^(?:arxiv:|doi:10\.(?:1101|64898|21203|26434|31234|2139|36227|20944|31219|5281)/)")


class Cited(Struct, frozen=True):
    """What the citing pages, and an import, say of a source."""

    url: str
    labels: tuple[str, ...]  # the words that link to it
    title: str = ""
    authors: tuple[str, ...] = ()
    year: str = ""


def check_work(cited: Cited, document: Document) -> WorkCheck:
    """The answer: DIFFERENT only where a title or an identifier denies what came back, and nothing bears it out."""
    named = _by_identifier(_identifiers(cited.labels), document, "cited as")
    addressed = _by_identifier(_identifiers([cited.url]), document, "its address says")
    if named is not None and named.work is not Work.LIKELY:
        return named
    if document.completeness is Completeness.NONE or not document.text.strip():
        return addressed or WorkCheck(Work.UNKNOWN, ("no words came back",))
    shown = _Shown(cited, document)
    answers = [_by_title(label, shown) for label in dict.fromkeys(_labels(cited))]
    answers += [*_by_people(cited, document), *([named] if named is not None else [])]
    if addressed is not None and addressed.work is Work.DIFFERENT:
        answers.append(addressed)
    for work in (Work.SAME, Work.LIKELY, Work.DIFFERENT):
        why = tuple(reason for answer in answers if answer.work is work for reason in answer.why)
        if why:
            return WorkCheck(work, why)
    if addressed is not None:  # the address is right, and the citing pages do not say that they mean another work
        return WorkCheck(Work.LIKELY, addressed.why)
    return WorkCheck(Work.UNKNOWN, ("the citing pages say too little of it",))


# --- identifiers -----------------------------------------------------------------------------------


def _by_identifier(wanted: set[str], document: Document, said: str) -> WorkCheck | None:
    """The answer that identifiers give; None where there are none to compare."""
    held = set(document.identifiers)
    if common := wanted & held:
        return WorkCheck(Work.SAME, (f"it names itself {min(common)}, as cited",))
    for key in sorted(wanted):
        scheme = key.partition(":")[0]
        others = sorted(one for one in held if one.startswith(f"{scheme}:"))
        if others and document.confidences.get("identifiers") is not Confidence.LOW:
            if is_preprint(key) != is_preprint(others[0]):
                return WorkCheck(Work.LIKELY, (f"{others[0]} may be another version of {key}",))
            return WorkCheck(Work.DIFFERENT, (f"{said} {key}, but it names itself {others[0]}",))
    return None


def is_preprint(key: str) -> bool:
    """Does an identifier name a preprint, which a journal's version may follow?"""
    return _PREPRINT.match(key) is not None


def _identifiers(texts: Sequence[str]) -> set[str]:
    """The works that are named by an identifier: an address, a DOI, "arXiv:2401.00001"."""
    said = [word.strip("()[]<>,.") for text in texts for word in _ARXIV.sub(r"arxiv.org/abs/\1", text).split()]
    said = [f"doi.org/{one}" if one.startswith("10.") else one for one in said]
    keys = (ids.identifier_of(one if "://" in one else f"https://{one}") for one in said if "/" in one)
    return {key for key in keys if key is not None}


# --- titles ----------------------------------------------------------------------------------------


class _Shown:
    """What came back, as words: of its titles, of all places where it says what it is, and of its text."""

    def __init__(self, cited: Cited, document: Document) -> None:
        titles = [document.title, *(conflict.value for conflict in document.conflicts.get("title", ()))]
        front = [
            *titles, *document.authors, *document.organisations, *document.tags, document.description,
            document.site_name, document.section, _path(document.canonical), _path(cited.url),
            document.text[:FRONT_CHARACTERS],
        ]  # fmt: skip
        letters = [letter for letter in f"{document.title} {document.text[:FRONT_CHARACTERS]}" if letter.isalpha()]
        self._text = f"{' '.join(titles)} {document.text[:MOST_CHARACTERS]}"
        self.titles = tuple(frozenset(_words(title)) for title in titles)
        self.front = frozenset(word for one in front for word in _words(one))
        self.host = ids.host(cited.url)
        self.site = frozenset(_words(f"{document.site_name} {self.host.replace('.', ' ')}"))
        self.latin = len(_LATIN.findall("".join(letters))) * 2 > len(letters)

    @cached_property
    def text(self) -> tuple[str, ...]:
        """All its words, in order: most works are known by their front, and need no look at the rest."""
        return tuple(_words(self._text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Words that follow each other."""
        return frozenset(pairwise(self.text))


class _Label(NamedTuple):
    """Words that may be the title, and whether they are known to be meant as one."""

    words: str
    is_title: bool


def _labels(cited: Cited) -> Iterator[_Label]:
    """The import's title, what the words of a link quote, else those words."""
    if cited.title:
        yield _Label(cited.title, is_title=True)
    for label in cited.labels:
        quoted = _QUOTED.findall(label)
        yield from (_Label(words, is_title=True) for words in quoted)
        if not quoted:
            yield _Label(label, _is_title_case(label))


def _by_title(label: _Label, shown: _Shown) -> WorkCheck:
    """Hold a title against what came back."""
    words = [word for word in _words(label.words) if word not in shown.site and word not in shown.host]
    told = frozenset(words)
    if not told:
        return WorkCheck(Work.UNKNOWN, ())
    in_title = max(_share(told, one) for one in shown.titles)
    covers = max((_share(one - shown.site, told) for one in shown.titles if len(one - shown.site) > 2), default=0.0)
    if len(told) > 1 and (in_title >= SAME_SHARE or (covers >= SAME_SHARE and len(told) >= LEAST_TITLE_WORDS)):
        return WorkCheck(Work.SAME, (f"its title has the words of {label.words!r}",))
    if _share(told, shown.front) >= LIKELY_SHARE:
        return WorkCheck(Work.LIKELY, (f"it speaks of {label.words!r} where it says what it is",))
    if shown.latin == (_LATIN.search(label.words) is not None) and _denies(label, words, shown):
        return WorkCheck(Work.DIFFERENT, (f"cited as {label.words!r}, which is not what it speaks of",))
    return WorkCheck(Work.UNKNOWN, ())


def _denies(label: _Label, words: Sequence[str], shown: _Shown) -> bool:
    """Is this a title, and is next to nothing of it in what came back?"""
    told = frozenset(words)
    spoken = len([word for word in told if word.isalpha()])
    in_text = _share(told, frozenset(shown.text))
    if spoken < LEAST_TITLE_WORDS:
        return label.is_title and spoken > 1 and in_text == 0
    pairs = set(pairwise(words))
    followed = len(pairs & shown.pairs) / (len(pairs) or 1)
    in_front = _share(told, shown.front)
    if label.is_title:
        return followed <= DENIED_PAIRS and in_text <= DENIED_TEXT and in_front <= DENIED_FRONT
    if not _may_be_title(label.words):
        return False
    if spoken < LEAST_SENTENCE_WORDS:
        return in_text == 0
    return in_text <= DENIED_SENTENCE or (followed == 0 and in_text <= DENIED_FRONT and in_front <= DENIED_SENTENCE)


def _may_be_title(label: str) -> bool:
    """Pieces of a sentence begin with a small letter, sums of money and shares make a statement, addresses are no
    words."""
    start = label.lstrip("\"“”‘’'«»([ ")
    if not start or start[0].islower() or "/" in start.split()[0]:
        return False
    return "://" not in label and _SUM.search(label) is None


def _is_title_case(label: str) -> bool:
    """Are its words written Like a Title?"""
    words = [word for word in _WORD.findall(label) if word.casefold() not in _TELLS_NOTHING and word.isalpha()]
    capital = [word for word in words if not word[0].islower()]
    return _may_be_title(label) and len(words) > 1 and len(capital) >= 0.8 * len(words)


def _share(some: frozenset[str], of: frozenset[str]) -> float:
    return len(some & of) / len(some) if some else 0.0


# --- people and years ------------------------------------------------------------------------------


def _by_people(cited: Cited, document: Document) -> Iterator[WorkCheck]:
    """Authors that the citing pages name bear a work out when they are its own."""
    surnames = [name.split()[-1] for name in cited.authors if name.split()]
    surnames += [name for label in cited.labels for name in _SURNAME.findall(label)]
    own = {word for name in document.authors for word in _words(name)}
    known = sorted({name for name in surnames if set(_words(name)) & own})
    if known:
        years = {year for label in (*cited.labels, cited.year) for year in _YEAR.findall(label)}
        same_year = document.published[:4] in years
        said = f"{' and '.join(known)} wrote it" + (f" in {document.published[:4]}" if same_year else "")
        yield WorkCheck(Work.SAME if same_year else Work.LIKELY, (said,))


# --- words -----------------------------------------------------------------------------------------


def _words(text: str) -> Iterator[str]:
    """The words that tell something, folded and cut to their stem; pairs of characters where no spaces part words."""
    plain = text.casefold()
    if not plain.isascii():
        plain = _MARK.sub("", unicodedata.normalize("NFKD", plain))
    for word in _WORD.findall(plain):
        if not word.isascii() and _UNCASED.search(word):
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif word not in _TELLS_NOTHING and not _YEAR.fullmatch(word) and (len(word) > 1 or word.isdecimal()):
            yield _stem(word.replace("'s", "").replace("’s", "").replace("'", "").replace("’", ""))


def _stem(word: str) -> str:
    """A word without the endings that one language or another gives it."""
    return word if len(word) < 6 else word[: max(5, len(word) - 3)]


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.replace("-", " ").replace("_", " ").replace("/", " ")
    except ValueError:
        return ""
