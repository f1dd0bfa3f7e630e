"""How much a source matters to this knowledge base: 0 to 100, as a sum of parts that can be seen. Pure."""

import math
from datetime import date
from urllib.parse import urlsplit

from msgspec import Struct

from sourcebook import ids
from sourcebook.rate.labels import label
from sourcebook.types.captures import LinkState
from sourcebook.types.ratings import Counted, Importance, Signal

FORMULA = "importance 2"

# What each part can give; together 100. Each is worth about what it tells of the citations that a formula has not seen:
# half of the pages of a wiki were counted, and a regression asked which sources the other half cites. Of the quality
# that pages give themselves it learned nothing. See docs/importance.md, and `sourcebook evaluate importance`.
_MOST_PAGES = 40.0
_MOST_SITE = 10.0
_MOST_CREDIBILITY = 20.0
_MOST_COMPANY = 10.0
_MOST_DIRECT = 10.0
_MOST_KEPT = 5.0
_MOST_THERE = 5.0

_PAGES_HALF_WAY = 2.0  # further citing pages that bring a source most of the way: from four on, more say little more
_SITE_HALF_WAY = 3.0
_COMPANY_FOR_ALL = 8.0  # citing pages of the sources beside it
_MIDDLE = 3  # the credibility that an unrated venue is counted with
_STEPS = {0: 1.0, 1: 0.8, 2: 0.5, 3: 0.3}  # below the root of a site, each step makes it less likely to be met again
_DEEP = 0.1


class ImportanceInputs(Struct, frozen=True):
    """What importance is computed from."""

    counted: Counted
    credibility: int | None
    url: str
    state: LinkState
    kept: bool  # does an imported record describe it? Somebody thought it worth one


def importance(inputs: ImportanceInputs, today: date) -> Importance:
    """The importance of a source; its signals add up to its score, rounded."""
    signals = (
        _pages(inputs.counted.pages),
        _site(inputs.counted.site_pages),
        _credibility(inputs.credibility),
        _company(inputs.counted.company),
        _directness(inputs.url),
        _kept(inputs.kept),
        _reachability(inputs.state),
    )
    return Importance(math.floor(sum(signal.points for signal in signals) + 0.5), signals, FORMULA, today)


def _pages(pages: int) -> Signal:
    """The first page is why there is a source at all; those beyond it tell."""
    return _signal("citing pages", _MOST_PAGES, _grown(pages - 1, _PAGES_HALF_WAY), f"cited by {_counted(pages)}")


def _site(pages: int) -> Signal:
    words = f"{_counted(pages)} besides cite its site" if pages != 1 else "1 page besides cites its site"
    return _signal("site", _MOST_SITE, _grown(pages, _SITE_HALF_WAY), words)


def _credibility(credibility: int | None) -> Signal:
    if credibility is None:
        words = f"venue unrated, counted as {_MIDDLE} of 5"
    else:
        words = f"credibility {credibility} of 5 ({label(credibility)})"
    share = ((_MIDDLE if credibility is None else credibility) - 1) / 4
    return _signal("credibility", _MOST_CREDIBILITY, share, words)


def _company(company: float) -> Signal:
    share = math.log(max(company, 1.0)) / math.log(_COMPANY_FOR_ALL)
    words = f"other sources of the pages that cite it are cited by {company:g} pages on average"
    return _signal("citing pages' weight", _MOST_COMPANY, min(share, 1.0), words)


def _directness(url: str) -> Signal:
    """The address of the thing itself is short; what stands deep within a site is one thing of many."""
    parts = urlsplit(ids.original_url(url) or "")
    steps = len([part for part in parts.path.split("/") if part])
    words = "the address of a whole site" if steps == 0 else f"its address is {_steps(steps)} below its site"
    return _signal("directness", _MOST_DIRECT, _STEPS.get(steps, _DEEP), words)


def _kept(kept: bool) -> Signal:
    words = "an imported record describes it" if kept else "no imported record describes it"
    return _signal("record", _MOST_KEPT, float(kept), words)


def _reachability(state: LinkState) -> Signal:
    share, words = {
        LinkState.ALIVE: (1.0, "it is still there"),
        LinkState.SUSPECT: (0.4, "it failed when last asked for"),
        LinkState.DEAD: (0.0, "it is no longer there"),
        LinkState.UNKNOWN: (0.6, "not known to be there or gone"),
    }[state]
    return _signal("reachability", _MOST_THERE, share, words)


def _grown(count: int, half_way: float) -> float:
    """0 for none, near 1 for many; each further one adds less than the one before."""
    return 1 - math.exp(-max(count, 0) / half_way)


def _signal(name: str, most: float, share: float, words: str) -> Signal:
    points = round(share * most, 1)
    return Signal(name, points, most, f"{words}: {points:g} of {most:g}")


def _counted(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages:,} pages"


def _steps(steps: int) -> str:
    return "1 step" if steps == 1 else f"{steps} steps"
