"""GitHub: files and READMEs, which its pages carry as data and draw with a script."""

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from sourcebook.extract.fragments import markdown_of
from sourcebook.extract.regions import find_regions
from sourcebook.types.documents import Document

_DATA = re.compile(
    r'<script\b[^>]{0,200}data-target="react-(?:app|partial)\.embeddedData"[^>]{0,100}>(.*?)</script>', re.DOTALL
)
_MOST_NODES = 50_000
_PROSE = (".md", ".markdown", ".mdx", ".rst", ".txt", ".org", ".adoc")


def read_github(document: Document, page: str) -> Document:
    """The document with the words of the file or README that the page shows; as it was when it shows none."""
    for script in _DATA.findall(page):
        try:
            nodes = list(_nodes(json.loads(script)))
        except (ValueError, RecursionError):
            continue
        text = _drawn(nodes) or _typed(nodes)
        if text:
            return replace(document, text=text, regions=find_regions(text))
    return document


def _drawn(nodes: list[dict[str, Any]]) -> str:
    """A file that GitHub draws: a README, or any other Markdown."""
    drawn = (node.get("richText") for node in nodes)
    return next((text for markup in drawn if isinstance(markup, str) and (text := markdown_of(markup))), "")


def _typed(nodes: list[dict[str, Any]]) -> str:
    """A file as it is."""
    names = [name for node in nodes if isinstance(name := node.get("displayName") or node.get("path"), str)]
    for node in nodes:
        lines = node.get("rawLines")
        if isinstance(lines, list) and lines:
            text = "\n".join(str(line) for line in lines).strip("\n")
            prose = any(name.lower().endswith(_PROSE) for name in names)
            return text if prose else f"```\n{text}\n```"
    return ""


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        one = waiting.pop()
        seen += 1
        if isinstance(one, dict):
            yield one
            waiting += [value for value in one.values() if isinstance(value, dict | list)]
        elif isinstance(one, list):
            waiting += [value for value in one if isinstance(value, dict | list)]
