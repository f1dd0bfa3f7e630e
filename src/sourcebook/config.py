"""Settings: defaults, then `sourcebook.toml`, then `SOURCEBOOK_*` variables, then flags. The last to speak wins.

A setting is a field of one of the sections below and nothing else: its name, type, default and description are read
from here by the loader, by `sourcebook config` and by docs/settings.md.
"""

import difflib
import os
import tomllib
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from sourcebook.errors import UsageError

FILE_NAME = "sourcebook.toml"
VENUES_FILE = "venues.toml"  # the user's own venues, read by rate/
LIBRARY_FOLDER = ".sourcebook"
_SECRET = "•••"
_NO_SETTING = "SOURCEBOOK_LIBRARY"  # where the library is decides which settings file is read, so it is only a flag


def _setting(default: Any, words: str, *, secret: bool = False) -> Any:
    """A field with its description; lists and tables are made afresh for each Config."""
    metadata = {"words": words, "secret": secret}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """Which files are pages, and how to read them."""

    include: tuple[str, ...] = _setting(
        ("**/*.md", "**/*.markdown", "**/*.mdx", "**/*.html", "**/*.htm"), "patterns of the files that are pages"
    )
    exclude: tuple[str, ...] = _setting(
        ("**/.*/**", "**/node_modules/**"), "patterns of files and folders to leave out"
    )
    components: dict[str, str] = _setting(
        {"R": "id"}, "components that cite a registered source, and the attribute that holds its id"
    )
    own_sites: tuple[str, ...] = _setting((), "host names of this knowledge base: links to them are not citations")
    title_keys: tuple[str, ...] = _setting(("title",), "front matter keys tried for a page's title")
    type_keys: tuple[str, ...] = _setting(
        ("entityType", "type", "pageType"), "front matter keys tried for a page's type"
    )
    quality_keys: tuple[str, ...] = _setting(("quality",), "front matter keys tried for a page's quality, a number")
    max_page_mb: float = _setting(20.0, "a larger page is reported and not read, in megabytes")


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How to ask for sources."""

    contact: str = _setting("", "an address or e-mail for site owners, named in the user agent")
    timeout_s: float = _setting(30.0, "deadline for one source, redirects included, in seconds")
    connect_timeout_s: float = _setting(10.0, "deadline for one connection, in seconds")
    max_mb: float = _setting(20.0, "largest body that is kept, in megabytes")
    delay_s: float = _setting(1.0, "pause between two requests to one host, in seconds")
    hosts: int = _setting(32, "how many hosts are asked at once")
    allow_networks: tuple[str, ...] = _setting(
        (), "private networks that may be asked, on any port, such as 127.0.0.0/8; empty means public addresses only"
    )
    ca_file: str = _setting("", "file of certificates (PEM) to trust besides those of the system")
    render: str = _setting(
        "never",
        "pages that a browser shows too: needed (those that are nothing without scripts), always, or never",
    )
    browser: str = _setting("", "the browser's program; empty means the first of Chromium's usual names that is there")


@dataclass(frozen=True, slots=True)
class FreshSettings:
    """When to ask again."""

    recheck_days: float = _setting(30.0, "days until a source that was there is asked for again")
    most_recheck_days: float = _setting(180.0, "the same, at most, when it has not changed for as long")
    retry_days: float = _setting(1.0, "days until a source that gave no good answer is asked for again")
    most_retry_days: float = _setting(30.0, "the same, at most, when it has given none for as long")


@dataclass(frozen=True, slots=True)
class MementoSettings:
    """Other people's web archives, asked for sources that are dead and of which we hold no good copy."""

    timegates: tuple[str, ...] = _setting(
        ("https://web.archive.org/web/",), "addresses that lead to the copy of an address put behind them (RFC 7089)"
    )
    timemaps: tuple[str, ...] = _setting(
        ("https://web.archive.org/web/timemap/link/",), "addresses that list the copies of an address put behind them"
    )
    timeout_s: float = _setting(60.0, "deadline for one source over all archives, in seconds")
    date_keys: tuple[str, ...] = _setting(
        ("date", "published", "created", "lastmod", "updated"),
        "front matter keys tried for the day on which a page cited its sources",
    )


@dataclass(frozen=True, slots=True)
class RegistrySettings:
    """Whom `sourcebook enrich` asks about works. Nothing else asks them."""

    crossref: str = _setting("https://api.crossref.org", "address of Crossref; empty means that it is not asked")
    datacite: str = _setting("https://api.datacite.org", "address of DataCite; empty means that it is not asked")
    pubmed: str = _setting("https://eutils.ncbi.nlm.nih.gov", "address of PubMed; empty means that it is not asked")
    arxiv: str = _setting("https://export.arxiv.org", "address of arXiv; empty means that it is not asked")
    openalex: str = _setting("https://api.openalex.org", "address of OpenAlex; empty means that it is not asked")
    recheck_days: float = _setting(30.0, "days until a work is asked for again: retractions come late")


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where the library is kept."""

    database: str = _setting(
        "", "database address such as postgresql://user@host/name; empty means SQLite in the library folder",
        secret=True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How the work is spread."""

    workers: int = _setting(0, "worker processes that read documents; 0 means one for each core, 1 means none besides")


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """A model, where one is to be asked. Its key is never a setting: see docs/models.md."""

    model: str = _setting("", "the model to ask, such as openai:NAME or anthropic:NAME; empty means that none is asked")
    base_url: str = _setting("", "an endpoint that speaks OpenAI's protocol, such as http://127.0.0.1:11434/v1")
    key_file: str = _setting("", "a file that holds the key and that nobody else may read; empty means the environment")
    summaries: bool = _setting(True, "whether it is asked for summaries and relevance lines")
    judge: str = _setting("unsure", "claims that it is asked about: unsure (our own judge is), all, or none")
    in_flight: int = _setting(4, "how many questions are under way at once")
    timeout_s: float = _setting(120.0, "deadline for one answer, in seconds")
    max_answer_tokens: int = _setting(1000, "the longest answer, in tokens")
    budget_usd: float = _setting(0.0, "the most that one run may cost, in US dollars; 0 means no bound")
    budget_tokens: int = _setting(0, "the most that one run may send and receive, in tokens; 0 means no bound")
    price_in_usd: float = _setting(0.0, "price of a million tokens sent; 0 means the published price")
    price_out_usd: float = _setting(0.0, "price of a million tokens received; 0 means the published price")


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How a library is searched."""

    semantic: str = _setting(
        "auto", "whether meanings count beside words: auto (where the extra is installed), on, off"
    )


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """The web app."""

    host: str = _setting("127.0.0.1", "address that the web app listens on")
    port: int = _setting(8377, "port that the web app listens on")


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What `sourcebook check` looks for, and what makes it fail."""

    rules: dict[str, str] = _setting(
        {}, "how bad each rule's findings are: error, warning, note, or off; docs/findings.md has the defaults"
    )
    fail_on: str = _setting(
        "warning", "findings of this severity or worse make the command fail: error, warning or note"
    )
    baseline: str = _setting("", "file of accepted findings, from the folder of pages; empty means none")
    least_credibility: int = _setting(2, "sources with a credibility below this are a finding, 1 to 5")
    coverage_drop: float = _setting(
        0.0, "by how much the share of judged claims of a page may fall below the baseline's, in percentage points"
    )


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting, with its effective value. Make one with `load_config`."""

    corpus: CorpusSettings = field(default_factory=CorpusSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    fresh: FreshSettings = field(default_factory=FreshSettings)
    memento: MementoSettings = field(default_factory=MementoSettings)
    registries: RegistrySettings = field(default_factory=RegistrySettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    engine: EngineSettings = field(default_factory=EngineSettings)
    llm: LlmSettings = field(default_factory=LlmSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    serve: ServeSettings = field(default_factory=ServeSettings)
    check: CheckSettings = field(default_factory=CheckSettings)
    venues: tuple[dict[str, Any], ...] = ()  # [[venues]] of sourcebook.toml, read by rate/


@dataclass(frozen=True, slots=True)
class Setting:
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


@dataclass(frozen=True, slots=True)
class LoadedConfig:
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
    known = {name: kind for name, kind, _ in _known()}
    for variable, value in environ.items():
        if (meant := _name_of_variable(variable, known)) is not None:
            values[meant] = (_from_text(value, known[meant], variable), variable)
    for flag, value in flags.items():
        if value is not None:
            values[flag.replace("__", ".")] = (value, "flag")
    return _assemble(values, known, venues, path if path.exists() else None)


def _known() -> Iterator[tuple[str, Any, Any]]:
    """Every setting: its dotted name, its type and its field."""
    for section in fields(Config):
        if section.name == "venues":
            continue
        kinds = get_type_hints(section.type)
        for setting in fields(section.type):  # type: ignore[arg-type]  # sections are dataclasses, by the line above
            yield f"{section.name}.{setting.name}", kinds[setting.name], setting


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"cannot read settings from {str(path)!r}: {error}", "mend the file or move it away"
        ) from error


def _flatten(said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for section, values in said.items():
        if not isinstance(values, dict):
            yield section, values
            continue
        for name, value in values.items():
            yield f"{section}.{name}", value


def _name_of_variable(variable: str, known: Mapping[str, Any]) -> str | None:
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
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"cannot read {name}={text!r} as {_words(kind)}", "write it as TOML would") from error


def _assemble(
    values: dict[str, tuple[Any, str]], known: dict[str, Any], venues: tuple[dict[str, Any], ...], file: Path | None
) -> LoadedConfig:
    for name in values:
        if name not in known:
            raise _unknown(name, list(known))
    config = replace(Config(), venues=venues)
    settings = []
    for name, kind, one in _known():
        section_name, _, key = name.partition(".")
        section = getattr(config, section_name)
        if name in values:
            value, origin = values[name]
            section = replace(section, **{key: _checked(value, kind, name, origin)})
            config = replace(config, **{section_name: section})
        else:
            origin = "default"
        settings.append(Setting(name, getattr(section, key), origin, one.metadata["words"], one.metadata["secret"]))
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
