"""`sourcebook build`: the main job."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct

from sourcebook import unchanged
from sourcebook.cli.asking import say_networks
from sourcebook.cli.build_report import report_lines, write_not_asked
from sourcebook.cli.loading import unswept
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.config import Config
from sourcebook.errors import UsageError
from sourcebook.place import Place, place_of, read_config
from sourcebook.types.builds import BuildReport


@click.command("build")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--refresh", is_flag=True, help="ask for every source now, due or not; for these alone where any is named"
)
@click.option("--offline", is_flag=True, help="ask no network; work with what is kept")
@click.option(
    "--from-archive",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="take sources from a WARC or WACZ file instead of the web",
)
@click.option(
    "--browser",
    is_flag=True,
    help="show pages in a browser that are nothing without their scripts; those named after --refresh in any case",
)
@click.option("--budget", type=click.FloatRange(min=0), metavar="USD", help="the most that asking a model may cost")
@click.option(
    "--dry-run", is_flag=True, help="say what a model would be asked and what it would cost, and ask it nothing"
)
@library_option
@json_option
def command(folder: Path, library: Path | None, as_json: bool, **how: Any) -> None:
    """Read a folder of pages and study every source that they cite.

    Asks the web politely for each source that is due, keeps a copy of what came, and works out what it is, how far to
    trust it and what it says. What is known already is not asked for again: an interrupted build goes on where it was.

    \b
    Examples:
      sourcebook build docs/
      sourcebook build docs/ --offline
      sourcebook build docs/ --from-archive crawl.wacz
      sourcebook build docs/ --refresh
      sourcebook build docs/ --refresh 294f55e1e8c8ecbb https://example.org/report
      sourcebook build docs/ --browser
      sourcebook build docs/ --budget 2.50
    """
    job = _job(how)
    place = place_of(folder, library)
    config = read_config(place, llm__budget_usd=how["budget"], fetch__render=job.render).config
    asks = "nobody" if job.offline else str(job.archive.resolve()) if job.archive else "web"
    report = None if job.refresh or job.rehearse else unchanged.last_report(place, config, asks, datetime.now(UTC))
    if report is None:
        if asks == "web":
            say_networks(config)
        report, watched = _build(place, config, job, quiet=as_json)
        unanswered = report.model is not None and report.model.unanswered
        if not (job.sources or unanswered):  # others may wait, and the next build puts those questions again
            unchanged.leave_note(place, config, asks, report, watched)
    if as_json:
        print_json([msgspec.to_builtins(report)])
        return
    not_asked = write_not_asked(place.library, report.not_asked)
    for line in report_lines(report, place, not_asked):
        click.echo(line)


class _Job(Struct, frozen=True):
    """What a build is asked to do besides the usual."""

    offline: bool
    archive: Path | None
    refresh: bool
    sources: tuple[str, ...]
    rehearse: bool
    render: str | None  # as the setting `fetch.render`; None: as set


def _job(how: dict[str, Any]) -> _Job:
    render = ("always" if how["sources"] else "needed") if how["browser"] else None
    job = _Job(how["offline"], how["from_archive"], how["refresh"], how["sources"], how["dry_run"], render)
    if job.sources and not job.refresh:
        raise UsageError(f"sources are named ({job.sources[0]!r}), but not what to do", "add --refresh to ask for them")
    if job.refresh and job.offline:
        raise UsageError("--refresh asks for sources, and --offline asks nobody", "leave one of them out")
    if job.render and (job.offline or job.archive):
        raise UsageError("--browser shows what the web answers, and the web is not asked", "leave one of them out")
    return job


def _build(place: Place, config: Config, job: _Job, *, quiet: bool) -> tuple[BuildReport, tuple[str, ...]]:
    # a build that finds nothing changed never gets here, and need not wait for the database library to load
    with unswept():
        from sourcebook import pipeline, wiring  # noqa: PLC0415
        from sourcebook.cli.progress import watcher  # noqa: PLC0415

    sources = wiring.Sources(job.offline, job.archive, job.refresh, job.sources, job.rehearse)
    wiring.refuse_empty(place, config)
    with wiring.lock(place):
        books = wiring.open_library(place, config, sources, watcher(quiet=quiet))
        try:
            return pipeline.build(books), books.watched
        finally:
            books.close()
