"""The memory that one reader takes at its peak, in a process that does nothing else: `python -m bench.peak READER`,
with the files to read on standard input, one a line."""

import resource
import sys
from pathlib import Path

import click


def megabytes() -> float:
    """The most memory that this process ever held."""
    status = Path("/proc/self/status")
    if status.exists():  # rusage counts pages of the process that started this one
        mark = next(line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(mark.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * (1024 if sys.platform == "darwin" else 1))


def main(reader: str) -> None:
    """Read every file with one of the two readers and print the peak."""
    for path in sys.stdin.read().splitlines():
        (_ours if reader == "ours" else _theirs)(Path(path).read_bytes())
    click.echo(f"{megabytes():.1f}")


def _ours(body: bytes) -> None:
    from sourcebook.errors import StepError  # noqa: PLC0415  # each process pays for its own reader only
    from sourcebook.extract import About, extract  # noqa: PLC0415

    try:
        extract(body, About("https://example.org/page", "text/html"))
    except StepError:
        return


def _theirs(body: bytes) -> None:
    import trafilatura  # noqa: PLC0415

    trafilatura.extract(body, url="https://example.org/page")


if __name__ == "__main__":
    main(sys.argv[1])
