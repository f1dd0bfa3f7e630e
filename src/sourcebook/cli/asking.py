"""What the commands share that ask the web without a library: how to ask, and which settings hold."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from sourcebook.cli.loading import unswept
from sourcebook.config import Config, load_config
from sourcebook.fetch.installed import UNCAGED, is_root

if TYPE_CHECKING:
    from sourcebook.fetch.web import WebFetcher

Function = TypeVar("Function", bound=Callable[..., Any])

_MEGABYTE = 1_000_000


class Flags(TypedDict):
    """What may be said otherwise than in the settings."""

    allow_networks: tuple[str, ...]
    deadline: float | None
    max_bytes: int | None
    ca: Path | None
    delay: float | None


def asking_options(function: Function) -> Function:
    """The options of `Flags`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option(
        "--allow-network",
        "allow_networks",
        multiple=True,
        metavar="CIDR",
        help="private network that may be asked too, on any port (others: 80 and 443 only); may be given again",
    ),
    click.option(
        "--deadline", type=float, metavar="S", help="seconds for one address, redirects and robots.txt included"
    ),
    click.option("--max-bytes", type=int, metavar="N", help="largest body, on the wire and decoded"),
    click.option(
        "--ca",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="certificates (PEM) to trust besides those of the system",
    ),
    click.option("--delay", type=float, metavar="S", help="seconds between two requests to one host"),
)


browser_option = click.option(
    "--browser", is_flag=True, help="show pages in a browser too, and take their words after their scripts have run"
)


def asking_config(library: Path | None, flags: Flags, *, browser: bool = False) -> Config:
    """The settings of the current folder, or of a library's, and the flags on top. Says which networks are open."""
    config = load_config(
        library.parent if library else Path.cwd(),
        fetch__allow_networks=flags["allow_networks"] or None,
        fetch__timeout_s=flags["deadline"],
        fetch__max_mb=None if flags["max_bytes"] is None else flags["max_bytes"] / _MEGABYTE,
        fetch__ca_file=flags["ca"] and str(flags["ca"]),
        fetch__delay_s=flags["delay"],
        fetch__render="always" if browser else None,
    ).config
    say_networks(config)
    return config


def open_web(config: Config, *, links_only: bool = False) -> "WebFetcher":
    """What asks the web; `links_only` as a link checker does. Raises UsageError for settings that make no sense.

    Apart from `wiring`, which loads all that a library needs: that takes longer than asking for 1,000 pages.
    """
    with unswept():  # loaded by those alone who ask
        from sourcebook.fetch.visit import LINKS_ONLY, THOROUGH  # noqa: PLC0415
        from sourcebook.fetch.web import WebFetcher  # noqa: PLC0415

    return WebFetcher(config.fetch, lambda: datetime.now(UTC), LINKS_ONLY if links_only else THOROUGH)


def say_networks(config: Config) -> None:
    """Say at the start what is open to us that is closed by default."""
    if config.fetch.allow_networks:
        click.echo(f"private networks may be asked: {', '.join(config.fetch.allow_networks)}", err=True)
    if config.fetch.render != "never" and is_root():
        click.echo(f"pages are shown in a browser {UNCAGED}", err=True)
