"""Heads, targets of redirects, kinds of bodies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.fetch.bodies import Head, media_type_of, read_head, redirect_target, text_for_rules

BASE = "https://x.example/a/b?c=d"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/e", "https://x.example/e"),
        ("e", "https://x.example/a/e"),
        ("../e", "https://x.example/e"),
        ("?e", "https://x.example/a/b?e"),
        ("//y.example", "https://y.example/"),
        ("\\\\y.example\\e", "https://y.example/e"),
        ("HTTP://Y.Example:80/e#f", "http://y.example/e"),
        ("https://user:word@y.example/", "https://y.example/"),
        ("/caf\u00e9 au lait", "https://x.example/caf%C3%A9%20au%20lait"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example/"),
        ("ht\ntps://y.ex\tample/", "https://y.example/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("?to=\\x", "https://x.example/a/b?to=\\x"),
        ("#f", "https://x.example/a/b?c=d"),
        ("", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://x.example/", None),
        ("http://[::1", None),
        ("https://", None),
    ],
)
def test_a_target_is_read_as_browsers_read_it(location: str, target: str | None) -> None:
    assert redirect_target(Head(302, (("Location", location),)), BASE) == target


@pytest.mark.parametrize("status", [200, 300, 304, 404])
def test_only_a_redirect_has_a_target(status: int) -> None:
    assert redirect_target(Head(status, (("Location", "/e"),)), BASE) is None


@given(st.text())
def test_no_target_breaks_anything(location: str) -> None:
    target = redirect_target(Head(302, (("Location", location),)), BASE)

    assert target is None or target.startswith(("http://", "https://"))


def test_a_head_is_read_with_its_order_and_its_oddities() -> None:
    head = read_head(b"HTTP/1.0 404\r\nA:1\nb :  2 \r\nFolded: x\r\n  y\r\nno header\r\nA: \xe9\r\n\r\n")

    assert head is not None
    assert head.status == 404
    assert head.headers == (("A", "1"), ("b", "2"), ("Folded", "x y"), ("A", "\u00e9"))
    assert (head.first("a"), head.joined("a"), head.first("none")) == ("1", "1, \u00e9", "")


@given(st.binary(max_size=80))
def test_rubbish_is_no_head(raw: bytes) -> None:
    head = read_head(raw)

    assert head is None or raw.startswith(b"HTTP/")


@pytest.mark.parametrize(
    ("content_type", "body", "kind"),
    [
        ("Text/HTML; Charset=UTF-8", b"x", ("text/html", "utf-8")),
        ('text/html;charset="x"', b"x", ("text/html", "x")),
        ("", b"\n<!DOCTYPE html><p>", ("text/html", "")),
        ("", b"<!-- a --><html>", ("text/html", "")),
        ("application/octet-stream", b"%PDF-1.4 x", ("application/pdf", "")),
        ("application/octet-stream", b"\x00\x01", ("application/octet-stream", "")),
        ("rubbish", "naïve".encode(), ("text/plain", "")),
        ("", b"\xe9t\xe9", ("", "")),
        ("", b"", ("", "")),
        ("image/png", b"<html>", ("image/png", "")),
    ],
)
def test_a_body_is_looked_at_only_where_the_server_does_not_say(
    content_type: str, body: bytes, kind: tuple[str, str]
) -> None:
    assert media_type_of(content_type, body) == kind


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("é".encode(), ""),
        ("é".encode(), "no-such-charset"),
        ("é".encode("latin-1"), "iso-8859-1"),
        ("<meta charset='windows-1252'>é".encode("cp1252"), ""),
        ("é".encode("utf-16"), "utf-8"),
        ("é".encode(), "punycode"),
        ("é".encode(), "base64"),
        ("é".encode(), "unicode_escape"),
    ],
)  # fmt: skip
def test_text_for_the_rules_is_read_in_the_charset_that_is_named(body: bytes, charset: str) -> None:
    assert "é" in text_for_rules(body, charset)
