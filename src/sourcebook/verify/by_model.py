"""A verdict by a model: what is asked, and what must hold of the answer before anybody reads it. Pure.

A model is a second opinion: it is shown the passages that our own judge found, and must quote the words that carry its
answer. A fact of the claim that is nowhere in the source rules *supported* out, whoever says it.
"""

from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from sourcebook.llm import Answered, Question, read_prompt
from sourcebook.types.documents import Document, Passage
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Support, Verdict
from sourcebook.verify.quotes import FOUND, check_quote, is_too_short

UNSURE = (0.15, 0.85)  # between these our own probability says little; beyond them it is right in nine cases of ten
AROUND = 400  # characters of the source shown on both sides of a passage: what its pronouns stand for
OPENING = 1_500  # characters shown of a source in which nothing bears on the claim
MOST_QUOTES = 3
ODDS = 3.0  # how much a model's word moves ours: checkers of this kind are right in three cases of four


@dataclass(frozen=True)
class Opinion:
    """What a model makes of a claim."""

    support: Literal["supported", "partial", "contradicted", "unsupported"]
    quotes: list[str]
    reason: str


def is_unsure(verdict: Verdict) -> bool:
    """Is this a verdict to hear a second opinion on?"""
    return UNSURE[0] < verdict.probability < UNSURE[1]


def claim_question(claim: Claim, verdict: Verdict, document: Document) -> Question[Opinion]:
    """Ask for a second opinion. An answer passes when every quote of it stands in the source and there are enough."""
    material = (
        ("Claim", claim.text),
        ("Heading above the claim", claim.heading),
        ("Sentence before the claim", claim.before),
        ("Title of the source", document.title),
        ("Passages of the source", _shown(verdict.passages, document.text)),
    )

    def check(opinion: Opinion) -> str:
        if opinion.support != "unsupported" and not opinion.quotes:
            return f"{opinion.support!r} needs at least one quote: copy the words of the source that carry it"
        if len(opinion.quotes) > MOST_QUOTES:
            return f"at most {MOST_QUOTES} quotes, the most telling ones"
        for quote in opinion.quotes:
            if is_too_short(quote):
                return f"the quote {quote!r} is too short to be told from others: copy more of its sentence"
            if check_quote(quote, document.text).status not in FOUND:
                return f"the source does not hold the quote {quote!r}: copy its words letter by letter"
        return ""

    about = f"claim {claim.id} by source {verdict.source_id}"
    return Question(about, read_prompt("judge"), tuple(pair for pair in material if pair[1]), Opinion, check)


def second_opinion(verdict: Verdict, document: Document, answered: Answered[Opinion]) -> Verdict:
    """Our verdict with the model's in its place, held to what the source must show."""
    opinion = answered.answer
    passages = [check_quote(quote, document.text).passage for quote in opinion.quotes]
    support, why = Support(opinion.support), opinion.reason.strip()
    if support is Support.SUPPORTED and verdict.missing:
        support = Support.PARTIAL
        why = f"{why} But the source does not hold {', '.join(verdict.missing)}.".strip()
    return replace(
        verdict,
        support=support,
        probability=_moved(verdict.probability, support),
        passages=tuple(passage for passage in passages if passage is not None) or verdict.passages,
        why=why,
        judge=f"{answered.model}, {answered.question.prompt.label}",
    )


def _moved(probability: float, support: Support) -> float:
    """Our probability, moved by the odds that a model's word is worth."""
    worth = ODDS if support is Support.SUPPORTED else 1 / ODDS
    within = min(max(probability, 0.01), 0.99)
    odds = within / (1 - within) * worth
    return round(odds / (1 + odds), 3)


def _shown(passages: tuple[Passage, ...], text: str) -> str:
    """The passages with what stands around them, in the order of the text, each once."""
    if not passages:
        return text[:OPENING]
    spans: list[tuple[int, int]] = []
    for passage in sorted(passages, key=lambda one: one.start):
        start, end = max(0, passage.start - AROUND), min(len(text), passage.end + AROUND)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return "\n[…]\n".join(text[start:end].strip() for start, end in spans)
