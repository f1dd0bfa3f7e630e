"""A feed: what it is called, and its entries with their dates and words. Of XML and of JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.dates import parse_date
from sourcebook.extract.evidence import Found
from sourcebook.extract.fragments import markdown_of
from sourcebook.extract.names import people_in
from sourcebook.extract.packages import local, parse_xml, words_of
from sourcebook.extract.told import tell
from sourcebook.types.documents import Document

MOST_ENTRIES = 500
MOST_CHARACTERS = 8_000_000
_BODIES = ("encoded", "content", "description", "summary")  # the fullest first


class Entry(Struct, frozen=True):
    """One entry; "" where the feed does not say."""

    title: str
    date: str
    author: str
    markup: str


class Feed(Struct, frozen=True):
    """What a feed says of itself, and its entries in its order."""

    title: str
    about: str
    language: str
    author: str
    address: str
    date: str
    entries: Sequence[Entry]


def read_xml_feed(body: bytes, about: About) -> Document:
    """The words of a feed and its fields. Raises StepError when it is XML of another kind, or none."""
    root = parse_xml(body)
    kind = "" if root is None else local(root)
    if root is None or kind not in ("rss", "feed", "RDF"):
        raise StepError(
            f"no extractor for XML of the kind {kind!r} from {about.url!r}", "look for the page that shows it"
        )
    return _document(_xml_feed(root), f"{'Atom' if kind == 'feed' else 'RSS'} feed", about)


def read_json_feed(feed: dict[str, Any], about: About) -> Document:
    """The same for a feed of JSON (jsonfeed.org)."""
    items = feed.get("items")
    entries = [_json_entry(item) for item in (items if isinstance(items, list) else [])[:MOST_ENTRIES]]
    return _document(
        Feed(
            _text(feed.get("title")),
            _text(feed.get("description")),
            _text(feed.get("language")),
            _json_author(feed),
            _text(feed.get("home_page_url")),
            "",
            [entry for entry in entries if entry is not None],
        ),
        "JSON feed",
        about,
    )


def _xml_feed(root: etree._Element) -> Feed:
    channel = next((child for child in root if local(child) == "channel"), root)
    links = [child for child in channel if local(child) == "link"]
    addresses = [link.get("href") or words_of(link) for link in links if link.get("rel", "alternate") == "alternate"]
    items = (element for element in root.iter() if local(element) in ("item", "entry"))
    return Feed(
        _child(channel, "title"),
        _child(channel, "description", "subtitle", "tagline"),
        _child(channel, "language") or root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        _author(channel),
        next((address for address in addresses if address.startswith("http")), ""),
        _child(channel, "lastBuildDate", "updated", "pubDate", "date"),
        [_entry(item) for item, _ in zip(items, range(MOST_ENTRIES), strict=False)],
    )


def _entry(item: etree._Element) -> Entry:
    bodies = {local(child): child for child in reversed(item)}
    markup = next((_markup(bodies[name]) for name in _BODIES if name in bodies), "")
    date = _child(item, "pubDate", "published", "date", "issued", "updated")
    return Entry(markdown_of(_child(item, "title")), date, _author(item), markup)


def _markup(element: etree._Element) -> str:
    """The markup of a body: escaped in most feeds, a tree of its own in some."""
    if len(element) == 0:
        return element.text or ""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)


def _author(element: etree._Element) -> str:
    for child in element:
        if local(child) in ("creator", "author", "managingEditor"):
            return _child(child, "name") or words_of(child)
    return ""


def _child(element: etree._Element, *names: str) -> str:
    """The words of the first child of the first name that has any."""
    for name in names:
        for child in element:
            if local(child) == name and (words := words_of(child)):
                return words
    return ""


def _json_entry(item: object) -> Entry | None:
    if not isinstance(item, dict):
        return None
    markup = _text(item.get("content_html")) or _text(item.get("content_text")) or _text(item.get("summary"))
    date = _text(item.get("date_published")) or _text(item.get("date_modified"))
    return Entry(_text(item.get("title")), date, _json_author(item), markup)


def _json_author(said: dict[str, Any]) -> str:
    authors = said.get("authors")
    for one in [*(authors if isinstance(authors, list) else []), said.get("author")]:
        if isinstance(one, dict) and (name := _text(one.get("name"))):
            return name
    return ""


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _document(feed: Feed, origin: str, about: About) -> Document:
    parts = [f"# {feed.title}" if feed.title else "", markdown_of(feed.about)]
    size = 0
    for entry in feed.entries:
        written = list(_written(entry))
        size += sum(map(len, written))
        parts += written
        if size > MOST_CHARACTERS:
            break
    text = "\n\n".join(part for part in parts if part)
    if not text:
        raise StepError(f"nothing in the feed from {about.url!r}", "fetch it again")
    newest = max((date for entry in feed.entries if (date := parse_date(entry.date))), default="")
    people = tuple(people_in(feed.author, strong=True))
    return tell(
        text,
        {
            "title": Found(feed.title, origin),
            "modified": Found(newest or parse_date(feed.date), origin),
            "language": Found(feed.language, origin),
            "description": Found(markdown_of(feed.about)[:5_000], origin),
            "canonical": Found(feed.address, origin),
        },
        {"authors": (people, Found("", origin))},
    )


def _written(entry: Entry) -> Iterator[str]:
    if entry.title:
        yield f"## {' '.join(entry.title.split())}"
    line = ", ".join(part for part in (entry.author, parse_date(entry.date)[:10]) if part)
    yield line
    yield markdown_of(entry.markup)
