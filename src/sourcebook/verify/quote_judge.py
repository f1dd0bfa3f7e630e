"""The judge that looks only at quotation marks: a quote that its source does not hold is not supported by it.

It is the one verdict that needs no understanding. A found quote says that the words are there, not that they bear
the claim out, so everything else stays unjudged.
"""

from sourcebook.types import (
    Capture,
    Claim,
    Document,
    Judgement,
    Outcome,
    QuoteStatus,
    Support,
    Unjudged,
    UnjudgedReason,
    Verdict,
)
from sourcebook.verify.quotes import check_quotes

_NAME = "quotes 1"
_LEAST_CHARACTERS = 200  # less text than this is not what was cited
_REASONS = {
    Outcome.WALLED: UnjudgedReason.WALLED,
    Outcome.BLOCKED: UnjudgedReason.WALLED,
    Outcome.PAYWALLED: UnjudgedReason.PAYWALLED,
    Outcome.WRONG_TYPE: UnjudgedReason.NON_TEXT,
}


class QuoteJudge:
    """Says *unsupported* of a claim whose double-quoted words are nowhere in its only source; else says why not."""

    def judge(self, claim: Claim, source_id: str, document: Document | None, capture: Capture | None) -> Judgement:
        """A Verdict when a quote is absent, else Unjudged with the reason. Never *supported*."""
        if document is None or not document.text.strip():
            reason, why = _without_text(document, capture)
            return Unjudged(claim.id, source_id, reason, why)
        if len(document.text) < _LEAST_CHARACTERS:
            why = "the archived text is only a few words long"
            return Unjudged(claim.id, source_id, UnjudgedReason.TOO_SHORT, why)
        quotes = check_quotes(claim.text, document.text)
        absent = next((quote for quote in quotes if quote.status is QuoteStatus.ABSENT), None)
        if absent is not None:
            why = f"the quote “{absent.quote}” is nowhere in the archived text"
            return Verdict(claim.id, source_id, Support.UNSUPPORTED, 0.0, (), why, _NAME, quotes)
        if any(quote.status is not QuoteStatus.TOO_SHORT for quote in quotes):
            why = "quotes found; whether the rest holds is not judged yet"
        else:
            why = "the claim quotes nothing; whether it holds is not judged yet"
        return Unjudged(claim.id, source_id, UnjudgedReason.NO_JUDGE, why)


def _without_text(document: Document | None, capture: Capture | None) -> tuple[UnjudgedReason, str]:
    """The reason, and in words, why there is nothing to judge by."""
    if capture is None:
        return UnjudgedReason.NOT_CAPTURED, "the source was not fetched yet"
    if capture.outcome is Outcome.OK:
        why = "no words could be read from the capture" if document is None else "the capture has no words"
        return UnjudgedReason.NON_TEXT, why
    return _REASONS.get(capture.outcome, UnjudgedReason.NOT_CAPTURED), capture.reason or capture.outcome.value


QUOTES = QuoteJudge()
