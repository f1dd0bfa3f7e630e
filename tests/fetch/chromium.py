"""The browser of this machine, for the tests that need a real one; and pages that need one."""

import json
import subprocess

import pytest

from sourcebook.fetch.installed import find_browser
from tests.fetch.site import Site

_, _MISSING = find_browser("")
needs_chromium = pytest.mark.skipif(_MISSING is not None, reason=f"{_MISSING and '; '.join(_MISSING)}")

FRAME = b"""<!doctype html><html lang=en><title>App</title><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript>"""
WORDS = "The committee met on Tuesday and agreed on the text of chapter {}."
_SCRIPT = b"""fetch('/data.json').then(answer => answer.json()).then(said => {
  document.title = said.title;
  document.getElementById('root').innerHTML =
    '<h1>' + said.title + '</h1>' + said.words.map(one => '<p>' + one + '</p>').join('') + '<img src="/dot.png">';
});"""


def application(site: Site, path: str = "/app") -> None:
    """A page that is nothing without its script, and what its script asks for."""
    said = {"title": "Report of the committee", "words": [WORDS.format(number) for number in range(1, 31)]}
    site.page(path, FRAME + b"<script src=/app.js></script>")
    site.page("/app.js", _SCRIPT, "Content-Type: text/javascript")
    site.page("/data.json", json.dumps(said).encode(), "Content-Type: application/json")


def scripted(site: Site, path: str, script: str) -> None:
    """A page that is nothing without its script."""
    site.page(path, FRAME + b"<script>" + script.encode() + b"</script>")


def running() -> set[str]:
    """The ids of the processes of all browsers that we started and that still run."""
    found = subprocess.run(["pgrep", "-f", "--", "--sourcebook-run="], capture_output=True, text=True, check=False)
    return set(found.stdout.split())
