"""A page and what was found in it as the rows of its tables, and a citation from its row."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sourcebook import ids
from sourcebook.store.tables import citations, claims, columns, findings, pages
from sourcebook.types.findings import Finding
from sourcebook.types.pages import Citation, Claim, Page, ParsedPage

PAGE = columns(pages, Page)
CLAIM = columns(claims, Claim)
CITATION = [column for column in columns(citations, Citation) if column.name != "claim"]


def citation(row: Any) -> Citation:
    """A row of citations with their claims as the value that it was."""
    place, locator, claim = row[: len(CITATION) - 1], row[len(CITATION) - 1], row[-len(CLAIM) :]
    return Citation(*(*place, Claim(*claim) if claim[0] is not None else None, locator))


def claim_rows(parsed: ParsedPage) -> tuple[list[dict[str, Any]], dict[Claim, int]]:
    """A page's claims, once each, and where each stands among them."""
    positions: dict[Claim, int] = {}
    for citation in parsed.citations:
        if citation.claim is not None:
            positions.setdefault(citation.claim, len(positions))
    rows = [
        {"page_id": parsed.page.id, "position": position}
        | {column.name: getattr(claim, column.name) for column in CLAIM}
        for claim, position in positions.items()
    ]
    return rows, positions


def citation_rows(parsed: ParsedPage, sources: Sequence[str], positions: dict[Claim, int]) -> list[dict[str, Any]]:
    """A page's citations, each with its source's id; `positions` as `claim_rows` gave them."""
    return [
        {"page_id": parsed.page.id, "position": position, "source_id": source_id}
        | {column.name: getattr(citation, column.name) for column in CITATION}
        | {"claim": None if citation.claim is None else positions[citation.claim]}
        for position, (citation, source_id) in enumerate(zip(parsed.citations, sources, strict=True))
    ]


def finding_rows(parsed: ParsedPage) -> list[dict[str, Any]]:
    """What a person should look at in a page, each with its name."""
    seen: Counter[str] = Counter()
    rows = []
    for position, finding in enumerate(parsed.findings):
        said = ids.finding_name(finding, 0)
        name = ids.finding_name(finding, seen[said])
        seen[said] += 1
        row = {"page_id": parsed.page.id, "position": position, "name": name}
        rows.append(row | {column.name: getattr(finding, column.name) for column in columns(findings, Finding)})
    return rows
