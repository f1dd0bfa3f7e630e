"""Front matter: what a page says about itself, between `---` lines (YAML) or `+++` lines (TOML)."""

import math
import re
import tomllib
from typing import NamedTuple

import yaml

from sourcebook.config import CorpusSettings

_OPENING = re.compile(rb"(---|\+\+\+)[ \t]*\r?\n")
_CLOSING = {
    b"---": re.compile(rb"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    b"+++": re.compile(rb"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
}
_LOOKS_LIKE_YAML = re.compile(rb"[A-Za-z_][\w.-]*[ \t]*:(?:[ \t]|\r?\n)")
MAX_BYTES = 256 * 1024  # real front matter is a few kilobytes

# The C loader is ten times faster; a platform without it reads the same.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Scalar = str | float | None
Value = Scalar | tuple[str, ...]


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
    except (yaml.YAMLError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        mishaps.append(Mishap(opening.end() + _where(error, words), f"the front matter cannot be read: {_why(error)}"))
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


def as_type(written: str) -> str:
    """A page's type as readers see it: "ai-model" is "Ai model"."""
    words = re.sub(r"[-_\s]+", " ", written).strip()
    return words[:1].upper() + words[1:]


def _yaml(words: bytes) -> dict[str, Value]:
    """The top level's scalars and lists of scalars. Nodes only: nothing is built that an alias could multiply."""
    root = yaml.compose(words.decode(), Loader=_Loader)
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise yaml.YAMLError("it is not a table of names and values")
    values: dict[str, Value] = {}
    for key, value in root.value:
        if isinstance(key, yaml.ScalarNode):
            values[key.value] = _value(value)
    return values


def _value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag.endswith(":null") else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return tuple(str(one.value) for one in node.value if isinstance(one, yaml.ScalarNode))
    return ()


def _toml(words: bytes) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for key, value in tomllib.loads(words.decode().replace("\r\n", "\n")).items():
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
        return None, f"{key!r} is no number: {value!r:.60}"
    return None, ""


def _where(error: Exception, words: bytes) -> int:
    """The byte offset at which the reader gave up, where it says so."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return 0
    lines = words.split(b"\n")
    before = sum(len(line) + 1 for line in lines[: mark.line])
    return min(before + int(mark.column), max(len(words) - 1, 0))


def _why(error: Exception) -> str:
    problem = getattr(error, "problem", None)
    return str(problem) if problem else " ".join(str(error).split())[:200] or "it is nested too deeply"
