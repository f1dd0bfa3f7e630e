"""Sources in: ask for each that is due, keep what came, and read its words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sourcebook import extract, freshness, ids
from sourcebook.engine import Done, Failed
from sourcebook.extract import About
from sourcebook.library.parts import Parts
from sourcebook.library.settled import unsettle
from sourcebook.library.tally import Tally
from sourcebook.types import Capture, Document, Fetched, NotAsked, Outcome, Step, Wanted


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture and its bytes, ready to be read in another process."""

    capture: Capture
    body: bytes


def sources_due(parts: Parts, tally: Tally) -> list[Wanted]:
    """Every cited source whose time has come, with what is known of the copy that we hold."""
    now = parts.clock()
    newest = parts.store.captures.newest()
    best = parts.store.captures.best_ids()
    cited = parts.store.pages.citing_counts()
    due: list[Wanted] = []
    for source in parts.store.sources.all():
        if source.id not in cited:
            continue
        if freshness.is_due(newest.get(source.id), now, parts.config.fresh):
            held = parts.store.captures.find(best[source.id]) if source.id in best else None
            due.append(Wanted(source.id, source.url, *((held.etag, held.last_modified) if held else ())))
        else:
            tally.not_due += 1
    return due


def ask(parts: Parts, tally: Tally, due: list[Wanted]) -> Iterator[Reading]:
    """Ask for each source and keep what came. Yields what can be read, as soon as it is kept."""
    if not due:
        return
    parts.watcher.begin("Asking for sources", len(due))
    outcomes: dict[str, Outcome] = {}
    for answer in parts.open_fetcher().fetch(due):
        if answer.source_id not in outcomes:  # an archive may answer with several copies
            parts.watcher.advance(answer.url)
        if isinstance(answer, NotAsked):
            tally.not_asked.append(answer)
            continue
        outcomes[answer.source_id] = answer.outcome
        capture = keep(parts, answer)
        if capture.outcome is Outcome.OK and capture.body_digest:
            yield Reading(capture, answer.body)
    tally.asked = len(outcomes)
    tally.outcomes.update(outcome.value for outcome in outcomes.values())
    parts.watcher.end()


def keep(parts: Parts, answer: Fetched) -> Capture:
    """File an answer: its bytes in the archive, then its row."""
    unsettle(parts)
    return parts.store.captures.add(answer)


def captures_unread(parts: Parts) -> Iterator[Reading]:
    """The best capture of each source, where its words were not read yet or were read by an older version."""
    known = parts.store.derived.fingerprints(Step.DOCUMENT)
    best = parts.store.captures.best_ids()
    for capture_id in best.values():
        capture = parts.store.captures.find(capture_id)
        if capture is not None and known.get(capture.id) != document_fingerprint(capture):
            yield Reading(capture, parts.store.captures.body(capture))


def read(parts: Parts, tally: Tally, readings: Iterable[Reading]) -> None:
    """Bytes to words and metadata, in worker processes, while more bytes are on their way."""
    for answer in parts.engine.each(_extract, readings):
        unsettle(parts)
        capture = answer.subject.capture
        fingerprint = document_fingerprint(capture)
        match answer:
            case Done(result=document):
                parts.store.derived.save(Step.DOCUMENT, capture.id, fingerprint, document)
                tally.documents_read += 1
            case Failed(message=message):
                parts.store.derived.fail(Step.DOCUMENT, capture.id, fingerprint, message)
                tally.documents_failed += 1


def document_fingerprint(capture: Capture) -> str:
    """Everything that decides what the words of a capture are."""
    return ids.fingerprint(extract.VERSION, capture.body_digest, capture.media_type, capture.charset, capture.final_url)


def _extract(reading: Reading) -> Document:
    capture = reading.capture
    return extract.extract(reading.body, About(capture.final_url, capture.media_type, capture.charset))
