"""Hold each claim against the archived words of the sources that are cited for it.

A claim that leans on one source is judged by its words. Where several are cited for one claim, each is judged by itself
(nobody takes one's words for the other's), and then all of them as one, since what one lacks another may give.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from sourcebook import ids, verify
from sourcebook.library.doubts import read_doubts
from sourcebook.library.parts import Parts
from sourcebook.library.tally import Tally
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture
from sourcebook.types.documents import Document
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Judgement, Support, Unjudged, UnjudgedReason, Verdict

_BATCH = 500  # judgements in one transaction

_Marked = tuple[str, Judgement]  # the fingerprint of what decided it, and the answer


class _Held(Struct, frozen=True):
    """What is held of each source: its best copy, what decided the words of that, and the newest attempt."""

    parts: Parts
    documents: dict[str, str]
    best: dict[str, str]
    newest: dict[str, Capture]
    doubts: dict[str, str]  # why its words are another work's

    def mark(self, claim: Claim, source_ids: Iterable[str]) -> str:
        """What decides a judgement: the claim and what its pronouns stand for, the sources' words, the judge."""
        about = verify.resolved(claim.text, claim.heading, claim.before)
        words = [self.documents.get(self.best.get(source_id, ""), "") for source_id in source_ids]
        outcomes = [capture.outcome if (capture := self.newest.get(source_id)) else "" for source_id in source_ids]
        doubts = [self.doubts.get(source_id, "") for source_id in source_ids]
        return ids.fingerprint(self.parts.judge.name, verify.VERSION, about, *words, *outcomes, *doubts)

    def document(self, source_id: str) -> Document | None:
        """The words of a source; None when there are none."""
        capture_id = self.best.get(source_id, "")
        return self.parts.store.derived.find(Step.DOCUMENT, capture_id, Document) if capture_id else None

    def unread(self, source_id: str) -> str:
        """Why the copy that is held of a source could not be read; "" where it could, or where there is none."""
        capture_id = self.best.get(source_id, "")
        return self.parts.store.derived.failure(Step.DOCUMENT, capture_id) if capture_id else ""

    def judge(self, claim: Claim, source_id: str, document: Document | None) -> Judgement:
        """What one document says of one claim."""
        self.parts.watcher.advance(claim.text)
        if doubt := self.doubts.get(source_id):
            return Unjudged(claim.id, source_id, UnjudgedReason.SOURCE_IN_DOUBT, doubt)
        if document is None and (unread := self.unread(source_id)):
            return Unjudged(claim.id, source_id, UnjudgedReason.NON_TEXT, unread)
        return self.parts.judge.judge(claim, source_id, document, self.newest.get(source_id))


def judge_due(parts: Parts, tally: Tally) -> None:
    """Judge every claim whose words, documents or judge changed. What nobody could judge is kept with its reason."""
    pairs = parts.store.pages.claims()
    known = parts.store.derived.fingerprints(Step.VERDICT) | parts.store.derived.fingerprints(Step.UNJUDGED)
    answers = _judge(parts, pairs, known)
    while batch := list(islice(answers, _BATCH)):
        _keep(parts, batch)
        tally.judged += len(batch)
    stale = known.keys() - {ids.judgement_id(claim.id, source_id) for source_id, claim in pairs}
    for kind in (Step.VERDICT, Step.UNJUDGED):
        parts.store.derived.remove(kind, stale)


def _judge(parts: Parts, pairs: Sequence[tuple[str, Claim]], known: dict[str, str]) -> Iterator[_Marked]:
    """An answer for each claim that is due."""
    store = parts.store
    documents = store.derived.fingerprints(Step.DOCUMENT)
    held = _Held(parts, documents, store.captures.best_ids(), store.captures.newest(), read_doubts(parts))
    cited: dict[str, list[str]] = {}
    for source_id, claim in pairs:
        cited.setdefault(claim.id, []).append(source_id)
    due: list[tuple[str, str, Claim]] = []
    for source_id, claim in pairs:
        mark = held.mark(claim, cited[claim.id])
        if known.get(ids.judgement_id(claim.id, source_id)) != mark:
            due.append((mark, source_id, claim))
    parts.watcher.begin("Holding claims against their sources", len(due))
    yield from _alone(held, [one for one in due if len(cited[one[2].id]) == 1])
    shared = {claim.id: (mark, claim) for mark, _, claim in due if len(cited[claim.id]) > 1}
    for mark, claim in shared.values():
        yield from ((mark, answer) for answer in _beside(held, claim, cited[claim.id]))
    parts.watcher.end()


def _alone(held: _Held, due: Sequence[tuple[str, str, Claim]]) -> Iterator[_Marked]:
    """Claims that lean on one source, source by source, so that each document is opened and read once."""
    for source_id, group in groupby(due, key=itemgetter(1)):
        document = held.document(source_id)
        for mark, _, claim in group:
            yield mark, held.judge(claim, source_id, document)


def _beside(held: _Held, claim: Claim, source_ids: Sequence[str]) -> list[Judgement]:
    """A claim that leans on several sources: what each says of it, and what those say together that do not carry it."""
    documents = {source_id: held.document(source_id) for source_id in source_ids}
    answers = [held.judge(claim, source_id, document) for source_id, document in documents.items()]
    verdicts = [answer for answer in answers if isinstance(answer, Verdict)]
    if len(verdicts) < 2:
        return answers
    together = _together(held, claim, [documents[verdict.source_id] for verdict in verdicts], verdicts)
    return [replace(one, together=together) if isinstance(one, Verdict) else one for one in answers]


def _together(
    held: _Held, claim: Claim, documents: Sequence[Document | None], verdicts: Sequence[Verdict]
) -> Support | None:
    """What several sources say as one. One that carries the claim alone carries it for all."""
    if any(verdict.support is Support.SUPPORTED for verdict in verdicts):
        return Support.SUPPORTED
    texts = [verify.evidence_text(document.text, document.regions) for document in documents if document is not None]
    joint = held.parts.judge.judge(claim, verdicts[0].source_id, Document(text="\n\n".join(texts)), None)
    return joint.support if isinstance(joint, Verdict) else None


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
