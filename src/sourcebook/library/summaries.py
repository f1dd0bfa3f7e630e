"""What each source says, in brief."""

from sourcebook import ids, summarise
from sourcebook.library.parts import Parts
from sourcebook.library.tally import Tally
from sourcebook.summarise import Subject
from sourcebook.types.builds import Step
from sourcebook.types.documents import Document
from sourcebook.types.ratings import Standing
from sourcebook.types.summaries import Summary


def summarise_due(parts: Parts, tally: Tally) -> None:
    """A summary for each source whose words we hold, where there is none or it rests on other words."""
    due = _due(parts)
    parts.watcher.begin("Summarising", len(due))
    for source_id, capture_id, mark in due:
        document = parts.store.derived.find(Step.DOCUMENT, capture_id, Document)
        standing = parts.store.derived.find(Step.STANDING, source_id, Standing)
        if document is not None and standing is not None:
            summary = parts.summariser.summarise(Subject(document, standing.rating.type))
            # "nothing to say" is an answer too, and is kept so that nobody looks for it again
            parts.store.derived.save(Step.SUMMARY, source_id, mark, summary or Summary("", (), ""))
            parts.store.derived.remove(Step.WRITTEN, [source_id])  # it is about other words
            parts.store.derived.remove(Step.BEARING, [source_id])
            tally.summaries += 1
        parts.watcher.advance()
    parts.watcher.end()


def _due(parts: Parts) -> list[tuple[str, str, str]]:
    """Source, capture and fingerprint of each summary to make."""
    known = parts.store.derived.fingerprints(Step.SUMMARY)
    documents = parts.store.derived.fingerprints(Step.DOCUMENT)
    standings = parts.store.derived.fingerprints(Step.STANDING)
    best = {source: capture for source, capture in parts.store.captures.best_ids().items() if source in standings}
    types = {source_id: row.type for source_id, row in parts.store.listings.read_many(list(best)).items()}
    due: list[tuple[str, str, str]] = []
    for source_id, capture_id in best.items():
        if capture_id not in documents:
            continue
        kind = types.get(source_id, "")  # news leans on its opening, papers on what is central
        mark = ids.fingerprint(documents[capture_id], summarise.VERSION, parts.summariser.writer, kind)
        if known.get(source_id) != mark:
            due.append((source_id, capture_id, mark))
    return due
