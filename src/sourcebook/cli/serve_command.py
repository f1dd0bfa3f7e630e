"""`sourcebook serve`: the library in the browser."""

from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import folder_argument, json_option, library_option, print_json, your_name
from sourcebook.config import Config
from sourcebook.desk import Desk
from sourcebook.errors import UsageError
from sourcebook.place import Place, place_of, read_config
from sourcebook.store import Tokens
from sourcebook.web.access import SignedIn
from sourcebook.web.server import Writing, serve


@click.command("serve")
@folder_argument
@click.option("--host", help="address to listen on  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="port to listen on; 0 picks a free one  [default: 8377]")
@click.option("--read-only", is_flag=True, help="take nothing that people write")
@click.option("--auth", is_flag=True, help="who has a token may sign in and write: see `sourcebook token`")
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path | None,
    host: str | None,
    port: int | None,
    read_only: bool,
    auth: bool,
    library: Path | None,
    as_json: bool,
) -> None:
    """Open a library in the browser; stop it with Ctrl-C.

    While only this machine can reach it, records can be corrected there; else it only reads, unless --auth lets those
    in who have a token.

    \b
    Examples:
      sourcebook serve docs/
      sourcebook serve docs/ --port 8080
      sourcebook serve docs/ --host 0.0.0.0 --auth
    """
    place = place_of(folder, library)
    config = read_config(place, serve__host=host, serve__port=port).config

    def ready(address: str) -> None:
        if as_json:
            print_json([{"address": address}])
        else:
            click.echo(f"Open {address} in your browser; stop with Ctrl-C")

    with wiring.open_records(place, config) as records:
        serve(
            records, config.serve.host, config.serve.port, ready, None if read_only else _writing(place, config, auth)
        )


def _writing(place: Place, config: Config, auth: bool) -> Writing:
    """Where what people write is taken in. Raises UsageError where nobody could sign in."""
    desk = Desk(place, config, your_name())
    if not auth:
        return Writing(desk)
    tokens = Tokens(place.library)
    if not tokens.all():
        raise UsageError("nobody has a token to sign in with", "make one: sourcebook token add NAME")
    return Writing(
        desk, SignedIn(tokens.name_of, lambda name: any(one.name == name for one in tokens.all()), wiring.now)
    )
