"""Lists stay quick however many sources there are: the database walks an index, and never sorts."""

import sqlite3
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import event

from sourcebook.store import Listings, ListQuery, Store
from sourcebook.types.captures import LinkState
from sourcebook.types.sources import SourceType
from tests.store.made import listing

PLAIN = ListQuery(offset=3, limit=5)
FILTERED = ListQuery(type=SourceType.WEB_PAGE, state=LinkState.ALIVE, credibility="unrated", offset=3, limit=5)


@pytest.mark.parametrize("query", [pytest.param(PLAIN, id="all"), pytest.param(FILTERED, id="filtered")])
@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in Listings.SORTS for sign in ("", "-")])
def test_a_page_is_found_in_the_index_of_its_sort_alone(
    store: Store, folder: Path, sort: str, query: ListQuery
) -> None:
    store.listings.save([listing(f"title {number}") for number in range(20)])
    asked: list[tuple[str, tuple[object, ...]]] = []

    def listen(_connection: object, _cursor: object, statement: str, values: tuple[object, ...], *_: object) -> None:
        asked.append((statement, values))

    event.listen(store.database.engine, "before_cursor_execute", listen)
    page = store.listings.page(replace(query, sort=sort))
    event.remove(store.database.engine, "before_cursor_execute", listen)
    statement, values = asked[-1]
    with sqlite3.connect(folder / "library.db") as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    connection.close()

    assert len(page.rows) == 5
    assert page.total == 20
    assert any(step.endswith(f"USING COVERING INDEX listings_by_{sort.strip('-')}") for step in plan)
    assert sum("TEMP B-TREE" in step for step in plan) <= 1  # to put the rows of the page itself in order


def test_rare_words_are_found_on_every_page(store: Store) -> None:
    store.listings.save([listing(f"title {number} {'rare' * (number % 7 == 0)}") for number in range(100)])

    pages = [store.listings.page(ListQuery(sort="title", words="RARE", offset=at, limit=4)) for at in range(0, 16, 4)]
    common = store.listings.page(ListQuery(sort="-title", words="title", limit=4))

    titles = [row.title for page in pages for row in page.rows]
    assert titles == sorted(titles)
    assert len(titles) == len(set(titles)) == 15
    assert {page.total for page in pages} == {15}
    assert [row.title for row in common.rows] == sorted(f"title {n} {'rare' * (n % 7 == 0)}" for n in range(100))[
        :-5:-1
    ]
