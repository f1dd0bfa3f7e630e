"""`sourcebook serve`: the library in the browser."""

from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import folder_argument, json_option, library_option, print_json, your_name
from sourcebook.place import place_of, read_config
from sourcebook.web.server import serve


@click.command("serve")
@folder_argument
@click.option("--host", help="address to listen on  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="port to listen on; 0 picks a free one  [default: 8377]")
@click.option("--read-only", is_flag=True, help="take no corrections")
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path | None, host: str | None, port: int | None, read_only: bool, library: Path | None, as_json: bool
) -> None:
    """Open a library in the browser; stop it with Ctrl-C.

    While only this machine can reach it, records can be corrected there; else it only reads.

    \b
    Examples:
      sourcebook serve docs/
      sourcebook serve docs/ --port 8080
    """
    place = place_of(folder, library)
    config = read_config(place, serve__host=host, serve__port=port).config

    def ready(address: str) -> None:
        if as_json:
            print_json([{"address": address}])
        else:
            click.echo(f"Open {address} in your browser; stop with Ctrl-C")

    with wiring.open_records(place, config) as records:
        desk = None if read_only else wiring.Desk(place, config, your_name())
        serve(records, config.serve.host, config.serve.port, ready, desk)
