"""Settings: defaults, then `sourcebook.toml`, then `SOURCEBOOK_*` variables, then flags. The last to speak wins."""

import os
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.config.sections import Config
from sourcebook.errors import UsageError

FILE_NAME = "sourcebook.toml"
VENUES_FILE = "venues.toml"  # the user's own venues, read by rate/
LIBRARY_FOLDER = ".sourcebook"
_SECRET = "•••"
_NO_SETTING = "SOURCEBOOK_LIBRARY"  # where the library is decides which settings file is read, so it is only a flag


class Known(NamedTuple):
    """One setting that there is."""

    name: str  # "fetch.delay_s"
    kind: Any  # the type of its value
    words: str  # what it is
    secret: bool


class Setting(Struct, frozen=True):
    """One setting as `sourcebook config` shows it."""

    name: str  # "fetch.delay_s"
    value: Any
    origin: str  # "default", the file, the variable or "flag"
    words: str
    secret: bool

    @property
    def shown(self) -> Any:
        """The value, or a mask where it is secret and set."""
        return _SECRET if self.secret and self.value else self.value


class LoadedConfig(Struct, frozen=True):
    """A Config and where each value came from."""

    config: Config
    settings: tuple[Setting, ...]
    file: Path | None


def load_config(folder: Path, environ: Mapping[str, str] | None = None, **flags: Any) -> LoadedConfig:
    """Read the settings for a corpus folder.

    `flags` are dotted names with dots as double underscores (`fetch__delay_s=0`); None means not given.
    Raises UsageError on an unreadable file, an unknown key (with a guess) or a value of the wrong type.
    """
    environ = os.environ if environ is None else environ
    path = folder / FILE_NAME
    said = _read_file(path)
    venues = tuple(said.pop("venues", ()))
    values: dict[str, tuple[Any, str]] = {}
    for name, value in _flatten(said):
        values[name] = (value, str(path))
    known = {one.name: one for one in known_settings()}
    for variable, value in environ.items():
        if (meant := _name_of_variable(variable, known)) is not None:
            values[meant] = (_from_text(value, known[meant].kind, variable), variable)
    for flag, value in flags.items():
        if value is not None:
            values[flag.replace("__", ".")] = (value, "flag")
    return _assemble(values, known, venues, path if path.exists() else None)


def known_settings() -> Iterator[Known]:
    """Every setting there is, in order."""
    for section, kind in get_type_hints(Config).items():
        if section == "venues":
            continue
        for name, hint in get_type_hints(kind, include_extras=True).items():
            of, about = get_args(hint)
            yield Known(f"{section}.{name}", of, about.description, about.extra["secret"])


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return _toml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:  # of decoding, or of TOML
        raise UsageError(
            f"cannot read settings from {str(path)!r}: {error}", "mend the file or move it away"
        ) from error


def _toml(text: str) -> dict[str, Any]:
    """What a piece of TOML says. Raises ValueError."""
    import tomllib  # noqa: PLC0415  # most folders have no settings, and a scan should not wait for it

    return tomllib.loads(text)


def _flatten(said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for section, values in said.items():
        if not isinstance(values, dict):
            yield section, values
            continue
        for name, value in values.items():
            yield f"{section}.{name}", value


def _name_of_variable(variable: str, known: Mapping[str, Known]) -> str | None:
    """`SOURCEBOOK_FETCH_DELAY_S` is `fetch.delay_s`. Raises UsageError when no such setting exists."""
    prefix = "SOURCEBOOK_"
    if not variable.startswith(prefix) or variable == _NO_SETTING:
        return None
    wanted = variable.removeprefix(prefix).lower()
    by_variable = {name.replace(".", "_"): name for name in known}
    if wanted not in by_variable:
        raise _unknown(variable, [prefix + name.upper() for name in by_variable])
    return by_variable[wanted]


def _unknown(name: str, known: list[str]) -> UsageError:
    import difflib  # noqa: PLC0415  # only a mistake needs it

    guess = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {guess[0]!r}?" if guess else "see `sourcebook config` for the settings there are"
    return UsageError(f"unknown setting {name!r}", hint)


def _from_text(text: str, kind: Any, name: str) -> Any:
    """A variable's text as a value: TOML for tables, commas for lists."""
    if kind is str:
        return text
    if get_origin(kind) is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    try:
        return _toml(f"value = {text}")["value"]
    except ValueError as error:
        raise UsageError(f"cannot read {name}={text!r} as {_words(kind)}", "write it as TOML would") from error


def _assemble(
    values: dict[str, tuple[Any, str]], known: dict[str, Known], venues: tuple[dict[str, Any], ...], file: Path | None
) -> LoadedConfig:
    for name in values:
        if name not in known:
            raise _unknown(name, list(known))
    config = replace(Config(), venues=venues)
    settings = []
    for name, kind, words, is_secret in known.values():
        section_name, _, key = name.partition(".")
        section = getattr(config, section_name)
        if name in values:
            value, origin = values[name]
            section = replace(section, **{key: _checked(value, kind, name, origin)})
            config = replace(config, **{section_name: section})
        else:
            origin = "default"
        settings.append(Setting(name, getattr(section, key), origin, words, is_secret))
    return LoadedConfig(config, tuple(settings), file)


def _checked(value: Any, kind: Any, name: str, origin: str) -> Any:
    """The value as its setting's type; numbers may be whole, lists become tuples."""
    wrong = UsageError(f"setting {name!r} must be {_words(kind)}, not {value!r} (from {origin})", "correct the value")
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
            raise wrong
        return tuple(value)
    if get_origin(kind) is dict:
        if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
            raise wrong
        return dict(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise wrong
    return value


def _words(kind: Any) -> str:
    """A type as a person would say it."""
    if isinstance(kind, types.GenericAlias):
        return "a list of texts" if kind.__origin__ is tuple else f"a table of {_words(get_args(kind)[1])}s"
    return {str: "text", int: "a whole number", float: "a number", bool: "true or false"}[kind]
