"""What a host asked of us outlasts the run in which it asked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.fetch.site import article, http, open_site

Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "sourcebook.toml").write_text(
        '[fetch]\nallow_networks = ["127.0.0.0/8"]\ndelay_s = 0\n[fresh]\nretry_days = 0\n[engine]\nworkers = 1\n'
    )
    return docs


def test_a_host_that_is_asked_too_often_is_left_alone_by_the_next_build_too(run: Run, folder: Path) -> None:
    with open_site() as site:
        site.page("/a", b"", "Retry-After: 3600", status="429 Too Many Requests")
        (folder / "a.md").write_text(f"A [source]({site.url('/a')}).\n")
        run("build", folder)
        (folder / "b.md").write_text(f"Another [source]({site.url('/b')}).\n")
        second = run("build", folder)
        asked = site.asked()

    assert asked == ["/a"]
    assert "left alone until" in second.out


def test_robots_txt_is_not_asked_for_again_by_the_next_build(run: Run, folder: Path) -> None:
    with open_site() as site:
        site.page("/a", article())
        site.say("/robots.txt", http(b"User-agent: *\nDisallow: /b", "Content-Type: text/plain"))
        (folder / "a.md").write_text(f"A [source]({site.url('/a')}).\n")
        run("build", folder)
        (folder / "b.md").write_text(f"Another [source]({site.url('/b')}).\n")
        run("build", folder)
        asked = site.asked(robots=True)

    assert asked == ["/robots.txt", "/a"]
