"""What parsers found in the pages, each by the name that it keeps while the page around it changes."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select

from sourcebook.store.database import Database
from sourcebook.store.tables import columns, findings, pages
from sourcebook.types.findings import Finding, Rule

_FINDING = columns(findings, Finding)


class Findings:
    """Findings by name (`ids.finding_name`), by path and place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, without: Collection[str] = ()) -> int:
        """How many there are, but for those that are named."""
        wanted = select(func.count()).select_from(findings)
        return int(self._database.rows(_without(wanted, without))[0][0])

    def some(
        self, offset: int, limit: int, without: Collection[str] = (), last: Collection[Rule] = ()
    ) -> list[tuple[str, Finding]]:
        """A part of them, each with its name, but for those that are named in `without`; those of the rules in `last`
        come at the end."""
        wanted = _without(_ORDERED, without).offset(offset).limit(limit)
        if last:
            wanted = wanted.order_by(None).order_by(findings.c.rule.in_(sorted(last)), *_PLACE)
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


_PLACE = (pages.c.path, findings.c.position)
_ORDERED = select(findings.c.name, *_FINDING).join_from(findings, pages).order_by(*_PLACE)


def _without(wanted: Select[Any], names: Collection[str]) -> Select[Any]:
    return wanted.where(findings.c.name.not_in(sorted(names))) if names else wanted
