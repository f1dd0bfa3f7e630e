"""What parsers found in the pages, each by the name that it keeps while the page around it changes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select

from sourcebook.store.database import Database
from sourcebook.store.tables import columns, findings
from sourcebook.types.findings import Finding, Rule

_FINDING = columns(findings, Finding)


class Findings:
    """Findings by name (`ids.finding_name`), by path and place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, without: Collection[str] = ()) -> dict[Rule, int]:
        """How many there are of each rule, but for those that are named."""
        wanted = select(findings.c.rule, func.count()).group_by(findings.c.rule)
        return {Rule(rule): number for rule, number in self._database.rows(_without(wanted, without))}

    def some(self, rule: Rule, offset: int, limit: int, without: Collection[str] = ()) -> list[tuple[str, Finding]]:
        """A part of those of one rule, each with its name, but for those that are named in `without`."""
        wanted = _without(_ORDERED.where(findings.c.rule == rule), without).offset(offset).limit(limit)
        return [(name, Finding(*finding)) for name, *finding in self._database.rows(wanted)]

    def all(self, without: Collection[str] = ()) -> list[Finding]:
        """All of them, but for those that are named."""
        return [Finding(*finding) for _, *finding in self._database.rows(_without(_ORDERED, without))]

    def on_page(self, page_id: str) -> dict[str, Finding]:
        """Those of one page, by name."""
        rows = self._database.rows(_ORDERED.where(findings.c.page_id == page_id))
        return {name: Finding(*finding) for name, *finding in rows}

    def exists(self, name: str) -> bool:
        """Is it found in the pages now?"""
        return bool(self._database.rows(select(findings.c.name).where(findings.c.name == name).limit(1)))


_ORDERED = select(findings.c.name, *_FINDING).order_by(findings.c.page, findings.c.position)


def _without(wanted: Select[Any], names: Collection[str]) -> Select[Any]:
    return wanted.where(findings.c.name.not_in(sorted(names))) if names else wanted
