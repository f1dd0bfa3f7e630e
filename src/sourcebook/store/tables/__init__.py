"""The tables. `migrations/` makes them; a test holds the two together. docs/on-disk-format.md says what each is for.

Columns are named as the fields of the values in `types/` that they keep, so that a row is read as `Page(*row)`.
"""

from typing import Any

from sqlalchemy import Column, Table

from sourcebook.store.tables.originals import (
    aliases,
    builds,
    captures,
    citations,
    claims,
    findings,
    meta,
    metadata,
    pages,
    reviews,
    sources,
)
from sourcebook.store.tables.results import (
    CAPTURE_FILTERS,
    CAPTURE_SORTS,
    CLAIM_FILTERS,
    CLAIM_SORTS,
    LISTING_FILTERS,
    LISTING_SORTS,
    PAGE_SORTS,
    WAITING,
    claim_listings,
    derived,
    listings,
    page_listings,
    source_tags,
)

__all__ = [
    "CAPTURE_FILTERS", "CAPTURE_SORTS", "CLAIM_FILTERS", "CLAIM_SORTS", "LISTING_FILTERS", "LISTING_SORTS",
    "PAGE_SORTS", "WAITING", "aliases", "builds", "captures", "citations", "claim_listings", "claims", "columns",
    "derived", "findings", "listings", "meta", "metadata", "page_listings", "pages", "reviews", "source_tags",
    "sources",
]  # fmt: skip


def columns(table: Table, kind: Any) -> list[Column[Any]]:
    """The columns that are fields of a value, in the order of its fields: `kind(*row)`."""
    return [table.c[name] for name in kind.__struct_fields__ if name in table.c]
