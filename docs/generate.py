"""Write the generated half of the documentation, or check that it still says what the code says.

python docs/generate.py           write docs/reference/
python docs/generate.py --check   exit 1 when a file is out of date, or when a document leaves something out
"""

import sys
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from sourcebook import cli, config, errors
from sourcebook.types import captures, findings, sources
from sourcebook.web.api.document import ROOT as API_ROOT
from sourcebook.web.api.document import document

DOCS = Path(__file__).parent
REFERENCE = DOCS / "reference"
ROOT = DOCS.parent
sys.path.append(str(ROOT))

from tests.rate import labelled  # noqa: E402  # the labelled set lives with the test that holds us to it

NOTE = "<!-- Written by docs/generate.py from the code: change the code, then run `make docs`. -->\n"

# each of these enums must have an entry for every member in the document beside it: "`undefined-footnote`"
DOCUMENTED: tuple[tuple[type[StrEnum], str], ...] = (
    (findings.Rule, "findings.md"),
    (captures.Outcome, "fetching.md"),
    (captures.LinkState, "captures.md"),
    (sources.SourceType, "venues.md"),
)


def commands() -> str:
    """Every command's help, as it is printed."""
    parts = [NOTE, "# Commands\n"]
    context = click.Context(cli.program, info_name="sourcebook", max_content_width=100, terminal_width=100)
    parts.append(f"```text\n{cli.program.get_help(context)}\n```\n")
    for name in cli.COMMANDS:
        command = cli.program.get_command(context, name)
        if command is None:
            raise SystemExit(f"docs/generate.py: the command {name!r} cannot be loaded")
        with click.Context(command, parent=context, info_name=name, max_content_width=100, terminal_width=100) as inner:
            parts.append(f"## {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    parts.append("## Exit codes\n\n| code | meaning |\n|---|---|")
    words = {
        errors.ExitCode.CLEAN: "done, and nothing to look at",
        errors.ExitCode.BROKE: "Sourcebook could not do its work; the message says why",
        errors.ExitCode.FINDINGS: "done, and there are findings: rejected lines, unusable addresses, faults",
        errors.ExitCode.USAGE: "the command or a setting cannot be followed; the hint says what can",
    }
    parts.extend(f"| {code.value} | {words[code]} |" for code in errors.ExitCode)
    parts.append("| 130 | interrupted by Ctrl-C; what was kept is kept |\n")
    return "\n".join(parts)


def settings() -> str:
    """Every setting: name, default, variable and what it does."""
    parts = [
        NOTE,
        "# Settings\n",
        "Defaults, then `sourcebook.toml` in the folder of pages, then `SOURCEBOOK_*` variables, then flags; the last",
        "to speak wins. `sourcebook config` prints each effective value and where it came from.\n",
    ]
    loaded = config.load_config(Path("/nonexistent"), {})
    for section, settings in groupby(loaded.settings, lambda one: one.name.partition(".")[0]):
        parts.append(f"## [{section}]\n")
        parts.append("| setting | default | variable | what it is |\n|---|---|---|---|")
        for one in settings:
            variable = f"SOURCEBOOK_{one.name.replace('.', '_').upper()}"
            key = one.name.partition(".")[2]
            parts.append(f"| `{key}` | `{_shown(one.value)}` | `{variable}` | {one.words} |")
        parts.append("")
    parts.append("## [[venues]]\n\nVenues of your own: see [venues](../venues.md).\n")
    return "\n".join(parts)


def api() -> str:
    """Every question that programs can ask, and the shapes of the answers."""
    told = document()
    parts = [
        NOTE,
        "# API\n",
        f"What [the API](../api.md) answers, below `{API_ROOT}`; `openapi.json` says the same.\n",
    ]
    for path, methods in told["paths"].items():
        asked = methods["get"]
        answer = asked["responses"]["200"]["content"]["application/json"]["schema"]
        parts.append(f"## GET {path}\n\n{asked['summary']}. Answers with {_kind(answer)}.\n")
        if asked["parameters"]:
            parts.append("| parameter | what it is | values |\n|---|---|---|")
        for one in asked["parameters"]:
            usual = one["schema"].get("default")
            values = _kind(one["schema"]) + (f"; `{usual}` by itself" if usual is not None else "")
            parts.append(f"| `{one['name']}` | {one['description']} | {values} |")
        parts.append("")
    parts.append("# Shapes\n")
    for name, shape in told["components"]["schemas"].items():
        parts.append(f"## {name}\n\n{shape['description']}\n\n| field | what it holds |\n|---|---|")
        parts.extend(f"| `{field}` | {_kind(schema)} |" for field, schema in shape["properties"].items())
        parts.append("")
    return "\n".join(parts)


def _kind(schema: dict[str, Any]) -> str:
    """A schema in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"] if one != {"const": ""})
    if "enum" in schema:
        return "one of " + ", ".join(f"`{one}`" for one in schema["enum"] if one != "")
    if schema.get("type") == "array":
        return f"a list of {_kind(schema['items'])}"
    if schema.get("type") == "object":
        return f"a table of {_kind(schema['additionalProperties'])}"
    return str(schema.get("format") or schema.get("type") or "anything")


def source_types() -> str:
    """How often the type of a source is right, and what it is taken for where it is not."""
    return f"{NOTE}\n# Source types\n\n{labelled.__doc__ or ''}\n{labelled.confusion()}"


def _shown(value: object) -> str:
    """A default as TOML would write it."""
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{one}"' for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f'{key} = "{one}"' for key, one in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def missing() -> Iterator[str]:
    """What a document should say and does not."""
    for enum, name in DOCUMENTED:
        document = DOCS / name
        text = document.read_text(encoding="utf-8") if document.exists() else ""
        for member in enum:
            if f"`{member.value}`" not in text:
                yield f"docs/{name} has no entry for `{member.value}` ({enum.__name__})"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("make demo", "make test", "sourcebook build", "sourcebook serve"):
        if command not in readme:
            yield f"README.md does not name `{command}`"


def main() -> int:
    """Write or check; the exit code says whether all is well."""
    written = {
        REFERENCE / "api.md": api(),
        REFERENCE / "commands.md": commands(),
        REFERENCE / "settings.md": settings(),
        REFERENCE / "source-types.md": source_types(),
    }
    faults = list(missing())
    for path, text in written.items():
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            faults.append(f"{path.relative_to(ROOT)} is out of date: run `make docs`")
    for fault in faults:
        click.echo(fault, err=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
