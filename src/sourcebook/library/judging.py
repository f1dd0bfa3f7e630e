"""Hold each claim against the archived words of its source."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from sourcebook import ids, verify
from sourcebook.library.doubts import read_doubts
from sourcebook.library.parts import Parts
from sourcebook.library.tally import Tally
from sourcebook.types import Claim, Document, Judgement, Step, Unjudged, UnjudgedReason, Verdict

_BATCH = 500  # judgements in one transaction

_Marked = tuple[str, Judgement]  # the fingerprint of what decided it, and the answer


def judge_due(parts: Parts, tally: Tally) -> None:
    """Judge every claim whose words, document or judge changed. What nobody could judge is kept with its reason."""
    pairs = parts.store.pages.claims()
    known = parts.store.derived.fingerprints(Step.VERDICT) | parts.store.derived.fingerprints(Step.UNJUDGED)
    parts.watcher.begin("Holding claims against their sources", len(pairs))
    answers = _judge(parts, pairs, known)
    while batch := list(islice(answers, _BATCH)):
        _keep(parts, batch)
        tally.judged += len(batch)
    parts.watcher.end()
    stale = known.keys() - {ids.judgement_id(claim.id, source_id) for source_id, claim in pairs}
    for kind in (Step.VERDICT, Step.UNJUDGED):
        parts.store.derived.remove(kind, stale)


def _judge(parts: Parts, pairs: Iterable[tuple[str, Claim]], known: dict[str, str]) -> Iterator[_Marked]:
    """An answer for each claim that is due, source by source, so that each document is opened once."""
    documents = parts.store.derived.fingerprints(Step.DOCUMENT)
    best = parts.store.captures.best_ids()
    newest = parts.store.captures.newest()
    doubts = read_doubts(parts)
    for source_id, group in groupby(pairs, key=itemgetter(0)):
        capture_id = best.get(source_id, "")
        capture = newest.get(source_id)
        doubt = doubts.get(source_id, "")
        mark = ids.fingerprint(
            documents.get(capture_id, ""),
            capture.outcome if capture else "",
            verify.VERSION,
            *([doubt] if doubt else ()),
        )
        due: list[Claim] = []
        for _, claim in group:
            parts.watcher.advance(claim.text)
            if known.get(ids.judgement_id(claim.id, source_id)) != mark:
                due.append(claim)
        document = parts.store.derived.find(Step.DOCUMENT, capture_id, Document) if due and capture_id else None
        for claim in due:
            if doubt:
                yield mark, Unjudged(claim.id, source_id, UnjudgedReason.SOURCE_IN_DOUBT, doubt)
            else:
                yield mark, parts.judge.judge(claim, source_id, document, capture)


def _keep(parts: Parts, answers: Sequence[_Marked]) -> None:
    """File each answer in its own kind; the claim's earlier answer of the other kind goes."""
    kinds: dict[Step, list[tuple[str, str, Judgement]]] = {Step.VERDICT: [], Step.UNJUDGED: []}
    for mark, answer in answers:
        kind = Step.VERDICT if isinstance(answer, Verdict) else Step.UNJUDGED
        kinds[kind].append((ids.judgement_id(answer.claim_id, answer.source_id), mark, answer))
    with parts.store.write():
        for kind, other in ((Step.VERDICT, Step.UNJUDGED), (Step.UNJUDGED, Step.VERDICT)):
            parts.store.derived.remove(other, [subject for subject, _, _ in kinds[kind]])
            parts.store.derived.save_many(kind, kinds[kind])
            parts.store.derived.remove(Step.SECOND, [subject for subject, _, _ in kinds[kind]])
