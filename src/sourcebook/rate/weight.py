"""How much a source matters to this knowledge base: 0 to 100, as a sum of parts that can be seen."""

import math
from dataclasses import dataclass
from urllib.parse import urlsplit

from sourcebook import ids
from sourcebook.rate.labels import label
from sourcebook.types import Importance, LinkState, Signal

FORMULA = "importance 1"

# What each part can give; together 100. A source cited once by a middling page, on a good site, is to land near 50, so
# that there is room above for what the pages lean on and below for what they could do without.
_MOST_PAGES = 40.0
_MOST_SITE = 10.0
_MOST_CREDIBILITY = 20.0
_MOST_DIRECT = 10.0
_MOST_THERE = 5.0
_MOST_QUALITY = 15.0

_PAGES_FOR_ALL = 16  # cited by so many pages, a source has all the points: in wikis fewer than one in fifty are
_SITE_FOR_ALL = 64
_MIDDLE = 3  # the credibility that an unrated venue is counted with


@dataclass(frozen=True, slots=True)
class ImportanceInputs:
    """What importance is computed from."""

    pages: int  # how many pages cite the source
    site_pages: int  # how many pages cite anything on its site
    credibility: int | None
    url: str
    state: LinkState
    quality: float | None  # mean over the citing pages that have one, 0 to 100


def importance(inputs: ImportanceInputs) -> Importance:
    """The importance of a source; its signals add up to its score, rounded."""
    signals = (
        _pages(inputs.pages),
        _site(inputs.site_pages),
        _credibility(inputs.credibility),
        _directness(inputs.url),
        _reachability(inputs.state),
        _quality(inputs.quality),
    )
    return Importance(math.floor(sum(signal.points for signal in signals) + 0.5), signals, FORMULA)


def _pages(pages: int) -> Signal:
    share = _grown(pages, _PAGES_FOR_ALL)
    return _signal("citing pages", share * _MOST_PAGES, _MOST_PAGES, f"cited by {_counted(pages)}")


def _site(pages: int) -> Signal:
    share = _grown(pages, _SITE_FOR_ALL)
    return _signal("site", share * _MOST_SITE, _MOST_SITE, f"its site is cited by {_counted(pages)}")


def _credibility(credibility: int | None) -> Signal:
    if credibility is None:
        words = f"venue unrated, counted as {_MIDDLE} of 5"
    else:
        words = f"credibility {credibility} of 5 ({label(credibility)})"
    share = (_MIDDLE if credibility is None else credibility) / 5
    return _signal("credibility", share * _MOST_CREDIBILITY, _MOST_CREDIBILITY, words)


def _directness(url: str) -> Signal:
    """A citation of one page can be looked up; a citation of a home page says only where to begin."""
    parts = urlsplit(ids.original_url(url) or "")
    depth = len([part for part in parts.path.split("/") if part]) + bool(parts.query)
    share, words = {0: (0.0, "a home page"), 1: (0.6, "a page at the top of its site")}.get(depth, (1.0, "one page"))
    return _signal("directness", share * _MOST_DIRECT, _MOST_DIRECT, f"the address is that of {words}")


def _reachability(state: LinkState) -> Signal:
    share, words = {
        LinkState.ALIVE: (1.0, "it is still there"),
        LinkState.SUSPECT: (0.4, "it failed when last asked for"),
        LinkState.DEAD: (0.0, "it is no longer there"),
        LinkState.UNKNOWN: (0.6, "not known to be there or gone"),
    }[state]
    return _signal("reachability", share * _MOST_THERE, _MOST_THERE, words)


def _quality(quality: float | None) -> Signal:
    if quality is None:
        return _signal("page quality", _MOST_QUALITY / 2, _MOST_QUALITY, "citing pages without quality, counted as 50")
    share = min(max(quality, 0.0), 100.0) / 100
    return _signal("page quality", share * _MOST_QUALITY, _MOST_QUALITY, f"citing pages of quality {quality:.1f}")


def _grown(count: int, whole: int) -> float:
    """0 for none, 1 for `whole` or more; each doubling adds the same."""
    return min(math.log2(1 + max(count, 0)) / math.log2(1 + whole), 1.0)


def _signal(name: str, points: float, most: float, words: str) -> Signal:
    points = round(points, 1)
    return Signal(name, points, most, f"{words}: {points:g} of {most:g}")


def _counted(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"
