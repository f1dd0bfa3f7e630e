"""YouTube: what a video says of itself, and its transcript when the page carries one."""

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from sourcebook.extract.dates import parse_date
from sourcebook.extract.told import retell
from sourcebook.types.documents import Completeness, Document

_PLAYER = re.compile(r"\bytInitialPlayerResponse\s*=\s*(?=\{)")
_PAGE = re.compile(r"\bytInitialData[\"'\]]*\s*=\s*(?=\{)")
_MOST_NODES = 200_000


def read_youtube(document: Document, page: str) -> Document:
    """The document with title, channel, date, description and transcript; as it was when the page has no video."""
    player = _data(_PLAYER, page)
    video, facts = _dict(player, "videoDetails"), _dict(player, "microformat", "playerMicroformatRenderer")
    title = _text(video.get("title"))
    if not title:
        return document
    about = _text(video.get("shortDescription"))
    spoken = " ".join(_spoken(_data(_PAGE, page)))
    parts = (f"# {title}", about, f"## Transcript\n\n{spoken}" if spoken else "")
    text = "\n\n".join(part for part in parts if part)
    channel = _text(video.get("author"))
    fields = {
        "title": title,
        "published": parse_date(_text(facts.get("publishDate"))),
        "description": about,
        "authors": (channel,) if channel else (),
        "tags": tuple(word for word in video.get("keywords") or () if isinstance(word, str))[:30],
    }
    whole = Completeness.FULL if spoken else Completeness.ABSTRACT
    return replace(retell(document, text, fields, "video details"), completeness=whole)


def _data(pattern: re.Pattern[str], page: str) -> dict[str, Any]:
    """The object that a script of the page begins with; {} when there is none, or it is broken."""
    found = pattern.search(page)
    if found is None:
        return {}
    try:
        data, _ = json.JSONDecoder().raw_decode(page, found.end())
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _dict(data: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        inner = data.get(name)
        data = inner if isinstance(inner, dict) else {}
    return data


def _text(value: object) -> str:
    return "\n".join(line.rstrip() for line in value.split("\n")).strip() if isinstance(value, str) else ""


def _spoken(data: object) -> Iterator[str]:
    """The words of each piece of a transcript, in order."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        one = waiting.pop()
        seen += 1
        if isinstance(one, dict):
            if isinstance(piece := one.get("transcriptSegmentRenderer"), dict):
                runs = _dict(piece, "snippet").get("runs")
                words = (
                    _text(run.get("text")) for run in (runs if isinstance(runs, list) else []) if isinstance(run, dict)
                )
                yield " ".join(" ".join(words).split())
                continue
            waiting += reversed([value for value in one.values() if isinstance(value, dict | list)])
        elif isinstance(one, list):
            waiting += reversed([value for value in one if isinstance(value, dict | list)])
