"""The index follows what is kept, and what it is made by."""

from msgspec import structs
from msgspec.structs import replace

from sourcebook import pipeline
from sourcebook.config import SearchSettings
from sourcebook.library import Library
from sourcebook.store.search import SearchKind
from tests.library.conftest import Shelf

URL = "https://report.example/ferries"


class Fixed:
    """An embedder that makes one vector of everything."""

    name = "fixed"

    def embed(self, texts):
        return [b"\0\1" for _ in texts]

    def likeness(self, question, vectors):
        return [0.0 for _ in vectors]


def test_an_embedder_that_comes_later_is_used_by_the_next_build_though_nothing_else_changed(shelf: Shelf) -> None:
    shelf.config = structs.replace(shelf.config, search=SearchSettings("off"))
    shelf.page("a.md", f"Ferries are [electric]({URL}).\n")
    shelf.build()

    with shelf.open() as library:
        assert library.parts.store.search.vectors() == {}
        with_meaning = Library(replace(library.parts, embedder=Fixed()))
        pipeline.build(with_meaning)
        assert list(with_meaning.parts.store.search.vectors().values()) == [b"\0\1"]


def test_a_build_that_changes_nothing_does_not_look_through_the_index(shelf: Shelf) -> None:
    shelf.page("a.md", f"Ferries are [electric]({URL}).\n")
    shelf.build()

    with shelf.open() as library:
        library.parts.store.search.remove(
            SearchKind.SOURCE, list(library.parts.store.search.fingerprints(SearchKind.SOURCE))
        )
        pipeline.build(library)
        assert library.parts.store.search.fingerprints(SearchKind.SOURCE) == {}
