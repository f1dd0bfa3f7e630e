"""What a sentence of a summary is there for, and what such a sentence looks like: by type of document. Data.

The weights of the scholarly roles follow from one hundred papers whose readers wrote one sentence each on the
challenge, the approach and the outcome (ACLSum, MIT licence): see docs/summarising.md.
"""

from msgspec import Struct

from sourcebook.types.sources import SourceType


def _any(words: str) -> frozenset[str]:
    return frozenset(words.split())


class Cue(Struct, frozen=True):
    """Words that tell what a sentence does: at least one of each set must stand in it."""

    weight: float
    sets: tuple[frozenset[str], ...]


class Role(Struct, frozen=True):
    """What one sentence of a summary is for, and how to tell how well a sentence would do it."""

    near: float = 0.0  # weight of standing near the opening
    places: tuple[float, ...] = ()  # weights of the first sentences, for what has its place there
    ending: float = 0.0  # weight of standing at the very end
    central: float = 8.0  # weight of holding what the whole text keeps talking about
    title: float = 0.0  # weight of holding the words of the title
    quoting: float = 0.0  # weight of opening on somebody's words in quotation marks
    brief: float = -4.0  # weight of being too short to say much; half of it up to fifteen words
    lengthy: float = -4.0  # weight of being a sentence that nobody would want to read
    cues: tuple[Cue, ...] = ()


_WE = _any("we i our ours us")
_THIS = _any("paper work study article report review survey thesis chapter authors")
_DO = _any(
    """propose proposes proposed present presents introduce introduces introduced develop develops developed describe
    describes devise design build construct create offer offers suggest suggests formulate explore explores investigate
    investigates examine examines address addresses tackle extend provide provides analyze analyzes analyse analyses
    argue argues aim aims conduct evaluate compare study"""
)
_MAKE = _any("propose proposes proposed present presents introduce introduces introduced develop develops developed")
_NEW = _any("novel new first")
_SHOW = _any(
    """show shows showed shown find finds found demonstrate demonstrates demonstrated observe indicate indicates
    suggest suggests reveal reveals confirm confirms prove verify conclude"""
)
_RESULTS = _any("results result experiments experimental evaluation evaluations analysis analyses findings we")
_BETTER = _any(
    """outperform outperforms outperformed outperforming improve improves improved improving improvement improvements
    surpass surpasses superior state-of-the-art better significant significantly gain gains achieve achieves achieved
    achieving competitive effective effectively effectiveness reduce reduces reduced reducing reduction increase
    increases increased accuracy"""
)
_FIGURES = _any("% percent points bleu f1")
_BUT = _any("however but yet although despite while unfortunately existing previous prior current most traditional")
_PROBLEM = _any(
    """challenge challenges challenging difficult difficulty difficulties lack lacks lacking limit limits limited
    limitation limitations problem problems problematic suffer suffers cost costs costly expensive hard scarce scarcity
    insufficient inefficient fail fails cannot not without ignore ignores issue issues bottleneck underexplored
    under-explored little few neglect unable poor poorly time-consuming require requires rely relies"""
)
_ELSEWHERE = _any("section sections table figure fig figures equation appendix")
_OTHERS = (_any("et"), _any("al"))
_LATER = _any("future plan hope")
_HINGE = _any("therefore thus hence also")
_WHERE = _any("github code available release released https url")

# What no sentence of a summary of a paper should do: point elsewhere in it, lean on others, or look ahead.
_ASIDES = (
    Cue(-1.5, (_ELSEWHERE,)),
    Cue(-1.5, _OTHERS),
    Cue(-1.5, (_LATER,)),
    Cue(-1.0, (_WHERE,)),
    Cue(-1.0, (_HINGE,)),
)
APPROACH = Role(
    places=(2.0, 3.5, 3.5, 2.0, 2.0, 2.0),
    title=8.0,
    cues=(
        Cue(2.5, (_MAKE,)),
        Cue(2.0, (_WE | _THIS, _DO)),
        Cue(1.0, (_NEW,)),
        Cue(-2.0, (_BETTER,)),
        Cue(-2.0, (_FIGURES,)),
        Cue(-1.5, (_BUT,)),
        Cue(-1.0, (_RESULTS, _SHOW)),
        *_ASIDES,
    ),
)
OUTCOME = Role(
    places=(0.0, 0.0, 1.0, 3.0, 3.0, 3.0),
    ending=1.5,
    title=1.5,
    cues=(Cue(6.0, (_RESULTS, _SHOW)), Cue(3.5, (_BETTER,)), Cue(3.0, (_FIGURES,)), Cue(2.0, (_WE,)), *_ASIDES),
)
CHALLENGE = Role(
    places=(6.0, 3.0, 2.0, 1.5, 1.2, 1.0, 0.9, 0.8),
    title=4.0,
    cues=(
        Cue(2.0, (_PROBLEM,)),
        Cue(1.5, (_BUT,)),
        Cue(-2.0, (_RESULTS, _SHOW)),
        Cue(-1.5, (_WE, _DO)),
        Cue(-1.0, (_WE,)),
        Cue(-1.0, (_MAKE,)),
        *_ASIDES,
    ),
)


def _blend(near: float, quoting: float = 0.0) -> tuple[Role, ...]:
    """One kind of sentence throughout: so much for its place, the rest for how central it is."""
    return (
        Role(near=10 * near, central=10 * (1 - near), title=2.5 * (1 - near), quoting=quoting, brief=-0.5, lengthy=0),
    )


_SCHOLARLY = (APPROACH, OUTCOME, CHALLENGE)
_NEWS = _blend(0.95, quoting=-1.0)

# Journalists put the news first; scholars say what they did, what came of it, and what was wrong before.
_OF_TYPE = {
    SourceType.NEWS_ARTICLE: _NEWS,
    SourceType.PRESS_RELEASE: _NEWS,
    SourceType.PAPER: _SCHOLARLY,
    SourceType.PREPRINT: _SCHOLARLY,
    SourceType.REPORT: _SCHOLARLY,
    SourceType.REFERENCE: _blend(0.65),
    SourceType.FORUM: _blend(0.6),
    SourceType.BLOG_POST: _blend(0.55),
    SourceType.GOVERNMENT: _blend(0.4),
    SourceType.BOOK: _blend(0.4),
}
_OTHERWISE = _blend(0.5)


def roles_of(kind: SourceType) -> tuple[Role, ...]:
    """The roles that the sentences of a summary take in turn, the most telling first."""
    return _OF_TYPE.get(kind, _OTHERWISE)
