"""Each state as readers see it: one colour, one word that is always there, one shape that the style sheet draws.

Every one of them is made once: a page holds dozens, and a list hundreds.
"""

from functools import cache, lru_cache

from markupsafe import Markup, escape

from sourcebook.web.words import is_web, spoken

LABELS = {1: "Low", 2: "Mixed", 3: "Good", 4: "High", 5: "Gold"}
_GONE = ("gone", "soft_gone", "parked", "unreachable")


@cache
def state(value: str) -> Markup:
    """Is the source still there?"""
    return _mark(f"state-{value}", spoken(value))


@cache
def outcome(value: str | None) -> Markup:
    """What came of an attempt; None where nobody asked."""
    if value is None:
        return _mark("outcome-unknown", "Not asked")
    kind = "ok" if value == "ok" else "gone" if value in _GONE else "kept"
    return _mark(f"outcome-{kind}", "OK" if value == "ok" else spoken(value))


@cache
def support(value: str | None) -> Markup:
    """What the archived words say of a claim; no answer is not a pass."""
    word = value or "unjudged"
    return _mark(f"support-{word}", spoken(word))


@cache
def severity(value: str) -> Markup:
    """How bad a finding is."""
    return _mark(f"severity-{value}", spoken(value))


@cache
def credibility(value: int | None) -> Markup:
    """How far to trust where it was published; None where nobody has said."""
    if value is None:
        return Markup('<span class="pill">Unrated</span>')
    words = f"{value}/5 {LABELS[value]}"
    return Markup('<span class="cred cred-{}"><span class="dots"></span> <span class="nowrap">{}</span></span>').format(
        value, words
    )


def bar(part: float, whole: float, kind: str = "") -> Markup:
    """How much of a whole."""
    share = round(100 * part / whole, 1) if whole else 0
    kinds = f"meter {escape(kind)}" if kind else "meter"
    return Markup(f'<svg class="{kinds}" aria-hidden="true"><rect width="{share}%" height="100%"/></svg>')  # noqa: S704 - numbers


@lru_cache(10_000)
def part(points: float, most: float) -> Markup:
    """How many points of how many, in numbers and as a bar: two cells of a table."""
    of = f'{round(points, 1)}<span class="quiet"> of {round(most, 1)}</span>'
    return Markup(f'<td class="number">{of}</td><td>{bar(points, most)}</td>')  # noqa: S704 - numbers


def link_out(url: str, text: str = "") -> Markup:
    """Only http and https addresses become links; they tell the other site nothing."""
    shown = escape(text or url)
    if not is_web(url):
        return Markup(f"<span>{shown}</span>")  # noqa: S704 - escaped
    return Markup(f'<a class="out" href="{escape(url)}" rel="noreferrer nofollow">{shown}</a>')  # noqa: S704 - escaped


def _mark(kind: str, word: str) -> Markup:
    return Markup('<span class="mark {}">{}</span>').format(kind, escape(word))
