"""The judge that looks only at quotation marks: a quote that its source does not hold is not supported by it.

It is the one verdict that needs no understanding. A found quote says that the words are there, not that they bear
the claim out, so everything else stays unjudged.
"""

from sourcebook.types import Capture, Claim, Document, Judgement, Outcome, Support, Unjudged, Verdict
from sourcebook.verify.quotes import QuoteStatus, find_quote, is_too_short, pieces, quoted_spans

_NAME = "quotes 1"
_LEAST_CHARACTERS = 200  # less text than this is not what was cited
_REASONS = {
    Outcome.WALLED: "walled",
    Outcome.BLOCKED: "walled",
    Outcome.PAYWALLED: "paywalled",
    Outcome.WRONG_TYPE: "non_text",
}


class QuoteJudge:
    """Says *unsupported* of a claim whose double-quoted words are nowhere in its only source; else says why not."""

    def judge(self, claim: Claim, source_id: str, document: Document | None, capture: Capture | None) -> Judgement:
        """A Verdict when a quote is absent, else Unjudged with the reason. Never *supported*."""
        if document is None or not document.text.strip():
            reason, why = _without_text(document, capture)
            return Unjudged(claim.id, source_id, reason, why)
        if len(document.text) < _LEAST_CHARACTERS:
            return Unjudged(claim.id, source_id, "too_short", "the archived text is only a few words long")
        quotes = quoted_spans(claim.text)
        absent = next((quote for quote in quotes if _is_absent(quote, document.text)), None)
        if absent is not None:
            why = f"the quote “{absent}” is nowhere in the archived text"
            return Verdict(claim.id, source_id, Support.UNSUPPORTED, (), why, _NAME)
        checked = [quote for quote in quotes if not is_too_short(quote)]
        if checked:
            return Unjudged(claim.id, source_id, "no_judge", "quotes found; whether the rest holds is not judged yet")
        return Unjudged(claim.id, source_id, "no_judge", "the claim quotes nothing; whether it holds is not judged yet")


def _is_absent(quote: str, text: str) -> bool:
    """Is any part of a quote, between what its writer left out, missing from the text?"""
    return any(find_quote(piece, text).status is QuoteStatus.ABSENT for piece in pieces(quote))


def _without_text(document: Document | None, capture: Capture | None) -> tuple[str, str]:
    """The reason, and in words, why there is nothing to judge by."""
    if capture is None:
        return "not_captured", "the source was not fetched yet"
    if capture.outcome is Outcome.OK:
        return "non_text", "no words could be read from the capture" if document is None else "the capture has no words"
    return _REASONS.get(capture.outcome, "not_captured"), capture.reason or capture.outcome.value


QUOTES = QuoteJudge()
