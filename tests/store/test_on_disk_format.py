"""docs/on-disk-format.md is a promise: it names every table, file and field that there is."""

import re
from pathlib import Path

import pytest

from sourcebook.store import Store, build_lock, schema, tables
from sourcebook.store.identities import Identity
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Imported
from tests.store.made import fetched, review, source

WORDS = (Path(__file__).parents[2] / "docs" / "on-disk-format.md").read_text()
NAMES = set(re.findall(r"(?:(?<!\w)\.)?[a-z_]+(?:\.[a-z]+)*", WORDS))


@pytest.mark.parametrize("table", tables.metadata.tables)
def test_every_table_is_described(table: str) -> None:
    assert f"`{table}`" in WORDS


@pytest.mark.parametrize(
    "name",
    [
        *Identity.__struct_fields__,
        *Imported.__struct_fields__,
        *Review.__struct_fields__,
        *ReviewField,
    ],
)
def test_every_field_of_a_line_is_described(name: str) -> None:
    assert name in NAMES


def test_the_version_is_todays() -> None:
    assert f"`{schema.NEWEST}`" in WORDS


def test_every_file_of_a_library_is_described(store: Store, folder: Path) -> None:
    ann = source("https://ann.example/a")
    with build_lock(folder):
        store.sources.add([ann])
        store.captures.add(fetched(ann))
        store.reviews.add([review(ann, ReviewField.TITLE, "T")])
        written = {path.name for path in folder.rglob("*")}
        store.sources.sync_identities()
        written |= {path.name for path in folder.rglob("*")}

    plain = {re.sub(r"^\d+-\d+\.warc\.gz$", "warc.gz", name) for name in written}
    assert plain - {"library.db-wal", "library.db-shm"} <= NAMES
    assert {"sources.jsonl", "sources.journal.jsonl", "reviews.jsonl", "warc.gz", "index.cdxj"} <= plain
