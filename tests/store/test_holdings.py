"""All that is kept about one source is found in an index: a record costs the same in a library of any size."""

import pytest
from sqlalchemy import text

from sourcebook.store import Store, holdings
from sourcebook.store.holdings import read_holdings
from tests.store.made import source


@pytest.mark.parametrize("number", range(len(holdings.QUESTIONS)))
def test_no_question_of_a_record_looks_through_a_table(store: Store, number: int) -> None:
    question = holdings.QUESTIONS[number].params(id="0" * 16)
    asked = str(question.compile(store.database.engine, compile_kwargs={"literal_binds": True}))

    with store.database.read() as connection:
        steps = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]

    assert steps
    assert not [step for step in steps if step.startswith("SCAN") and step != "SCAN anon_1"]


def test_nothing_is_held_of_a_source_that_nobody_knows(store: Store) -> None:
    known = source("https://ann.example/a")
    store.sources.add([known])

    assert read_holdings(store, "0" * 16) is None
    held = read_holdings(store, known.id)
    assert held is not None
    assert (held.source, held.captures, held.standing, held.citing) == (known, (), None, ())
