"""`sourcebook check`: the gate for CI and editors."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from sourcebook.check import (
    Baseline,
    Checked,
    at_least,
    exit_code,
    open_gate,
    read_baseline,
    severities,
    severity_named,
    write_baseline,
)
from sourcebook.check.formats import FORMATS
from sourcebook.cli.options import json_option, library_option
from sourcebook.config import CheckSettings
from sourcebook.errors import ExitCode, UsageError
from sourcebook.place import Place, place_of_pages, read_config
from sourcebook.types.findings import Severity

_SEVERITIES = [severity.value for severity in Severity]


class _Written(Struct, frozen=True):
    """A further format, and the file that it goes to."""

    format: str
    file: Path


class _Also(click.ParamType[_Written]):
    """`sarif=check.sarif`."""

    name = "FORMAT=FILE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> _Written:
        name, _, file = value.partition("=")
        if name not in FORMATS or not file:
            self.fail(f"{value!r} is not FORMAT=FILE with one of {', '.join(FORMATS)}", param, ctx)
        return _Written(name, Path(file))


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="how to print what was found  [default: text]")
@click.option("--also", multiple=True, type=_Also(), help="write a further format to a file; may be given again")
@click.option("--severity", "least", type=click.Choice(_SEVERITIES), default="note", help="show nothing less bad")
@click.option("--fail-on", type=click.Choice(_SEVERITIES), help="fail on findings as bad as this  [default: warning]")
@click.option("--baseline", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="accepted findings")
@click.option("--new-only", is_flag=True, help="show only findings that the baseline does not accept")
@click.option("--write-baseline", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="accept every finding of now; needs --reason")  # fmt: skip
@click.option("--reason", default="", help="why findings are accepted, for --write-baseline")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="accept them until this day only")
@click.option("--allow-empty", is_flag=True, help="do not fail when no claim was checked")
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    paths: tuple[Path, ...],
    form: str | None,
    also: tuple[_Written, ...],
    least: str,
    fail_on: str | None,
    baseline: Path | None,
    new_only: bool,
    write_baseline: Path | None,
    reason: str,
    expires: datetime | None,
    allow_empty: bool,
    library: Path | None,
    as_json: bool,
) -> int:
    """Check pages against the library of what they cite: the gate for CI and editors.

    PATHS are pages, or folders of pages, of one library; without any, all pages of the library in sight. Reads pages as
    they are now, asks no network, and changes nothing: what no build has met yet is counted as not built.

    Exit code 0: nothing to look at. 2: findings, or nothing was checked. 3: the command cannot be followed.

    \b
    Examples:
      sourcebook check docs/
      sourcebook check docs/page.md --severity warning
      sourcebook check docs/ --format github --also sarif=check.sarif
      sourcebook check docs/ --write-baseline accepted.json --reason "before we checked"
      sourcebook check docs/ --baseline accepted.json --new-only
    """
    place = place_of_pages(paths, library)
    settings = read_config(place, check__fail_on=fail_on).config
    fails = _failing(settings.check)
    accepted = _baseline(baseline, settings.check, place, new_only=new_only)
    with open_gate(place, settings, lambda: datetime.now(UTC)) as gate:
        checked = gate.check(paths, accepted, Path.cwd())
    if write_baseline is not None:
        return _accept(write_baseline, checked, accepted, reason, expires)
    shown = _shown(checked, severity_named(least, "--severity"), new_only=new_only)
    for one in also:
        _write(one.file, FORMATS[one.format](shown))
    name = form or ("jsonl" if as_json else "text")
    sys.stdout.buffer.write(FORMATS[name](shown).encode("utf-8", "replace"))
    return exit_code(checked, fails, allow_empty=allow_empty)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(
            f"cannot write {str(file)!r}: {error.strerror}", "name another file: --also FORMAT=FILE"
        ) from error


def _failing(settings: CheckSettings) -> frozenset[Severity]:
    """Which severities make the command fail. A wrong word in the settings is told before any work is done."""
    severities(settings.rules)
    least = severity_named(settings.fail_on, "check.fail_on")
    return frozenset(severity for severity in Severity if at_least(severity, least))


def _baseline(file: Path | None, settings: CheckSettings, place: Place, *, new_only: bool) -> Baseline:
    """What was accepted: in the file that is named, else in that of the settings."""
    if file is None and settings.baseline:
        file = place.settings_folder / settings.baseline
    if file is None:
        if new_only:
            raise UsageError("--new-only has nothing to compare with", "name the accepted findings: --baseline FILE")
        return Baseline()
    return read_baseline(file)


def _accept(file: Path, checked: Checked, before: Baseline, reason: str, expires: datetime | None) -> ExitCode:
    if not reason.strip():
        raise UsageError("findings are accepted for a reason", "say which: --reason WORDS")
    number = write_baseline(file, checked, before, reason.strip(), expires.date() if expires else None)
    click.echo(f"{number:,} findings are accepted in {str(file)!r}", err=True)
    return ExitCode.CLEAN


def _shown(checked: Checked, least: Severity, *, new_only: bool) -> Checked:
    findings = checked.new if new_only else checked.findings
    return replace(checked, findings=tuple(one for one in findings if at_least(one.severity, least)))
