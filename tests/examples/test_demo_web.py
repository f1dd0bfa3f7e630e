"""The demo's archive is what its originals say, and its pages cite what is in it."""

import hashlib
import io
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGES = EXAMPLES / "open-and-closed-models"
SEED = (
    "https://techcrunch.com/2025/07/30/"
    "zuckerberg-says-meta-likely-wont-open-source-all-of-its-superintelligence-ai-models/"
)
PAGE_FILES = sorted(path for path in PAGES.rglob("*") if path.suffix in {".md", ".mdx", ".html"})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The archive made again from its originals."""
    output = tmp_path_factory.mktemp("demo") / "demo.wacz"
    subprocess.run([sys.executable, EXAMPLES / "make_wacz.py", "--output", output], check=True, capture_output=True)
    return output


@pytest.fixture(scope="module")
def answers():
    """URL and WARC-Date to status, headers and body, decoded."""
    found = {}
    for record in _records(EXAMPLES / "demo.wacz"):
        if record["type"] == "response":
            found[record["url"], record["date"]] = record
    return found


def _files(wacz):
    with zipfile.ZipFile(wacz) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _records(wacz):
    records = []
    for record in ArchiveIterator(io.BytesIO(_files(wacz)["archive/data.warc.gz"])):
        head = record.http_headers
        records.append(
            {
                "type": record.rec_type,
                "id": record.rec_headers.get_header("WARC-Record-ID"),
                "url": record.rec_headers.get_header("WARC-Target-URI"),
                "date": record.rec_headers.get_header("WARC-Date"),
                "head": head.to_str() if head else "",
                "status": head.get_statuscode() if record.rec_type == "response" else "",
                "location": head.get_header("Location") if head else None,
                "body": record.content_stream().read(),
            }
        )
    return records


def _without_positions(wacz):
    """The index lines without what depends on how this machine's zlib compresses."""
    lines = []
    for line in _files(wacz)["indexes/index.cdx"].decode().splitlines():
        key, time, what = line.split(" ", 2)
        lines.append((key, time, {k: v for k, v in json.loads(what).items() if k not in {"offset", "length"}}))
    return lines


def _words(path):
    return " ".join(path.read_text(encoding="utf-8").split())


# --- the archive ----------------------------------------------------------------------------------


def test_the_archive_is_what_its_originals_say(made):
    committed = EXAMPLES / "demo.wacz"

    assert _records(made) == _records(committed)
    assert _without_positions(made) == _without_positions(committed)
    assert _files(made)["pages/pages.jsonl"] == _files(committed)["pages/pages.jsonl"]


def test_making_the_archive_again_gives_the_same_bytes(made, tmp_path):
    again = tmp_path / "again.wacz"
    subprocess.run([sys.executable, EXAMPLES / "make_wacz.py", "--output", again], check=True, capture_output=True)

    assert again.read_bytes() == made.read_bytes()


def test_every_digest_in_the_archive_holds(tmp_path, capsys):
    file = tmp_path / "data.warc.gz"
    file.write_bytes(_files(EXAMPLES / "demo.wacz")["archive/data.warc.gz"])
    checker = Checker(type("Asked", (), {"inputs": [str(file)], "verbose": False})())

    checker.process_all()

    assert checker.exit_value == 0, capsys.readouterr().out


def test_the_index_points_at_every_response():
    files = _files(EXAMPLES / "demo.wacz")
    archive = files["archive/data.warc.gz"]
    pointed = []
    for line in files["indexes/index.cdx"].decode().splitlines():
        what = json.loads(line.split(" ", 2)[2])
        start, length = int(what["offset"]), int(what["length"])
        (record,) = ArchiveIterator(io.BytesIO(archive[start : start + length]))
        pointed.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), what["url"]))

    assert len(pointed) == 35
    assert all(kind == "response" and found == indexed for kind, found, indexed in pointed)


def test_the_package_names_every_file_with_its_digest():
    files = _files(EXAMPLES / "demo.wacz")
    package = json.loads(files["datapackage.json"])

    for one in package["resources"]:
        assert one["hash"] == "sha256:" + hashlib.sha256(files[one["path"]]).hexdigest()
        assert one["bytes"] == len(files[one["path"]])
    assert {one["path"] for one in package["resources"]} == set(files) - {"datapackage.json", "datapackage-digest.json"}


def test_the_archive_is_small():
    assert (EXAMPLES / "demo.wacz").stat().st_size < 300_000


def test_the_reports_are_readable_as_pdf(answers):
    for (url, _), answer in answers.items():
        if not url.endswith(".pdf"):
            continue
        document = pypdfium2.PdfDocument(answer["body"])
        text = _text_of(answers, url)
        original = {"217.pdf": "jms-undoing-refusals.txt", "full-report.pdf": "oti-compute-thresholds.txt"}
        source = EXAMPLES / "web" / original[url.rpartition("/")[2]]
        paragraphs = [part for part in source.read_text(encoding="utf-8").split("\n\n") if len(part) > 200]

        assert 2 <= len(document) <= 3
        assert document.get_metadata_value("Title")
        assert document.get_metadata_value("Author")
        assert _share_found([sentence for part in paragraphs for sentence in part.split(". ")], text) > 0.9


def _share_found(sentences, text):
    return sum(sentence in text for sentence in sentences) / len(sentences)


# --- the pages ------------------------------------------------------------------------------------


def test_every_address_on_the_pages_is_in_the_archive(answers):
    archived = {url for url, _ in answers}
    cited = set()
    for file in PAGE_FILES:
        text = re.sub(r"<!--.*?-->", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        cited |= set(re.findall(r"https?://[^\s)\"'<>]*[^\s)\"'<>.,;]", text))
    cited = {address.partition("?")[0].partition("#")[0] for address in cited}

    assert cited <= archived


def test_everything_in_the_archive_is_cited_or_redirected_to(answers):
    pages = " ".join(file.read_text(encoding="utf-8") for file in PAGE_FILES)
    ids = set(re.findall(r'<R id="(\w+)">', pages))
    targets = {answer["location"] for answer in answers.values() if answer["location"]}
    loose = {
        url
        for url, _ in answers
        if url not in pages and url not in targets and hashlib.sha256(url.encode()).hexdigest()[:16] not in ids
    }

    assert loose == set()


def test_imported_records_name_their_own_address():
    lines = (EXAMPLES / "records.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]

    assert all(one["id"] == hashlib.sha256(one["url"].encode()).hexdigest()[:16] for one in records)
    assert next(one for one in records if one["url"] == SEED)["stable_id"] == "sid_kPZ1jp40IG"


def test_every_component_but_the_planted_one_names_an_imported_record():
    lines = (EXAMPLES / "records.jsonl").read_text(encoding="utf-8").splitlines()
    known = {json.loads(line)["id"] for line in lines}
    named = {name for file in PAGE_FILES for name in re.findall(r'<R id="(\w+)">', file.read_text(encoding="utf-8"))}

    assert named - known == {"0123456789abcdef"}


def test_the_record_at_a_real_address_is_a_stand_in_and_says_so(answers):
    answer = answers[SEED, "2026-04-07T09:00:00Z"]
    body = answer["body"].decode()
    citing = [file.name for file in PAGE_FILES if "294f55e1e8c8ecbb" in file.read_text(encoding="utf-8")]

    assert answer["status"] == "200"
    assert body.index("Stand-in page, written for the Sourcebook demo") < body.index("Meta will probably keep")
    assert "“" not in body
    assert citing == ["open-source-ai-safety.mdx"]


def test_only_that_record_stands_at_a_real_address(answers):
    real = {url for url, _ in answers if not re.match(r"https?://[^/]+\.example/", url)}

    assert real == {SEED}


# --- what is wrong on purpose ---------------------------------------------------------------------


def _planted(part):
    return tomllib.loads((EXAMPLES / "planted.toml").read_text(encoding="utf-8"))[part]


@pytest.mark.parametrize("one", _planted("planted"), ids=lambda one: one["claim"][:40])
def test_each_planted_claim_stands_on_its_page_once(one):
    words = re.sub(r"</?[^>]+>|\[|\]\([^)]*\)", "", _words(PAGES / one["page"]))

    assert words.count(one["claim"]) == 1


@pytest.mark.parametrize("one", _planted("planted"), ids=lambda one: one["claim"][:40])
def test_the_source_of_a_planted_claim_says_something_else(one, answers):
    said = _text_of(answers, one["source"])

    assert one["claim"] not in said
    assert one["truth"] in _text_of(answers, one.get("truth_source", one["source"]))


def _text_of(answers, url):
    """What the newest answer of an address says, without its markup."""
    body = answers[max(key for key in answers if key[0] == url)]["body"]
    if url.endswith(".pdf"):
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body)).split())
    return " ".join(re.sub(r"<[^>]+>", "", body.decode("utf-8")).split())


@pytest.mark.parametrize("one", _planted("faults"), ids=lambda one: one["rule"])
def test_each_planted_fault_stands_on_its_page(one):
    assert one["text"] in (PAGES / one["page"]).read_text(encoding="utf-8")


# --- the wheel ------------------------------------------------------------------------------------


def test_an_installed_wheel_carries_the_demo(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=EXAMPLES.parent, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    carried = {name.removeprefix("sourcebook/examples/"): data for name, data in _files(wheel).items()}

    assert carried["demo.wacz"] == (EXAMPLES / "demo.wacz").read_bytes()
    assert carried["records.jsonl"] == (EXAMPLES / "records.jsonl").read_bytes()
    for file in PAGE_FILES:
        assert carried[file.relative_to(EXAMPLES).as_posix()] == file.read_bytes()
