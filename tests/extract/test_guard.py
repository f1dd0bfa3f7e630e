"""Hostile markup: no hang, no crash, and the words survive."""

import time

import pytest

from sourcebook.extract import About, extract
from sourcebook.extract.guard import MOST_TAGS, tame

WORDS = "The quick brown fox jumps over the lazy dog while the band plays on and nobody in the room looks up. " * 3


def page(inside):
    return f"<html><head><title>Fox</title></head><body>{inside}</body></html>"


HOSTILE = {
    "100,000 nested divs": "<div>" * 100_000 + WORDS,
    "20,000 nested b": "<article><p>" + "<b>" * 20_000 + WORDS,
    "nested tables": "<table><tr><td>" * 3_000 + WORDS,
    "nested lists": "<article>" + "<ul><li>" * 5_000 + WORDS,
    "a megabyte in an attribute": f'<p title="{"x" * 5_000_000}">{WORDS}</p>',
    "50,000 attributes": f"<p {' '.join(f'a{n}=1' for n in range(50_000))}>{WORDS}</p>",
    "zeros": WORDS.replace("fox", "fo\0x") + WORDS,
    "control characters": "\x01\x08\x0b\x1f" + WORDS,
    "impossible characters": "&#xD800;&#0;&#x110000;" + WORDS,
    "a comment without end": f"<p>{WORDS}</p><!-- " + "x" * 100,
    "1,000 styles without end": f"<p>{WORDS}</p>" + "<style>" * 1_000,
    "entities without end": f"<p>{WORDS}</p>" + "&amp" * 300_000,
    "a very long word": f"<article><p>{WORDS}</p><p>{'w' * 3_000_000}</p></article>",
    "100,000 rows": f"<article><p>{WORDS}</p><table>"
    + "<tr><td>cell</td><td>1</td></tr>" * 40_000
    + "</table></article>",
    "100,000 breaks": f"<article><p>{WORDS}</p>" + "text<br>" * 100_000,
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_read_in_seconds_and_keeps_its_words(inside):
    started = time.process_time()
    document = extract(page(inside).encode("utf-8", "replace"), About("https://a.example/", "text/html"))

    assert time.process_time() - started < 8
    assert "jumps over the lazy dog" in document.text


def test_what_no_reader_sees_is_dropped_and_data_is_kept():
    kept = tame("<SCRIPT>if (a</b) x</SCRIPT><svg><title>icon</title></svg><style>p{}</style><!-- <p> -->"
                '<script type="application/ld+json">{"a": 1}</script><p>words</p>')  # fmt: skip

    assert kept == '<script type="application/ld+json">{"a": 1}</script><p>words</p>'


def test_a_script_within_a_comment_hides_nothing():
    assert tame("<!-- <script> --><p>words</p><script>x</script>") == "<p>words</p>"


def test_a_long_attribute_that_holds_markup_is_left_whole():
    tag = f'<div data-state="{"x " * 6_000}<p>not text</p>">'

    assert tame(tag) == tag


def test_no_more_tags_than_any_honest_page_has():
    assert tame("<b>" * (2 * MOST_TAGS)).count("<") == MOST_TAGS - 1
