"""Sources that are lost, and other people's copies of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sourcebook import corpus, freshness, ids
from sourcebook.library import hosts
from sourcebook.library.adding import attended
from sourcebook.library.keeping import keep
from sourcebook.library.parts import Parts
from sourcebook.library.study import Reading
from sourcebook.library.tally import Tally
from sourcebook.store import batches
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, Lull, NotAsked, Pause, RobotsFile, Wanted
from sourcebook.types.sources import Source


def sources_lost(parts: Parts) -> list[Wanted]:
    """Every cited or wanted source that is dead and of which we hold no good copy, with when it was cited."""
    if parts.open_archives is None:
        return []
    now = parts.clock()
    lost: list[Wanted] = []
    for some in batches(sorted(attended(parts))):
        for source_id, history in parts.store.captures.of_many(some).items():
            at = freshness.elsewhere_due_at(history, parts.config.fresh)
            if at is not None and now >= at:
                source = parts.store.sources.read_many((source_id,))[source_id]
                lost.append(Wanted(source.id, source.url, at=_cited_at(parts, source)))
    return lost


def seek(parts: Parts, tally: Tally, lost: Sequence[Wanted]) -> Iterator[Reading]:
    """Ask other archives for each, and keep what came. Yields what can be read."""
    if not lost or parts.open_archives is None:
        return
    parts.watcher.begin("Asking archives for lost sources", len(lost))
    for answer in parts.open_archives().fetch(hosts.with_hosts(parts, lost)):
        match answer:
            case NotAsked():
                tally.not_asked.append(answer)
            case Pause() | RobotsFile():
                parts.store.hosts.keep((answer,))
                continue
            case Lull():
                continue
            case Fetched():
                tally.sought += 1
                (capture,) = keep(parts, [answer])
                if capture.outcome is Outcome.OK and capture.body_digest:
                    tally.found += 1
                    yield Reading(capture, answer.body)
        parts.watcher.advance(answer.url)
    parts.watcher.end()


def _cited_at(parts: Parts, source: Source) -> datetime:
    """When the source was what its readers saw: the time of a copy that is cited, else the day of the first page that
    cites it, else when we first met it."""
    copies = [memento.at for alias in source.aliases if (memento := ids.unwrap_memento(alias)) is not None]
    if copies:
        return min(copies)
    keys = parts.config.memento.date_keys
    pages = parts.store.pages.citing_many((source.id,)).get(source.id, [])
    days = [day for page in pages if (day := corpus.read_date(parts.store.pages.text(page.id), keys)) is not None]
    return min(days, default=source.added_at)
