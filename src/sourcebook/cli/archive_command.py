"""`sourcebook archive verify`: is every copy still what was kept?"""

from collections.abc import Iterator
from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import folder_argument, json_option, library_option, print_json
from sourcebook.cli.progress import watcher
from sourcebook.errors import ExitCode
from sourcebook.library import Watcher
from sourcebook.place import place_of, read_config
from sourcebook.records import to_json
from sourcebook.store import FileChecked, Store, check_archive

_MEGABYTE = 1_000_000


@click.command("archive")
@click.argument("action", type=click.Choice(["verify"]))
@folder_argument
@library_option
@json_option
def command(action: str, folder: Path | None, library: Path | None, as_json: bool) -> int:  # noqa: ARG001 - the only one there is
    """Read every record of the archive again, and report what is not as it was written.

    Holds each record against its digests, and each capture against the record that it leads to. Damage is reported by
    file, offset and address, and makes the exit code 2. A torn end that a killed build left is mended first.

    \b
    Examples:
      sourcebook archive verify docs/
      sourcebook archive verify --library docs/.sourcebook --json
    """
    place = place_of(folder, library)
    config = read_config(place).config
    with wiring.lock(place), wiring.open_records(place, config) as records:
        files = list(_check(records.store, watcher(quiet=as_json)))
    found = [damage for file in files for damage in file.damages]
    if as_json:
        print_json(to_json(damage) for damage in found)
    else:
        for damage in found:
            click.echo(f"{damage.file}:{damage.offset}: {damage.url or 'no address'}: {damage.why}")
    size = sum(file.size_bytes for file in files)
    answers = sum(file.answers for file in files)
    click.echo(f"{len(files):,} files, {size:,} bytes, {answers:,} captures, {len(found):,} damaged", err=True)
    return ExitCode.FINDINGS if found else ExitCode.CLEAN


def _check(store: Store, watcher: Watcher) -> Iterator[FileChecked]:
    """Every file, with a step of the bar for each megabyte."""
    total = sum(path.stat().st_size for path in store.archive.files())
    read = 0

    def seen(size_bytes: int) -> None:
        nonlocal read
        for _ in range((read + size_bytes) // _MEGABYTE - read // _MEGABYTE):
            watcher.advance()
        read += size_bytes

    watcher.begin("Reading the archive, in megabytes", total // _MEGABYTE)
    yield from check_archive(store, seen)
    watcher.end()
