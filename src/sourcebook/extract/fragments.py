"""A piece of HTML of which every word counts (an entry of a feed, a chapter of a book) as light Markdown."""

from collections.abc import Iterator

from lxml import etree

from sourcebook.extract.guard import parse_html
from sourcebook.extract.raised import raised

_UNSEEN = frozenset("script style template head iframe button select option input textarea svg audio video".split())
_BLOCKS = frozenset(
    """p div section article main header footer aside nav h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr td th tbody thead
    tfoot caption blockquote pre figure figcaption hr form fieldset address details summary body center""".split()
)
_LEVELS = {f"h{number}": "#" * number for number in range(1, 7)}


def markdown_of(markup: str) -> str:
    """The words of some markup, one blank line between blocks; text without markup comes back as it is."""
    if "<" not in markup and "&" not in markup:
        return _spaced([markup])
    tree = parse_html(markup)
    return "" if tree is None else "\n\n".join(block for block in _blocks(tree) if block)


def _blocks(element: etree._Element) -> Iterator[str]:
    loose = [element.text or ""]
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            loose.append("\n")
        elif tag in _BLOCKS or (tag and tag not in _UNSEEN and _holds_block(child)):
            yield _spaced(loose)
            loose = []
            yield from _block(child, tag)
        elif tag and tag not in _UNSEEN:
            loose.append(_words(child, tag, loose))
        loose.append(child.tail or "")
    yield _spaced(loose)


def _holds_block(element: etree._Element) -> bool:
    return next(element.iter(*_BLOCKS), None) is not None


def _block(element: etree._Element, tag: str) -> Iterator[str]:
    if tag in _LEVELS:
        words = " ".join(_inline(element).split())
        yield f"{_LEVELS[tag]} {words}" if words else ""
    elif tag in ("ul", "ol"):
        yield "\n".join(_items(element, tag))
    elif tag == "table":
        yield "\n".join(_rows(element))
    elif tag == "pre":
        yield f"```\n{_inline(element).strip(chr(10))}\n```"
    elif tag == "blockquote":
        inner = "\n\n".join(block for block in _blocks(element) if block)
        yield "\n".join(f"> {line}".rstrip() for line in inner.split("\n")) if inner else ""
    else:
        yield from _blocks(element)


def _items(element: etree._Element, tag: str) -> Iterator[str]:
    for number, item in enumerate(element.iterchildren("li"), 1):
        lines = "\n".join(block for block in _blocks(item) if block).split("\n")
        mark = f"{number}." if tag == "ol" else "-"
        if lines[0]:
            yield "\n".join([f"{mark} {lines[0]}", *(f"  {line}" for line in lines[1:])])


def _rows(element: etree._Element) -> Iterator[str]:
    for row in element.iter("tr"):
        cells = [" ".join(_inline(cell).split()).replace("|", "/") for cell in row.iterchildren("td", "th")]
        if any(cells):
            yield f"| {' | '.join(cells)} |"
            if any(cell.tag == "th" for cell in row) and row.getprevious() is None:
                yield f"|{' --- |' * len(cells)}"


def _inline(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            parts.append("\n")
        elif tag and tag not in _UNSEEN:
            parts.append(f"{_inline(child)} " if tag in _BLOCKS else _words(child, tag, parts))
        parts.append(child.tail or "")
    return "".join(parts)


def _words(element: etree._Element, tag: str, before: list[str]) -> str:
    """What stands in an element within a line, behind the words before it."""
    said = _inline(element)
    return raised(said, next(filter(None, reversed(before)), "")) if tag == "sup" else said


def _spaced(parts: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
