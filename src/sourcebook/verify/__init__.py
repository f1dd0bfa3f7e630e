"""Step 6: hold a claim against the words of the source that it cites."""

from typing import Protocol

from sourcebook.types import Capture, Claim, Document, Judgement
from sourcebook.verify.quote_judge import QUOTES, QuoteJudge
from sourcebook.verify.quotes import FOUND, check_quote, check_quotes, quoted_spans

__all__ = ["FOUND", "JUDGES", "VERSION", "Judge", "QuoteJudge", "check_quote", "check_quotes", "quoted_spans"]

VERSION = "1"  # raise it when the same claim and words get another answer


class Judge(Protocol):
    """Says what one document says of one claim. Gives its reason when it cannot; never passes what it did not judge."""

    def judge(self, claim: Claim, source_id: str, document: Document | None, capture: Capture | None) -> Judgement:
        """A Verdict with its passages, or Unjudged with the reason. `capture` is the newest attempt at the source."""
        ...


JUDGES: dict[str, Judge] = {"quotes": QUOTES}
