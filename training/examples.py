"""Claims and texts to learn from: those of open data sets, and harder ones made from them.

A page is long, and a claim may be wrong in one word. The data sets have short texts and claims that are right or wrong
as a whole, so texts are padded to the length of pages, sentences that carry the evidence are cut out, numbers and names
are changed, claims are put together, and claims are held against the page of another.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PAGES = "wice_sub"
# How much an example counts, by its set. Texts of other kinds than pages count little; citint taught nothing.
SETS = {PAGES: 1.0, "fm2": 0.06, "scifact": 0.05}
_TOGETHER = 0.2  # of claims that are put together: there are many of each page
_MADE = 0.6

_NUMBER = re.compile(r"(?<![\w.,/])(\d[\d,]*(?:\.\d+)?)(?![\w/])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)*")
_YEAR = re.compile(r"(1[5-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a data set."""

    claim: str
    source: str
    label: str
    doc: str
    evidence: tuple[tuple[int, int], ...]

    def without_evidence(self) -> str:
        """The text when the sentences that carry the answer are cut out."""
        return _cut(self.source, self.evidence)


@dataclass(frozen=True, slots=True)
class Example:
    """A claim, a text, and what is true of them: supported, partial or unsupported."""

    claim: str
    source: str
    label: str
    weight: float


def rows(file: Path) -> list[Row]:
    """The lines of a data set."""
    found = []
    for line in file.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        evidence = {(start, end) for group in one["gold"] or () for start, end in group}
        label = "unsupported" if one["label"] == "contradicted" else one["label"]
        found.append(Row(one["claim"], one["source"], label, one["doc"], tuple(sorted(evidence))))
    return found


def examples(folder: Path) -> list[Example]:
    """Everything to learn from. The same every time."""
    chance = random.Random(5)  # noqa: S311 - nobody is to be kept from guessing
    pages = rows(folder / f"train.{PAGES}.jsonl")
    found = [*_of_pages(pages, chance), *_together(pages, chance), *_across(pages, chance)]
    for name, weight in SETS.items():
        if name != PAGES:
            found += _padded(rows(folder / f"train.{name}.jsonl"), weight, chance)
    return found


def _of_pages(pages: list[Row], chance: random.Random) -> Iterator[Example]:
    """Claims with their pages, with pages that lost the evidence, with other pages, and with something changed."""
    pool = [name for row in pages for name in _NAME.findall(row.claim)]
    for row in pages:
        yield Example(row.claim, row.source, row.label, 1.0)
        if chance.random() < 0.5:
            yield Example(row.claim, row.without_evidence(), "unsupported", _MADE)
        other = chance.choice(pages)
        if other.doc != row.doc and chance.random() < 0.3:
            yield Example(row.claim, other.source, "unsupported", _MADE)
        if row.label == "supported":
            for changed in (_other_number(row.claim, chance), _other_name(row.claim, pool, chance)):
                if changed:
                    yield Example(changed, row.source, "partial", 0.7)


def _together(pages: list[Row], chance: random.Random) -> Iterator[Example]:
    """Several claims of one page as one claim."""
    by_page: dict[str, list[Row]] = {}
    for row in pages:
        by_page.setdefault(row.doc, []).append(row)
    for some in by_page.values():
        for _ in range(min(8, 2 * len(some)) if len(some) > 1 else 0):
            chosen = chance.sample(some, min(chance.choice([2, 2, 3, 3, 4]), len(some)))
            label = "supported" if all(row.label == "supported" for row in chosen) else "partial"
            claim = " ".join(row.claim for row in chosen)
            yield Example(claim, some[0].source, label, _TOGETHER)
            if chance.random() < 0.25:
                evidence = {place for row in chosen for place in row.evidence}
                yield Example(claim, _cut(some[0].source, evidence), "unsupported", _MADE)
            other = chance.choice(pages)
            if other.doc != some[0].doc and chance.random() < 0.15:
                yield Example(claim, other.source, "unsupported", _MADE)


def _across(pages: list[Row], chance: random.Random, times: int = 1_100, longest: int = 14_000) -> Iterator[Example]:
    """Claims of two pages as one claim, held against both pages as one."""
    for _ in range(times):
        one, two = chance.sample(pages, 2)
        if one.doc == two.doc or len(one.source) + len(two.source) > longest:
            continue
        labels, source = {one.label, two.label}, two.source
        if "partial" in labels and chance.random() < 0.35:
            continue
        if chance.random() < 0.25:
            labels, source = {one.label, "unsupported"}, two.without_evidence()
        label = labels.pop() if len(labels) == 1 else "partial"
        yield Example(f"{one.claim} {two.claim}", f"{one.source}\n{source}", label, _MADE)


def _padded(some: list[Row], weight: float, chance: random.Random) -> Iterator[Example]:
    """Claims with their short texts, with those padded to pages, with other texts, and with another number."""
    texts = [row.source for row in some]
    for row in some:
        yield Example(row.claim, row.source, row.label, weight)
        if chance.random() < 0.6:
            yield Example(row.claim, _pad(row.source, texts, chance), row.label, weight)
        if chance.random() < 0.15:
            yield Example(row.claim, _pad(chance.choice(texts), texts, chance), "unsupported", weight)
        changed = _other_number(row.claim, chance) if row.label == "supported" else None
        if changed:
            yield Example(changed, row.source, "unsupported", weight)


def _cut(text: str, places: "set[tuple[int, int]] | tuple[tuple[int, int], ...]") -> str:
    for start, end in sorted(places, reverse=True):
        text = text[:start] + text[end:]
    return text


def _pad(text: str, texts: list[str], chance: random.Random) -> str:
    """A text with sentences of others in between, as long as a page."""
    length = chance.randint(3_000, 9_000)
    parts = re.split(r"(?<=[.!?])\s+", text)
    while sum(map(len, parts)) < length:
        others = re.split(r"(?<=[.!?])\s+", chance.choice(texts))
        first, where = chance.randrange(len(others)), chance.randint(0, len(parts))
        parts[where:where] = others[first : first + chance.randint(2, 8)]
    return "\n".join(parts)


def _other_number(claim: str, chance: random.Random) -> str | None:
    """The claim with one of its numbers changed; None when it has none."""
    found = list(_NUMBER.finditer(claim))
    if not found:
        return None
    match = chance.choice(found)
    digits = match[1]
    if _YEAR.fullmatch(digits):
        changed = str(int(digits) + chance.choice([-9, -7, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 7, 9]))
    else:
        places = [index for index, character in enumerate(digits) if character.isdigit()]
        at = chance.choice([places[0], places[-1]])
        changed = f"{digits[:at]}{(int(digits[at]) + chance.randint(1, 8)) % 10 or 1}{digits[at + 1 :]}"
    return claim[: match.start()] + changed + claim[match.end() :] if changed != digits else None


def _other_name(claim: str, pool: list[str], chance: random.Random) -> str | None:
    """The claim with one of its names changed for one of another claim; None when it has none."""
    found = list(_NAME.finditer(claim))
    if not found:
        return None
    match, name = chance.choice(found), chance.choice(pool)
    return claim[: match.start()] + name + claim[match.end() :] if name not in claim else None
