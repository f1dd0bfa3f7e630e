"""What a model is asked about a library: the claims that our own judge is unsure of."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sourcebook import ids
from sourcebook.library.consulting import Errand, Stage
from sourcebook.library.parts import Parts
from sourcebook.llm import Answered, Question
from sourcebook.types import Claim, Document, Step, Verdict
from sourcebook.verify import by_model as judge

_Prepared = tuple[Question[Any], Callable[[Answered[Any]], object]] | None


def opinions(parts: Parts) -> Iterator[Errand]:
    """One for each claim that our own judge is unsure of, or for all or none, as llm.judge says."""
    if parts.config.llm.judge == "none":
        return
    best = parts.store.captures.best_ids()
    marks = parts.store.derived.fingerprints(Step.VERDICT)
    claims = {ids.judgement_id(claim.id, source_id): claim for source_id, claim in parts.store.pages.claims()}
    for verdict in parts.store.derived.all(Step.VERDICT, Verdict):
        subject = ids.judgement_id(verdict.claim_id, verdict.source_id)
        capture_id, claim = best.get(verdict.source_id), claims.get(subject)
        wanted = parts.config.llm.judge == "all" or judge.is_unsure(verdict)
        if capture_id and claim and wanted:
            yield Errand(subject, marks[subject], partial(_opinion, parts, verdict, claim, capture_id))


def _opinion(parts: Parts, verdict: Verdict, claim: Claim, capture_id: str) -> _Prepared:
    document = parts.store.derived.find(Step.DOCUMENT, capture_id, Document)
    if document is None:
        return None
    return judge.claim_question(claim, verdict, document), partial(judge.second_opinion, verdict, document)


STAGES = (Stage("Asking a model about unsure claims", Step.SECOND, "judge", opinions),)
