"""DataCite: data, software, reports and preprints of repositories such as Zenodo and arXiv."""

from urllib.parse import quote

import msgspec

from sourcebook.registries.said import Said, one_line, parsed
from sourcebook.types.registries import Notice, NoticeKind


class _Title(msgspec.Struct):
    title: str | None = None


class _Creator(msgspec.Struct, rename="camel"):
    name: str | None = None
    given_name: str | None = None
    family_name: str | None = None


class _Date(msgspec.Struct, rename="camel"):
    date: str | None = None
    date_type: str | None = None


class _Container(msgspec.Struct):
    title: str | None = None


class _Publisher(msgspec.Struct):
    name: str | None = None


class _Work(msgspec.Struct, rename="camel"):
    titles: list[_Title] | None = None
    creators: list[_Creator] | None = None
    dates: list[_Date] | None = None
    publication_year: int | None = None
    publisher: str | _Publisher | None = None
    container: _Container | None = None


class _Data(msgspec.Struct):
    attributes: _Work


class _Answer(msgspec.Struct):
    data: _Data


def address(base: str, key: str, contact: str) -> str:  # noqa: ARG001 - every registry is asked alike
    """Where a DOI is asked for."""
    return f"{base}/dois/{quote(key.removeprefix('doi:'), safe='')}"


def read(body: bytes) -> Said:
    """What it says of the work. It tells of no reviews."""
    work = parsed(body, _Answer, "DataCite").data.attributes
    dates = {one.date_type: one.date for one in work.dates or () if one.date}
    publisher = work.publisher.name if isinstance(work.publisher, _Publisher) else work.publisher
    return Said(
        title=one_line(next((one.title for one in work.titles or () if one.title), "")),
        authors=tuple(name for one in work.creators or () if (name := _name(one))),
        published=(dates.get("Issued") or dates.get("Available") or str(work.publication_year or ""))[:10],
        venue=one_line((work.container.title if work.container else None) or publisher),
        notices=(Notice(NoticeKind.WITHDRAWAL, dates["Withdrawn"][:10], "", "datacite"),)
        if "Withdrawn" in dates
        else (),
    )


def _name(creator: _Creator) -> str:
    if creator.given_name and creator.family_name:
        return one_line(f"{creator.given_name} {creator.family_name}")
    last, comma, first = (creator.name or "").partition(",")
    return one_line(f"{first} {last}" if comma else last)
