"""Sources in: ask for each that is due, keep what came, and read its words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice

from msgspec import Struct

from sourcebook import extract, freshness, ids
from sourcebook.engine import Done, Failed
from sourcebook.errors import NotFoundError
from sourcebook.extract import About
from sourcebook.fetch.handfuls import handfuls
from sourcebook.library import hosts
from sourcebook.library.keeping import keep
from sourcebook.library.parts import Parts
from sourcebook.library.settled import unsettle
from sourcebook.library.tally import Tally
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture, Outcome
from sourcebook.types.documents import Document
from sourcebook.types.fetching import Wanted

_COUNTED = 1_000  # sources: of more that are due, nobody is told how many, since they are found as they are asked for


class Reading(Struct, frozen=True):
    """A capture and its bytes, ready to be read in another process."""

    capture: Capture
    body: bytes


def sources_due(parts: Parts, tally: Tally) -> Iterator[Wanted]:
    """Every cited or wanted source whose time has come, or those alone that are named; with what is known of the copy
    that we hold. Found as they are taken, a few hundred at a time, so that memory does not grow with the library."""
    now = parts.clock()
    if named := _named(parts):
        yield from _wanted(parts, named)
        return
    wanted = parts.store.reviews.wanted()
    for urls in parts.store.sources.urls():
        attended = wanted.union(parts.store.pages.cited(urls))
        ours = [one for one in urls if one in attended]
        histories = parts.store.captures.of_many(ours)
        due = [one for one in ours if parts.refresh.all or _is_due(parts, histories.get(one, ()), now)]
        tally.not_due += len(ours) - len(due)
        yield from _wanted(parts, {one: urls[one] for one in due}, histories)


def _is_due(parts: Parts, history: Sequence[Capture], now: datetime) -> bool:
    if parts.config.fetch.render != "never" and freshness.needs_browser(history):
        return True
    return freshness.is_due(history, now, parts.config.fresh)


def _named(parts: Parts) -> dict[str, str]:
    """The sources that are to be asked for now: id to address. Raises NotFoundError for a name that leads to none."""
    found: dict[str, str] = {}
    for name in parts.refresh.names:
        source = parts.store.sources.find(name)
        if source is None:
            raise NotFoundError(f"no source {name!r} in this library", "`sourcebook list` names those there are")
        found[source.id] = source.url
    return found


def _wanted(
    parts: Parts, urls: Mapping[str, str], histories: Mapping[str, Sequence[Capture]] | None = None
) -> Iterator[Wanted]:
    """What to ask: for an answer only where it differs from the copy that the source itself gave."""
    histories = parts.store.captures.of_many(tuple(urls)) if histories is None else histories
    good = [one.id for source_id in urls for one in histories.get(source_id, ()) if one.body_digest]
    words = parts.store.derived.find_many(Step.WORDS, good, int)
    for source_id, url in urls.items():
        best = freshness.best_capture(histories.get(source_id, ()), words)
        yield Wanted(source_id, url, *((best.etag, best.last_modified) if best and best.asked else ()))


def ask(parts: Parts, tally: Tally, due: Iterable[Wanted]) -> Iterator[Reading]:
    """Ask for each source and keep what came. Yields what can be read, as soon as it is kept."""
    rest = iter(due)
    first = list(islice(rest, _COUNTED))
    if not first:
        return
    parts.watcher.begin("Asking for sources", len(first) if len(first) < _COUNTED else None)
    outcomes: dict[str, Outcome] = {}
    for some in handfuls(parts.open_fetcher().fetch(hosts.with_hosts(parts, chain(first, rest)))):
        for not_asked in some.not_asked:
            parts.watcher.advance(not_asked.url)
        tally.not_asked += some.not_asked
        for answer, capture in zip(some.answers, keep(parts, some.answers, some.learned), strict=True):
            if answer.source_id not in outcomes:  # an archive may answer with several copies
                parts.watcher.advance(answer.url)
            outcomes[answer.source_id] = answer.outcome
            if capture.outcome is Outcome.OK and capture.body_digest:
                yield Reading(capture, answer.body)
    tally.asked = len(outcomes)
    tally.outcomes.update(outcome.value for outcome in outcomes.values())
    parts.watcher.end()


def captures_unread(parts: Parts) -> Iterator[Reading]:
    """Good captures that were not read yet, and the best of each source where an older version has read it."""
    known = parts.store.derived.fingerprints(Step.DOCUMENT)
    best = parts.store.captures.best_ids()
    for capture_id in dict.fromkeys((*parts.store.captures.uncounted_ids(), *best.values())):
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
                _keep_words(parts, capture, fingerprint, document)
                tally.documents_read += 1
            case Failed(message=message):
                _keep_words(parts, capture, fingerprint, message)
                tally.documents_failed += 1


def _keep_words(parts: Parts, capture: Capture, fingerprint: str, read: Document | str) -> None:
    """A document or why there is none, and how many words can be read: by that a thin copy is told from a whole one."""
    derived = parts.store.derived
    with parts.store.write():
        if isinstance(read, Document):
            derived.save(Step.DOCUMENT, capture.id, fingerprint, read)
        else:
            derived.fail(Step.DOCUMENT, capture.id, fingerprint, read)
        derived.save(Step.WORDS, capture.id, fingerprint, len(read.text.split()) if isinstance(read, Document) else 0)


def document_fingerprint(capture: Capture) -> str:
    """Everything that decides what the words of a capture are."""
    return ids.fingerprint(extract.VERSION, capture.body_digest, capture.media_type, capture.charset, capture.final_url)


def _extract(reading: Reading) -> Document:
    capture = reading.capture
    return extract.extract(reading.body, About(capture.final_url, capture.media_type, capture.charset))
