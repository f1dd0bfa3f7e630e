"""Hold each claim against the archived words of its source."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from sourcebook import ids, verify
from sourcebook.library.parts import Parts
from sourcebook.library.tally import Tally
from sourcebook.types import Document, Judgement, Step, Verdict


def judge_due(parts: Parts, tally: Tally) -> None:
    """Judge every claim whose words, document or judge changed. What nobody could judge is kept with its reason."""
    pairs = parts.store.pages.claims()
    known = parts.store.derived.fingerprints(Step.VERDICT) | parts.store.derived.fingerprints(Step.UNJUDGED)
    documents = parts.store.derived.fingerprints(Step.DOCUMENT)
    best = parts.store.captures.best_ids()
    newest = parts.store.captures.newest()
    parts.watcher.begin("Holding claims against their sources", len(pairs))
    for source_id, group in groupby(pairs, key=itemgetter(0)):
        claims = [claim for _, claim in group]
        capture_id = best.get(source_id, "")
        capture = newest.get(source_id)
        mark = ids.fingerprint(documents.get(capture_id, ""), capture.outcome if capture else "", verify.VERSION)
        due = [claim for claim in claims if known.get(ids.judgement_id(claim.id, source_id)) != mark]
        if due:
            document = parts.store.derived.find(Step.DOCUMENT, capture_id, Document)
            _keep(parts, mark, [parts.judge.judge(claim, source_id, document, capture) for claim in due])
            tally.judged += len(due)
        for claim in claims:
            parts.watcher.advance(claim.text)
    parts.watcher.end()
    _forget(parts, known.keys() - {ids.judgement_id(claim.id, source_id) for source_id, claim in pairs})


def _keep(parts: Parts, mark: str, judgements: Iterable[Judgement]) -> None:
    """File each answer in its own kind; the claim's earlier answer goes."""
    answers: dict[str, list[tuple[str, str, Judgement]]] = {Step.VERDICT: [], Step.UNJUDGED: []}
    for judgement in judgements:
        kind = Step.VERDICT if isinstance(judgement, Verdict) else Step.UNJUDGED
        answers[kind].append((ids.judgement_id(judgement.claim_id, judgement.source_id), mark, judgement))
    with parts.store.write():
        for kind, other in ((Step.VERDICT, Step.UNJUDGED), (Step.UNJUDGED, Step.VERDICT)):
            parts.store.derived.remove(other, [name for name, _, _ in answers[kind]])
            parts.store.derived.save_many(kind, answers[kind])


def _forget(parts: Parts, subjects: Iterable[str]) -> None:
    """Answers on claims that no page makes any more."""
    for kind in (Step.VERDICT, Step.UNJUDGED):
        parts.store.derived.remove(kind, subjects)
