"""A source over time: what changed between two of its captures, and whether what the pages rest on is still there."""

from datetime import timedelta

import pytest

from sourcebook import wiring
from sourcebook.errors import NotFoundError
from sourcebook.types.fetching import Fetched, Wanted
from tests.library.conftest import START, Script, Shelf
from tests.library.test_judging import FILLER, ONE, web
from tests.store.made import exchange

CLAIM = "The Bergen yard built nine electric ferries for the council of the city"


def at(words: str, day: int) -> Script:
    def answer(wanted: Wanted) -> Fetched:
        text = "".join(f"<p>{part}</p>" for part in (words, FILLER, FILLER))
        body = f'<html lang="en"><title>Ferries</title><body><article><h1>Ferries</h1>{text}</article></body></html>'
        when = START + timedelta(days=day)
        return Fetched(
            wanted.source_id, wanted.url, wanted.url, when, when, web({})._answer(wanted).outcome, "status 200", "web",
            200, "text/html", "utf-8", body=body.encode(), exchanges=(exchange(wanted.url, body.encode(), days=day),),
        )  # fmt: skip

    return Script(answer)


def test_a_passage_that_is_gone_is_told(shelf: Shelf) -> None:
    shelf.page("a.md", f"# Ferries\n\n{CLAIM} ([one]({ONE})).\n")
    shelf.fetcher = at(f"{CLAIM}. The first of them sails since May.", 0)
    shelf.build()
    shelf.fetcher = at("The yard has been closed by the council. Its last ferry was sold to another city.", 40)
    shelf.build(ONE, days=40)

    with wiring.open_records(shelf.place, shelf.config) as records:
        first, second = records.captures(ONE)
        changes = records.changes(ONE, first.id, second.id)
        back = records.changes(ONE, second.id, first.id)
        last, itself = records.changes(ONE, "", ""), records.changes(ONE, "", first.id)
        with pytest.raises(NotFoundError, match="no capture 'x'"):
            records.changes(ONE, "x", second.id)
        record = records.record(ONE)

    gone = [line.text for line in changes.lines if line.kind == "gone"]
    assert any(CLAIM in text for text in gone)
    assert (changes.gone, changes.new) == (back.new, back.gone)
    assert last == changes
    assert (itself.before.id, itself.after.id) == (second.id, first.id)
    assert any(fate.after for fate in changes.passages)
    assert [one.id for one in record.attempts] == [second.id, first.id]
    assert record.captures == 2
