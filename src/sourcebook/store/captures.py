"""Attempts to get sources. Added, never edited: first to the archive, then to the database."""

from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Update, bindparam, cast, func, select, update

from sourcebook.errors import StoreError
from sourcebook.freshness import THINNER
from sourcebook.store.archive import Archive, Attempt, capture_of, decoded_body
from sourcebook.store.database import Database, batches
from sourcebook.store.rows import RowList, RowPage, RowQuery, Shape, ordered
from sourcebook.store.tables import CAPTURE_SORTS, captures, citations, columns, derived, listings
from sourcebook.types.builds import Step
from sourcebook.types.captures import MEMENTO, MERGED, UPLOAD, Capture, Outcome, WarcPosition
from sourcebook.types.fetching import Fetched
from sourcebook.types.listings import CaptureListing

_PLAIN = columns(captures, Capture)
CAPTURE = (*_PLAIN, captures.c.file, captures.c.offset, captures.c.length)
_CAPTURE = select(*CAPTURE)
_BY_AGE = (captures.c.checked_at, captures.c.id)
_READABLE = (captures.c.outcome == Outcome.OK) & (captures.c.body_digest != "")  # "unchanged" (304) has no words


def _of_source(source_id: str) -> Any:
    return select(captures.c.id).where(captures.c.source_id == source_id)


def _of_page(page_id: str) -> Any:
    cited = select(citations.c.source_id).where(citations.c.page_id == page_id)
    return select(captures.c.id).where(captures.c.source_id.in_(cited))


_LIST = Shape(
    captures,
    CaptureListing,
    captures.c.id,
    CAPTURE_SORTS,
    captures.c.address_order,
    captures.c.checked_at,
    {"source": _of_source, "page": _of_page},
)


class Captures:
    """Captures by id and by source."""

    SORTS = tuple(CAPTURE_SORTS)

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        self._archive = archive
        self._list = RowList(database, _LIST)

    def page(self, query: RowQuery) -> RowPage[CaptureListing]:
        """A page of the list of all captures."""
        return self._list.page(query)

    def add(self, fetched: Fetched) -> Capture:
        """Keep an answer: its bytes are on disk before the database knows of it."""
        return self.add_many((fetched,))[0]

    def add_many(self, answers: Sequence[Fetched]) -> list[Capture]:
        """Keep answers, each of another source; the capture that each became. All are on disk when this returns."""
        earlier = self.of_many([fetched.source_id for fetched in answers])
        captures_ = [capture_of(fetched) for fetched in answers]
        known: dict[str, Capture] = {}
        attempts: list[Attempt] = []
        for fetched, capture in zip(answers, captures_, strict=True):
            history = earlier.get(fetched.source_id, [])
            if same := next((one for one in history if one.id == capture.id), None):
                known[capture.id] = same
            else:
                attempts.append(Attempt(fetched, capture, _held(history, fetched, capture.body_digest)))
        added = self._archive.add_many(attempts)
        self.restore(added)
        known |= {capture.id: capture for capture in added}
        return [known[capture.id] for capture in captures_]

    def adopt(self) -> int:
        """Take in what the archive holds beyond what we know of: attempts that were kept, and then we were killed; how
        many they may be."""
        files = self._archive.files()
        if not files:
            return 0
        newest = files[-1].name
        last = select(func.max(captures.c.offset)).where(captures.c.file == newest)
        return self.restore(list(self._archive.captures_behind(newest, self._database.rows(last)[0][0] or 0)))

    def restore(self, archived: Sequence[Capture]) -> int:
        """Put captures that the archive holds into the database; how many there were."""
        with self._database.write():
            venues = self._venues({capture.source_id for capture in archived})
            rows = [_row(capture, venues.get(capture.source_id) or "") for capture in archived]
            self._database.execute(self._database.insert(captures).on_conflict_do_nothing(), rows)
        return len(archived)

    def _venues(self, source_ids: Collection[str]) -> dict[str, str]:
        """In which venue those sources are listed that are."""
        wanted = select(listings.c.source_id, listings.c.venue_id)
        found: dict[str, str] = {}
        for some in batches(source_ids):
            found |= dict(self._database.rows(wanted.where(listings.c.source_id.in_(some))))
        return found

    def find(self, capture_id: str) -> Capture | None:
        """A capture by its id."""
        rows = self._database.rows(_CAPTURE.where(captures.c.id == capture_id))
        return capture_of_row(rows[0]) if rows else None

    def of(self, source_id: str) -> list[Capture]:
        """A source's captures, oldest first."""
        return self.of_many((source_id,)).get(source_id, [])

    def of_many(self, source_ids: Sequence[str]) -> dict[str, list[Capture]]:
        """The captures of those sources that have any, oldest first."""
        wanted = _CAPTURE.where(captures.c.source_id.in_(bindparam("ids", expanding=True))).order_by(*_BY_AGE)
        found: dict[str, list[Capture]] = {}
        for some in batches(source_ids):
            for row in self._database.rows(wanted, {"ids": some}):
                found.setdefault(row.source_id, []).append(capture_of_row(row))
        return found

    def newest(self) -> dict[str, Capture]:
        """Source id to the newest capture for which it was asked itself."""
        latest = _latest().subquery()
        wanted = _CAPTURE.join(
            latest, (captures.c.source_id == latest.c.source_id) & (captures.c.checked_at == latest.c.checked_at)
        )
        return {row.source_id: capture_of_row(row) for row in self._database.rows(wanted)}

    def newest_of(self, source_ids: Sequence[str]) -> dict[str, Capture]:
        """The same for those sources that were asked for, of some."""
        found: dict[str, Capture] = {}
        for some in batches(source_ids):
            rows = self._database.rows(_CAPTURE.where(captures.c.source_id.in_(some)).order_by(captures.c.checked_at))
            found |= {row.source_id: capture_of_row(row) for row in rows}
        return found

    def best_ids(self) -> dict[str, str]:
        """Source id to the capture whose words are read: `freshness.best_capture` for all sources at once."""
        return dict(self._database.rows(_best_ids()))

    def best_ids_of(self, source_ids: Sequence[str]) -> dict[str, str]:
        """The same for some sources."""
        found: dict[str, str] = {}
        for some in batches(source_ids):
            found |= dict(self._database.rows(_best_ids(captures.c.source_id.in_(some))))
        return found

    def unread_of(self, source_ids: Sequence[str]) -> dict[str, str]:
        """Of those sources that have a copy on which a step failed: which step, and why."""
        failed = derived.c.failure.is_not(None)
        wanted = select(captures.c.source_id, derived.c.step, derived.c.failure).join(
            derived, derived.c.subject == captures.c.id
        )
        found: dict[str, str] = {}
        for some in batches(source_ids):
            rows = self._database.rows(
                wanted.where(failed, captures.c.source_id.in_(some)).order_by(derived.c.step, derived.c.subject)
            )
            found |= {source_id: f"{step}: {failure}" for source_id, step, failure in rows}
        return found

    def uncounted_ids(self) -> list[str]:
        """Good captures whose words nobody has counted: their build was killed before it had read them."""
        counted = select(derived.c.subject).where(derived.c.step == Step.WORDS)
        wanted = select(captures.c.id).where(_READABLE, captures.c.id.not_in(counted)).order_by(captures.c.id)
        return [row.id for row in self._database.rows(wanted)]

    def member(self, capture: Capture) -> bytes:
        """The record of an answer as it stands in the archive; b"" without one."""
        return self._archive.member(capture.position) if capture.position is not None else b""

    def screenshot(self, capture: Capture) -> bytes:
        """A picture (JPEG) of a page that was shown in a browser; b"" of any other, or where none could be taken."""
        if not capture.rendered or capture.position is None:
            return b""
        return self._archive.screenshot(capture.position)

    def screenshot_size(self, capture: Capture) -> int:
        """How many bytes that picture has; 0 where there is none."""
        if not capture.rendered or capture.position is None:
            return 0
        return self._archive.screenshot_size(capture.position)

    def body(self, capture: Capture) -> bytes:
        """The bytes of an answer, as they were before the server packed them. Raises StoreError when they changed."""
        if capture.position is None or not capture.body_digest:
            return b""
        exchange = self._archive.read(capture.position)
        body = decoded_body(exchange, capture.size_bytes, capture.body_digest)
        if body is None:
            raise StoreError(
                f"the archived answer of capture {capture.id!r} in {capture.position.file!r} is not what was kept",
                "restore the file from a copy; what was made of it stays readable",
            )
        return body

    def positions(self, file: str) -> list[tuple[int, str]]:
        """Where answers stand in one file of the archive, and the address that each was asked for."""
        wanted = select(captures.c.offset, captures.c.url).where(captures.c.file == file).order_by(captures.c.offset)
        return [(int(offset), url) for offset, url in self._database.rows(wanted)]

    def files(self) -> set[str]:
        """The files of the archive in which answers stand."""
        return {row.file for row in self._database.rows(select(captures.c.file).distinct()) if row.file}


def place_captures(source_ids: Sequence[str]) -> Update:
    """Have the captures of some sources say in which venue those are listed; of most, they say so already."""
    listed = select(listings.c.venue_id).where(listings.c.source_id == captures.c.source_id).scalar_subquery()
    venue_id = func.coalesce(listed, "")
    here = captures.c.source_id.in_(source_ids) & (captures.c.venue_id != venue_id)
    return update(captures).where(here).values(venue_id=venue_id)


def _latest() -> Any:
    latest = func.max(captures.c.checked_at).label("checked_at")
    asked = (captures.c.origin != UPLOAD) & captures.c.origin.not_like(f"{MEMENTO}%")  # `Capture.asked`
    asked &= captures.c.origin.not_like(f"{MERGED}%")
    return select(captures.c.source_id, latest).where(asked).group_by(captures.c.source_id)


_PLAIN_NAMES = tuple(column.name for column in _PLAIN)
_plain_values = attrgetter(*_PLAIN_NAMES)


def _row(capture: Capture, venue_id: str) -> dict[str, Any]:
    place = capture.position
    row = dict(zip(_PLAIN_NAMES, _plain_values(capture), strict=True))
    row["file"], row["offset"], row["length"] = (place.file, place.offset, place.length) if place else _NOWHERE
    row["venue_id"] = venue_id
    row["address_order"] = ordered(capture.url.partition("://")[2] or capture.url)
    return row


_NOWHERE = (None, None, None)


def capture_of_row(row: Any) -> Capture:
    """A capture from the columns of CAPTURE."""
    *plain, file, offset, length = row
    return Capture(*(*plain, None if file is None else WarcPosition(file, offset, length)))


def _held(earlier: Sequence[Capture], fetched: Fetched, digest: str) -> WarcPosition | None:
    """Where the newest answer stands that this one may repeat: one of the same bytes, or the one that the server was
    asked to compare with."""
    if not fetched.exchanges or not earlier:
        return None
    asked = fetched.exchanges[-1].request_head.decode("latin-1")
    for capture in reversed(earlier):
        if capture.position is None or not capture.body_digest:
            continue
        compared = fetched.status == 304 and any(one and one in asked for one in (capture.etag, capture.last_modified))
        if compared or capture.body_digest == digest:
            return capture.position
    return None


def _best_ids(*among: ColumnElement[bool]) -> Select[Any]:
    """Source id and id of the capture whose words are read, of the sources that are let through."""
    words = func.coalesce(cast(derived.c.value, Integer), 0)
    most = func.max(words).over(partition_by=captures.c.source_id)
    counted = captures.outerjoin(derived, (derived.c.step == Step.WORDS) & (derived.c.subject == captures.c.id))
    whole = ((captures.c.origin == UPLOAD) | (words >= THINNER * most)).label("whole")
    good = select(captures.c.source_id, captures.c.id, captures.c.captured_at, captures.c.checked_at, whole)
    good_ = good.select_from(counted).where(_READABLE, *among).subquery()
    by_age = (good_.c.captured_at.desc(), good_.c.checked_at, good_.c.id)
    place = func.row_number().over(partition_by=good_.c.source_id, order_by=by_age).label("place")
    placed = select(good_.c.source_id, good_.c.id, place).where(good_.c.whole).subquery()
    return select(placed.c.source_id, placed.c.id).where(placed.c.place == 1)
