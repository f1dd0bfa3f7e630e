"""What a check says of itself, in the same words in every format."""

from collections.abc import Iterator, Mapping

from sourcebook.check.result import Checked, Counts

NOTHING = "Nothing was checked: no claim was held against its source. That is no pass; allow it with --allow-empty"


def count_lines(checked: Checked) -> Iterator[str]:
    """What was found, and what became of all of it."""
    for name, counts in (("Pages", checked.pages), ("Links", checked.links), ("Claims", checked.claims)):
        yield f"{name:<9} {counts_words(counts)}"


def counts_words(counts: Counts) -> str:
    """`105 found: 60 checked, 5 skipped (5 no source), 40 unjudged (30 walled, 10 not built yet)`."""
    parts = [f"{counts.checked:,} checked"]
    for word, some in (("skipped", counts.skipped), ("unjudged", counts.unjudged)):
        if total := sum(some.values()):
            parts.append(f"{total:,} {word} ({_reasons(some)})")
    return f"{counts.found:,} found: {', '.join(parts)}"


def summary(checked: Checked) -> str:
    """`3 errors, 2 warnings, 5 notes; 1 ignored, 4 accepted`."""
    words = ", ".join(plural(number, severity.value) for severity, number in checked.by_severity.items() if number)
    accepted = sum(bool(finding.accepted) for finding in checked.findings)
    besides = [f"{len(checked.ignored):,} ignored"] * bool(checked.ignored) + [f"{accepted:,} accepted"] * bool(
        accepted
    )
    return "; ".join([words or "no findings", *([", ".join(besides)] if besides else [])])


def plural(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _reasons(some: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {why}" for why, number in some.items())
