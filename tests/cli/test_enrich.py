"""`sourcebook enrich` against loopback doubles of the registries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.loopback import Quiet, served
from tests.registries import answers

Run = Callable[..., Ran]


@dataclass
class Doubles:
    """Registries on loopback: what they answer by the path that they are asked for, and what they were asked."""

    server: ThreadingHTTPServer
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    status: int = 200  # for works that it knows
    broken: bool = False
    known: dict[str, bytes] = field(
        default_factory=lambda: {
            "/crossref/works/10.5555%2Fferry.1": answers.CROSSREF,
            "/datacite/dois/10.5555%2Fdata.1": answers.DATACITE,
            "/openalex/works/doi:10.5555/ferry.1": answers.OPENALEX,
            "/arxiv/api/query": answers.ARXIV,
        }
    )


@pytest.fixture
def doubles() -> Iterator[Doubles]:
    class Handler(Quiet):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            made.agents.add(self.headers["User-Agent"])
            body = made.known.get(self.path.partition("?")[0])
            status = 404 if body is None else made.status
            body = b"We will be back" if made.broken else body
            kind = "application/atom+xml" if "arxiv" in self.path else "application/json"
            self.answer(status, {"Content-Type": kind}, body or b"")

    with served(Handler) as server:
        made = Doubles(server)
        yield made


@pytest.fixture
def docs(tmp_path: Path, run: Run, doubles: Doubles) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    base = f"http://127.0.0.1:{doubles.server.server_port}"
    names = ("crossref", "datacite", "pubmed", "arxiv", "openalex")
    (folder / "sourcebook.toml").write_text(
        '[fetch]\nallow_networks = ["127.0.0.0/8"]\ndelay_s = 0\ncontact = "me@kb.example"\n[engine]\nworkers = 1\n'
        "[registries]\n" + "".join(f'{name} = "{base}/{name}"\n' for name in names),
        encoding="utf-8",
    )
    (folder / "ferries.md").write_text(
        "# Ferries\n\nCounting is dear [as shown](https://doi.org/10.5555/ferry.1), and there is "
        "[data](https://doi.org/10.5555/data.1). A [preprint](https://arxiv.org/abs/2401.00001) agrees, and a "
        "[page](https://n.example/page) too.\n",
        encoding="utf-8",
    )
    (folder / "other.md").write_text("Somebody [else](https://doi.org/10.5555/ferry.1) says so.\n", encoding="utf-8")
    assert run("build", folder, "--offline").code == 0
    return folder


def test_a_build_asks_no_registry(docs: Path, doubles: Doubles) -> None:
    assert doubles.asked == []


def test_works_are_asked_for_once_and_politely(run: Run, docs: Path, doubles: Doubles) -> None:
    (report,) = run("enrich", docs, "--json").rows
    asked = list(doubles.asked)
    (again,) = run("enrich", docs, "--json").rows

    assert (report["works"], report["known"], report["failed"]) == (3, 3, [])
    assert sorted(path.partition("?")[0] for path in asked) == [
        "/arxiv/api/query",
        "/crossref/works/10.5555%2Fdata.1",
        "/crossref/works/10.5555%2Fferry.1",
        "/datacite/dois/10.5555%2Fdata.1",
        "/openalex/works/doi:10.5555/data.1",
        "/openalex/works/doi:10.5555/ferry.1",
    ]
    assert "/crossref/works/10.5555%2Fferry.1?mailto=me@kb.example" in asked
    assert all("me@kb.example" in agent for agent in doubles.agents)
    assert (again["not_due"], again["asked"]) == (3, 0)
    assert doubles.asked == asked


def test_a_retraction_is_a_finding_on_every_page_that_leans_on_the_work(run: Run, docs: Path) -> None:
    before = run("check", docs, "--json")
    enriched = run("enrich", docs)
    checked = run("check", docs)

    assert enriched.code == 2
    assert "2 retracted or withdrawn" in enriched.out
    assert "retracted" not in before.out
    assert checked.code == 2
    for page, line in (("ferries.md", 3), ("other.md", 1)):
        assert any(
            f"{page}:{line}" in row and "retraction of 2023-07-14, doi:10.5555/ferry.9, by crossref" in row
            for row in checked.out.splitlines()
        ), page


def test_the_record_says_what_registries_know_and_which_of_them(run: Run, docs: Path) -> None:
    run("enrich", docs)
    (record,) = run("show", "https://doi.org/10.5555/ferry.1", "--library", docs / ".sourcebook", "--json").rows
    shown = run("show", "https://doi.org/10.5555/ferry.1", "--library", docs / ".sourcebook").out

    assert (record["authors"], record["published"]) == (["Ada Merrow", "Ferry Consortium"], "2021-03")
    assert (record["published_in"], record["peer_reviewed"]) == ("Journal of Ferries", True)
    assert record["origins"]["authors"] == "crossref"
    assert record["notices"][0]["kind"] == "retraction"
    assert "retraction 2023-07-14 (says crossref)" in shown


def test_a_source_inherits_from_the_journal_that_a_registry_names(run: Run, docs: Path) -> None:
    (docs / "venues.toml").write_text(
        '[[venues]]\nid = "ferries"\nname = "Journal of Ferries"\nrules = ["ferries.example"]\ntype = "journal"\n'
        'credibility = 4\nwhy = "Reviewed by captains."\n',
        encoding="utf-8",
    )
    assert run("build", docs, "--offline").code == 0
    library = docs / ".sourcebook"
    (before,) = run("show", "https://doi.org/10.5555/ferry.1", "--library", library, "--json").rows
    run("enrich", docs)
    (after,) = run("show", "https://doi.org/10.5555/ferry.1", "--library", library, "--json").rows
    marks = run("enrich", docs, "--json").rows

    assert before["rating"]["credibility"] is None
    assert (after["rating"]["credibility"], after["rating"]["venue_by"]) == (4, "crossref")
    assert after["rating_words"] == "Rating inherited from publication venue: Journal of Ferries (venue by Crossref)"
    assert marks[0]["not_due"] == 3


def test_a_registry_that_talks_nonsense_is_asked_again_by_the_next_run(run: Run, docs: Path, doubles: Doubles) -> None:
    doubles.broken = True
    broken = run("enrich", docs)
    doubles.broken = False
    (report,) = run("enrich", docs, "--json").rows

    assert broken.code == 2
    assert "cannot read the answer of Crossref" in broken.err
    assert (report["known"], report["failed"]) == (3, [])


def test_a_registry_that_is_tired_is_left_alone_and_its_works_stay_due(run: Run, docs: Path, doubles: Doubles) -> None:
    doubles.status = 503
    (first,) = run("enrich", docs, "--json").rows
    asked = len(doubles.asked)
    (second,) = run("enrich", docs, "--json").rows

    assert first["failed"]
    assert (second["not_due"], second["works"]) == (0, 3)
    assert len(doubles.asked) == asked, "a host that says 503 is paused, also for the next run"


def test_a_registry_without_an_address_is_not_asked(run: Run, docs: Path, doubles: Doubles) -> None:
    file = docs / "sourcebook.toml"
    file.write_text("\n".join('openalex = ""' if "openalex" in line else line for line in file.read_text().split("\n")))
    run("enrich", docs)

    assert doubles.asked
    assert not any("openalex" in path for path in doubles.asked)
