"""Addresses and what their pages say of themselves, labelled by hand: how often is the type of a source right?

`says` holds the facts of a page that tell its type: `ld:` a JSON-LD type, `og:` the type for OpenGraph, else a meta tag
by its name; "-" for none. The page of each row is made of these facts alone.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sourcebook import rate
from sourcebook.errors import StepError
from sourcebook.extract import About, extract
from sourcebook.rate import Venues, load_venues
from sourcebook.types.documents import Document
from sourcebook.types.sources import SourceType

FILE = Path(__file__).with_name("source_types.tsv")


class Labelled(NamedTuple):
    """An address, what kind of thing a person says that it is, and what its page says."""

    type: SourceType
    address: str
    says: tuple[str, ...]


def labelled() -> Iterator[Labelled]:
    """Every row of the file."""
    for line in FILE.read_text(encoding="utf-8").splitlines()[1:]:
        kind, address, says = line.split("\t")
        yield Labelled(SourceType(kind), address, tuple(says.split()) if says != "-" else ())


def told(row: Labelled, venues: Venues) -> SourceType:
    """What we say that it is."""
    return rate.rate(row.address, venues, _document(row), None, {}).type


def _document(row: Labelled) -> Document | None:
    head = "".join(_tag(*said.split(":", 1)) for said in row.says if not said.startswith("og:"))
    graph = next((f'<meta property="og:type" content="{said[3:]}">' for said in row.says if said.startswith("og:")), "")
    page = f"<html><head><title>T</title>{head}{graph}</head><body><p>Words of the page.</p></body></html>"
    try:
        return extract(page.encode(), About(row.address, "text/html"))
    except StepError:
        return None


def _tag(name: str, value: str) -> str:
    if name == "ld":
        return f'<script type="application/ld+json">{{"@type": "{value}", "headline": "T"}}</script>'
    return f'<meta name="{name}" content="{value.replace("-", " ") if not value.startswith("10.") else value}">'


def confusion() -> str:
    """The table of what is (rows) against what we say (columns), and how often we are right."""
    venues = load_venues()
    counts = Counter((row.type, told(row, venues)) for row in labelled())
    right = sum(count for (truth, ours), count in counts.items() if truth is ours)
    total = counts.total()
    kinds = list(SourceType)
    lines = [
        f"{right} of {total} are right: {right / total:.1%}.\n",
        f"| is \\ we say | {' | '.join(kinds)} | right |",
        f"|---|{'---|' * len(kinds)}---|",
    ]
    for truth in kinds:
        row = [counts[truth, ours] for ours in kinds]
        cells = (str(count) if count else "" for count in row)
        lines.append(f"| {truth} | {' | '.join(cells)} | {counts[truth, truth] / sum(row):.0%} |")
    return "\n".join(lines) + "\n"
