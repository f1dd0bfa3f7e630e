"""How long work looks on a terminal: a bar on standard error, and a line a stage where there is no terminal."""

import sys
from typing import TYPE_CHECKING

import click

from sourcebook.library import Unwatched, Watcher

if TYPE_CHECKING:  # most commands show no bar, and need not wait for it to load
    from rich.progress import Progress, TaskID


def watcher(*, quiet: bool) -> Watcher:
    """Who watches a build: a bar for a person, lines for a log, nobody when asked for quiet."""
    if quiet:
        return Unwatched()
    return Bar() if sys.stderr.isatty() else Lines()


_ROOM_FOR_WORDS = 125  # columns: in a narrower terminal they would leave no room for the bar


class Lines:
    """One line a stage, for logs."""

    def __init__(self) -> None:
        self._stage = ""
        self._done = 0

    def begin(self, stage: str, total: int | None) -> None:  # noqa: ARG002 - the Watcher's signature
        """See `Watcher`."""
        self._stage, self._done = stage, 0

    def advance(self, words: str = "") -> None:  # noqa: ARG002 - the Watcher's signature
        """See `Watcher`."""
        self._done += 1

    def end(self) -> None:
        """See `Watcher`."""
        if self._done:
            click.echo(f"{self._stage}: {self._done:,}", err=True)


class Bar:
    """A bar for each stage, with what is being worked on beside it. A stage without work shows none."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def begin(self, stage: str, total: int | None) -> None:
        """See `Watcher`."""
        if total == 0:
            return
        self._progress = _bar()
        self._progress.start()
        self._task = self._progress.add_task(stage, total=total, words="")

    def advance(self, words: str = "") -> None:
        """See `Watcher`."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, advance=1, words=_short(words))

    def end(self) -> None:
        """See `Watcher`."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, words="")
            self._progress.stop()
        self._progress = self._task = None


def _bar() -> "Progress":
    # loaded here because most commands show no bar
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    words = [TextColumn("[dim]{task.fields[words]}")] if console.width >= _ROOM_FOR_WORDS else []
    return Progress(
        TextColumn("{task.description:<36}"),
        BarColumn(bar_width=25),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        *words,
        console=console,
    )


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"
