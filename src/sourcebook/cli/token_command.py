"""`sourcebook token`: who may write from the browser."""

from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.errors import UsageError
from sourcebook.place import place_of
from sourcebook.store import Tokens


@click.command("token")
@click.argument("action", type=click.Choice(["add", "list", "remove"]))
@click.argument("name", required=False)
@library_option
@json_option
def command(action: str, name: str | None, library: Path | None, as_json: bool) -> None:
    """Say who may write from the browser, where `sourcebook serve --auth` serves the library.

    `add` makes a token for NAME and prints it once: the library keeps only a digest of it. What NAME writes is signed
    with the name. `remove` takes it away; who is signed in with it is signed out.

    \b
    Examples:
      sourcebook token add ada
      sourcebook token list
      sourcebook token remove ada
    """
    tokens = Tokens(place_of(None, library).library)
    if action == "list":
        kept = tokens.all()
        if as_json:
            print_json([{"name": one.name, "added_at": f"{one.added_at:%Y-%m-%dT%H:%M:%SZ}"} for one in kept])
        for one in () if as_json else kept:
            click.echo(f"{one.added_at:%Y-%m-%d}  {one.name}")
        return
    if name is None:
        raise UsageError(f"nobody is named to {action} a token for", f"sourcebook token {action} NAME")
    if action == "remove":
        tokens.remove(name)
        return
    secret = tokens.add(name, wiring.now())
    if as_json:
        print_json([{"name": name, "token": secret}])
    else:
        click.echo(secret)
        click.echo("keep it: it is not shown again", err=True)
