"""Citations by key in a library: records that know what the bibliography says, and builds that notice its changes."""

import json
from datetime import timedelta

from sourcebook import pipeline, unchanged, wiring
from sourcebook.types.sources import Imported
from tests.library.conftest import Shelf

URL = "https://doi.org/10.1000/182"
BIB = """@article{doe2020, title={The Title of the Thing}, author={Doe, Jane}, year={2020}, journal={Things}, volume=1,
doi={10.1000/182}}
"""
PAGE = "---\nbibliography: refs.bib\n---\nIce is cold [@doe2020, pp. 3-4]. Fire is hot [@roe].\n"


def rules(shelf: Shelf) -> list[str]:
    with wiring.open_records(shelf.place, shelf.config) as records:
        return [finding.rule.value for finding in records.page("page.md").findings]


def test_a_source_that_is_cited_by_key_has_a_record_with_what_its_entry_says(shelf):
    shelf.page("refs.bib", BIB)
    shelf.page("page.md", PAGE)
    shelf.build()

    record = shelf.record(URL)
    assert (record.title, record.title_origin) == ("The Title of the Thing", "bibliography")
    assert (record.type.value, record.type_why) == ("paper", "bibliography")
    assert (record.authors, record.published, record.published_in) == (("Jane Doe",), "2020", "Things")
    (place,) = record.cited_by[0].places
    assert (place.claim, place.locator, place.label) == ("Ice is cold.", "page 3-4", "Doe (2020)")
    assert "undefined-citation" in rules(shelf)


def test_a_build_reads_pages_again_whose_bibliography_changed(shelf):
    shelf.page("refs.bib", BIB)
    shelf.page("page.md", PAGE)
    shelf.page("plain.md", "Ice is cold ([one](https://one.example/)).\n")
    assert shelf.build().pages_read == 2
    assert shelf.build().pages_read == 0

    shelf.page("refs.bib", BIB + "@misc{roe, title={Of Fire}, url={https://roe.example/}}\n")
    assert shelf.build().pages_read == 1
    assert shelf.record("https://roe.example/").title == "Of Fire"
    assert "undefined-citation" not in rules(shelf)
    assert shelf.build().pages_read == 0


def test_what_an_entry_says_follows_the_entry_and_gives_way_to_an_import(shelf):
    shelf.page("refs.bib", BIB)
    shelf.page("page.md", PAGE)
    shelf.build()
    shelf.page("refs.bib", BIB.replace("Title of the", "Name of the"))
    shelf.build()
    assert shelf.record(URL).title == "The Name of the Thing"

    shelf.page("records.jsonl", json.dumps({"url": URL, "title": "As imported", "summary": "S."}))
    with shelf.open() as library:
        library.import_records(shelf.folder / "records.jsonl")
    shelf.page("refs.bib", BIB.replace("Title of the", "Third"))
    shelf.build()
    assert shelf.record(URL).title == "As imported"


def test_an_entry_is_no_sign_that_a_source_matters(shelf):
    shelf.page("refs.bib", BIB)
    shelf.page("page.md", PAGE)
    shelf.build()

    parts = [signal.words for signal in shelf.record(URL).importance.signals]
    assert any("no imported record" in why for why in parts)


def test_a_lost_database_knows_what_entries_said(shelf):
    shelf.page("refs.bib", BIB)
    shelf.page("page.md", PAGE)
    shelf.build()
    with shelf.open() as library:
        (before,) = (one for one in library.parts.store.sources.all() if one.url == URL)
    (shelf.place.library / "library.db").unlink()
    shelf.page("page.md", "Nothing.\n")
    shelf.build()

    with shelf.open() as library:
        (after,) = (one for one in library.parts.store.sources.all() if one.url == URL)
    assert after.imported == before.imported
    assert isinstance(after.imported, Imported)
    assert after.imported.in_bibliography


def test_a_changed_bibliography_is_a_reason_to_build(shelf):
    shelf.page("refs.bib", BIB)
    shelf.page("page.md", PAGE)
    with shelf.open() as library:
        report, watched = pipeline.build(library), library.watched
    unchanged.leave_note(shelf.place, shelf.config, "nobody", report, watched)

    def holds() -> bool:
        return unchanged.last_report(shelf.place, shelf.config, "nobody", shelf.now - timedelta(days=1)) is not None

    assert "refs.bib" in watched
    assert holds()
    shelf.page("refs.bib", BIB + "\n")
    assert not holds()
