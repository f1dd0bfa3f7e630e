"""Where a passage stands in a text, as links and pages show it. Pure."""

from urllib.parse import quote

from msgspec import Struct

_WORDS = 5  # at each end of a long passage: enough to be found once
_LONG = 14  # words; what is shorter is named whole


class Stretch(Struct, frozen=True):
    """Some words of a line, and whether they are the passage that was asked for."""

    text: str
    is_passage: bool


def at_passage(url: str, words: str) -> str:
    """The address with a text fragment, which has a browser scroll to the words and mark them."""
    parts = words.split()
    if not parts:
        return url
    ends = [parts] if len(parts) <= _LONG else [parts[:_WORDS], parts[-_WORDS:]]
    fragment = ",".join(_encoded(" ".join(end)) for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


def lines_of(text: str, start: int, end: int) -> list[list[Stretch]]:
    """The lines of a text that are not blank, cut where the passage begins and ends."""
    lines: list[list[Stretch]] = []
    at = 0
    for line in text.split("\n"):
        stop = at + len(line)
        if line.strip():
            first, last = (min(max(place, at), stop) for place in (start, max(start, end)))
            cuts = ((at, first, False), (first, last, True), (last, stop, False))
            lines.append([Stretch(text[one:two], marked) for one, two, marked in cuts if one < two])
        at = stop + 1
    return lines


def _encoded(words: str) -> str:
    """Hyphens and commas have a meaning of their own in a text fragment."""
    return quote(words.encode("utf-8", "replace"), safe="").replace("-", "%2D")
