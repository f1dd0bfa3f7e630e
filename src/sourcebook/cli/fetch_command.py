"""`sourcebook fetch`: ask for addresses, without a library."""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Unpack

import click
import msgspec

from sourcebook.cli.asking import Flags, asking_config, asking_options, browser_option, open_web
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.config import Config
from sourcebook.fetch.bodies import read_head
from sourcebook.fetch.outage import Asked
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, NotAsked, Wanted

if TYPE_CHECKING:
    from sourcebook.store import WarcFile


class FetchLine(msgspec.Struct):
    """One address as `fetch` prints it."""

    url: str
    final_url: str
    outcome: Outcome
    reason: str
    status: int | None
    headers: list[tuple[str, str]]
    bytes: int
    sha256: str | None
    decoded_sha256: str | None
    seconds: float
    redirects: int


@click.command("fetch")
@click.argument("urls", nargs=-1)
@asking_options
@browser_option
@click.option(
    "--warc",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="append all exchanges to this WARC file; one that ends in .gz is compressed",
)
@library_option
@json_option
def command(
    urls: tuple[str, ...],
    warc: Path | None,
    library: Path | None,
    as_json: bool,  # noqa: ARG001 - every command takes it; this one prints nothing else
    browser: bool,
    **flags: Unpack[Flags],
) -> None:
    """Ask for each URL as a build would, and print one JSON object an address, as the answers come.

    Without URLs, one address a line is read from standard input. Nothing is kept but what --warc asks for. What is not
    said here is as in the settings of the current folder. Exit code 0 says that every address has its line, whatever
    came. With --browser the line is about the page as a browser showed it, where it was shown in one.

    \b
    The fields of a line:
      url             as given
      final_url       after redirects
      outcome         ok gone walled paywalled blocked limited unreachable soft_gone parked thin
                      wrong_type refused_by_policy refused_by_robots
      reason          the evidence, in words
      status          of the last whole answer; null without one
      headers         of that answer: a list of [name, value], as sent and in order
      bytes           of its body as sent, without chunks and still encoded; 0 without one
      sha256          of these bytes
      decoded_sha256  of the body without its content encodings
      seconds         that it took
      redirects       how many were followed

    \b
    Examples:
      sourcebook fetch https://example.org/
      sourcebook fetch --deadline 10 --warc copies.warc.gz < addresses.txt
    """
    config = asking_config(library, flags, browser=browser)
    wanted = (Wanted(str(number), url) for number, url in enumerate(urls or addresses_of(sys.stdin.buffer)) if url)
    with _warc_file(warc) if warc else nullcontext() as file:
        for line in _lines(config, wanted, file):
            print_json([line])


def _warc_file(path: Path) -> "WarcFile":
    from sourcebook.store import WarcFile  # noqa: PLC0415  # the store takes as long to load as 500 pages to ask for

    return WarcFile(path)


def addresses_of(stream: BinaryIO) -> Iterator[str]:
    """One address a line, whatever else it may be."""
    return (line.decode("utf-8", "replace").strip() for line in stream)


def _lines(config: Config, wanted: Iterator[Wanted], file: "WarcFile | None") -> Iterator[FetchLine]:
    for visit in open_web(config).visits(wanted):
        if isinstance(visit.answer, Fetched) and file is not None:
            file.add(visit.answer)
        if visit.rendered is not None and file is not None:
            file.add(visit.rendered)
        yield _line(visit)


def _line(visit: Asked) -> FetchLine:
    answer = visit.rendered or visit.answer
    url = answer.url.encode("utf-8", "replace").decode()  # an argument need not be text
    seconds = round(visit.seconds, 3)
    if isinstance(answer, NotAsked):
        return FetchLine(url, url, Outcome.LIMITED, f"not asked: {answer.why}", None, [], 0, None, None, seconds, 0)
    whole = answer.exchanges[-1] if answer.status is not None else None
    head = read_head(whole.response_head) if whole else None
    digest = hashlib.sha256(whole.body).hexdigest() if whole else None
    same = whole is not None and answer.body == whole.body  # which is quickly seen, and hashing takes a while
    return FetchLine(
        url=url,
        final_url=answer.final_url.encode("utf-8", "replace").decode(),
        outcome=answer.outcome,
        reason=answer.reason,
        status=answer.status,
        headers=list(head.headers) if head else [],
        bytes=len(whole.body) if whole else 0,
        sha256=digest,
        decoded_sha256=digest if same or not whole else hashlib.sha256(answer.body).hexdigest(),
        seconds=seconds,
        redirects=_redirects(visit.answer),
    )


def _redirects(answer: Fetched | NotAsked) -> int:
    return len(answer.exchanges) - (answer.status is not None) if isinstance(answer, Fetched) else 0
