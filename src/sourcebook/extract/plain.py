"""Plain text and Markdown: text that is its own markup."""

import re
from urllib.parse import unquote

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.decode import readable
from sourcebook.extract.evidence import Found
from sourcebook.extract.told import tell
from sourcebook.types.documents import Confidence, Document

MOST_CHARACTERS = 8_000_000
MOST_TITLE = 200

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n(.{0,20000}?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,2}[^\S\n]+(.+?)[^\S\n]*#*$|^(\S.*)\n(?:=+|-{3,})[^\S\n]*$", re.MULTILINE)
_PROGRAMS = frozenset(
    """py js ts jsx tsx c h cc cpp hpp cs go rs java kt scala rb php pl sh bash ps1 r jl lua sql swift m ml hs ex clj
    yaml yml toml ini cfg conf json jsonl csv tsv xml tex bib css scss makefile dockerfile ipynb""".split()
)
_LINE = re.compile(r"^[^\S\n]*(\S.*?)[^\S\n]*$", re.MULTILINE)


def read_plain(body: bytes, about: About) -> Document:
    """The text as it is; the title is its first heading, else its first line. Raises StepError on empty text."""
    text = readable(body, about)[:MOST_CHARACTERS]
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    front = _FRONT_MATTER.match(text)
    if front is not None:
        text = text[front.end() :]
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    if not text.strip():
        raise StepError(f"no text in what {about.url!r} sent", "look at it in a browser")
    name = _program_name(about.url)
    title, origin = (name, "address") if name else _title(text, front[1] if front is not None else "")
    confidence = Confidence.LOW if origin == "first line" else Confidence.HIGH
    return tell(text, {"title": Found(title[:MOST_TITLE].strip(), origin, confidence)})


def _program_name(url: str) -> str:
    """The name of a file that is a program or data: its first line is no title, though it looks like one."""
    name = unquote(url.partition("?")[0].partition("#")[0].rpartition("/")[2])
    stem, dot, suffix = name.rpartition(".")
    return name if stem and dot and suffix.lower() in _PROGRAMS else ""


def _title(text: str, front: str) -> tuple[str, str]:
    """The title and where it was read."""
    if (said := _FRONT_TITLE.search(front)) is not None and said[1]:
        return said[1], "front matter"
    start = text[:20_000]
    if (heading := _HEADING.search(start)) is not None:
        return heading[1] or heading[2].strip(), "heading"
    line = _LINE.search(start)
    return (line[1], "first line") if line is not None else ("", "")
