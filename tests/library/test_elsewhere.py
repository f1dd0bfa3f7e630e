"""A link dies: other archives are asked for a copy, once it is dead and only where we hold none."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from sourcebook.types.captures import MEMENTO, LinkState, Outcome
from sourcebook.types.fetching import Exchange, Fetched, NotAsked, Wanted
from tests.fetch.site import article
from tests.library.conftest import Script, Shelf

URL = "https://lost.example/report"
CITED = datetime(2021, 3, 5, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


class Archives(Script):
    """Remembers of when copies were wanted."""

    def __init__(self, shelf: Shelf, outcome: Outcome = Outcome.OK) -> None:
        super().__init__(self._answer_for)
        self.shelf = shelf
        self.outcome = outcome
        self.moments: list[datetime | None] = []

    def _answer_for(self, one: Wanted) -> Fetched | NotAsked:
        self.moments.append(one.at)
        body = article() if self.outcome is Outcome.OK else b""
        return replace(
            got(self.shelf, one, self.outcome, body),
            origin=f"{MEMENTO}archive.example",
            captured_at=datetime(2021, 2, 1, tzinfo=UTC),
            checked_at=self.shelf.now + timedelta(seconds=1),  # after the source itself
        )


def got(shelf: Shelf, one: Wanted, outcome: Outcome, body: bytes = b"") -> Fetched:
    exchange = (Exchange(one.url, shelf.now, b"GET / HTTP/1.1\r\n\r\n", HEAD, body),) if body else ()
    return Fetched(
        one.source_id, one.url, one.url, shelf.now, shelf.now, outcome, outcome.value, "web",
        200 if body else 404, "text/html", body=body, exchanges=exchange,
    )  # fmt: skip


@pytest.fixture
def dying(shelf: Shelf) -> Shelf:
    """A page of 2021 that cites a source which says on the first day that it is gone."""
    shelf.page("page.md", f"---\ntitle: A page\ndate: 2021-03-05\n---\n\nA claim of [a report]({URL}).\n")
    shelf.fetcher = Script(lambda one: got(shelf, one, Outcome.GONE))
    shelf.archives = Archives(shelf)
    shelf.build()
    return shelf


def archives(shelf: Shelf) -> Archives:
    assert isinstance(shelf.archives, Archives)
    return shelf.archives


def test_a_suspect_source_is_not_looked_for_elsewhere(dying: Shelf) -> None:
    assert dying.captures(URL)[-1].state is LinkState.SUSPECT
    assert archives(dying).asked == []


def test_a_dead_source_is_read_from_the_copy_nearest_to_when_it_was_cited(dying: Shelf) -> None:
    report = dying.build(days=1)
    *_, row = dying.captures(URL)
    record = dying.record(URL)

    assert archives(dying).moments == [CITED]
    assert (report.sought, report.found) == (1, 1)
    assert (row.origin, row.is_read, row.captured_at.year) == ("memento archive.example", True, 2021)
    assert row.state is record.state is LinkState.DEAD
    assert record.title == "An article"
    assert record.capture is not None
    assert record.capture.outcome is Outcome.GONE, "the newest answer of the source itself"


def test_a_copy_that_was_found_is_not_looked_for_again(dying: Shelf) -> None:
    dying.build(days=1)
    report = dying.build(days=400)

    assert len(archives(dying).asked) == 1
    assert report.sought == 0
    assert report.asked == 1, "the source itself is asked again all the same"


def test_a_copy_that_nobody_has_is_looked_for_again_a_month_later(dying: Shelf) -> None:
    dying.archives = Archives(dying, Outcome.GONE)
    for days in (1, 1, 27, 1, 1.1):
        dying.build(days=days)

    assert len(archives(dying).asked) == 2
    assert dying.captures(URL)[-1].state is LinkState.DEAD


def test_an_archive_that_failed_is_asked_again_the_next_day(dying: Shelf) -> None:
    dying.archives = Archives(dying, Outcome.UNREACHABLE)
    dying.build(days=1)
    dying.build(days=1.1)

    assert len(archives(dying).asked) == 2


def test_a_source_of_which_we_hold_a_copy_is_not_looked_for(shelf: Shelf) -> None:
    shelf.page("page.md", f"A claim of [a report]({URL}).\n")
    shelf.archives = Archives(shelf)
    shelf.fetcher = Script(lambda one: got(shelf, one, Outcome.OK, article()))
    shelf.build()
    shelf.fetcher = Script(lambda one: got(shelf, one, Outcome.GONE))
    for days in (40, 1, 1):
        shelf.build(days=days)

    assert shelf.record(URL).state is LinkState.DEAD
    assert archives(shelf).asked == []


def test_a_page_without_a_date_cited_it_when_we_first_met_it(dying: Shelf) -> None:
    dying.page("page.md", f"A claim of [a report]({URL}).\n")
    met = dying.captures(URL)[0].checked_at
    dying.build(days=1)

    assert archives(dying).moments == [met]


def test_a_cited_copy_says_when(dying: Shelf) -> None:
    dying.page("page.md", f"---\ndate: 2024-01-01\n---\nA [copy](https://web.archive.org/web/20190102030405/{URL}).\n")
    dying.build(days=1)

    assert archives(dying).moments == [datetime(2019, 1, 2, 3, 4, 5, tzinfo=UTC)]


def test_what_the_archives_were_not_asked_for_is_said_and_asked_again(dying: Shelf) -> None:
    dying.archives = Script(lambda one: NotAsked(one.source_id, one.url, "archive.example is left alone"))
    report = dying.build(days=1)
    dying.archives = Archives(dying)
    again = dying.build(days=0.1)

    assert [one.why for one in report.not_asked] == ["archive.example is left alone"]
    assert (report.sought, again.sought, again.found) == (0, 1, 1)
