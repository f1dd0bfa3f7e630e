"""Which extractor reads a body, and what is said when none does."""

import subprocess
import sys

import pytest

from sourcebook.errors import StepError
from sourcebook.extract import EXTRACTORS, About, extract
from sourcebook.extract.sniff import media_type

PAGE = b"<!DOCTYPE html><html><head><title>A page</title></head><body><p>Some words on it.</p></body></html>"


@pytest.mark.parametrize(
    ("body", "said", "kind"),
    [
        pytest.param(PAGE, "text/html; charset=utf-8", "text/html", id="as the server says"),
        pytest.param(PAGE, "", "text/html", id="no word from the server"),
        pytest.param(PAGE, "text/plain", "text/html", id="a page served as text"),
        pytest.param(PAGE, "application/pdf", "text/html", id="a wall served as PDF"),
        pytest.param(
            b"\xef\xbb\xbf <!-- x --><html>", "application/octet-stream", "text/html", id="after mark and comment"
        ),
        pytest.param(b"\n%PDF-1.4\n", "text/html", "application/pdf", id="a PDF served as page"),
        pytest.param(b"Plain words.", "", "text/plain", id="words"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "text/html", "image/png", id="a picture served as page"),
        pytest.param(b"PK\x03\x04", "", "application/zip", id="an archive"),
        pytest.param(b"\x00\x01\x02\x03" * 9, "", "application/octet-stream", id="no words"),
        pytest.param(b'{"a": 1}', "application/json", "application/ld+json", id="JSON, which may describe itself"),
    ],
)
def test_the_first_bytes_correct_the_server(body, said, kind):
    assert media_type(body, said) == kind


def test_a_kind_that_is_not_understood_is_said_to_be_so():
    with pytest.raises(StepError) as caught:
        extract(b"\x89PNG\r\n\x1a\n", About("https://a.example/x.png", "image/png"))

    assert caught.value.message == "no extractor for media type 'image/png'"
    assert caught.value.hint == "look for the page that it is shown on"


@pytest.mark.parametrize("kind", ["", *EXTRACTORS])
def test_an_empty_body_is_a_step_error(kind):
    with pytest.raises(StepError, match=r"no text in what 'https://a\.example/' sent"):
        extract(b" \n", About("https://a.example/", kind))


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("# On tests\n\nWords.", "text/markdown", "On tests"),
        ("On tests\n========\n\nWords.", "text/markdown", "On tests"),
        ('---\ntitle: "On tests"\ndate: 2025\n---\nWords.', "text/markdown", "On tests"),
        ("\n\n  On tests\nby Jane Doe\n", "text/plain", "On tests"),
    ],
)
def test_plain_text_is_called_by_its_heading_or_first_line(text, kind, title):
    document = extract(text.encode(), About("https://a.example/readme", kind))

    assert document.title == title
    assert "title:" not in document.text


def test_loading_the_step_loads_no_parser():
    code = "import sys, sourcebook.extract; print(sorted({'lxml', 'resiliparse', 'pypdfium2'} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"


def test_reading_a_page_without_text_says_nothing_on_standard_error():
    code = (
        "from sourcebook.extract import About, extract;"
        "extract(b'<html><body><div></div></body></html>', About('https://a.example/', 'text/html'))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert answer.stderr == ""
