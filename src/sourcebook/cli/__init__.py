"""The command line: parse, one verb or query, render. One file a command, loaded when it is called."""

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from sourcebook import __version__
from sourcebook.cli.loading import unswept
from sourcebook.errors import ExitCode, SourcebookError

# name: (module, what `sourcebook --help` says of it), in the order in which a newcomer needs them
COMMANDS = {
    "demo": "build the bundled demo library and serve it",
    "build": "read a folder of pages and study every source that they cite",
    "check": "check pages against the library: the gate for CI and editors",
    "enrich": "ask registries what they know of cited works: authors, retractions",
    "serve": "open a library in the browser",
    "token": "say who may write from the browser",
    "show": "show the record of a source",
    "list": "list the sources of a library",
    "search": "search sources, pages and claims for words, or for who said a quote",
    "capture": "ask for a source now, or file a copy of it that you got by hand",
    "captures": "list every attempt to get a source, and which copy is read",
    "scan": "list every citation of some pages; needs no library",
    "fetch": "ask for addresses and say what is there; needs no library",
    "links": "check the links of some pages; needs no library",
    "extract": "say what files contain and who wrote them, when; needs no library",
    "judge": "hold claims against texts, JSON lines in and out; needs no library",
    "quote": "look for quotes in texts, JSON lines in and out; needs no library",
    "rank": "search texts of your own, JSON lines in and out; needs no library",
    "id": "say what an address is known by; needs no library",
    "evaluate": "say how good a part of this installation is on your own pages",
    "summarise": "sum up texts, JSON lines in and out; needs no library",
    "gate": "hold summaries against their sources, JSON lines in and out; needs no library",
    "add": "add sources by their addresses, whether a page cites them or not",
    "import": "take in source records from a JSON Lines file",
    "set": "correct a field of a source, or take a correction back",
    "merge": "say that two sources are one work, or take that back",
    "review": "confirm, overrule or dismiss a verdict, or list those that wait for it",
    "rebuild": "restore a library whose database is lost",
    "export": "write copies (WACZ) or references (BibTeX, CSL-JSON, RIS) for other tools",
    "archive": "read every kept copy again, and report what is not as it was written",
    "config": "show every setting, its value and where it came from",
    "doctor": "look for what is wrong with this installation or library",
}


class _Commands(click.Group):
    """Loads a command's module only when it is called: a scan must not wait for a web framework."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        with unswept():
            module = importlib.import_module(f"sourcebook.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="sourcebook")
def program() -> None:
    """Sourcebook: a source library for knowledge bases.

    Point it at a folder of pages, and every source that they cite gets a record.

    \b
    Start here:
      sourcebook build docs/
      sourcebook serve docs/
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """The program: every failure becomes a message, a hint and an exit code in this one place."""
    gc.set_threshold(50_000, 20, 20)  # what a command works with mostly stays too
    code = run(arguments)
    gc.freeze()  # nor is it looked through at the end, for what goes with the process anyway: that takes 0.1 s
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911 - one return an ending
    """Run one command and say how it ended."""
    try:
        return int(program.main(arguments, standalone_mode=False) or 0)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        return _say(error.format_message(), "see `sourcebook --help`, or the command's own", ExitCode.USAGE)
    except SourcebookError as error:
        return _say(error.message, error.hint, error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        return _say("interrupted", "what was kept is kept: run the same command again to go on", 130)
    except BrokenPipeError:
        # the reader has seen enough; Python would complain once more when it flushes the rest
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.CLEAN
    except Exception as error:  # noqa: BLE001 - the process edge
        return _say(
            f"a fault of Sourcebook itself: {error!r}", f"please report it with {_keep_trace()}", ExitCode.BROKE
        )


def _say(message: str, hint: str, code: int) -> int:
    click.echo(f"sourcebook: {message}", err=True)
    if hint:
        click.echo(f"hint: {hint}", err=True)
    return int(code)


def _keep_trace() -> str:
    """The file that holds the traceback, for a report; a person at a terminal has no use for it."""
    import tempfile  # noqa: PLC0415  # only a fault needs them
    import traceback  # noqa: PLC0415

    try:
        with tempfile.NamedTemporaryFile("w", prefix="sourcebook-fault-", suffix=".txt", delete=False) as file:
            file.write(traceback.format_exc())
            return str(Path(file.name))
    except OSError:
        return "the message above"
