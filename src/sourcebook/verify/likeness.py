"""The place of a text that a quote is most like, and the difference in words. For people to look at, never a pass."""

import re
from collections import Counter
from difflib import SequenceMatcher

from sourcebook.verify.folding import Folded

_LEAST_LIKE = 0.7  # of the words: with fewer in common a passage is about the same thing, not the same words
_PIECE = 2  # words in a row that tie a quote to a place
_MOST_PLACES = 40  # of one piece: what stands everywhere ties nothing to anything
_MOST_ENDS = 2  # words at an end of a quote that are shown with what stands in their place
_SENTENCE = re.compile(r"[.!?…]|\n\s*\n")
_MOST_SAID = 3  # differences that are said


def nearest(words: tuple[str, ...], folded: Folded) -> tuple[int, int] | None:
    """The run of words most like these, first and last + 1; None when nothing is like them."""
    beginnings = _beginnings(words, folded)
    best: tuple[float, tuple[int, int]] | None = None
    for beginning, _ in beginnings.most_common(4):
        run = max(0, beginning - 3), min(len(folded.words), beginning + len(words) + 6)
        matcher = SequenceMatcher(None, folded.words[slice(*run)], words, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            continue
        exact = run[0] + blocks[0].a, run[0] + blocks[-1].a + blocks[-1].size
        share = sum(block.size for block in blocks) / max(len(words), exact[1] - exact[0])
        if share >= _LEAST_LIKE and (best is None or share > best[0]):
            ends = blocks[0].b, len(words) - blocks[-1].b - blocks[-1].size
            best = share, _with_ends(exact, ends, folded)
    return None if best is None else best[1]


def _with_ends(run: tuple[int, int], lacking: tuple[int, int], folded: Folded) -> tuple[int, int]:
    """A run with the few words of the same sentence that stand where the first and the last ones of a quote should:
    what "2031" at its end is in the text."""
    first, end = run
    before, after = (number if number <= _MOST_ENDS else 0 for number in lacking)
    while before and first and not _SENTENCE.search(folded.original, folded.ends[first - 1], folded.starts[first]):
        first, before = first - 1, before - 1
    last = len(folded.words)
    while after and end < last and not _SENTENCE.search(folded.original, folded.ends[end - 1], folded.starts[end]):
        end, after = end + 1, after - 1
    return first, end


def difference(quoted: tuple[str, ...], found: tuple[str, ...]) -> str:
    """How two runs of words differ, in words: “57” where the source has “47”."""
    said: list[str] = []
    matcher = SequenceMatcher(None, quoted, found, autojunk=False)
    for kind, first, end, other, other_end in matcher.get_opcodes():
        ours, theirs = " ".join(quoted[first:end]), " ".join(found[other:other_end])
        if kind == "replace":
            said.append(f"“{ours}” where the source has “{theirs}”")
        elif kind == "delete":
            said.append(f"“{ours}” is not in the source")
        elif kind == "insert":
            said.append(f"“{theirs}” of the source is left out")
    return "; ".join(said[:_MOST_SAID]) + ("; and more" if len(said) > _MOST_SAID else "")


def _beginnings(words: tuple[str, ...], folded: Folded) -> Counter[int]:
    """Where the quote would begin, by how many of its pieces say so."""
    pieces: dict[tuple[str, ...], list[int]] = {}
    for index in range(len(words) - _PIECE + 1):
        pieces.setdefault(words[index : index + _PIECE], []).append(index)
    votes: Counter[int] = Counter()
    places: Counter[tuple[str, ...]] = Counter()
    firsts = {piece[0] for piece in pieces}
    for at, word in enumerate(folded.words):
        if word not in firsts:
            continue
        piece = folded.words[at : at + _PIECE]
        if piece in pieces and (places.update((piece,)) or places[piece] <= _MOST_PLACES):
            for index in pieces[piece]:
                votes[max(0, at - index)] += 1
    return votes
