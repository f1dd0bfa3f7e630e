"""What a person says of a source, or of a venue, has that rated again which follows from it, and nothing else."""

import random
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from sourcebook import pipeline
from sourcebook.library import Library, Signed
from sourcebook.store import ListQuery, RowQuery, Store
from sourcebook.store.search import SearchKind, Wanted
from sourcebook.types.builds import Step
from sourcebook.types.captures import Outcome
from sourcebook.types.ratings import Standing
from sourcebook.types.reviews import ReviewField
from tests.library.conftest import Shelf
from tests.library.test_judging import PAGES, web

SITES = ("one.example", "two.example", "archive.example")
URLS = tuple(f"https://{site}/{name}" for site in SITES for name in ("report", "paper", "news", "talk"))
ANN = Signed("ann", "read it")
WORDS = {
    ReviewField.TITLE: ("A better title", "Ferries of Norway"),
    ReviewField.TYPE: ("paper", "blog"),
    ReviewField.CREDIBILITY: ("1", "2", "5", "unrated"),
    ReviewField.IMPORTANCE: ("0", "99"),
    ReviewField.TAGS: ("policy; ferries", "ships"),
    ReviewField.WANTED: ("yes",),
    ReviewField.DISMISSED: ("low-credibility",),
    ReviewField.SUMMARY: ("It says so.",),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    chance = random.Random(1)
    shelf = Shelf(tmp_path_factory.mktemp("built") / "docs")
    shelf.folder.mkdir()
    for number in range(6):
        said = (f"The yard built {n} ferries in year {number} ([one]({chance.choice(URLS)}))." for n in range(8))
        tags = chance.choice(("policy, ships", "ferries"))
        shelf.page(f"{number}.md", f"---\ntags: [{tags}]\n---\n# Ferries {number}\n\n" + "\n\n".join(said))
    shelf.fetcher = web(
        {url: f"{PAGES['https://one.example/report']} {url[-6:]}" for url in URLS}, {URLS[3]: Outcome.GONE}
    )
    shelf.build()
    return shelf


@pytest.fixture
def shelf(built: Shelf, tmp_path: Path) -> Shelf:
    """A copy of it."""
    shutil.copytree(built.folder, tmp_path / "docs")
    return replace(built, folder=tmp_path / "docs")


def seen(store: Store) -> dict[str, object]:
    """Everything that follows from how sources are rated, as readers meet it."""
    rows = store.page_listings.claims(RowQuery("page", limit=500)).rows
    return {
        "standings": dict(sorted(store.derived.fingerprints(Step.STANDING).items())),
        "values": list(store.derived.all(Step.STANDING, Standing)),
        "doubts": store.derived.fingerprints(Step.DOUBT),
        "sources": store.listings.page(ListQuery(limit=500)).rows,
        "tagged": {
            tag: store.listings.page(ListQuery(tag=tag)).rows for tag in ("policy", "ferries", "ships", "paper")
        },
        "claims tagged": {
            tag: store.page_listings.claims(RowQuery("page", among=(("tag", tag),))).rows
            for tag in ("policy", "ferries", "ships")
        },
        "facets": store.listings.facets(),
        "venues": store.listings.venues(),
        "claims": rows,
        "pages": [store.page_listings.find_page(row.page_id) for row in rows],
        "carrying": store.page_listings.carrying(),
        "indexed": store.search.fingerprints(SearchKind.SOURCE),
        "found": [
            store.search.find(SearchKind.SOURCE, Wanted(words=(word,))) for word in ("better", "norway", "ferries")
        ],
    }


def say_something(library: Library, chance: random.Random, said: set[tuple[str, ReviewField]]) -> None:
    if said and chance.random() < 0.3:
        url, field = pair = chance.choice(sorted(said))
        said.discard(pair)
        pipeline.take_back(library, url, [field], ANN)
        return
    url = chance.choice([source.url for source in library.parts.store.sources.all()])
    fields = chance.sample(sorted(WORDS), chance.randint(1, 3))
    pipeline.correct(library, url, {field: [chance.choice(WORDS[field])] for field in fields}, ANN)
    said.update((url, field) for field in fields)


@pytest.mark.parametrize("seed", range(8))
def test_after_corrections_all_is_as_if_the_whole_library_had_been_rated(shelf: Shelf, seed: int) -> None:
    chance, said = random.Random(seed), set[tuple[str, ReviewField]]()
    with shelf.open() as library:
        store = library.parts.store
        for _ in range(chance.randint(1, 7)):
            shelf.now += timedelta(minutes=1)
            say_something(library, chance, said)
        corrected = seen(store)
        library.rate()
        kept = seen(store)
        store.derived.remove(Step.STANDING, store.sources.ids())
        library.rate()
        anew = seen(store)

    assert corrected == kept == anew


def test_a_correction_rates_its_source_and_no_other(shelf: Shelf) -> None:
    with shelf.open() as library:
        pipeline.correct(library, URLS[0], {ReviewField.CREDIBILITY: ["1"]}, ANN)

        assert library.report().rated_now == 1
    assert shelf.build().rated_now == 0


def test_what_a_killed_build_left_is_not_taken_for_rated(shelf: Shelf) -> None:
    shelf.page("late.md", f"# Late\n\nThe yard built ten ferries ([one]({URLS[0]})).\n")
    with shelf.open() as library:
        pipeline.read_pages(library)  # and no further
        pipeline.correct(library, URLS[0], {ReviewField.CREDIBILITY: ["5"]}, ANN)
    shelf.build()
    with shelf.open() as library:
        store = library.parts.store
        was = seen(store)
        store.derived.remove(Step.STANDING, store.sources.ids())
        library.rate()

        assert was == seen(store)


def test_a_source_that_was_never_rated_has_all_of_them_rated(shelf: Shelf) -> None:
    with shelf.open() as library:
        store = library.parts.store
        was = store.listings.page(ListQuery(limit=500)).rows
        store.derived.remove(Step.STANDING, store.sources.ids())
        pipeline.correct(library, URLS[0], {ReviewField.WANTED: ["yes"]}, ANN)

        assert library.report().rated_now == len(was)
        assert store.listings.page(ListQuery(limit=500)).rows == was


def test_another_word_on_a_venue_rates_what_was_published_there(shelf: Shelf) -> None:
    entry = {"id": "one", "name": "One", "rules": ["one.example"], "type": "news", "credibility": 4, "why": "Ours."}
    others = {**entry, "id": "far", "name": "Far", "rules": ["far.example"]}
    counted = []
    for venues in ((entry,), (entry, others), ({**entry, "credibility": 2}, others)):
        shelf.config = msgspec.structs.replace(shelf.config, venues=venues)
        counted.append(shelf.build().rated_now)
    with shelf.open() as library:
        rows = library.parts.store.listings.page(ListQuery(limit=500)).rows
    there = [row for row in rows if row.domain == "one.example"]

    assert counted == [len(there), 0, len(there)]
    assert 0 < len(there) < len(rows)
    assert {row.credibility for row in there} == {2}
