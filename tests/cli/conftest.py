"""The real program, real pages and a real web server on loopback."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import Quiet, served

PROGRAM = [sys.executable, "-m", "sourcebook"]


@dataclass
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """What it printed with --json."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment without settings, and with an empty home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOURCEBOOK_")}
    return {**kept, "HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture
def run(tmp_path: Path, environ: dict[str, str]) -> Callable[..., Ran]:
    """Run `sourcebook …` to its end, in an empty folder."""

    def runner(*arguments: object, stdin: str = "", cwd: Path | None = None) -> Ran:
        done = subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            input=stdin.encode(),
            check=False,
            capture_output=True,
            cwd=cwd or tmp_path,
            env=environ,
            timeout=120,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return runner


@dataclass
class Site:
    """A web site on loopback. Each article is a page of its own."""

    server: ThreadingHTTPServer
    asked: list[str] = field(default_factory=list)
    pause_s: float = 0.0
    bodies: dict[str, str | None] = field(default_factory=dict)  # other pages than usual, by path; None: gone

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"


ARTICLE = """<!doctype html><html lang="en"><head><title>{name} | The Loopback Post</title>
<meta property="og:title" content="{name}"><meta property="og:type" content="article">
<meta property="article:published_time" content="2025-03-04T10:00:00Z"><meta name="author" content="Ada Reader">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle"}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>{name}</h1>
<p>The committee of {name} counted forty-one safeguards in the first report. Two of five of them survived the second
test, which the committee ran in the spring. It asked for a third test before anything is decided.</p>
<p>Members of the committee said that the counting took a year. Nobody had counted the safeguards before, and the
report names each of them with the day on which it was tested. The next report is due in the autumn.</p>
<p>The committee will meet again when the third test is done, and will publish its minutes on the same day. Readers who
want to follow the work can find the earlier reports in the public library of the town.</p></article></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    """A running site: /article/… are articles, everything else is not found."""

    class Handler(Quiet):
        def do_GET(self) -> None:
            made_up = re.search(r"/[0-9a-f]{16}$", self.path) is not None  # asked once a host, to see error pages by
            if not made_up:
                made.asked.append(self.path)
            time.sleep(made.pause_s)
            found = self.path.startswith("/article/") and not made_up
            usual = ARTICLE.format(name=self.path.rpartition("/")[2]) if found else None
            body = made.bodies.get(self.path, usual)
            data = (body or "<title>Not found</title>").encode()
            self.answer(404 if body is None else 200, {"Content-Type": "text/html; charset=utf-8"}, data)

    with served(Handler) as server:
        made = Site(server)
        yield made


@pytest.fixture
def docs(tmp_path: Path, site: Site) -> Path:
    """A folder with two pages that cite the site, and settings that let it be asked."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "sourcebook.toml").write_text(
        '[fetch]\nallow_networks = ["127.0.0.0/8"]\ndelay_s = 0\n[engine]\nworkers = 1\n', encoding="utf-8"
    )
    (folder / "counting.md").write_text(
        f"---\ntitle: Counting safeguards\ntype: concept\nquality: 62\n---\n\n"
        f"Two of five safeguards survived the test.[^1] The report came [in spring]({site.url('/article/spring')}).\n\n"
        f"[^1]: [Autumn report]({site.url('/article/autumn')})\n",
        encoding="utf-8",
    )
    (folder / "gone.md").write_text(
        f"# What is lost\n\nA [lost page]({site.url('/lost')}) and an undefined note.[^9]\n", encoding="utf-8"
    )
    return folder
