"""What much of a library speaks of is no good tag of one of its sources."""

from sourcebook import pipeline
from sourcebook.facts.words import stem
from sourcebook.library import vocabulary
from sourcebook.types.builds import LIBRARY, Step
from sourcebook.types.summaries import Vocabulary
from tests.library.conftest import Shelf
from tests.library.test_judging import web

FERRIES = "The harbour council counted the ferries. " * 4
OWN = "Quantum magnets hum. A list of quantum magnets was made by clerks. Quantum magnets are dear. "


def about(urls: list[str], *own: str) -> dict[str, str]:
    return {url: FERRIES + (OWN if url in own else "") for url in urls}


def library(shelf: Shelf, number: int, *own: int) -> list[str]:
    urls = [f"https://{one}.example/report" for one in range(number)]
    shelf.page("a.md", "# Harbours\n\n" + "".join(f"It was [said]({url}).\n\n" for url in urls))
    shelf.fetcher = web(about(urls, *(urls[one] for one in own)))
    return urls


def shares(shelf: Shelf) -> tuple[str, Vocabulary | None]:
    with shelf.open() as books:
        derived = books.parts.store.derived
        return derived.fingerprint(Step.VOCABULARY, LIBRARY), derived.find(Step.VOCABULARY, LIBRARY, Vocabulary)


def test_what_most_sources_have_is_not_suggested_and_what_one_has_is(shelf: Shelf) -> None:
    urls = library(shelf, vocabulary.LEAST, 3)
    shelf.build()
    suggested = shelf.record(urls[3]).suggested_tags

    assert [tag for tag in suggested if "magnet" in tag.lower()]
    assert not [tag for tag in suggested if {"harbour", "ferries", "council"} & set(tag.lower().split())]
    assert shelf.record(urls[4]).suggested_tags == ()


def test_in_few_sources_nothing_is_common(shelf: Shelf) -> None:
    urls = library(shelf, vocabulary.LEAST - 1)
    shelf.build()

    assert shelf.record(urls[4]).suggested_tags
    assert shares(shelf) == ("", None)


def test_words_are_counted_again_only_where_much_has_changed(shelf: Shelf) -> None:
    library(shelf, vocabulary.LEAST)
    shelf.build()
    first = shares(shelf)
    report = shelf.build(days=1)
    second = shares(shelf)
    library(shelf, vocabulary.LEAST + 2)
    shelf.build(days=1)
    third = shares(shelf)
    library(shelf, vocabulary.LEAST + 8)
    shelf.build(days=1)

    assert first[1] is not None
    assert first[1].shares[stem("ferries")] == 1.0
    assert (report.rated_now, report.summaries) == (0, 0)
    assert first == second == third
    assert shares(shelf)[0] != third[0]


def test_a_library_that_is_made_again_has_the_same_words(shelf: Shelf) -> None:
    library(shelf, vocabulary.LEAST, 1, 2)
    shelf.build()
    was = shares(shelf)
    with shelf.open() as books:
        derived = books.parts.store.derived
        for step in (Step.VOCABULARY, Step.SUMMARY, Step.STANDING):
            derived.remove(step, derived.fingerprints(step))
        books.beside_a_build()  # so that nothing is taken for settled
        pipeline.build(books)

    assert shares(shelf) == was
