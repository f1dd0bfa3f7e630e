"""The extractor for plain text and Markdown."""

import re

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.decode import readable
from sourcebook.extract.regions import find_regions
from sourcebook.types import Confidence, Document

MOST_CHARACTERS = 8_000_000
MOST_TITLE = 200

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n(.{0,20000}?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,2}[^\S\n]+(.+?)[^\S\n]*#*$|^(\S.*)\n(?:=+|-{3,})[^\S\n]*$", re.MULTILINE)
_LINE = re.compile(r"^[^\S\n]*(\S.*?)[^\S\n]*$", re.MULTILINE)


class PlainExtractor:
    """Reads text that is its own markup."""

    def extract(self, body: bytes, about: About) -> Document:
        """The text as it is; the title is its first heading, else its first line. Raises StepError on empty text."""
        text = readable(body, about)[:MOST_CHARACTERS]
        text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        front = _FRONT_MATTER.match(text)
        if front is not None:
            text = text[front.end() :]
        text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
        if not text.strip():
            raise StepError(f"no text in what {about.url!r} sent", "look at it in a browser")
        title, origin = _title(text, front[1] if front is not None else "")
        confidence = Confidence.LOW if origin == "first line" else Confidence.HIGH
        return Document(
            text=text,
            title=title[:MOST_TITLE].strip(),
            origins={"title": origin},
            confidences={"title": confidence},
            regions=find_regions(text),
        )


def _title(text: str, front: str) -> tuple[str, str]:
    """The title and where it was read."""
    if (said := _FRONT_TITLE.search(front)) is not None and said[1]:
        return said[1], "front matter"
    start = text[:20_000]
    if (heading := _HEADING.search(start)) is not None:
        return heading[1] or heading[2].strip(), "heading"
    line = _LINE.search(start)
    return (line[1], "first line") if line is not None else ("", "")
