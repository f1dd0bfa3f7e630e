"""JSON lines in, JSON lines out: how a step can be measured by anyone, without a library."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import click
import msgspec

from sourcebook.cli.options import print_json
from sourcebook.errors import ExitCode, UsageError

Asked = TypeVar("Asked")


class NotRead(msgspec.Struct):
    """Stands in the answer's place for a line that is not what was asked for."""

    line: int
    error: str


def answer_lines(files: tuple[Path, ...], shape: type[Asked], answer: Callable[[Asked], object]) -> int:
    """One answer a line, in order and as soon as it is known; a line that cannot be read is answered with why.

    Reads standard input when no file is named. Raises UsageError for a file that cannot be read.
    """
    decoder = msgspec.json.Decoder(shape)
    read = failed = 0
    for number, line in enumerate(_lines(files), start=1):
        if not line.strip():
            continue
        read += 1
        try:
            asked = decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            failed += 1
            print_json([NotRead(number, str(error))])
            continue
        print_json([answer(asked)])
    if failed:
        click.echo(f"{failed:,} of {read:,} lines could not be read: each says why", err=True)
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


def read_lines(file: Path, shape: type[Asked]) -> Iterator[Asked]:
    """Everything that a file holds, one a line. Raises UsageError for a line that is not what was asked for."""
    decoder = msgspec.json.Decoder(shape)
    for number, line in enumerate(_lines((file,)), start=1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise UsageError(f"cannot read line {number} of {str(file)!r}: {error}", "correct the line") from error


def _lines(files: tuple[Path, ...]) -> Iterator[bytes]:
    if not files:
        yield from _of(sys.stdin.buffer)
    for file in files:
        try:
            with file.open("rb") as opened:
                yield from _of(opened)
        except OSError as error:
            raise UsageError(f"cannot read {str(file)!r}: {error.strerror}", "name files of JSON lines") from error


def _of(opened: BinaryIO) -> Iterator[bytes]:
    yield from opened
