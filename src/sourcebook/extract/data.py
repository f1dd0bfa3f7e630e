"""JSON that is meant for readers: a feed, or JSON-LD that describes a work."""

import json
from collections.abc import Iterator
from typing import Any

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.dates import parse_date
from sourcebook.extract.decode import decode
from sourcebook.extract.evidence import Found
from sourcebook.extract.feeds import read_json_feed
from sourcebook.extract.fragments import markdown_of
from sourcebook.extract.identifiers import key_in
from sourcebook.extract.json_ld import Thing, parse_json_ld
from sourcebook.extract.told import tell
from sourcebook.types.documents import Document

MOST_CHARACTERS = 8_000_000
_BODIES = ("articleBody", "reviewBody", "text", "transcript", "abstract", "description")
_MOST_NODES = 10_000


def read_data(body: bytes, about: About) -> Document:
    """The words of a document and its fields. Raises StepError on JSON of any other kind, and on broken JSON."""
    text = decode(body, about.charset)[:MOST_CHARACTERS]
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StepError(f"broken JSON from {about.url!r}: {str(error)[:200]}", "fetch it again") from error
    if isinstance(data, dict) and str(data.get("version", "")).startswith("https://jsonfeed.org/version/"):
        return read_json_feed(data, about)
    things = parse_json_ld([text], about.url) if '"@context"' in text or '"@type"' in text else ()
    if not things:
        raise StepError(
            f"no extractor for JSON from {about.url!r} that is neither a feed nor describes a work as JSON-LD does",
            "look for the page that shows it",
        )
    return _told(things[0], _body(data))


def _told(thing: Thing, body: str) -> Document:
    text = "\n\n".join(part for part in (f"# {thing.headline}" if thing.headline else "", body) if part)
    keys = tuple(dict.fromkeys(key for said in thing.identifiers if (key := key_in(said))))
    return tell(
        text or thing.description,
        {
            "title": Found(thing.headline, "json-ld"),
            "published": Found(parse_date(thing.published), "json-ld"),
            "modified": Found(parse_date(thing.modified), "json-ld"),
            "site_name": Found(thing.site, "json-ld"),
            "language": Found(thing.language, "json-ld"),
            "description": Found(thing.description[:5_000], "json-ld"),
            "doi": Found(next((key.removeprefix("doi:") for key in keys if key.startswith("doi:")), ""), "json-ld"),
        },
        {
            "authors": (thing.authors, Found("", "json-ld")),
            "tags": (thing.keywords[:30], Found("", "json-ld")),
            "identifiers": (keys, Found("", "json-ld")),
        },
    )


def _body(data: object) -> str:
    """The longest text that any described thing holds as its own, the fullest kind first."""
    nodes = list(_nodes(data))
    for name in _BODIES:
        said = [value for node in nodes if isinstance(value := node.get(name), str)]
        if said:
            return markdown_of(max(said, key=len))
    return ""


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        one = waiting.pop()
        seen += 1
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one[:_MOST_NODES]
