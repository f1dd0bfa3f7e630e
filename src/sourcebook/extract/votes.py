"""A second reader's word on each block: does Resiliparse take it for main text? It takes a few milliseconds a page."""

from collections.abc import Sequence

from sourcebook.extract.blocks import Block, is_menu

_SHORT = 14  # letters: what is shorter must be a line of its own, or it would be found within any word
_LONG = 60
_OPENING = 40  # letters of a long block that stand for it where the other reader broke it in two
_MARKS = "•#-*>|0123456789. "  # what the other reader begins items and rows with


def votes_on(blocks: Sequence[Block], markup: str) -> list[float]:
    """1 for a block that the other reader took, 0.5 for one of which it took the beginning, else 0, as for menus."""
    # Loaded here: 10 ms that only a page with text to read should cost.
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    text = extract_plain_text(markup, main_content=True, links=False, alt_texts=False)
    whole = _squeezed(text)
    lines = {_squeezed(line.lstrip(_MARKS)) for line in text.split("\n")}
    return [0.0 if is_menu(block) else _vote(_squeezed(block.text), whole, lines) for block in blocks]


def _vote(words: str, whole: str, lines: set[str]) -> float:
    if len(words) < _SHORT:
        return float(words.lstrip(_MARKS) in lines and words != "")
    if words in whole:
        return 1.0
    return 0.5 if len(words) > _LONG and words[:_OPENING] in whole else 0.0


def _squeezed(text: str) -> str:
    """Without spaces and the edges of cells: readers put these differently around the same words."""
    return "".join(text.split()).replace("|", "").lower()
