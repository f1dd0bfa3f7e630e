"""Word documents, books, feeds, JSON and mail: their words, their fields, and bombs that do not go off."""

import json
import time
import zipfile
from io import BytesIO

import pytest

from sourcebook.errors import StepError
from sourcebook.extract import About, extract
from sourcebook.types.documents import RegionKind
from sourcebook.types.sources import SourceType
from tests.extract.packages import epub, package, paragraph, word

SENTENCE = "The council published the weights of its model on Monday, and an evaluation a week later."


def read(body, url="https://a.example/file", media_type=""):
    return extract(body if isinstance(body, bytes) else body.encode(), About(url, media_type))


# --- Word ------------------------------------------------------------------------------------------------


def test_a_word_document_keeps_its_shape_and_loses_what_was_deleted():
    cells = [f"<w:tc>{paragraph(cell)}</w:tc>" for cell in ("Year", "Tests", "2024", "60")]
    table = f"<w:tbl><w:tr>{cells[0]}{cells[1]}</w:tr><w:tr>{cells[2]}{cells[3]}</w:tr></w:tbl>"
    blocks = (
        paragraph("What open weights change", "T")
        + paragraph("First findings", "H1")
        + paragraph(SENTENCE, extra="<w:del><w:r><w:delText>Never mind.</w:delText></w:r></w:del>")
        + "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t><w:tab/><w:t>thing</w:t></w:r></w:p>"
        + table
    )
    note = f'<w:footnote w:type="separator">{paragraph("-")}</w:footnote>'
    note += f"<w:footnote>{paragraph('See the minutes.')}</w:footnote>"
    said = {"dc:title": "draft7", "dc:creator": "Ada Merrow", "dcterms:created": "2024-03-05T10:00:00Z"}
    document = read(word(blocks, said, note))

    assert document.text == (
        f"# What open weights change\n\n## First findings\n\n{SENTENCE}\n\n- one thing\n\n"
        "| Year | Tests |\n| 2024 | 60 |\n\nSee the minutes."
    )
    assert (document.title, document.authors) == ("What open weights change", ("Ada Merrow",))
    assert document.published.startswith("2024-03-05")
    assert [(part.kind, document.text[part.start : part.end]) for part in document.regions] == [
        (RegionKind.FOOTNOTES, "See the minutes.")
    ]


def test_a_word_document_without_a_title_style_is_called_what_it_says_or_begins_with():
    assert read(word(paragraph(SENTENCE), {"dc:title": "The weights"})).title == "The weights"
    assert read(word(paragraph(SENTENCE), {"dc:title": "Document1"})).title == SENTENCE


# --- books -----------------------------------------------------------------------------------------------


def test_a_book_is_read_chapter_by_chapter_in_its_own_order():
    said = (
        "<dc:title>Open weights</dc:title><dc:creator opf:role='aut'>Ada Merrow</dc:creator>"
        "<dc:creator opf:role='ill'>Bo Ro</dc:creator><dc:date>2024-03</dc:date><dc:language>en</dc:language>"
        "<dc:publisher>Quay Press</dc:publisher>"
    )
    chapters = {
        "z.xhtml": f"<h1>One</h1><p>{SENTENCE}</p>",
        "a.xhtml": "<h2>Two</h2><ul><li>first</li><li>second</li></ul>",
    }
    document = read(epub(chapters, said))

    assert document.text == f"# One\n\n{SENTENCE}\n\n## Two\n\n- first\n- second"
    assert (document.title, document.authors, document.published) == ("Open weights", ("Ada Merrow",), "2024-03")
    assert (document.type, document.language, document.site_name) == (SourceType.BOOK, "en", "Quay Press")


# --- bombs -----------------------------------------------------------------------------------------------


def zeros(name: str, size: int) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out, out.open(name, "w") as file:
        for _ in range(size // 1_000_000):
            file.write(b" " * 1_000_000)
    return made.getvalue()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB_XML = f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHING = f"{BOMB_XML}<w:document {W}><w:body><w:p><w:r><w:t>&l11;&file;</w:t></w:r></w:p></w:body></w:document>"
LIES = bytearray(word(paragraph(SENTENCE)))
LIES[LIES.index(b"PK\x01\x02") + 24 : LIES.index(b"PK\x01\x02") + 28] = b"\xff\xff\xff\x7f"  # the size that it claims

BOMBS = {
    "a document of zeros": zeros("word/document.xml", 300_000_000),
    "a book of zeros": package({"META-INF/container.xml": " " * 60_000_000, "mimetype": "application/epub+zip"}),
    "entities within entities": package({"word/document.xml": LAUGHING}),
    "a hundred thousand files": package({f"f{n}": "" for n in range(30_000)} | {"word/document.xml": "<x/>"}),
    "deep nesting": word("<w:sdt>" * 50_000 + paragraph(SENTENCE) + "</w:sdt>" * 50_000),
    "a size that lies": bytes(LIES),
    "one chapter ten thousand times": epub(dict.fromkeys(["a.xhtml"], f"<p>{SENTENCE}</p>"), "", again=10_000),
    "broken off": word(paragraph(SENTENCE))[:-60],
    "a hole": word(paragraph(SENTENCE))[:80] + b"\xff" * 40 + word(paragraph(SENTENCE))[120:],
    "a feed of entities": f"{BOMB_XML}<rss><channel><title>&l11;&file;</title></channel></rss>".encode(),
    "a feed without an end": b"<rss><channel>" + b"<item><title>x</title>" * 20_000,
    "a JSON feed that breaks off": b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "x"',
    "JSON as deep as it goes": b'{"@context": ' + b"[" * 500_000,
    "a JSON feed of nonsense": b'{"version": "https://jsonfeed.org/version/1.1", "title": 5, "items": [1, null, {}]}',
    "mail of headers only": b"From: a\nSubject: b\nDate: c\n" * 20_000,
    "mail within mail": b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\n" * 50_000,
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_a_bomb_gives_a_document_or_a_step_error_and_soon(body):
    started = time.process_time()
    try:
        document = read(body)
    except StepError as error:
        assert error.hint
    else:
        assert len(document.text) < 1_000_000
        assert "root:" not in document.text
        assert "lollollol" not in document.text
    assert time.process_time() - started < 5


def test_a_locked_package_says_so():
    body = bytearray(word(paragraph(SENTENCE)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := body.find(mark, start)) >= 0:
            body[start + place] |= 1
            start += 4
    with pytest.raises(StepError, match="locked with a password"):
        read(bytes(body))


# --- feeds and JSON -----------------------------------------------------------------------------------------


def test_a_power_in_a_book_is_no_digit_of_its_number():
    chapter = f"<p>It takes <b>10</b><sup><i>25</i></sup> steps, or 10<sup>-3</sup> of them<sup>3</sup>. {SENTENCE}</p>"
    text = read(epub({"a.xhtml": chapter}, "")).text

    assert "It takes 10²⁵ steps, or 10⁻³ of them3." in text


def test_a_feed_is_read_entry_by_entry():
    document = read(
        '<?xml version="1.0"?><rss xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Ferry news</title><link>https://f.example/</link><language>en</language>"
        "<item><title>One &amp;amp; two</title>"
        "<pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate><description>short</description>"
        "<c:encoded><![CDATA[<p>All <b>words</b>.</p><ul><li>a</li></ul>]]></c:encoded></item></channel></rss>"
    )

    assert document.text == "# Ferry news\n\n## One & two\n\n2025-03-04\n\nAll words.\n\n- a"
    assert (document.title, document.language, document.canonical) == ("Ferry news", "en", "https://f.example/")


def test_an_atom_feed_and_a_json_feed_say_the_same():
    atom = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><author><name>Ada Merrow</name></author><entry>'
        '<title>A</title><updated>2025-01-02T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        "<p>Hi <i>you</i></p></div></content></entry></feed>"
    )
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "F", "authors": [{"name": "Ada Merrow"}],
        "items": [{"title": "A", "date_published": "2025-01-02T00:00:00Z", "content_html": "<p>Hi <i>you</i></p>"}],
    }  # fmt: skip
    other = read(json.dumps(feed), media_type="application/json")

    assert atom.text == other.text == "# F\n\n## A\n\n2025-01-02\n\nHi you"
    assert atom.authors == other.authors == ("Ada Merrow",)


def test_json_that_describes_a_work_is_read_and_other_json_is_said_to_be_something_else():
    work = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "What open weights change",
        "author": {"@type": "Person", "name": "Ada Merrow"}, "datePublished": "2025-02-03", "articleBody": SENTENCE,
    }  # fmt: skip
    document = read(json.dumps(work))

    assert document.text == f"# What open weights change\n\n{SENTENCE}"
    assert (document.authors, document.published) == (("Ada Merrow",), "2025-02-03")
    with pytest.raises(StepError, match="neither a feed nor describes a work"):
        read('{"rows": [1, 2]}', media_type="application/json")


# --- mail and text ------------------------------------------------------------------------------------------


def test_a_mailbox_is_read_message_by_message():
    document = read(
        "From ada at f.example Tue Mar  4 10:00:00 2025\nFrom: ada at f.example (Ada Merrow)\n"
        "Date: Tue, 04 Mar 2025 10:00:00 +0100\nSubject: [ferries] =?utf-8?q?F=C3=A4hren?= counted\n\n"
        "Hello,\n\n> quoted\n\n"
        "From bo at f.example Tue Mar  4 11:00:00 2025\nFrom: bo at f.example (Bo Ro)\n"
        "Date: Tue, 04 Mar 2025 11:00:00 +0100\nSubject: Re: [ferries] counted\n\nYes.\n",
        media_type="text/plain",
    )

    assert (document.title, document.authors, document.type) == ("Fähren counted", ("Ada Merrow",), SourceType.FORUM)
    assert document.published.startswith("2025-03-04T10:00:00+01:00")
    assert "Hello,\n\n> quoted\n\n## Re: [ferries] counted\n\nBo Ro, 2025-03-04\n\nYes." in document.text


def test_a_program_is_called_by_its_file_and_a_text_by_its_heading():
    assert read("import os\n", "https://raw.example/o/r/main/src/count.py", "text/plain").title == "count.py"
    assert read("# Ferries\n\nMany.", "https://raw.example/o/r/main/README.md", "text/plain").title == "Ferries"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param(package({"xl/workbook.xml": "<x/>"}), "spreadsheetml.sheet", id="a spreadsheet"),
        pytest.param(package({"ppt/presentation.xml": "<x/>"}), "presentationml.presentation", id="slides"),
        pytest.param(package({"notes.bin": "x"}), "application/zip", id="any zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "application/msword", id="an old Word file"),
        pytest.param(b"OggS" + bytes(600), "audio/ogg", id="sound"),
        pytest.param(b"<?xml version='1.0'?><kml><Document/></kml>", "application/xml", id="other XML"),
    ],
)
def test_what_is_not_understood_is_said_to_be_so(body, kind):
    with pytest.raises(StepError, match=kind) as caught:
        read(body, media_type="application/xml" if kind.endswith("/xml") else "")

    assert caught.value.hint.startswith("look for")


def test_a_piece_of_a_page_that_nobody_names_is_read_as_a_page():
    assert "<p>" not in read(f"<div><p>{SENTENCE}</p><p>{SENTENCE}</p><ul><li>a</li></ul></div>").text
