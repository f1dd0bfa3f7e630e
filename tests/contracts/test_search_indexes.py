"""What every index of words promises."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sourcebook.store import Store, open_store
from sourcebook.store.search import Entry, SearchIndex, SearchKind, Wanted

OWLS = Entry(
    "owls", "1", "The owls of the northern forests", "Ada Lindqvist\nNature", "Owls hunt at night and eat voles."
)
VOLES = Entry(
    "voles", "1", "A count of voles", "Bo Chen", "Voles were counted in forests. Few voles were found at night."
)
LAW = Entry("law", "1", "The law of the sea", "", "Ships must keep to the right. 法律和海洋 are mentioned, and a café.")


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Store]:
    opened = open_store(tmp_path / "library", database)
    yield opened
    opened.close()


@pytest.fixture
def index(store: Store) -> SearchIndex:
    store.search.save(SearchKind.SOURCE, [OWLS, VOLES, LAW])
    return store.search


def found(index: SearchIndex, *words: str, kind: SearchKind = SearchKind.SOURCE, **more) -> list[str]:
    return [hit.subject for hit in index.find(kind, Wanted(words, **more)).hits]


def test_an_index_that_was_never_written_to_is_empty_and_finds_nothing(store: Store) -> None:
    assert store.search.is_empty()
    assert found(store.search, "owls") == []
    assert store.search.fingerprints(SearchKind.SOURCE) == {}
    assert store.search.unknown(SearchKind.SOURCE, ["owls"]) == ["owls"]
    assert store.search.spellings("owls") == []
    assert store.search.vectors() == {}


def test_asking_makes_no_file(store: Store) -> None:
    found(store.search, "owls")

    assert not list(store.folder.glob("search.db*"))


def test_words_are_found_in_any_form_in_title_names_and_text(index: SearchIndex) -> None:
    assert found(index, "hunting") == ["owls"]
    assert found(index, "lindqvist") == ["owls"]
    assert set(found(index, "forest")) == {"owls", "voles"}
    assert found(index, "nowhere") == []


def test_what_has_more_of_the_words_comes_first(index: SearchIndex) -> None:
    assert found(index, "owls", "voles")[0] == "owls"
    assert found(index, "counted", "voles")[0] == "voles"


def test_a_phrase_must_stand_together_and_what_is_left_out_must_not_stand_there(index: SearchIndex) -> None:
    assert found(index, phrases=(("eat", "voles"),)) == ["owls"]
    assert found(index, phrases=(("voles", "eat"),)) == []
    assert found(index, "voles", without=(("owls",),)) == ["voles"]
    assert found(index, "voles", without=(("hunt", "at"),)) == ["voles"]


def test_a_script_without_spaces_is_found_by_a_part_of_it(index: SearchIndex) -> None:
    assert found(index, phrases=(("海", "洋"),)) == ["law"]


def test_operators_of_the_database_are_words(index: SearchIndex) -> None:
    for word in ('"', "owls AND", "NEAR(owls", "title:owls", "*", "(", "a:*b", "owls'; DROP TABLE entries", "\\"):
        index.find(SearchKind.SOURCE, Wanted((word,)))

    assert found(index, "owls") == ["owls"]


def test_saving_again_replaces_and_removing_forgets(index: SearchIndex) -> None:
    index.save(SearchKind.SOURCE, [Entry("owls", "2", "Penguins", "", "Penguins swim.")])
    index.remove(SearchKind.SOURCE, ["voles", "never there"])

    assert found(index, "owls") == []
    assert found(index, "penguin") == ["owls"]
    assert index.fingerprints(SearchKind.SOURCE) == {"owls": "2", "law": "1"}


def test_kinds_are_kept_apart(index: SearchIndex) -> None:
    index.save(SearchKind.CLAIM, [Entry("owls", "1", "", "", "Owls are silent.")])

    assert found(index, "silent") == []
    assert found(index, "silent", kind=SearchKind.CLAIM) == ["owls"]
    index.remove(SearchKind.CLAIM, ["owls"])
    assert found(index, "owls") == ["owls"]


def test_words_that_nothing_holds_are_told_and_near_spellings_found(index: SearchIndex) -> None:
    assert index.unknown(SearchKind.SOURCE, ["owls", "forrests", "voles"]) == ["forrests"]
    assert index.spellings("forrests") == ["forests"]
    assert index.spellings("lindqivst") == ["lindqvist"]
    assert index.spellings("owl") == []  # too short to guess


def test_the_total_counts_what_the_limit_leaves_out(index: SearchIndex) -> None:
    some = index.find(SearchKind.SOURCE, Wanted(("voles", "sea")), 1)

    assert len(some.hits) == 1
    assert some.total == 3
    assert not some.more


def test_vectors_come_back_as_they_were(index: SearchIndex) -> None:
    index.save(SearchKind.SOURCE, [Entry("owls", "3", "Owls", "", "Owls.", b"\x00\x01")])

    assert index.vectors() == {"owls": b"\x00\x01"}
    assert index.vectors(["law", "owls"]) == {"owls": b"\x00\x01"}


def test_odd_characters_are_kept_without_harm(index: SearchIndex) -> None:
    index.save(SearchKind.SOURCE, [Entry("odd", "1", "A\0B", "\ud800", "Zebras \0 and \udfff stripes " + "x" * 3_000)])

    assert found(index, "zebras") == ["odd"]


def test_a_text_of_a_megabyte_of_different_words_is_taken(index: SearchIndex) -> None:
    index.save(SearchKind.SOURCE, [Entry("long", "1", "Numbers", "", " ".join(f"w{n}q" for n in range(180_000)))])

    assert found(index, "w77q") == ["long"]
