"""Everything that happened when a source was asked for."""

from sourcebook import freshness
from sourcebook.config import FreshSettings
from sourcebook.records.record import words_of
from sourcebook.records.views.record import CaptureRow
from sourcebook.store import Store
from sourcebook.types.sources import Source


def make_history(store: Store, settings: FreshSettings, source: Source) -> list[CaptureRow]:
    """Every capture of a source, oldest first, with the one that is read, and when the next is due."""
    captures = store.captures.of(source.id)
    words = words_of(store, captures)
    best = freshness.best_capture(captures, words)
    state = freshness.link_state(captures)
    due_at = freshness.due_at(captures, settings)
    return [
        CaptureRow(
            id=capture.id,
            source_id=capture.source_id,
            outcome=capture.outcome,
            reason=capture.reason,
            status=capture.status,
            checked_at=capture.checked_at,
            captured_at=capture.captured_at,
            origin=capture.origin,
            media_type=capture.media_type,
            size_bytes=capture.size_bytes,
            words=words.get(capture.id),
            final_url=capture.final_url,
            body_digest=capture.body_digest,
            file=capture.position.file if capture.position else "",
            offset=capture.position.offset if capture.position else None,
            is_read=capture == best,
            state=state,
            due_at=due_at,
        )
        for capture in captures
    ]
