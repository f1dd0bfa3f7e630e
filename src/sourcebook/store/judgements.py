"""The judgements that readers see: a model's second opinion before our own, and ours before none."""

from collections.abc import Iterator, Sequence

from sourcebook import ids
from sourcebook.store.derived import Derived
from sourcebook.types.builds import Step
from sourcebook.types.verdicts import Judgement, Unjudged, Verdict


def find_judgements(derived: Derived, subjects: Sequence[str]) -> dict[str, Judgement]:
    """By `ids.judgement_id`, of those claims that were held against their source."""
    judgements: dict[str, Judgement] = {}
    judgements |= derived.find_many(Step.UNJUDGED, subjects, Unjudged)
    judgements |= derived.find_many(Step.VERDICT, subjects, Verdict)
    judgements |= derived.find_many(Step.SECOND, subjects, Verdict)
    return judgements


def all_verdicts(derived: Derived) -> Iterator[Verdict]:
    """Every verdict that there is."""
    second = {ids.judgement_id(one.claim_id, one.source_id): one for one in derived.all(Step.SECOND, Verdict)}
    for ours in derived.all(Step.VERDICT, Verdict):
        yield second.get(ids.judgement_id(ours.claim_id, ours.source_id), ours)
