"""Tags that cite: `<a href>`, `<cite>`, `<blockquote cite>`, `<q cite>`, and the components that a setting names."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sourcebook.config import CorpusSettings
from sourcebook.corpus.runs import Mark, Tag
from sourcebook.types.pages import CitationKind

# One whole tag. An attribute's value may be quoted, bare (HTML) or a JSX expression that is a plain string; other
# expressions are found by their braces, in mdx.py.
NAME = rb"[A-Za-z_$][\w.:$-]*"
_VALUE = rb"""(?:"[^"]*"|'[^']*'|\{\s*(?:"[^"]*"|'[^']*'|`[^`]*`)\s*\}|[^\s"'<>`={}]+)"""
TAG = re.compile(
    rb"<(?P<close>/?)(?P<name>" + NAME + rb")"
    rb"(?P<attributes>(?:\s+[A-Za-z_:@$][\w.:$@-]*(?:\s*=\s*" + _VALUE + rb")?)*)\s*(?P<alone>/?)>"
)
_ATTRIBUTE = re.compile(
    rb"""([A-Za-z_:@$][\w.:$@-]*)\s*=\s*
    (?:"([^"]*)"|'([^']*)'|\{\s*(?:"([^"]*)"|'([^']*)'|`([^`$]*)`)\s*\}|([^\s"'<>`={}]+))""",
    re.VERBOSE,
)
_TARGETS = {"a": "href", "blockquote": "cite", "q": "cite", "cite": "cite"}


class Element(NamedTuple):
    """A tag that may cite, with the place where it ends; `inside` is what it encloses."""

    tag: Tag
    inside: int
    inside_end: int
    end: int


def interesting(settings: CorpusSettings) -> frozenset[str]:
    """The names of the tags that may cite."""
    return frozenset(_TARGETS) | frozenset(settings.components)


def tag_of(match: re.Match[bytes]) -> Tag:
    """The tag that TAG found."""
    name = match["name"].decode("utf-8", "replace")
    return Tag(match.start(), match.end(), name, match["attributes"], bool(match["close"]), bool(match["alone"]))


def attribute(attributes: bytes, name: str) -> str | None:
    """The value of an attribute, or None when it is missing or computed."""
    wanted = name.encode()
    for found in _ATTRIBUTE.finditer(attributes):
        if found[1] == wanted or found[1].lower() == wanted:
            value = next((part for part in found.groups()[1:] if part is not None), b"")
            return html.unescape(value.decode("utf-8", "replace"))
    return None


def elements(tags: Iterable[Tag]) -> Iterator[Element]:
    """Each opening tag with its end, in no order. One that is never closed ends where it begins."""
    open_tags: dict[str, list[Tag]] = {}
    for tag in tags:
        if tag.alone:
            yield Element(tag, tag.end, tag.end, tag.end)
        elif not tag.closes:
            open_tags.setdefault(tag.name, []).append(tag)
        elif stack := open_tags.get(tag.name):
            opening = stack.pop()
            yield Element(opening, opening.end, tag.start, tag.end)
    for stack in open_tags.values():
        for tag in stack:
            yield Element(tag, tag.end, tag.end, tag.end)


def mark_of(element: Element, settings: CorpusSettings) -> Mark | None:
    """The mark that a tag makes. Its target is "" where the tag names none; None when it cannot cite."""
    tag = element.tag
    if tag.name in settings.components:
        target = attribute(tag.attributes, settings.components[tag.name])
        return Mark(tag.start, element.end, CitationKind.COMPONENT, (target or "").strip())
    name = tag.name.lower()
    target = attribute(tag.attributes, _TARGETS[name])
    if target is None and name != "cite":
        return None
    kind = CitationKind.ANCHOR if name == "a" else CitationKind.CITE
    return Mark(tag.start, element.end, kind, (target or "").strip())
