"""The main text of a page as light Markdown: headings, lists, tables, quotations and code keep their shape.

trafilatura finds the text (see docs/adr/0005-reading.md); this file decides how it is written down. Nothing is escaped
and emphasis is dropped, so that what is quoted from a source is found in its text.
"""

import logging
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

LEAST_CHARACTERS = 25  # less than this is no text
MOST_ELEMENTS = 20_000  # trafilatura's second opinions take quadratic time on flat pages with more than that
LONG_CONTROL = 1_500  # characters of a menu or a button that are more than that

_UNSEEN = frozenset("script style noscript template nav footer aside form button select option iframe head svg".split())
_WORDLESS = """iframe select option input textarea datalist source track video audio canvas area embed applet img
    path""".split()
_CONTROLS = ("nav", "button", "label", "noscript", "template")
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote pre td th dd dt figcaption div section article tr".split())
_LEVEL = {"h1": "#", "h2": "##", "h3": "###", "h4": "####", "h5": "#####", "h6": "######"}
# What a library that walks hostile trees may stumble over; the plain pass reads the page then.
_STUMBLES = (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError)


def main_text(tree: HtmlElement, url: str) -> str:
    """The text that the page is about, one blank line between blocks; "" when there is none."""
    body = _body(tree, url)
    text = "" if body is None else written(body)
    return text if len(text) >= LEAST_CHARACTERS else plain_text(tree)


def _body(tree: HtmlElement, url: str) -> etree._Element | None:
    """The part of the page that is its main text, in trafilatura's own small vocabulary."""
    # Loaded here: a third of a second that only a page with text to read should cost.
    import trafilatura  # noqa: PLC0415

    # It reports every page without text on standard error; our outcomes say that better.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    _prune(tree)
    large = next(islice(tree.iter(), MOST_ELEMENTS, None), None) is not None
    try:
        found = trafilatura.bare_extraction(
            tree, url=url or None, fast=large, output_format="xml", include_comments=False, include_tables=True
        )
    except _STUMBLES:
        return None
    return getattr(found, "body", None)


def _prune(tree: HtmlElement) -> None:
    """Take away what holds no text, and short controls and menus: a tenth of the time, and fewer menus in the text.

    Long ones stay: on pages that forget to close a button or a menu, the article stands within it.
    """
    etree.strip_elements(tree, *_WORDLESS, with_tail=False)
    for element in list(tree.iter(*_CONTROLS)):
        if element.getparent() is not None and sum(map(len, element.itertext())) < LONG_CONTROL:
            element.drop_tree()


def written(body: etree._Element) -> str:
    """An extracted body as light Markdown."""
    return "\n\n".join(block for block in _blocks(body) if block)


def plain_text(tree: HtmlElement) -> str:
    """All words of a page outside its navigation, block by block: for pages on which no main text can be told."""
    root = tree.find(".//main")
    root = tree if root is None else root
    lines: list[str] = []
    words: list[str] = []
    for kind, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS:
            lines.append(_spaced(" ".join(words)))
            words.clear()
        hidden = tag in _UNSEEN or any(above.tag in _UNSEEN for above in element.iterancestors())
        text = element.text if kind == "start" else element.tail
        if text and not hidden:
            words.append(text)
    lines.append(_spaced(" ".join(words)))
    return "\n\n".join(line for line in lines if line)


def _blocks(element: etree._Element) -> Iterator[str]:
    """The blocks of a container, and the loose words between them."""
    loose = [element.text or ""]
    for child in element:
        if child.tag in ("head", "p", "list", "table", "quote", "code", "div", "ab"):
            yield _spaced("".join(loose))
            loose = [child.tail or ""]
            yield from _block(child)
        elif child.tag == "lb":
            loose.append("\n" + (child.tail or ""))
        else:
            loose.append(_inline(child) + (child.tail or ""))
    yield _spaced("".join(loose))


def _block(element: etree._Element) -> Iterator[str]:
    tag = element.tag
    if tag == "head":
        yield f"{_LEVEL.get(element.get('rend') or '', '##')} {_flat(element)}" if _flat(element) else ""
    elif tag == "list":
        yield "\n".join(_items(element, ""))
    elif tag == "table":
        yield "\n".join(_rows(element))
    elif tag == "code":
        yield "```\n" + _inline(element).strip("\n") + "\n```"
    elif tag == "quote":
        yield "\n".join(
            f"> {line}" if line else ">" for block in [_join(element)] if block for line in block.split("\n")
        )
    elif tag == "p" and not any(child.tag in ("list", "table", "quote", "code", "p", "head") for child in element):
        yield _spaced(_inline(element))
    else:
        yield from _blocks(element)


def _join(element: etree._Element) -> str:
    return "\n\n".join(block for block in _blocks(element) if block)


def _items(element: etree._Element, indent: str) -> Iterator[str]:
    for number, item in enumerate(element.iterchildren("item"), 1):
        mark = f"{number}." if element.get("rend") == "ol" else "-"
        inner = deepcopy(item)
        inner.tail = None
        for nested in inner.findall(".//list"):
            nested.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs are older
        if words := _flat(inner):
            yield f"{indent}{mark} {words}"
        for nested in item.findall("list"):
            yield from _items(nested, indent + "  ")


def _rows(element: etree._Element) -> Iterator[str]:
    for row in element.iter("row"):
        cells = [_flat(cell).replace("|", "/") for cell in row.iterchildren("cell")]
        if not any(cells):
            continue
        yield f"| {' | '.join(cells)} |"
        if any(cell.get("role") == "head" for cell in row.iterchildren("cell")):
            yield f"|{' --- |' * len(cells)}"


def _inline(element: etree._Element) -> str:
    """The words of an element with line breaks where the page breaks them."""
    parts = [element.text or ""]
    for child in element:
        parts.append("\n" if child.tag == "lb" else _inline(child))
        if child.tag in ("p", "item", "head", "row", "cell"):
            parts.append(" ")
        parts.append(child.tail or "")
    return "".join(parts)


def _flat(element: etree._Element) -> str:
    """The words of an element on one line."""
    return " ".join(_inline(element).split())


def _spaced(text: str) -> str:
    """Lines without the spaces around them, single spaces within."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
