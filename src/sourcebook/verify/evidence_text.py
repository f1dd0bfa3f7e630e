"""The part of a text that may bear a claim out: without its reference list, its links elsewhere and its comments."""

import re
from collections.abc import Iterable

from sourcebook.types.documents import Region

_HEADING = re.compile(
    r"""^[^\S\n]*(?:\#{1,6}[^\S\n]*)?(?:\d{1,2}\.?[^\S\n]+)?(?:\*\*)?
      (?:references(?:\ and\ notes|\ cited)?|bibliography|works\ cited|literature\ cited|notes\ and\ references|sources|
        citations|footnotes|endnotes|further\ reading|external\ links|see\ also|comments|\d+\ comments|
        related\ (?:articles|stories|posts|links)|leave\ a\ (?:comment|reply)|literatur|einzelnachweise|références|
        referencias)
      (?:\*\*)?:?[^\S\n]*$""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_ANY_HEADING = re.compile(r"^#{1,6}[^\S\n]*\S", re.MULTILINE)
_EARLIEST = 0.25  # a heading before this share of the text is an entry of its table of contents


def evidence_text(text: str, regions: Iterable[Region] = ()) -> str:
    """The text with everything that is no evidence blanked out, so that offsets stay those of the text."""
    spans = [(region.start, region.end) for region in regions] or _spans(text)
    for start, end in spans:
        text = f"{text[:start]}{_blank(end - start)}{text[end:]}"
    return text


def _blank(length: int) -> str:
    return "\n" + " " * (length - 2) + "\n" if length >= 2 else " " * length


def _spans(text: str) -> list[tuple[int, int]]:
    """Where a text of which nobody marked the parts names other works: from such a heading to the next one."""
    found: list[tuple[int, int]] = []
    for match in _HEADING.finditer(text):
        if match.start() < len(text) * _EARLIEST or (found and match.start() < found[-1][1]):
            continue
        following = _ANY_HEADING.search(text, match.end())
        found.append((match.start(), following.start() if following else len(text)))
    return found
