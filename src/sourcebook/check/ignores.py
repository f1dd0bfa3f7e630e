"""`<!-- sourcebook: ignore RULE why -->`, and `{/* … */}` in MDX: a person's word that a finding is meant. Pure.

An ignore holds for the block of lines that it stands in; alone between blank lines, for the block after.
"""

import difflib
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from sourcebook.check.evidence import Flaw, Lines
from sourcebook.types.findings import Rule

_COMMENT = re.compile(
    r"(?<!`)(?:<!--\s*sourcebook:\s*ignore\b(?P<html>.*?)-->|\{/\*\s*sourcebook:\s*ignore\b(?P<mdx>.*?)\*/\})",
    re.DOTALL,
)
_FENCE = re.compile(r"^[ \t>]*(```+|~~~+)[^\n]*\n.*?(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_NAMES = re.compile(r"[^\s,]+(?:\s?,\s?[^\s,]+)*")
_RULES = {rule.value: rule for rule in Rule}
_NOT_IGNORED = {Rule.BROKEN_IGNORE, Rule.UNUSED_IGNORE}


class Ignore(Struct, frozen=True):
    """Which rules are not to be told of in which lines, and why."""

    rules: tuple[Rule, ...]
    why: str
    first: int  # line
    last: int
    start: int  # offsets of the comment
    end: int

    def covers(self, flaw: Flaw) -> bool:
        """Does the flaw touch a line of the block?"""
        in_block = flaw.span.line <= self.last and flaw.span.end_line >= self.first
        return in_block and flaw.rule in self.rules


class Sorted(Struct, frozen=True):
    """Flaws that are to be told, and those that a person had ignored, each with the reason."""

    told: tuple[Flaw, ...]
    ignored: tuple[tuple[Flaw, str], ...]


def sort_out(text: str, flaws: Iterable[Flaw], looked_for: Iterable[Rule]) -> Sorted:
    """Part the flaws of a page by the ignores in its text; what is amiss with these is a flaw too.

    An ignore of a rule that is not looked for is not called unused.
    """
    if "sourcebook:" not in text:
        return Sorted(tuple(flaws), ())
    lines = Lines(text)
    ignores, told = parse_ignores(text, lines)
    ignored: list[tuple[Flaw, str]] = []
    used: set[tuple[int, Rule]] = set()
    for flaw in flaws:
        by = next((one for one in ignores if one.covers(flaw)), None)
        if by is None:
            told.append(flaw)
        else:
            ignored.append((flaw, by.why))
            used.add((by.start, flaw.rule))
    told += _unused(ignores, used, frozenset(looked_for), lines)
    return Sorted(tuple(told), tuple(ignored))


def parse_ignores(text: str, lines: Lines) -> tuple[list[Ignore], list[Flaw]]:
    """Every ignore of a text outside its code, and a flaw for each that cannot be followed."""
    fences = [match.span() for match in _FENCE.finditer(text)]
    blocks = _blocks(text)
    found: list[Ignore] = []
    broken: list[Flaw] = []
    for match in _COMMENT.finditer(text):
        if any(start <= match.start() < end for start, end in fences):
            continue
        names, why = _parts(match["html"] or match["mdx"] or "")
        rules = [_RULES.get(name) for name in names]
        fault = _fault(names, why)
        if fault:
            span = lines.span(match.start(), match.end())
            broken.append(Flaw(Rule.BROKEN_IGNORE, span, fault, match[0]))
        else:
            first, last = _block(blocks, *match.span(), text, lines)
            known = tuple(rule for rule in rules if rule is not None)
            found.append(Ignore(known, why, first, last, *match.span()))
    return found, broken


def _parts(said: str) -> tuple[list[str], str]:
    """The rules that an ignore names, with or without spaces around the commas, and why."""
    text = " ".join(said.split())
    names = _NAMES.match(text)
    return re.split(r"\s*,\s*", names[0]) if names else [""], text[names.end() :].strip() if names else text


def _fault(names: list[str], why: str) -> str:
    """What is wrong with an ignore, "" when nothing is."""
    for name in names:
        if name not in _RULES:
            guess = difflib.get_close_matches(name, _RULES, n=1)
            return f"there is no rule {name!r}" + (f"; did you mean {guess[0]!r}?" if guess else "")
        if _RULES[name] in _NOT_IGNORED:
            return f"{name!r} cannot be ignored: take the ignore out"
    return "" if why else f"say why {names[0]!r} is to be ignored"


def _unused(
    ignores: list[Ignore], used: set[tuple[int, Rule]], looked_for: frozenset[Rule], lines: Lines
) -> Iterator[Flaw]:
    for one in ignores:
        for rule in one.rules:
            if (one.start, rule) not in used and rule in looked_for:
                words = f"nothing here is a finding of {rule.value!r}"
                yield Flaw(Rule.UNUSED_IGNORE, lines.span(one.start, one.end), words, f"{rule.value} {one.why}")


def _blocks(text: str) -> list[tuple[int, int]]:
    """Start and end of each stretch of text between blank lines."""
    found: list[tuple[int, int]] = []
    start = end = 0
    for line in (*text.split("\n"), ""):
        if line and not line.isspace():
            end += len(line) + 1
            continue
        if start < end:
            found.append((start, end - 1))
        start = end = end + len(line) + 1
    return found


def _block(blocks: list[tuple[int, int]], start: int, end: int, text: str, lines: Lines) -> tuple[int, int]:
    """First and last line of the block that a comment is about."""
    for number, (first, last) in enumerate(blocks):
        if first <= start < last:
            alone = not _COMMENT.sub("", text[first:last]).strip()
            begin, stop = blocks[number + 1] if alone and number + 1 < len(blocks) else (first, last)
            return lines.at(begin)[0], lines.at(stop - 1)[0]
    return lines.at(start)[0], lines.at(end)[0]
