"""Malformed and hostile pages: no crash, no hang, little memory, and where words are left to read they are read."""

import random
import subprocess
import sys
import time

import pytest

from sourcebook.errors import StepError
from sourcebook.extract import About, extract

WORDS = "The quick brown fox jumps over the lazy dog while the band plays on and nobody in the room looks up. " * 3
TEXT = f"<article><h1>Fox</h1><p>{WORDS}</p><p>{WORDS}</p></article>"
PAGE = f"<html><head><title>Fox</title></head><body>{TEXT}</body></html>"
DATA = '<script type="application/ld+json">{}</script></head>'


def within(inside):
    return (
        f"<html><head><title>Fox</title></head><body><article><p>{WORDS}</p>{inside}</article></body></html>".encode()
    )


def with_data(data):
    return PAGE.replace("</head>", DATA.format(data)).encode()


def with_head(tags):
    return PAGE.replace("</head>", f"{tags}</head>").encode()


READABLE = {
    # cut off
    "half a page": PAGE[: len(PAGE) * 2 // 3].encode(),
    "half a tag": PAGE.encode()[:-60] + b'<a href="',
    "half an attribute": within('<p title="never closed'),
    "half an entity": within("<p>&amp; &am"),
    "half a character": within("<p>na") + "ï".encode()[:1],
    "half a doctype": b'<!DOCTYPE html PUBLIC "-//W3C//DTD' + within(""),
    # never closed
    "a comment without end": within("<!-- and so on"),
    "a thousand comments without end": within("<!-- " * 1_000),
    "a script without end": within("<script>var a = 1;"),
    "a thousand scripts without end": within("<script>" * 1_000),
    "a style without end": within("<style>p {"),
    "a text area without end": within("<textarea>"),
    "a button around the article": f"<body><button><article><p>{WORDS}</p></article>".encode(),
    "a paragraph in a heading in a link": f"<body><a><h1><p>{WORDS}".encode(),
    # nested
    "100,000 nested divs": b"<div>" * 100_000 + WORDS.encode(),
    "50,000 nested spans": b"<article><p>" + b"<span>" * 50_000 + WORDS.encode(),
    "20,000 nested b": b"<article><p>" + b"<b>" * 20_000 + WORDS.encode(),
    "10,000 nested links": b"<article>" + b"<a href=x><span>" * 10_000 + WORDS.encode(),
    "3,000 nested tables": b"<table><tr><td>" * 3_000 + WORDS.encode(),
    "250 nested tables of data": b"<table><tr><td>a<td>b<tr><td>" * 80 + WORDS.encode(),
    "5,000 nested lists": b"<article>" + b"<ul><li>" * 5_000 + WORDS.encode(),
    "5,000 nested quotations": b"<article>" + b"<blockquote>" * 5_000 + WORDS.encode(),
    "5,000 nested unknown elements": b"<article>" + b"<x-y>" * 5_000 + WORDS.encode(),
    "1,000 nested sections that are closed": b"<section>" * 1_000 + WORDS.encode() + b"</section>" * 1_000,
    # large
    "a megabyte in an attribute": within(f'<p title="{"x" * 2_000_000}">More.</p>'),
    "2 MB of attributes": within(f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>More.</p>"),
    "2 MB of one attribute": within("<p " + 'class="a" ' * 200_000 + ">More.</p>"),
    "2 MB of data in an address": within(f'<img src="data:image/png;base64,{"A" * 2_000_000}">'),
    "a very long word": within(f"<p>{'w' * 3_000_000}</p>"),
    "a very long line": within(f"<p>{'word ' * 400_000}</p>"),
    "a very long title": PAGE.replace("<title>Fox", "<title>" + "Fox " * 200_000).encode(),
    "40,000 rows": within("<table>" + "<tr><td>cell</td><td>1</td></tr>" * 40_000 + "</table>"),
    "one row of 50,000 cells": within("<table><tr>" + "<td>1" * 50_000 + "<tr><td>2</table>"),
    "100,000 breaks": within("text<br>" * 100_000),
    "100,000 links": within("<a href=/x>link</a> " * 100_000),
    "100,000 closings": within("</div>" * 100_000),
    "30,000 meta tags": with_head('<meta name="author" content="A B">' * 30_000),
    "an author of 500 kB": with_head(f'<meta name="author" content="{"Jane Doe, " * 50_000}">'),
    "20,000 classes": within(f'<div class="{" ".join(f"c{n}" for n in range(20_000))}">More.</div>'),
    # signs that are none
    "zeros within words": within(WORDS.replace("fox", "fo\0x")),
    "control characters": within("\x01\x08\x0b\x1f\x1e" + WORDS),
    "impossible characters": within("&#xD800;&#0;&#x110000;&#xFFFFFFFFF;"),
    "entities without end": within("&amp" * 300_000),
    "brackets": within("<" * 300_000),
    "brackets and spaces": within("< " * 100_000),
    "invalid UTF-8": PAGE.encode().replace(b"dog while", b"dog \xff\xfe\xc3\x28 while"),
    "two pages in one": (PAGE + PAGE).encode(),
    "text before the page": b"Warning: mysql_connect() on line 3 " * 20 + PAGE.encode(),
    "no html, head or body": f"<p>{WORDS}</p>".encode(),
    "frames around it": f"<frameset><frame src=a><noframes><p>{WORDS}</p></noframes></frameset>".encode(),
    "drawings around it": f"<body><svg><foreignObject><div><p>x</p></div></foreignObject></svg><p>{WORDS}</p>".encode(),
    "mathematics": within("<math><mi>x</mi><annotation-xml encoding=text/html><p>y</annotation-xml></math>"),
    "an internal doctype that grows": b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + within("&b;"),
    "an external entity": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + within("&x;"),
    # data that is none
    "JSON-LD that breaks off": with_data('{"@type": "NewsArticle", "headline": "x'),
    "JSON-LD that is null": with_data("null"),
    "JSON-LD of wrong types": with_data(
        '{"@type": "NewsArticle", "headline": {"a": 1}, "author": 5, "publisher": "x"}'
    ),
    "JSON-LD within lists within lists": with_data(
        '[[[{"@type": ["NewsArticle"], "author": [{"name": ["A"]}, null]}]]]'
    ),
    "50,000 opened lists in JSON-LD": with_data("[" * 50_000),
    "3,000 graphs in graphs": with_data('{"@graph":' * 3_000 + "1" + "}" * 3_000),
    "JSON-LD that is no number": with_data('{"@type": "Article", "datePublished": NaN, "author": {"name": Infinity}}'),
    "a base that is no address": with_head('<base href="http://[::1">'),
    "addresses that are none": with_head(
        '<link rel="canonical" href="http://[bad"><meta property="og:url" content="\x7f">'
    ),
    "dates that are none": with_head('<meta property="article:published_time" content="9999-99-99T99:99:99Z">'),
}
WORDLESS = {  # browsers show nothing of these either, or only a control
    "a title without end": PAGE.replace("</title>", "").encode(),
    "a select around the article": f"<body><select><option><article><p>{WORDS}</p></article>".encode(),
    "zeros": b"\0" * 100_000,
    "noise": random.Random(7).randbytes(200_000),
    "tags without words": b"<div><p></p></div>" * 20_000,
    "an empty frame": b'<html><frameset><frame src="a.html"></frameset></html>',
    "only a comment": b"<!-- nothing -->",
    "a page of scripts": b"<html><body>" + b"<script>var a = '<p>no words</p>';</script>" * 5_000,
}
HEAVY = ["100,000 nested divs", "2 MB of attributes", "a very long word", "40,000 rows", "100,000 links", "brackets"]


def read(body):
    return extract(body, About("https://a.example/2025/fox", "text/html"))


def test_there_are_sixty_and_more():
    assert len(READABLE) + len(WORDLESS) >= 60


@pytest.mark.parametrize("body", READABLE.values(), ids=READABLE)
def test_a_malformed_page_keeps_its_words_and_is_read_soon(body):
    started = time.process_time()
    document = read(body)

    assert "jumps over the lazy dog" in document.text
    assert time.process_time() - started < 30  # a hang; the slowest takes two seconds


@pytest.mark.parametrize("body", WORDLESS.values(), ids=WORDLESS)
def test_a_page_without_words_is_a_text_without_words_or_says_so(body):
    started = time.process_time()
    try:
        document = read(body)
    except StepError as error:
        assert "https://a.example/2025/fox" in error.message
    else:
        assert "no words" not in document.text
    assert time.process_time() - started < 30


def test_no_page_takes_more_than_500_mb():
    # the peak that rusage gives counts the parent's pages too, from before the program was started: only the
    # kernel's own mark of this memory is about the reading
    code = (
        "import pathlib, re, resource, sys\n"
        "from tests.extract.test_malformed import HEAVY, READABLE, read\n"
        "for name in HEAVY: read(READABLE[name])\n"
        "status = pathlib.Path('/proc/self/status')\n"
        "if status.exists(): print(int(re.search(r'VmHWM:\\s+(\\d+) kB', status.read_text())[1]))\n"
        "else: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == 'darwin' else 1))\n"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert int(answer.stdout) < 500_000
