"""Plant the errors of planted.toml into a copy of the demo, and say how many of them `sourcebook check` finds.

    python examples/plant.py [--missed]

Twelve of the sixty stand on the demo's own pages; the others are planted into a copy of them. An error is caught when a
finding that fails the gate touches its lines and was not there before it was planted. Other statements that are told
to be wrong are counted as well: a gate that flags everything would catch everything.
"""

import argparse
import re
import shutil
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sourcebook import pipeline, wiring
from sourcebook.check import Baseline, Checked, Reported, open_gate
from sourcebook.config import LIBRARY_FOLDER
from sourcebook.place import place_of, read_config
from sourcebook.types.findings import Rule, Severity

HERE = Path(__file__).resolve().parent
PAGES = HERE / "open-and-closed-models"
FAILS = frozenset({Severity.ERROR, Severity.WARNING})
OF_CLAIMS = frozenset({Rule.CONTRADICTED, Rule.UNSUPPORTED, Rule.ALTERED_QUOTE, Rule.NUMBER_NOT_IN_SOURCE})
_BETWEEN = r"(?:\s|\[|\]\([^)]*\)|</?[^>]+>)*"  # what may stand between two words of a claim


@dataclass(frozen=True, slots=True)
class Planted:
    """One error, and the lines that it stands in."""

    page: str
    kind: str
    words: str
    first: int
    last: int

    def is_met_by(self, finding: Reported) -> bool:
        """Does a finding touch its lines?"""
        on_page = finding.page == self.page
        return on_page and finding.span.line <= self.last and finding.span.end_line >= self.first


@dataclass(frozen=True, slots=True)
class Caught:
    """How a check did."""

    caught: tuple[Planted, ...]
    missed: tuple[Planted, ...]
    besides: tuple[Reported, ...]  # statements told to be wrong where nothing was planted
    checked: Checked


def measure(folder: Path) -> Caught:
    """Build the demo in a folder, check it, plant, build and check again."""
    pages = folder / "pages"
    shutil.copytree(PAGES, pages, ignore=shutil.ignore_patterns(LIBRARY_FOLDER))
    before = {finding.fingerprint for finding in _built(pages).findings}
    edits = list(_edited(pages))
    own = [_place(pages, one) for one in _read("planted")]
    checked = _built(pages)
    wrong = [finding for finding in checked.findings if finding.severity in FAILS]
    news = [finding for finding in wrong if finding.fingerprint not in before]
    found = {one for one in edits if any(map(one.is_met_by, news))} | {
        one for one in own if any(finding.rule in OF_CLAIMS and one.is_met_by(finding) for finding in wrong)
    }
    planted = (*own, *edits)
    besides = tuple(
        finding for finding in wrong if finding.rule in OF_CLAIMS and not any(one.is_met_by(finding) for one in planted)
    )
    return Caught(
        tuple(one for one in planted if one in found),
        tuple(one for one in planted if one not in found),
        besides,
        checked,
    )


def _read(part: str) -> list[dict[str, str]]:
    said: dict[str, list[dict[str, str]]] = tomllib.loads((HERE / "planted.toml").read_text(encoding="utf-8"))
    return said[part]


def _edited(pages: Path) -> Iterator[Planted]:
    """Make every edit, and say where it stands when all are made."""
    edits = _read("edits")
    for one in edits:
        file = pages / one["page"]
        text = file.read_text(encoding="utf-8")
        if text.count(one["find"]) != 1:
            raise SystemExit(f"{one['page']} has {one['find']!r} {text.count(one['find'])} times, not once")
        file.write_text(text.replace(one["find"], one["replace"]), encoding="utf-8")
    for one in edits:
        text = (pages / one["page"]).read_text(encoding="utf-8")
        start = text.index(one["replace"])
        yield _planted(one, text, start, start + len(one["replace"]), one["replace"])


def _place(pages: Path, one: dict[str, str]) -> Planted:
    """Where an error of the demo's own pages stands."""
    text = (pages / one["page"]).read_text(encoding="utf-8")
    match = re.search(_BETWEEN.join(map(re.escape, one["claim"].split())), text)
    if match is None:
        raise SystemExit(f"{one['page']} does not say {one['claim']!r}")
    return _planted(one, text, match.start(), match.end(), one["claim"])


def _planted(one: dict[str, str], text: str, start: int, end: int, words: str) -> Planted:
    first, last = (text.count("\n", 0, place) + 1 for place in (start, end))
    return Planted(one["page"], one["kind"], words, first, last)


def _built(pages: Path) -> Checked:
    """Build from the demo's archive, and check."""
    place = place_of(pages, None)
    config = read_config(place, {}, engine__workers=1).config
    with wiring.lock(place):
        books = wiring.open_library(place, config, wiring.Sources(archive=HERE / "demo.wacz"))
        try:
            pipeline.take_in(books, HERE / "records.jsonl")
            pipeline.build(books)
        finally:
            books.close()
    with open_gate(place, config, lambda: datetime.now(UTC)) as gate:
        return gate.check((), Baseline(), pages)


def main() -> int:
    """Print how many were caught, by kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--missed", action="store_true", help="name the errors that were not caught, and what was told besides"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder))
    planted = Counter(one.kind for one in (*result.caught, *result.missed))
    caught = Counter(one.kind for one in result.caught)
    lines = [f"{kind:<34} {caught[kind]:>3} of {number}" for kind, number in planted.most_common()]
    lines.append(f"{'caught':<34} {len(result.caught):>3} of {planted.total()}")
    lines.append(f"{'other statements told to be wrong':<34} {len(result.besides):>3} of {result.checked.claims.found}")
    if asked.missed:
        lines += [f"missed: {one.page}:{one.first}: {one.kind}: {one.words!r}" for one in result.missed]
        lines += [f"besides: {one.page}:{one.span.line}: {one.message}" for one in result.besides]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
