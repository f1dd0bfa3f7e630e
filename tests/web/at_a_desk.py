"""A browser before a library that was really built, and may be written to."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sourcebook import pipeline, wiring
from sourcebook.desk import Desk
from sourcebook.place import place_of, read_config
from sourcebook.web.app import make_app

with warnings.catch_warnings():  # it would rather use httpx's successor, which the lock does not have
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

HERE = "http://127.0.0.1:8377"


@contextmanager
def at_a_desk(folder: Path, page: str, settings: str = "") -> Iterator[TestClient]:
    """The library of one page, `page.md`, from which nobody has been asked for anything."""
    folder.mkdir()
    (folder / "sourcebook.toml").write_text(settings)
    (folder / "page.md").write_text(page)
    place = place_of(folder, None)
    config = read_config(place, {}).config
    books = wiring.open_library(place, config, wiring.Sources(offline=True))
    pipeline.build(books)
    books.close()
    with wiring.open_records(place, config) as records:
        app = make_app(records, Desk(place, config, "Ann"))
        yield TestClient(app, base_url=HERE, raise_server_exceptions=False, follow_redirects=False)
