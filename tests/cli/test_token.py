"""Tokens on the command line, and what a server does with them."""

from collections.abc import Callable
from pathlib import Path

from sourcebook.desk import Desk
from sourcebook.ids import resource_id
from sourcebook.place import place_of, read_config
from tests.cli.conftest import Ran, Site

Run = Callable[..., Ran]


def test_tokens_are_made_listed_and_taken_away(run: Run, docs: Path) -> None:
    run("build", docs, "--offline")
    library = docs / ".sourcebook"
    made = run("token", "add", "ada", "--library", library)
    again = run("token", "add", "ada", "--library", library)
    listed = run("token", "list", "--library", library, "--json").rows
    removed = run("token", "remove", "ada", "--library", library)
    gone = run("token", "remove", "ada", "--library", library)

    assert (made.code, len(made.out.strip())) == (0, 43)
    assert again.code == 3
    assert "token remove ada" in again.err
    assert [row["name"] for row in listed] == ["ada"]
    assert made.out.strip() not in (library / "tokens.jsonl").read_text()
    assert (removed.code, gone.code) == (0, 3)


def test_a_server_that_nobody_could_sign_in_to_is_a_wrong_call(run: Run, docs: Path) -> None:
    run("build", docs, "--offline")
    ran = run("serve", docs, "--auth", "--port", "0")

    assert ran.code == 3
    assert "sourcebook token add" in ran.err


def test_the_desk_asks_for_a_source_now(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    url = site.url("/article/autumn")
    place = place_of(docs, None)
    Desk(place, read_config(place, {}).config, "ada").capture(resource_id(url))
    rows = run("captures", url, "--library", docs / ".sourcebook", "--json").rows

    assert [row["outcome"] for row in rows] == ["ok", "ok"]
