"""Identities live in text as well: nothing is lost with the database, and a colleague's lines are taken in."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from sourcebook import ids
from sourcebook.errors import StoreError
from sourcebook.store import Store, jsonl, open_store
from sourcebook.types.reviews import ReviewField
from sourcebook.types.sources import Imported
from tests.store.made import review, source

ANN = source("https://ann.example/a", "foreign-1")
BOB = source("https://bob.example/b")


def lines_of(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "sources.jsonl").read_text().splitlines()]


def test_the_file_has_one_line_a_source_in_an_order_that_git_likes(store: Store, folder: Path) -> None:
    many = [source(f"https://example.org/{number}") for number in range(30)]
    store.sources.add(many)
    store.sources.sync_identities()
    written = (folder / "sources.jsonl").read_bytes()
    store.sources.add([ANN])
    store.sources.sync_identities()
    after = (folder / "sources.jsonl").read_bytes()

    found = [line["stable_id"] for line in lines_of(folder)]
    assert found == sorted(one.stable_id for one in [*many, ANN])
    assert all(list(line) == sorted(line) for line in lines_of(folder))
    assert set(written.splitlines()) < set(after.splitlines())
    assert not (folder / "sources.journal.jsonl").exists()


def test_a_file_that_says_it_all_is_not_written_again(store: Store, folder: Path) -> None:
    store.sources.add([ANN])
    store.sources.sync_identities()
    before = (folder / "sources.jsonl").stat()
    store.sources.sync_identities()

    assert (folder / "sources.jsonl").stat().st_ino == before.st_ino


def test_a_source_is_in_the_journal_before_its_transaction_ends(store: Store, folder: Path) -> None:
    with store.write():
        store.sources.add([ANN])
        store.sources.add_aliases([(ANN.id, "another")])
    (first, second) = (json.loads(line) for line in (folder / "sources.journal.jsonl").read_text().splitlines())

    assert (first["stable_id"], first["url"], first["rules"]) == (ANN.stable_id, ANN.url, ids.RULES)
    assert second == {"id": ANN.id, "aliases": ["another"]}


def test_our_own_lines_are_no_news(store: Store) -> None:
    store.sources.add([ANN])
    store.sources.add([BOB])

    assert list(store.sources._identities.unread()) == []


def test_lines_of_a_transaction_that_failed_are_read_again(store: Store, reopen: Callable[[], Store]) -> None:
    with pytest.raises(ZeroDivisionError), store.write():
        store.sources.add([ANN])
        store.database.before_commit("break", lambda: 1 // 0)

    assert store.sources.count() == 0
    assert reopen().sources.find(ANN.url) == ANN


def test_a_lost_database_loses_no_identity_even_before_the_end_of_a_build(folder: Path) -> None:
    store = open_store(folder)
    said = Imported("Title", summary="words", origin="r.jsonl")
    store.sources.add([ANN])
    store.sources.sync_identities()
    store.sources.add([BOB])
    store.sources.add_aliases([(ANN.id, "https://www.ann.example/a")])
    store.sources.set_imported([(BOB.id, said)])
    before = list(store.sources.all())
    store.close()
    for part in folder.glob("library.db*"):
        part.unlink()

    again = open_store(folder)
    after = list(again.sources.all())
    again.close()

    assert after == before
    assert replace(BOB, imported=said) in after


def test_a_colleagues_sources_are_taken_in_and_ours_are_kept(folder: Path, tmp_path: Path) -> None:
    mine, theirs = open_store(folder), open_store(tmp_path / "theirs")
    mine.sources.add([ANN])
    theirs.sources.add([BOB, replace(ANN, aliases=("their name",), imported=Imported("Theirs"))])
    for store in (mine, theirs):
        store.sources.sync_identities()
    pulled = (folder / "sources.jsonl").read_bytes() + (tmp_path / "theirs" / "sources.jsonl").read_bytes()
    (folder / "sources.jsonl").write_bytes(pulled)

    news = mine.sources.take_in_identities()

    assert news == 2
    assert mine.sources.find("their name") == mine.sources.find(ANN.url)
    assert mine.sources.find(ANN.id) == replace(
        ANN, aliases=tuple(sorted(["foreign-1", "their name"])), imported=Imported("Theirs")
    )
    assert mine.sources.find(BOB.stable_id) == BOB
    assert mine.sources.take_in_identities() == 0
    mine.sources.sync_identities()
    assert len(lines_of(folder)) == 2
    mine.close()
    theirs.close()


def test_a_source_that_two_people_met_under_two_addresses_is_one(store: Store, folder: Path) -> None:
    ours = source("https://example.org/a")
    theirs = source("https://www.example.org/a?utm_source=mail")
    assert theirs.match_key == ours.match_key
    store.sources.add([ours])
    store.sources.sync_identities()
    line = {
        "id": theirs.id,
        "stable_id": "sid_imported00",
        "match_key": theirs.match_key,
        "rules": ids.RULES,
        "url": theirs.url,
        "added_at": "2026-01-01T00:00:00Z",
    }
    jsonl.append(folder / "sources.jsonl", [json.dumps(line).encode()])
    store.sources.take_in_identities()

    found = store.sources.find(ours.id)

    assert store.sources.count() == 1
    assert all(store.sources.find(name) == found for name in (theirs.id, theirs.url, "sid_imported00", ours.stable_id))


def test_a_line_of_older_rules_is_matched_by_todays(store: Store, folder: Path) -> None:
    store.sources.add([ANN])
    store.sources.sync_identities()
    line = {
        "id": "0" * 16,
        "stable_id": "sid_0000000000",
        "match_key": "an older key",
        "rules": 0,
        "url": f"{ANN.url}#x",
    }
    jsonl.append(folder / "sources.jsonl", [json.dumps(line).encode()])
    store.sources.take_in_identities()

    assert store.sources.count() == 1
    assert store.sources.by_any_id(["sid_0000000000", "0" * 16]) == {"sid_0000000000": ANN.id, "0" * 16: ANN.id}


def test_the_marks_of_a_merge_stop_everything_and_lose_nothing(
    store: Store, folder: Path, reopen: Callable[[], Store]
) -> None:
    store.sources.add([ANN])
    store.sources.sync_identities()
    file = folder / "sources.jsonl"
    whole = file.read_text()
    file.write_text(f"<<<<<<< HEAD\n{whole}=======\n>>>>>>> theirs\n")

    with pytest.raises(StoreError, match=r"line 1 of .*sources\.jsonl") as caught:
        reopen()

    assert "a merge may have left its marks" in caught.value.hint
    assert file.read_text().startswith("<<<<<<< HEAD\n")

    file.write_text(whole)

    assert reopen().sources.find(ANN.url) == ANN


# --- lines that are appended -------------------------------------------------------------------------


def test_a_torn_last_line_was_never_acknowledged_and_the_next_one_stands_alone(store: Store, folder: Path) -> None:
    first, second = review(ANN, ReviewField.TITLE, "One"), review(ANN, ReviewField.TITLE, "Two", 1)
    file = folder / "reviews.jsonl"
    store.reviews.add([first])
    with file.open("ab") as torn:
        torn.write(b'{"at":"2026-04-0')

    store.reviews.add([second])

    assert store.reviews.of(ANN.id) == [first, second]
    assert len(file.read_text().splitlines()) == 2


def test_a_last_line_that_an_editor_left_open_is_a_line(store: Store, folder: Path) -> None:
    first, second = review(ANN, ReviewField.TITLE, "One"), review(ANN, ReviewField.TITLE, "T" * 200_000, 1)
    file = folder / "reviews.jsonl"
    store.reviews.add([second])
    file.write_bytes(file.read_bytes().rstrip(b"\n"))

    store.reviews.add([first])

    assert store.reviews.of(ANN.id) == [first, second]
    assert len(file.read_text().splitlines()) == 2


def test_a_review_that_came_with_git_counts_from_the_next_start(folder: Path, reopen: Callable[[], Store]) -> None:
    reopen().close()
    theirs = review(ANN, ReviewField.AUTHORS, ("A", "B"))
    one = open_store(folder / "theirs")
    one.reviews.add([theirs])
    one.close()
    (folder / "reviews.jsonl").write_bytes((folder / "theirs" / "reviews.jsonl").read_bytes())

    assert reopen().reviews.of(ANN.id) == [theirs]
    assert reopen().reviews.latest() == {ANN.id: {ReviewField.AUTHORS: theirs}}
