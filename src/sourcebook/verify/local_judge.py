"""The judge that needs no model: a few dozen explainable features, weighed by coefficients of our own.

It says *supported* only where the numbers of the claim are in the source and its quotes are found; *contradicted* only
where the source says something else about the same thing in so many words.
"""

from sourcebook.types.captures import Capture
from sourcebook.types.documents import Document, Passage
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Judgement, QuoteCheck, QuoteStatus, Support, Verdict
from sourcebook.verify.coefficients import coefficients
from sourcebook.verify.conflicts import Conflict, conflict
from sourcebook.verify.evidence_text import evidence_text
from sourcebook.verify.facts import FactKind
from sourcebook.verify.features import Evidence, evidence
from sourcebook.verify.passages import span
from sourcebook.verify.pointers import without_pointers
from sourcebook.verify.pronouns import resolved
from sourcebook.verify.quotes import check_quotes, is_title
from sourcebook.verify.reading import Reading, read
from sourcebook.verify.reasons import missing, reasons
from sourcebook.verify.unjudged import unjudged, why_not, why_not_all, why_not_words

NAME = "local 1"

_MOST_PASSAGES = 5
_BROKEN = frozenset({QuoteStatus.ABSENT, QuoteStatus.ALTERED})


class LocalJudge:
    """Judges every claim for which there are words to judge by."""

    name = NAME

    def judge(self, claim: Claim, source_id: str, document: Document | None, capture: Capture | None) -> Judgement:
        """A Verdict, or why there is none. What a part of a work does not say is not held against the work."""
        why = why_not(claim, document, capture)
        if why is not None:
            return unjudged(claim, source_id, why)
        verdict = weigh(claim, source_id, document or Document())
        why = why_not_all(document or Document())
        return verdict if why is None or _is_told(verdict) else unjudged(claim, source_id, why)


def _is_told(verdict: Verdict) -> bool:
    """Does a part of a work say it, or otherwise, in so many words? Then nothing in the rest of it changes that."""
    altered = any(quote.status is QuoteStatus.ALTERED for quote in verdict.quotes)
    return altered or verdict.support in {Support.SUPPORTED, Support.CONTRADICTED}


def judge_words(claim: Claim, document: Document) -> Judgement:
    """Hold a claim against words that somebody hands in: however few they are, they are what is to be judged by."""
    why = why_not_words(claim.text, document.text)
    return weigh(claim, "", document) if why is None else unjudged(claim, "", why)


def weigh(claim: Claim, source_id: str, document: Document) -> Verdict:
    """Hold a claim against the words of a document, whatever they are. Passages have the offsets of its text."""
    source = read(_evidence(document))
    words = read(resolved(without_pointers(claim.text), claim.heading, claim.before))
    found = evidence(words, source)
    quotes = check_quotes(claim.text, document.text)
    other = conflict(words, source, found)
    support, probability = _decide(found, quotes, other)
    return Verdict(
        claim_id=claim.id,
        source_id=source_id,
        support=support,
        probability=round(probability, 4),
        passages=_passages(document.text, source, found, other),
        why=reasons(support, found, quotes, other),
        judge=NAME,
        quotes=quotes,
        missing=missing(found),
    )


def _evidence(document: Document) -> str:
    """What may bear a claim out. What the source says of itself counts: at the end, where it moves no offset."""
    says = (document.title, document.published, document.site_name, ", ".join(document.authors))
    known = ". ".join(filter(None, says))
    text = evidence_text(document.text, document.regions)
    return f"{text}\n\n{known}" if known else text


def _decide(found: Evidence, quotes: tuple[QuoteCheck, ...], other: Conflict | None) -> tuple[Support, float]:
    """The answer, and how likely the source fully bears the claim out."""
    known = coefficients()
    probability = known.supported.probability(found.features)
    lacking = other is not None or any(fact.binding and not fact.found for fact in found.facts)
    broken = any(quote.status in _BROKEN and not is_title(quote.quote) for quote in quotes)
    vetoed = lacking or broken or bool(found.strays or found.opposites)
    if lacking:
        probability = known.without_a_number * (0.5 + probability)  # little, and the likelier ones still first
    elif vetoed:
        probability = min(probability, known.with_a_stray)
    elif found.scattered:
        probability = min(probability, known.scattered_at_most)
    if other is not None:
        return Support.CONTRADICTED, probability
    nothing = known.unsupported.probability(found.features)
    if probability >= enough(found) and nothing < known.supported_below and not (vetoed or found.scattered):
        return Support.SUPPORTED, probability
    silent = nothing >= known.unsupported_from or not found.bearings
    return Support.UNSUPPORTED if silent else Support.PARTIAL, probability


def enough(found: Evidence) -> float:
    """From which probability on a claim is called supported. A name that the text lacks in part is often another."""
    known = coefficients()
    lacking = any(fact.kind is FactKind.NAME and fact.share < 1 for fact in found.facts)
    return known.supported_without_a_name if lacking else known.supported_from


def _passages(text: str, source: Reading, found: Evidence, other: Conflict | None) -> tuple[Passage, ...]:
    """What bears on the claim, what is in conflict with it first; each as it stands in the document's own text."""
    ranked = [
        *([other.bearing] if other else []),
        *(bearing for bearing in found.bearings if not other or bearing != other.bearing),
    ]
    spans = [span(source, bearing) for bearing in ranked]
    return tuple(Passage(start, end, text[start:end]) for start, end in spans if end <= len(text))[:_MOST_PASSAGES]


LOCAL = LocalJudge()
