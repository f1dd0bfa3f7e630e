"""Options that several commands share, and how data reaches standard output."""

import getpass
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

Function = TypeVar("Function", bound=Callable[..., Any])

_ENCODER = msgspec.json.Encoder()


def library_option(function: Function) -> Function:
    """`--library DIR`, which every command takes."""
    option = click.option(
        "--library",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        envvar="SOURCEBOOK_LIBRARY",
        help="where the library is kept  [default: FOLDER/.sourcebook]",
    )
    return option(function)


def json_option(function: Function) -> Function:
    """`--json`, which every command takes."""
    return click.option("--json", "as_json", is_flag=True, help="print one JSON object a line")(function)


def folder_argument(function: Function) -> Function:
    """An optional FOLDER of pages."""
    return click.argument("folder", required=False, type=click.Path(path_type=Path))(function)


def print_json(values: Iterable[object]) -> None:
    """One JSON object a line."""
    out = sys.stdout.buffer
    for value in values:
        out.write(_ENCODER.encode(value) + b"\n")
    out.flush()


def your_name() -> str:
    """Who sits at this machine; "" where it does not know, as in some containers."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
