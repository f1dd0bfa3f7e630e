"""Step 6: hold a claim against the words of the source that it cites."""

from typing import Protocol

from sourcebook.types.captures import Capture
from sourcebook.types.documents import Document
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Judgement
from sourcebook.verify.evidence_text import evidence_text
from sourcebook.verify.local_judge import LOCAL, LocalJudge, judge_words, weigh
from sourcebook.verify.pronouns import resolved
from sourcebook.verify.quotes import FOUND, check_quote, check_quotes, is_title, quoted_spans

__all__ = [
    "FOUND",
    "JUDGES",
    "VERSION",
    "Judge",
    "LocalJudge",
    "check_quote",
    "check_quotes",
    "evidence_text",
    "is_title",
    "judge_words",
    "quoted_spans",
    "resolved",
    "weigh",
]

VERSION = "11"  # raise it when the same claim and words get another answer


class Judge(Protocol):
    """Says what one document says of one claim. Gives its reason when it cannot; never passes what it did not judge."""

    @property
    def name(self) -> str:
        """What its verdicts are filed under; another name when it would answer otherwise: "local 1"."""
        ...

    def judge(self, claim: Claim, source_id: str, document: Document | None, capture: Capture | None) -> Judgement:
        """A Verdict with its passages, or Unjudged with the reason. `capture` is the newest attempt at the source."""
        ...


JUDGES: dict[str, Judge] = {"local": LOCAL}
