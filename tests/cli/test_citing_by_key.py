"""Pages that cite by key, as a person and a CI job meet them: every command that reads pages sees the keys."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Site
from tests.fetch.site import article, open_site

Run = Callable[..., Ran]
PAGE = (
    "---\nbibliography: refs.bib\n---\nTwo of five safeguards survived the test [@one, p. 3]. More is known [@none].\n"
)
ENTRY = "@online{one, title={Safeguards}, author={Doe, Jane}, year=2025, url={%s}}\n"


@pytest.fixture
def kb(tmp_path: Path, site: Site) -> Path:
    folder = tmp_path / "kb"
    folder.mkdir()
    (folder / "page.qmd").write_text(PAGE, encoding="utf-8")
    (folder / "refs.bib").write_text(ENTRY % site.url("/article/autumn"), encoding="utf-8")
    return folder


def test_scan_lists_them_with_their_place_in_the_work(run: Run, kb: Path, site: Site) -> None:
    ran = run("scan", kb, "--json")

    (row,) = ran.rows
    assert (row["kind"], row["url"], row["locator"]) == ("key", site.url("/article/autumn"), "page 3")
    assert row["claim"] == "Two of five safeguards survived the test."
    assert "page.qmd:4:70: undefined-citation: no bibliography has the key 'none': looked in refs.bib" in ran.err


def test_a_build_and_a_check_see_them_and_a_changed_bibliography(run: Run, kb: Path, site: Site) -> None:
    built = run("build", kb)
    shown = run("show", site.url("/article/autumn"), "--library", kb / ".sourcebook")
    checked = run("check", kb)

    assert built.code == 0
    assert "1 undefined-citation" in built.out
    assert "Two of five safeguards survived the test. (page 3)" in shown.out
    assert checked.code == 2
    assert "error: no bibliography has the key 'none'" in checked.out

    assert run("build", kb, "--json").rows[0]["pages_read"] == 0
    with (kb / "refs.bib").open("a", encoding="utf-8") as bibliography:
        bibliography.write(ENTRY.replace("{one", "{none") % site.url("/article/spring"))
    assert "undefined-citation" not in run("check", kb).out, "before the next build, too"
    assert run("build", kb, "--json").rows[0]["pages_read"] == 1
    assert run("show", site.url("/article/spring"), "--library", kb / ".sourcebook").code == 0


def test_links_asks_for_what_they_lead_to(run: Run, tmp_path: Path) -> None:
    with open_site() as web:
        web.page("/there", article())
        (tmp_path / "refs.bib").write_text(ENTRY % web.url("/gone"), encoding="utf-8")
        (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
        ran = run("links", "--allow-network", "127.0.0.0/8", "--delay", "0", tmp_path / "page.md")
        gone = web.url("/gone")

    assert ran.code == 2
    assert f"page.md:4:42: gone: {gone}" in ran.out
