"""Citations by key, as pandoc, Quarto and MyST read them: where they stand, and which works they name. Pure.

`[see @doe2020, pp. 33-35; -@roe]`, `@doe2020 [p. 3]` and ``{cite:p}`doe2020,roe` ``. A sign `@` stands in much that is
no citation: a bare key is one only where a bibliography has it, and one in brackets where it can hardly be aught else.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sourcebook.corpus.bibliography import Bibliography
from sourcebook.corpus.entries import Entry
from sourcebook.corpus.locators import locator
from sourcebook.patterns import pattern

_LETTER = rb"[\w\x80-\xff]"
_KEY = pattern(
    rb"(?<![\w\x80-\xff@/.\\-])(?<!(?:from|port) ['\"])(-?)@(?:\{([^{}\n]{1,300})\}|("
    + _LETTER
    + rb"+(?:(?:://|[:.#$%&+?<>~/-])"
    + _LETTER
    + rb"+)*))"
)
_ROLE = pattern(rb"\{(?:foot(?:full)?)?cite(?::([a-z]+))?\}`([^`]{1,2000})`")
_ROLE_ITEM = pattern(r"\s*(?:\{[^{}]*\})?\s*([^\s{}]+)\s*(?:\{([^{}]*)\})?\s*")
_IN_TEXT_ROLES = {b"t", b"ts", b"ct", b"cts", b"author", b"authors", b"title"}
_BEHIND = pattern(rb"[ \t]*\n?[ \t]*\[")
_REACH = 1_000  # bytes that the brackets around citations may hold
# `[@x]`, `[-@x]`, `[see @x]`, `[e.g., @x]`: where no bibliography is known, other words before a key are a sentence
_PLAINLY = pattern(
    rb"\s*(?:(?:see(?: also)?|cf\.?|compare|also|e\.g\.?|i\.e\.?|after|from)[,:]?\s+)*-?@", re.IGNORECASE
)
# What Quarto and pandoc-crossref number themselves, and names of packages: `[@fig-map]`, `[@scope/name]`.
_NO_WORK = pattern(
    r"(?:fig|tbl|lst|sec|eq|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)[-:].*|[a-z0-9~-][a-z0-9._~-]*/[a-z0-9._~-]+"
)


class Key(NamedTuple):
    """One key as it cites; offsets are bytes."""

    start: int
    end: int
    key: str
    locator: str
    entry: Entry | None  # None when no bibliography has it


class Group(NamedTuple):
    """Keys that cite together, and what they take up in the page."""

    start: int
    end: int
    keys: tuple[Key, ...]
    in_text: bool  # do the authors' names stand in the sentence?


class Keyed(NamedTuple):
    """The citations by key of one page."""

    at: dict[int, Group]  # by where each begins
    looked: str  # where their keys were looked up, in words

    def undefined(self, key: Key) -> str:
        """What is wrong with a key that no bibliography has; "" for one that names a figure or a package."""
        return "" if _is_no_work(key) else f"no bibliography has the key {key.key!r}: {self.looked}"


class _Item(NamedTuple):
    start: int
    end: int
    match: re.Match[bytes]


def may_cite(data: bytes) -> bool:
    """Is there anything that looks like a key?"""
    return next(_matches(data), None) is not None or _ROLE.search(data) is not None


def groups(data: bytes, works: Bibliography) -> list[Group]:
    """Every citation by key, in order."""
    by_role = filter(None, (_by_role(role, works) for role in _ROLE.finditer(data)))
    return sorted((*_by_sign(data, works), *by_role), key=_by_place)


def _by_place(group: Group) -> int:
    return group.start


def _matches(data: bytes) -> Iterator[re.Match[bytes]]:
    """Every key. Looking for the sign first is many times faster than an expression that tries every byte."""
    at = data.find(b"@")
    while at >= 0:
        match = _KEY.match(data, at - (data[at - 1 : at] == b"-"))
        if match is not None:
            yield match
        at = data.find(b"@", at + 1)


def keyed(data: bytes, works: Bibliography) -> Keyed:
    """Every citation by key."""
    where = f"looked in {', '.join(works.files)}" if works.files else "none is known for this page"
    return Keyed({group.start: group for group in groups(data, works)}, where)


def _by_sign(data: bytes, works: Bibliography) -> Iterator[Group]:
    position = 0
    for match in _matches(data):
        if match.start() < position:
            continue
        group = _bracketed(data, match, works) or _bare(data, match, works)
        if group is not None:
            position = group.end
            yield group


# --- in brackets


def _bracketed(data: bytes, match: re.Match[bytes], works: Bibliography) -> Group | None:
    opening = _opening(data, match.start())
    closing = _closing(data, opening) if opening is not None else None
    if opening is None or closing is None or _leads_on(data, opening, closing):
        return None
    items = _items(data, opening + 1, closing)
    if items is None:
        return None
    keys = tuple(_key(data, item, works) for item in items)
    wiki = data[opening - 1 : opening] == b"[" and data[closing + 1 : closing + 2] == b"]"
    if not any(key.entry for key in keys):
        plain = works.in_force or _PLAINLY.match(data, opening + 1)
        if wiki or not plain or all(map(_is_no_work, keys)):
            return None
    start = opening - (wiki or data[opening - 1 : opening] == b"^")
    if len(keys) == 1:
        keys = (keys[0]._replace(start=start, end=closing + 1 + wiki),)
    return Group(start, closing + 1 + wiki, keys, in_text=wiki)


def _opening(data: bytes, at: int) -> int | None:
    """The bracket that is open at a place; None without one in the same paragraph."""
    depth = 0
    begin = max(at - _REACH, data.rfind(b"\n\n", 0, at) + 1, 0)
    for place in range(at - 1, begin - 1, -1):
        sign = data[place : place + 1]
        if sign == b"]" and data[place - 1 : place] != b"\\":
            depth += 1
        elif sign == b"[" and data[place - 1 : place] != b"\\":
            if not depth:
                return place
            depth -= 1
    return None


def _closing(data: bytes, opening: int) -> int | None:
    """What closes a bracket; None where nothing does in the same paragraph."""
    limit = min(opening + _REACH, len(data))
    blank = data.find(b"\n\n", opening, limit)
    depth = 0
    for place in range(opening, blank if blank >= 0 else limit):
        sign = data[place : place + 1]
        if data[place - 1 : place] == b"\\":
            continue
        if sign == b"[":
            depth += 1
        elif sign == b"]":
            depth -= 1
            if not depth:
                return place
    return None


def _leads_on(data: bytes, opening: int, closing: int) -> bool:
    """Is it a link, a picture, a footnote's mark or a definition?"""
    if data[opening + 1 : opening + 2] == b"^" or data[opening - 1 : opening] == b"!":
        return True
    behind = data[closing + 1 : closing + 2]
    if behind == b"[":
        other = _closing(data, closing + 1)
        return other is None or _KEY.search(data, closing + 1, other) is None
    at_margin = not data[data.rfind(b"\n", 0, opening) + 1 : opening].strip()
    return behind == b"(" or (behind == b":" and at_margin)


def _items(data: bytes, start: int, end: int) -> list[_Item] | None:
    """The parts between semicolons; None unless each has a key."""
    found: list[_Item] = []
    position = start
    while position <= end:
        stop = data.find(b";", position, end)
        stop = end if stop < 0 else stop
        match = _KEY.search(data, position, stop)
        if match is None:
            return None
        begin = position + len(data[position:stop]) - len(data[position:stop].lstrip())
        found.append(_Item(begin, begin + len(data[begin:stop].rstrip()), match))
        position = stop + 1
    return found


def _key(data: bytes, item: _Item, works: Bibliography) -> Key:
    name = _name(item.match)
    suffix = data[item.match.end() : item.end].decode("utf-8", "replace")
    return Key(item.start, item.end, name, locator(suffix), works.find(name))


def _name(match: re.Match[bytes]) -> str:
    return (match[2] or match[3]).decode("utf-8", "replace").strip()


def _is_no_work(key: Key) -> bool:
    return _NO_WORK.fullmatch(key.key) is not None


# --- in the sentence


def _bare(data: bytes, match: re.Match[bytes], works: Bibliography) -> Group | None:
    name = _name(match)
    entry = works.entry(name)
    if entry is None:
        return None
    start = match.start() + len(match[1])
    first, end = Key(start, match.end(), name, "", entry), match.end()
    others: tuple[Key, ...] = ()
    behind = _BEHIND.match(data, match.end())
    closing = _closing(data, behind.end() - 1) if behind else None
    if behind is not None and closing is not None and not _leads_on(data, behind.end() - 1, closing):
        stop = data.find(b";", behind.end(), closing)
        stop = closing if stop < 0 else stop
        items = [] if stop == closing else _items(data, stop + 1, closing)
        if items is not None and _KEY.search(data, behind.end(), stop) is None:
            words = data[behind.end() : stop].decode("utf-8", "replace")
            first, end = first._replace(end=closing + 1, locator=locator(words)), closing + 1
            others = tuple(_key(data, item, works) for item in items)
    return Group(start, end, (first, *others), in_text=True)


# --- MyST's roles


def _by_role(role: re.Match[bytes], works: Bibliography) -> Group | None:
    keys: list[Key] = []
    position = role.start(2)
    for part in re.split(rb"([,;])(?![^{}]*\})", role[2]):
        words = _ROLE_ITEM.fullmatch(part.decode("utf-8", "replace"))
        if words is not None and part not in {b",", b";"}:
            keys.append(Key(position, position + len(part), words[1], locator(words[2] or ""), works.find(words[1])))
        position += len(part)
    if len(keys) == 1:
        keys = [keys[0]._replace(start=role.start(), end=role.end())]
    return Group(role.start(), role.end(), tuple(keys), role[1] in _IN_TEXT_ROLES) if keys else None
