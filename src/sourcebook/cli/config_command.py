"""`sourcebook config`: every setting, its value and where it came from."""

from pathlib import Path

import click

from sourcebook.cli.options import folder_argument, json_option, library_option, print_json
from sourcebook.config import load_config


@click.command("config")
@folder_argument
@library_option
@json_option
def command(folder: Path | None, library: Path | None, as_json: bool) -> None:
    """Show every setting, its value and where it came from. Secrets are hidden.

    Settings stand in sourcebook.toml in the folder of pages, or in variables such as SOURCEBOOK_FETCH_DELAY_S.

    \b
    Examples:
      sourcebook config docs/
      sourcebook config --json
    """
    loaded = load_config(folder or (library.parent if library else Path.cwd()))
    if as_json:
        print_json(
            {"name": one.name, "value": one.shown, "origin": one.origin, "about": one.words} for one in loaded.settings
        )
        return
    width = max(len(one.name) for one in loaded.settings)
    for one in loaded.settings:
        click.echo(f"{one.name:<{width}}  {_shown(one.shown)}  ({one.origin})")
        click.echo(f"{'':<{width}}  {one.words}")


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "-"
    return str(value) if value != "" else "-"
