"""A kept page is shown harmless: no request, no script, no navigation, whatever it was."""

import gzip
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from sourcebook import pipeline, wiring
from sourcebook.ids import resource_id
from sourcebook.place import place_of, read_config
from sourcebook.web.app import make_app
from sourcebook.web.copies import cleaned
from tests.fetch.archives import Kept, warc
from tests.fetch.site import open_site

URL = "https://hostile.example/article"
WORDS = "The committee met on Tuesday and agreed on the text of the report after a long debate of nine hours. "
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def hostile(trap: str) -> str:
    """A page that tries everything to reach a trap."""
    return f"""<!doctype html><html manifest="{trap}/manifest"><head><title>Hostile</title>
<base href="{trap}/base/"><meta http-equiv="refresh" content="0;url={trap}/refresh">
<link rel="stylesheet" href="{trap}/style.css"><link rel="icon" href="{trap}/icon"><link rel="preload" as="image"
href="{trap}/preload"><link rel="prerender" href="{trap}/prerender"><link rel="dns-prefetch" href="{trap}">
<style>@import "{trap}/import.css"; body {{ background: url({trap}/background) }}</style>
<script src="{trap}/script.js"></script><script>fetch("{trap}/fetch"); location = "{trap}/location"</script></head>
<body background="{trap}/body" onload="top.location='{trap}/onload'"><h1>Hostile</h1>
<img src="{trap}/img" srcset="{trap}/srcset 2x" onerror="location='{trap}/onerror'"><img src=x onerror=alert(1)>
<picture><source srcset="{trap}/source"><img src="{trap}/picture"></picture><video src="{trap}/video" poster="{trap}/p">
</video><audio src="{trap}/audio" autoplay></audio><iframe src="{trap}/iframe"></iframe><iframe srcdoc="<script>
parent.location='{trap}/srcdoc'</script>"></iframe><object data="{trap}/object"></object><embed src="{trap}/embed">
<svg><image href="{trap}/svg"/><script>location="{trap}/svgscript"</script><use href="{trap}/use#x"/></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src={trap}/mutation onerror=alert(1)&gt;">
<form action="{trap}/form" id="f"><input name="a" autofocus onfocus="f.submit()"></form>
<a href="javascript:location='{trap}/link'" id="l">a link</a><div style="background:url({trap}/inline)">styled</div>
<p ping="{trap}/ping">{WORDS * 3}</p><p>{WORDS * 3}</p><p>{WORDS * 3}</p>
<noscript><img src="{trap}/noscript"></noscript><template><img src="{trap}/template"></template>
<table background="{trap}/table"><tr><td colspan="2">cell</td></tr></table><blockquote cite="{trap}/cite">quoted
</blockquote><script>document.getElementById("l").click(); document.write("<img src='{trap}/written'>")</script>
</body>"""


@pytest.fixture
def records(tmp_path):
    """A library with one kept page that is hostile, and the trap that it tries to reach."""
    with open_site() as trap:
        body = hostile(trap.url("").rstrip("/")).encode()
        archive = tmp_path / "crawl.warc.gz"
        archive.write_bytes(warc([Kept(URL, body, headers=(("Content-Type", "text/html; charset=utf-8"),))]))
        folder = tmp_path / "docs"
        folder.mkdir()
        (folder / "page.md").write_text(f"They [say]({URL}) so.\n")
        place = place_of(folder, None)
        config = read_config(place, {}, engine__workers=1).config
        books = wiring.open_library(place, config, wiring.Sources(archive=archive))
        try:
            pipeline.build(books)
        finally:
            books.close()
        with wiring.open_records(place, config) as records:
            yield records, trap, body


def test_a_copy_has_the_words_and_nothing_that_leads_anywhere(records, open_library):
    shelf, trap, _ = records
    reader = open_library(shelf)
    answer = reader.client.get(f"/copies/{resource_id(URL)}")

    assert answer.status_code == 200
    assert "The committee met on Tuesday" in answer.text
    assert trap.url("").rstrip("/") not in answer.text
    names = {name for element in html.document_fromstring(answer.text).iter() for name in element.attrib}
    assert names <= {"charset", "colspan", "rowspan", "dir", "lang", "start"}


def test_a_copy_is_sent_so_that_a_browser_would_do_nothing_with_it(records, open_library):
    headers = open_library(records[0]).client.get(f"/copies/{resource_id(URL)}").headers

    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


def test_the_record_shows_the_copy_in_a_sandbox_and_offers_what_was_sent(records, open_library):
    shelf, _, body = records
    reader = open_library(shelf)
    (frame,) = reader.page(f"/sources/{resource_id(URL)}").xpath("//iframe")
    member = reader.client.get(f"/copies/{resource_id(URL)}.warc.gz")

    assert frame.get("sandbox") == ""
    assert frame.get("src") == f"/copies/{resource_id(URL)}"
    assert member.headers["content-disposition"].startswith("attachment")
    assert body in gzip.decompress(member.content)


@pytest.mark.parametrize("address", ["/copies/nobody", "/copies/nobody.warc.gz", "/copies/%00"])
def test_what_is_not_kept_is_not_found(records, open_library, address):
    assert open_library(records[0]).client.get(address).status_code == 404


def test_deep_pages_are_cleaned_in_little_time():
    began = time.process_time()
    words = cleaned("<div>" * 100_000 + "deep down")

    assert "deep down" in words
    assert time.process_time() - began < 20


@example(["<!--", "<a href=//x>", "-->"])  # nothing but a comment: shown as the text that it is
@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<svg>", "<math>", "<style>", "</style>", "<!--", "-->", "<img src=x onerror=y>", "<a href=//x>",
     "]]>", "<table>", "<mglyph>", "<title>", "</title>", "x", '"', "<noscript>", "<script>", "</script>",
     "<iframe srcdoc='<b>'>"]
)))  # fmt: skip
def test_no_markup_gets_through(pieces):
    shown = cleaned("".join(pieces))

    assert not any(danger in shown for danger in ("<script", "<img", "<iframe", "<style", "<svg"))
    assert not any(danger in tag for tag in re.findall("<[^>]*>", shown) for danger in ("href", "onerror"))


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium")
def test_a_real_browser_does_nothing_with_a_hostile_copy(records, tmp_path):
    shelf, trap, body = records
    server = uvicorn.Server(uvicorn.Config(make_app(shelf), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        seen = _browse(f"http://127.0.0.1:{port}/copies/{resource_id(URL)}", tmp_path)
        asked = trap.asked()
    finally:
        server.should_exit = True
        thread.join()
    trap.page("/", body)
    _browse(trap.url("/"), tmp_path)

    assert "The committee met on Tuesday" in seen
    assert asked == []
    assert {"/img", "/script.js"} & set(trap.asked()), (
        "the page as it was sent reaches the trap, or this proves nothing"
    )


def _browse(address: str, folder: Path) -> str:
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        f"--user-data-dir={folder / 'browser'}", "--virtual-time-budget=2000", "--dump-dom", address,
    ]  # fmt: skip
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=90).stdout
