"""`sourcebook doctor`: what is wrong here, and what to do about it."""

import platform
import shutil
from collections.abc import Iterator
from enum import StrEnum
from importlib import metadata
from pathlib import Path

import click
from msgspec import Struct

from sourcebook import __version__, wiring
from sourcebook.cli.options import folder_argument, json_option, library_option, print_json
from sourcebook.config import Config
from sourcebook.errors import ExitCode, SourcebookError, UsageError
from sourcebook.fetch.installed import UNCAGED, find_browser, is_root
from sourcebook.place import Place, place_of, read_config
from sourcebook.records import to_json
from sourcebook.store import faults

LITTLE_DISK = 500_000_000  # bytes: a build of some hundred sources may need as much


class Health(StrEnum):
    """How a check went."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


class Check(Struct, frozen=True):
    """One thing that was looked at."""

    health: Health
    subject: str
    words: str


@click.command("doctor")
@folder_argument
@library_option
@json_option
def command(folder: Path | None, library: Path | None, as_json: bool) -> int:
    """Look for what is wrong with this installation, its settings or a library. Changes nothing.

    \b
    Examples:
      sourcebook doctor
      sourcebook doctor docs/
    """
    checks = list(_checks(folder, library))
    if as_json:
        print_json(to_json(check) for check in checks)
    else:
        for check in checks:
            click.echo(f"{check.health.value:<6} {check.subject:<12} {check.words}")
    return ExitCode.FINDINGS if any(check.health is Health.WRONG for check in checks) else ExitCode.CLEAN


def _checks(folder: Path | None, library: Path | None) -> Iterator[Check]:
    yield Check(Health.OK, "version", f"Sourcebook {__version__} on Python {platform.python_version()}")
    yield from _packages()
    try:
        place = place_of(folder, library)
    except UsageError as error:
        yield Check(Health.NOTE, "library", f"{error.message}; {error.hint}")
        return
    try:
        config = read_config(place).config
        yield Check(Health.OK, "settings", "read without fault")
    except SourcebookError as error:
        yield Check(Health.WRONG, "settings", f"{error.message}; {error.hint}")
        return
    yield from _network(config)
    yield from _browser(config)
    yield from _library(place, config)


def _packages() -> Iterator[Check]:
    """Every package that Sourcebook needs, and those of its extras."""
    for requirement in metadata.requires("sourcebook") or []:
        name = requirement.partition(";")[0].partition(">")[0].partition("[")[0].strip()
        optional = "extra ==" in requirement
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            if optional:
                yield Check(Health.NOTE, "package", f"{name} is not installed; only needed for an extra")
            else:
                yield Check(Health.WRONG, "package", f"{name} is missing; install Sourcebook again")


def _network(config: Config) -> Iterator[Check]:
    if config.fetch.allow_networks:
        yield Check(Health.NOTE, "network", f"private networks may be asked: {', '.join(config.fetch.allow_networks)}")
    else:
        yield Check(Health.OK, "network", "only public addresses are asked")
    if not config.fetch.contact:
        yield Check(Health.NOTE, "network", "fetch.contact is not set: site owners cannot tell who is asking")


def _browser(config: Config) -> Iterator[Check]:
    """What pages can be shown in that are nothing without their scripts."""
    program, missing = find_browser(config.fetch.browser)
    if missing is None:
        yield Check(Health.OK, "browser", f"{program!r} can show pages that need one")
        if is_root():
            yield Check(Health.NOTE, "browser", f"it is started {UNCAGED}")
    else:
        wanted = config.fetch.render != "never" or config.fetch.browser
        yield Check(Health.WRONG if wanted else Health.NOTE, "browser", f"{missing[0]}; {missing[1]}")


def _library(place: Place, config: Config) -> Iterator[Check]:
    if not place.library.is_dir():
        yield Check(Health.NOTE, "library", f"none in {str(place.library)!r} yet; make it: sourcebook build FOLDER")
        return
    free = shutil.disk_usage(place.library).free
    health = Health.OK if free > LITTLE_DISK else Health.WRONG
    yield Check(health, "disk", f"{free / 1e9:,.1f} GB free where the library is kept")
    try:
        with wiring.open_records(place, config) as records:
            for subject, fault in faults(records.store):
                yield Check(Health.WRONG, subject, fault)
            yield Check(Health.OK, "library", f"{records.store.sources.count():,} sources in {str(place.library)!r}")
    except SourcebookError as error:
        yield Check(Health.WRONG, "library", f"{error.message}; {error.hint}")
