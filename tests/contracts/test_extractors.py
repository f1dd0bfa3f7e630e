"""What every extractor promises: the same words for the same bytes, clean text, origins, and a clear failure."""

import json
import time

import pytest

from sourcebook.errors import StepError
from sourcebook.extract import EXTRACTORS, About
from sourcebook.types.documents import Document
from tests.extract.packages import epub, word
from tests.extract.packages import paragraph as word_paragraph
from tests.extract.pdfs import Line, paragraph, pdf

TITLE = "What open weights change"
WORDS = (
    "The council published the weights of its model on Monday. It had promised an evaluation first, and the"
    " evaluation came a week later. Readers of both found that forty of the sixty tests had been dropped. The council"
    " said that time had been short, and that the missing tests would follow in spring."
)
_HTML = (
    f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{WORDS}</p></article></body></html>"
)
_PRINTED = pdf([[Line(TITLE, y=740, size=20), *paragraph(WORDS, 700)]])

_MAIL = f"From: Jane Doe <jane@a.example>\nDate: Tue, 4 Mar 2025 10:00:00 +0000\nSubject: {TITLE}\n\n{WORDS}\n".encode()
_ITEM = f"<item><title>One</title><description>{WORDS}</description></item>"
_ENTRY = f"<entry><title>One</title><summary>{WORDS}</summary></entry>"
_JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "title": TITLE, "items": [{"content_text": WORDS}]}
_JSON_LD = {"@context": "https://schema.org", "@type": "Article", "headline": TITLE, "articleBody": WORDS}

SAMPLES = {
    "text/html": _HTML.encode(),
    "application/xhtml+xml": b'<?xml version="1.0" encoding="utf-8"?>' + _HTML.encode(),
    "application/pdf": _PRINTED,
    "text/plain": f"{TITLE}\n\n{WORDS}\n".encode(),
    "text/markdown": f"# {TITLE}\n\n{WORDS}\n".encode(),
    "message/rfc822": _MAIL,
    "application/mbox": b"From jane at a.example Tue Mar  4 10:00:00 2025\n" + _MAIL,
    "application/rss+xml": f"<rss><channel><title>{TITLE}</title>{_ITEM}</channel></rss>".encode(),
    "application/atom+xml": f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{TITLE}</title>{_ENTRY}</feed>".encode(),
    "application/feed+json": json.dumps(_JSON_FEED).encode(),
    "application/ld+json": json.dumps(_JSON_LD).encode(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": word(
        word_paragraph(TITLE, "T") + word_paragraph(WORDS)
    ),
    "application/epub+zip": epub({"one.xhtml": f"<p>{WORDS}</p>"}, f"<dc:title>{TITLE}</dc:title>"),
}
HOSTILE = {
    "nothing": b"",
    "spaces": b" \n\t ",
    "zeros": b"\0" * 1_000,
    "all bytes": bytes(range(256)) * 50,
    "half a character": "é".encode()[:1],
    "a mark of UTF-16 alone": b"\xff\xfe",
    "a megabyte on one line": b"word " * 200_000,
    "brackets": b"<" * 100_000,
    "a broken PDF": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>",
}


def read(media_type: str, body: bytes) -> Document:
    return EXTRACTORS[media_type].extract(body, About("https://a.example/page", media_type))


@pytest.fixture(params=sorted(EXTRACTORS))
def media_type(request):
    return request.param


def test_every_extractor_has_a_sample_here(media_type):
    assert media_type in SAMPLES


def test_it_reads_title_and_words(media_type):
    document = read(media_type, SAMPLES[media_type])

    assert document.title == TITLE
    assert "forty of the sixty tests had been dropped" in document.text


def test_the_same_bytes_give_the_same_document(media_type):
    assert read(media_type, SAMPLES[media_type]) == read(media_type, SAMPLES[media_type])


def test_its_text_is_clean(media_type):
    text = read(media_type, SAMPLES[media_type]).text

    assert text == text.strip()
    assert not set(text) & set("\0\r\x0b\x0c\ufffe")
    assert "\n\n\n" not in text


def test_every_field_that_it_fills_has_an_origin(media_type):
    document = read(media_type, SAMPLES[media_type])

    assert document.origins is not None
    for field in (
        "title",
        "authors",
        "published",
        "modified",
        "site_name",
        "language",
        "canonical",
        "type",
        "doi",
        "tags",
    ):
        assert bool(getattr(document, field)) == (field in document.origins), field
    assert document.confidences.keys() == document.origins.keys()


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_bytes_give_a_document_or_a_step_error_and_soon(media_type, body):
    started = time.process_time()
    try:
        document = read(media_type, body)
    except StepError as error:
        assert error.message
        assert error.hint
    else:
        assert "\0" not in document.text
    assert time.process_time() - started < 5


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_breaks_off_gives_no_other_words_or_a_step_error(media_type, share):
    body = SAMPLES[media_type]
    try:
        document = read(media_type, body[: int(len(body) * share)])
    except StepError as error:
        assert "https://a.example/page" in error.message
    else:
        whole = read(media_type, body)
        assert set(document.text.split()[:-1]) <= set(whole.text.split()) | set(whole.title.split())
