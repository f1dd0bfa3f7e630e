"""What changed in a source between two of its captures, and whether the passages that pages rest on are still there."""

import difflib
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sourcebook.errors import NotFoundError, UsageError
from sourcebook.records.views.record import Record
from sourcebook.store import Store
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture
from sourcebook.types.documents import Document, Passage
from sourcebook.types.sources import Source
from sourcebook.types.verdicts import Verdict

MOST_LINES = 20_000  # of a text; comparing more would take seconds
AROUND = 2  # lines that stay the same, before and after a change


class ChangedLine(Struct, frozen=True):
    """A line of the comparison."""

    kind: str  # "same", "gone", "new", or "skipped" for what is the same and not shown
    text: str


class PassageFate(Struct, frozen=True):
    """A passage on which a claim or a key point rests, and where it is found word for word."""

    quote: str
    claim: str  # "" for a key point
    before: bool
    after: bool


class Changes(Struct, frozen=True):
    """Two captures of one source, compared by the words that could be read."""

    id: str
    title: str
    before: Capture
    after: Capture
    lines: tuple[ChangedLine, ...]
    gone: int  # lines
    new: int
    passages: tuple[PassageFate, ...]


def make_changes(store: Store, source: Source, record: Record, before_id: str, after_id: str) -> Changes:
    """Between the last two of which words are kept, where none is named; the only one is compared with itself. Raises
    NotFoundError for a capture that the source does not have, or of which no words are kept."""
    captures = {capture.id: capture for capture in store.captures.of(source.id)}
    texts = store.derived.find_many(Step.DOCUMENT, list(captures), Document)
    last = [capture_id for capture_id in captures if capture_id in texts and capture_id not in {before_id, after_id}]
    after = _named(captures, after_id or (last.pop() if last else before_id))
    before = _named(captures, before_id or (last.pop() if last else after.id))
    old, new = (_words(texts, one) for one in (before, after))
    lines = tuple(compare(_lines(old), _lines(new)))
    return Changes(
        id=source.id,
        title=record.title,
        before=before,
        after=after,
        lines=lines,
        gone=sum(line.kind == "gone" for line in lines),
        new=sum(line.kind == "new" for line in lines),
        passages=tuple(_fates(record, _flat(old), _flat(new))),
    )


def compare(old: Sequence[str], new: Sequence[str]) -> Iterator[ChangedLine]:
    """What is gone and what is new, with a little of what stays around it."""
    matcher = difflib.SequenceMatcher(None, old, new)
    done = 0
    for group in matcher.get_grouped_opcodes(AROUND):
        if group[0][1] > done:
            yield ChangedLine("skipped", f"{group[0][1] - done} lines are the same")
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                yield from (ChangedLine("same", line) for line in old[start:end])
            else:
                yield from (ChangedLine("gone", line) for line in old[start:end])
                yield from (ChangedLine("new", line) for line in new[new_start:new_end])
            done = end
    if done < len(old):
        yield ChangedLine("skipped", f"{len(old) - done} lines are the same")


def _named(captures: dict[str, Capture], capture_id: str) -> Capture:
    capture = captures.get(capture_id)
    if capture is None:
        raise NotFoundError(f"this source has no capture {capture_id!r}", "its captures are listed with their ids")
    return capture


def _words(texts: dict[str, Document], capture: Capture) -> str:
    document = texts.get(capture.id)
    if document is None:
        raise NotFoundError(
            f"no words are kept of capture {capture.id!r}", "compare captures of which words could be read"
        )
    return document.text


def _lines(text: str) -> list[str]:
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        raise UsageError(f"a text of {len(lines):,} lines is not compared", f"at most {MOST_LINES:,} lines are")
    return lines


def _fates(record: Record, old: str, new: str) -> Iterator[PassageFate]:
    for passage, claim in dict(_resting(record)).items():
        quote = _flat(passage.quote)
        if quote:
            yield PassageFate(passage.quote, claim, quote in old, quote in new)


def _resting(record: Record) -> Iterator[tuple[Passage, str]]:
    """Key points first, so that a claim on the same passage is the one that is named."""
    for point in record.summary.points if record.summary else ():
        if point.passage is not None:
            yield point.passage, ""
    for page in record.cited_by:
        for place in page.places:
            if isinstance(place.judgement, Verdict):
                yield from ((passage, place.claim) for passage in place.judgement.passages[:1])


def _flat(text: str) -> str:
    return " ".join(text.split())
