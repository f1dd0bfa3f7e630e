"""What the bibliographies of a page say of the works that it cites, and what is wrong with them. Pure."""

from collections import Counter
from collections.abc import Iterator

from sourcebook.corpus.bibliography import Bibliography, Flaw
from sourcebook.corpus.runs import Contents, Mark, Trouble
from sourcebook.types.findings import Rule
from sourcebook.types.sources import Imported


def described_by(contents: Contents) -> tuple[tuple[str, Imported], ...]:
    """Each address that a key leads to, with what its entry says of the work."""
    entries = (mark.key.entry for mark in _keyed(contents) if mark.key is not None)
    found = {entry.url: entry.work for entry in entries if entry is not None and entry.url and entry.work.title}
    return tuple(found.items())


def flawed(works: Bibliography, contents: Contents, body: bytes, front_size: int) -> list[Trouble]:
    """One trouble for each file that is not as it should be: where the front matter names it, else where the page first
    cites by key.

    Of a page that cites nothing by key, only what its own front matter names is told.
    """
    keys = {mark.key.key for mark in _keyed(contents) if mark.key is not None}
    undefined = (one.offset for one in contents.troubles if one.rule is Rule.UNDEFINED_CITATION)
    first = min((*(mark.start for mark in _keyed(contents)), *undefined), default=-1)
    told: dict[str, Flaw] = {}
    counts: Counter[str] = Counter()
    for flaw in works.flaws:
        if not flaw.key or flaw.key in keys:
            told.setdefault(flaw.file, flaw)
            counts[flaw.file] += 1
    troubles = []
    for file, flaw in told.items():
        named = body.find(file.rpartition("/")[2].encode(), 0, front_size)
        if named < 0 and first < 0:  # nothing on the page cites by key
            continue
        words = f"bibliography {file!r}{f', line {flaw.line}' if flaw.line else ''}: {flaw.message}; {flaw.advice}"
        if counts[file] > 1:
            words += f" (and {counts[file] - 1} more)"
        troubles.append(Trouble(Rule.BROKEN_BIBLIOGRAPHY, named if named >= 0 else first, words))
    return troubles


def _keyed(contents: Contents) -> Iterator[Mark]:
    return (mark for block in contents.blocks for run in block.runs for mark in run.marks if mark.key is not None)
