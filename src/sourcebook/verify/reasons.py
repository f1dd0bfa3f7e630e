"""The reasons for a verdict, in words. Pure."""

from sourcebook.types.verdicts import QuoteCheck, QuoteStatus, Support
from sourcebook.verify.conflicts import Conflict
from sourcebook.verify.facts import FactKind
from sourcebook.verify.features import Evidence
from sourcebook.verify.quotes import is_title

_SAID = {
    QuoteStatus.ABSENT: "the quote “{}” is nowhere in the source",
    QuoteStatus.ALTERED: "the quote “{}” is altered: {}",
}
_MOST = 3  # reasons of one kind


def _said(check: QuoteCheck) -> str:
    words = _SAID[check.status].format(check.quote, check.difference)
    return words.replace("quote", "title", 1) if is_title(check.quote) else words


def missing(found: Evidence) -> tuple[str, ...]:
    """The facts of a claim that its source does not hold: "the number 57"."""
    lacking = (
        fact.said for fact in found.facts if not fact.found and (fact.binding or fact.kind is not FactKind.NUMBER)
    )
    return tuple(dict.fromkeys(lacking))


def reasons(support: Support, found: Evidence, quotes: tuple[QuoteCheck, ...], other: Conflict | None) -> str:
    """Why a verdict was given: what is in conflict, altered or missing first, then how much of the claim was found."""
    said = [other.words] if other else []
    said += [_said(quote) for quote in quotes if quote.status in _SAID][:_MOST]
    said += [f"{fact} is nowhere in the source" for fact in missing(found)][:_MOST]
    said += [f"{fact.said} stands in the source, but not with what the claim says" for fact in found.strays][:_MOST]
    said += [f"the claim says “{one.ours}”, the source {_quoted(one.theirs)}" for one in found.opposites][:_MOST]
    return "; ".join([*said, _wording(support, found)])


def _quoted(theirs: str) -> str:
    return f"“{theirs}”" if theirs else "nothing of the kind"


def _wording(support: Support, found: Evidence) -> str:
    if not found.bearings:
        return "no word of the claim is in the source"
    words = len(found.terms.weights)
    best, text = (round(words * share) for share in (found.features.plain_best, found.features.plain_text))
    counted = (
        f"{best} of the claim’s {words} words that carry meaning stand in the best passage, {text} in the whole source"
    )
    if support is Support.SUPPORTED:
        return f"{counted}, in wording close to the claim’s"
    return f"{counted}, far apart or in another order" if found.scattered and text else counted
