"""Pages in: every citation leads to its source, in whatever order the pages are read."""

from msgspec.structs import replace

from sourcebook import ids, wiring
from sourcebook.config import CorpusSettings
from tests.library.conftest import Shelf

URL = "https://report.example/ferries"


def test_an_id_is_known_though_the_page_that_cites_its_address_is_read_later(shelf: Shelf) -> None:
    shelf.config = replace(shelf.config, corpus=CorpusSettings(components={"R": "id"}))
    shelf.page(
        "a.mdx", f'Ferries are <R id="{ids.resource_id(URL)}">electric</R>, and <R id="0123456789abcdef">new</R>.\n'
    )
    shelf.page("b.md", f"Ferries are [electric]({URL}).\n")
    shelf.build()

    with wiring.open_records(shelf.place, shelf.config) as records:
        assert [page.path for page in records.record(URL).cited_by] == ["a.mdx", "b.md"]
        assert [finding.message for finding in records.store.findings.all()] == [
            "no source has the id '0123456789abcdef'; import its record, or mend the id"
        ]
