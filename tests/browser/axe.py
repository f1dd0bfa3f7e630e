"""Every view in a real browser: axe-core's rules, no sideways scrolling, no request elsewhere.

`python -m tests.browser.axe ADDRESS AXE` asks a running server, with the axe.min.js of the npm package axe-core
(MPL-2.0; fetched by `make axe`, and no part of this repository).
"""

import json
import shutil
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

WIDTHS = (360, 768, 1440)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def views(home: str) -> list[str]:
    """One address of each kind of page."""
    source, *_ = _rows(home, "/sources.json?sort=-pages")
    page, *_ = _rows(home, "/pages.json?sort=-claims")
    venue, *_ = _rows(home, "/venues.json")
    of = f"/sources/{source['source_id']}"
    return [
        "/", "/problems", "/problems?rule=unjudged", "/sources", "/sources?columns=domain,outcome&tag=none", "/claims",
        "/pages", "/captures", "/venues", "/search", "/search?q=model",
        "/search?q=weights+are+open+to+all&for=quote", "/build", "/api/v1/", of, f"{of}/captures", f"{of}/text",
        f"/pages/{page['page_id']}", f"/venues/{venue['venue_id']}", "/nothing",
        *_changes(home),
    ]  # fmt: skip


def wrongs(browser: Browser, home: str, axe: str, scheme: str, width: int) -> Iterator[str]:
    """What is wrong with any view, in words."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in views(home):
        page.goto(home + address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.evaluate(axe)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        for wrong in found["violations"]:
            yield f"{address} {scheme} {width}: {wrong['id']}: {wrong['nodes'][0]['html'][:120]}"
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            yield f"{address} {scheme} {width}: wider than its window"
    yield from (f"a request to {url}" for url in asked if not url.startswith(home))
    context.close()


def main(home: str, axe_file: str) -> int:
    """Print what is wrong; 1 when anything is."""
    axe = Path(axe_file).read_text(encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        found = [
            one for scheme in ("light", "dark") for width in WIDTHS for one in wrongs(browser, home, axe, scheme, width)
        ]
        browser.close()
    sys.stdout.writelines(f"{one}\n" for one in found)
    sys.stdout.write(f"{len(views(home))} views in light and dark at {WIDTHS}: {len(found)} wrong\n")
    return 1 if found else 0


def _changes(home: str) -> Iterator[str]:
    """A comparison, where a source was captured twice."""
    seen: dict[str, str] = {}
    for row in _rows(home, "/captures.json?outcome=ok&rows=200"):
        other = seen.setdefault(row["source_id"], row["id"])
        if other != row["id"]:
            yield f"/sources/{row['source_id']}/changes?from={row['id']}&to={other}"
            return


def _rows(home: str, address: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(home + address) as answer:
        rows: list[dict[str, Any]] = json.load(answer)["rows"]
        return rows


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
