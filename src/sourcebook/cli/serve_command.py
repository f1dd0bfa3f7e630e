"""`sourcebook serve`: the library in the browser."""

from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import folder_argument, json_option, library_option, print_json
from sourcebook.place import place_of, read_config
from sourcebook.web.server import serve


@click.command("serve")
@folder_argument
@click.option("--host", help="address to listen on  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="port to listen on; 0 picks a free one  [default: 8377]")
@library_option
@json_option
def command(folder: Path | None, host: str | None, port: int | None, library: Path | None, as_json: bool) -> None:
    """Open a library in the browser. Reading only; stop it with Ctrl-C.

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
        serve(records, config.serve.host, config.serve.port, ready)
