"""What a model is asked about a library: summaries, why sources matter, and the claims that our judge is unsure of."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sourcebook import ids
from sourcebook.library.consulting import Errand, Stage
from sourcebook.library.parts import Parts
from sourcebook.llm import Answered, Question
from sourcebook.summarise import by_model as summariser
from sourcebook.types.builds import Step
from sourcebook.types.documents import Document
from sourcebook.types.pages import Claim, Page
from sourcebook.types.ratings import Standing
from sourcebook.types.summaries import Summary
from sourcebook.types.verdicts import Verdict
from sourcebook.verify import by_model as judge

_Prepared = tuple[Question[Any], Callable[[Answered[Any]], object]] | None


def summaries(parts: Parts) -> Iterator[Errand]:
    """One for each source that we can sum up ourselves, unless another system has."""
    if not parts.config.llm.summaries:
        return
    best = parts.store.captures.best_ids()
    marks = parts.store.derived.fingerprints(Step.SUMMARY)
    for source in parts.store.sources.all():
        if source.id in marks and source.id in best and not (source.imported and source.imported.summary):
            yield Errand(source.id, marks[source.id], partial(_summary, parts, source.id, best[source.id]))


def _summary(parts: Parts, source_id: str, capture_id: str) -> _Prepared:
    document = parts.store.derived.find(Step.DOCUMENT, capture_id, Document)
    ours = parts.store.derived.find(Step.SUMMARY, source_id, Summary)
    if document is None or ours is None or not ours.text:
        return None
    return summariser.summary_question(source_id, document), partial(summariser.written, document, ours.tags)


def bearings(parts: Parts) -> Iterator[Errand]:
    """One for each cited source that has a summary."""
    if not parts.config.llm.summaries:
        return
    pages = {page.id: page for page in parts.store.pages.all()}
    citing: dict[str, list[Page]] = {}
    for source_id, page_id in parts.store.pages.citing_pairs():
        citing.setdefault(source_id, []).append(pages[page_id])
    marks = parts.store.derived.fingerprints(Step.SUMMARY) | parts.store.derived.fingerprints(Step.WRITTEN)
    for source_id in sorted(citing.keys() & marks.keys()):
        cited_by = sorted(citing[source_id], key=lambda page: page.path)
        about = (f"{page.title} {page.description}" for page in cited_by)
        rests_on = ids.fingerprint(marks[source_id], *about)
        yield Errand(source_id, rests_on, partial(_bearing, parts, source_id, cited_by))


def _bearing(parts: Parts, source_id: str, cited_by: list[Page]) -> _Prepared:
    derived = parts.store.derived
    standing = derived.find(Step.STANDING, source_id, Standing)
    summary = derived.find(Step.WRITTEN, source_id, Summary) or derived.find(Step.SUMMARY, source_id, Summary)
    if standing is None or summary is None or not summary.text:
        return None
    question = summariser.bearing_question(source_id, standing.title, summary.text, cited_by)
    return question, summariser.line


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


STAGES = (
    Stage("Asking a model for summaries", Step.WRITTEN, "summary", summaries),
    Stage("Asking a model why sources matter", Step.BEARING, "relevance", bearings),
    Stage("Asking a model about unsure claims", Step.SECOND, "judge", opinions),
)
