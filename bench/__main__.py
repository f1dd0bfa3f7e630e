"""Run every benchmark, or those that are named: `python -m bench lists record`.

`soak` takes ten minutes, and runs only when it is named.
"""

import compileall
import importlib
import os
import sys
from pathlib import Path

import click

import sourcebook
from bench import PEERS, Measurement

BENCHES = ("scan", "build", "fetch", "due", "links", "lists", "record", "search", "reading", "judge")
AGAINST_PEERS = {"fetch", "links"}  # that have a place of their own


def main(names: list[str]) -> int:
    """Print each figure; exit 2 when a bar does not hold."""
    _compile()
    wanted = names or BENCHES
    if not PEERS.exists() and AGAINST_PEERS.intersection(wanted):
        click.echo("the peers are not installed: run `make bench`, or `make .venv-bench/.ready` once", err=True)
        return 2
    failed = 0
    click.echo(f"{'':<30} {'ours':>10} {'peer':>10} {'ratio':>8}  bar")
    for name in wanted:
        for one in importlib.import_module(f"bench.{name}").measure():
            click.echo(_row(one))
            failed += one.holds is False
    return 2 if failed else 0


def _compile() -> None:
    """Have the bytecode that an installed program has: the peers' came with them, and we run from the sources."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(Path(sourcebook.__file__).parent, quiet=1)


def _row(one: Measurement) -> str:
    verdict = {True: " holds", False: " FAILS", None: ""}[one.holds]
    return f"{one.name:<30} {one.ours:>10.3f} {one.peer:>10.3f} {one.ratio:>8.3f}  {one.bar}{verdict} ({one.unit})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
