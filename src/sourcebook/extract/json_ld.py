"""JSON-LD: what publishers tell search engines. Graphs, lists and broken JSON are all read as far as they go."""

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeGuard
from urllib.parse import urlsplit

from msgspec import Struct

MOST_NODES = 2_000
MOST_AUTHORS = 200

WORKS = frozenset(
    """article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle
    reviewnewsarticle askpublicnewsarticle satiricalarticle advertisercontentarticle blogposting liveblogposting
    scholarlyarticle medicalscholarlyarticle techarticle apireference report book dataset softwaresourcecode
    discussionforumposting socialmediaposting qapage podcastepisode radioepisode thesis pressrelease review
    creativework definedterm legislation""".split()
)
_PAGES = frozenset("webpage itempage medicalwebpage aboutpage faqpage profilepage collectionpage videoobject".split())
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_SALVAGE = re.compile(r'"(@type|headline|datePublished|dateModified)"\s*:\s*"((?:[^"\\]|\\.){1,500})"')


class Thing(Struct, frozen=True):
    """One thing that JSON-LD describes; "" where it does not say."""

    types: tuple[str, ...]  # lower case
    headline: str = ""
    authors: tuple[str, ...] = ()  # people, and whoever is not said to be an organisation
    organisations: tuple[str, ...] = ()  # that are named as authors
    published: str = ""
    modified: str = ""
    site: str = ""
    description: str = ""
    language: str = ""
    keywords: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()  # as written, each with its scheme where that is said: "isbn:978…"
    licence: str = ""
    section: str = ""
    is_free: bool | None = None  # None when it does not say
    words: int = 0  # as the publisher counted them; 0 when it does not say

    @property
    def is_work(self) -> bool:
        """Does it describe an article, a book or the like, rather than a page?"""
        return any(kind in WORKS for kind in self.types)


def parse_json_ld(scripts: Sequence[str], url: str) -> tuple[Thing, ...]:
    """The things that describe the page at `url`, works before pages, those that name its address first."""
    ranked: list[tuple[bool, bool, int, Thing]] = []
    for script in scripts:
        try:
            found = _nodes(script)
        except (ValueError, RecursionError):
            found = [_salvaged(script)]
        by_id = {node["@id"]: node for node in found if isinstance(node.get("@id"), str)}
        for node in found:
            if (thing := _thing(node, by_id)) is not None:
                ranked.append((not thing.is_work, not _is_about(node, url), len(ranked), thing))
    return tuple(thing for _, _, _, thing in sorted(ranked, key=lambda row: row[:3]))


def _nodes(script: str) -> list[dict[str, Any]]:
    """Every node that may describe the page. Raises ValueError when this is no JSON, nor nearly."""
    text = _without_wrapping(script)
    try:
        data = json.loads(text, strict=False)
    except ValueError:
        data = json.loads(_TRAILING_COMMA.sub(r"\1", text), strict=False)
    return list(_described(data))


def _without_wrapping(script: str) -> str:
    """What stands between the first and the last bracket: not the comments and CDATA marks around it."""
    marked = script.find("<![CDATA[")
    script = script[marked + 9 : script.rfind("]]>")] if marked >= 0 and "]]>" in script else script
    starts = [start for bracket in "{[" if (start := script.find(bracket)) >= 0]
    return script[min(starts, default=0) : max(script.rfind("}"), script.rfind("]")) + 1]


def _described(data: object) -> Iterator[dict[str, Any]]:
    """Nodes at the top, in graphs, and those that a page names as its main thing; not those nested elsewhere."""
    waiting = [data]
    seen = 0
    while waiting and seen < MOST_NODES:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, list):
            waiting[:0] = one[:MOST_NODES]
        elif isinstance(one, dict):
            yield one
            waiting[:0] = [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in one]


def _salvaged(script: str) -> dict[str, Any]:
    """The plain fields of JSON that is too broken to parse."""
    node: dict[str, Any] = {}
    for name, value in _SALVAGE.findall(script[:500_000]):
        node.setdefault(name, value)
    return node


def _thing(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Thing | None:
    types = tuple(kind.rsplit("/", 1)[-1].lower() for kind in _texts(node.get("@type")))
    if not any(kind in WORKS or kind in _PAGES for kind in types):
        return None
    publisher = _first(_names(node.get("publisher"), by_id))
    authors = list(_authors(node.get("author") or node.get("creator"), by_id))
    return Thing(
        types=types,
        headline=_first(_texts(node.get("headline"))) or _first(_texts(node.get("name"))),
        authors=tuple(name for name, is_organisation in authors if not is_organisation),
        organisations=tuple(name for name, is_organisation in authors if is_organisation),
        published=_first(_texts(node.get("datePublished"))),
        modified=_first(_texts(node.get("dateModified"))),
        site=publisher,
        description=_first(_texts(node.get("description"))) or _first(_texts(node.get("abstract"))),
        language=_first(_texts(node.get("inLanguage"))),
        keywords=tuple(_texts(node.get("keywords"))),
        identifiers=tuple(_identifiers(node)),
        licence=_first(_names(node.get("license"), by_id)),
        section=_first(_texts(node.get("articleSection"))),
        is_free=_free(node.get("isAccessibleForFree")),
        words=_count(node.get("wordCount")),
    )


def _identifiers(node: dict[str, Any]) -> Iterator[str]:
    """Everything that may name the work."""
    for key in ("identifier", "sameAs", "@id", "doi", "isbn", "issn"):
        value = node.get(key)
        for one in (value if isinstance(value, list) else [value])[:MOST_AUTHORS]:
            scheme: str = key if key in ("doi", "isbn", "issn") else ""
            if isinstance(one, dict):
                scheme = _first(_texts(one.get("propertyID")))
                one = one.get("value") or one.get("@id")  # noqa: PLW2901
            yield from (f"{scheme}:{text}" if scheme else text for text in _texts(one))


def _free(value: object) -> bool | None:
    """Some write true, some "True", some "http://schema.org/True"."""
    said = str(value).rsplit("/", 1)[-1].lower() if isinstance(value, bool | str) else ""
    return {"true": True, "false": False}.get(said)


def _count(value: object) -> int:
    said = str(value)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0


def _authors(value: object, by_id: dict[str, dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Each author, and whether it is said to be an organisation."""
    for one in (value if isinstance(value, list) else [value])[:MOST_AUTHORS]:
        if isinstance(one, list):
            yield from _authors(one, by_id)
        elif isinstance(one, dict):
            known = by_id.get(str(one.get("@id")), {}) if "name" not in one else one
            kinds = (kind.lower() for kind in _texts(known.get("@type")))
            is_organisation = any("organization" in kind or "corporation" in kind for kind in kinds)
            yield from ((name, is_organisation) for name in _texts(known.get("name")))
        else:
            yield from ((name, False) for name in _texts(one))


def _names(value: object, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            known = by_id.get(str(one.get("@id")), one) if "name" not in one else one
            yield from _texts(known.get("name"))
        else:
            yield from _texts(one)


def _texts(value: object) -> list[str]:
    """The texts of a value that may be one text, a list of them, or neither."""
    values = value if isinstance(value, list) else [value]
    return [" ".join(html.unescape(one[:20_000]).split()) for one in values[:MOST_AUTHORS] if _is_text(one)]


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _first(values: Sequence[str] | Iterator[str]) -> str:
    return next(iter(values), "")


def _is_about(node: dict[str, Any], url: str) -> bool:
    """Does the node name the page's own address?"""
    page = node.get("mainEntityOfPage")
    said = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    path = _path(url)
    return len(path) > 1 and any(isinstance(one, str) and _path(one) == path for one in said)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""
