"""Front matter: what a page says about itself, between `---` lines (YAML) or `+++` lines (TOML)."""

import math
import re
import tomllib
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sourcebook.config import CorpusSettings
from sourcebook.corpus.plain_yaml import Value, plain_values
from sourcebook.corpus.whole_yaml import UnreadableYamlError, whole_values

_OPENING = re.compile(rb"(---|\+\+\+)[ \t]*\r?\n")
_CLOSING = {
    b"---": re.compile(rb"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    b"+++": re.compile(rb"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
}
_LOOKS_LIKE_YAML = re.compile(rb"[A-Za-z_][\w.-]*[ \t]*:(?:[ \t]|\r?\n)")
MAX_BYTES = 256 * 1024  # real front matter is a few kilobytes


class Mishap(NamedTuple):
    """Something in the front matter that could not be read; `offset` is in bytes of the file."""

    offset: int
    message: str


class FrontMatter(NamedTuple):
    """What the page says about itself."""

    size: int  # bytes of the file that it takes up
    title: str = ""
    type: str = ""
    quality: float | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    mishaps: tuple[Mishap, ...] = ()


def read_front_matter(data: bytes, settings: CorpusSettings) -> FrontMatter:
    """The front matter at the start of a file; what cannot be read is left out and told."""
    opening = _OPENING.match(data)
    if opening is None:
        return FrontMatter(0)
    closing = _CLOSING[opening[1]].search(data, opening.end(), opening.end() + MAX_BYTES)
    if closing is None:
        if opening[1] == b"---" and not _LOOKS_LIKE_YAML.match(data, opening.end()):
            return FrontMatter(0)  # a rule at the top of the page
        return FrontMatter(0, mishaps=(Mishap(0, "the front matter is never closed"),))
    words = data[opening.end() : closing.start()]
    values: dict[str, Value] = {}
    mishaps: list[Mishap] = []
    try:
        values = _toml(words) if opening[1] == b"+++" else _yaml(words)
    except _UnreadableError as error:
        mishaps.append(Mishap(opening.end() + error.offset, f"the front matter cannot be read: {error}"))
    quality, complaint = _quality(values, settings)
    if complaint:
        mishaps.append(Mishap(opening.end(), complaint))
    return FrontMatter(
        closing.end(),
        title=_first(values, settings.title_keys),
        type=as_type(_first(values, settings.type_keys)),
        quality=quality,
        description=_first(values, ("description",)),
        tags=_several(values.get("tags")),
        mishaps=tuple(mishaps),
    )


def front_matter_table(data: bytes) -> dict[str, Any]:
    """Everything that the front matter at the start of a file holds, every scalar as it is written; {} without any."""
    opening = _OPENING.match(data)
    closing = _CLOSING[opening[1]].search(data, opening.end(), opening.end() + MAX_BYTES) if opening else None
    if opening is None or closing is None:
        return {}
    words = data[opening.end() : closing.start()].decode("utf-8", "replace")
    said: Any = None
    if opening[1] == b"+++":
        with suppress(tomllib.TOMLDecodeError, RecursionError):
            said = tomllib.loads(words.replace("\r\n", "\n"))
    else:
        with suppress(UnreadableYamlError):  # what cannot be read is told by `read_front_matter`
            said = whole_values(words)
    return said if isinstance(said, dict) else {}


def read_date(text: str, keys: tuple[str, ...]) -> datetime | None:
    """The day that the front matter of a page names, by the first of these keys that it has; None without one."""
    data = text[:MAX_BYTES].encode("utf-8", "replace")
    opening = _OPENING.match(data)
    closing = _CLOSING[opening[1]].search(data, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    words = data[opening.end() : closing.start()]
    try:
        values = _toml(words) if opening[1] == b"+++" else _yaml(words)
    except _UnreadableError:
        return None
    dates = (_date(value) for key in keys if isinstance(value := values.get(key), str))
    return next((date for date in dates if date is not None), None)


def _date(written: str) -> datetime | None:
    """ISO 8601 to any precision from the year on, as pages have it."""
    whole = written.strip() + "0000-01-01"[len(written.strip()) :] if len(written.strip()) < 10 else written.strip()
    try:
        found = datetime.fromisoformat(whole)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def as_type(written: str) -> str:
    """A page's type as readers see it: "ai-model" is "Ai model"."""
    words = re.sub(r"[-_\s]+", " ", written).strip()
    return words[:1].upper() + words[1:]


class _UnreadableError(Exception):
    """Front matter that its own language does not allow."""

    def __init__(self, why: str, offset: int = 0) -> None:
        super().__init__(why)
        self.offset = offset


def _yaml(words: bytes) -> dict[str, Value]:
    """The top level's scalars and lists of scalars."""
    values = plain_values(words)
    if values is not None:
        return values
    try:
        root = whole_values(words.decode())
    except UnreadableYamlError as error:
        raise _UnreadableError(str(error), _offset(words, error)) from error
    if root is None:
        return {}
    if not isinstance(root, dict):
        raise _UnreadableError("it is not a table of names and values")
    return {name: _value(value) for name, value in root.items()}


def _value(value: Any) -> Value:
    if value is None or isinstance(value, str):
        return value
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _offset(words: bytes, error: UnreadableYamlError) -> int:
    """The byte offset at which the reader gave up."""
    before = sum(len(line) + 1 for line in words.split(b"\n")[: error.line])
    return min(before + error.column, max(len(words) - 1, 0))


def _toml(words: bytes) -> dict[str, Value]:
    values: dict[str, Value] = {}
    try:
        table = tomllib.loads(words.decode().replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _UnreadableError(" ".join(str(error).split())[:200] or "it is nested too deeply") from error
    for key, value in table.items():
        if isinstance(value, list):
            values[key] = tuple(one for one in value if isinstance(one, str))
        else:
            values[key] = () if isinstance(value, dict) else str(value)
    return values


def _first(values: dict[str, Value], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""


def _several(value: Value | None) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(one.strip() for one in value if one.strip())
    if isinstance(value, str):
        return tuple(one.strip() for one in value.split(",") if one.strip())
    return ()


def _quality(values: dict[str, Value], settings: CorpusSettings) -> tuple[float | None, str]:
    """The page's quality, and a complaint when what stands there is no number."""
    for key in settings.quality_keys:
        value = values.get(key)
        if value is None or value == "":
            continue
        try:
            number = float(value) if isinstance(value, str) else math.nan
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number, ""
        said = f"{value!r:.60}" if isinstance(value, str) else "a list or a table"
        return None, f"{key!r} is no number: {said}"
    return None, ""
