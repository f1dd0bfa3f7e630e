"""TLS, time and robots.txt."""

# ruff: noqa: E501 - a table: one fault a line

import gzip

from sourcebook.types.captures import Outcome
from tests.fetch.hostile.acts import PAGE, Fault, Flood, Reset, Wait, chunked, head, moved, whole

OK, UNREACHABLE, LIMITED, ROBOTS_REFUSED = Outcome.OK, Outcome.UNREACHABLE, Outcome.LIMITED, Outcome.REFUSED_BY_ROBOTS

TLS = (
    Fault("TLS", (whole(),), (OK,), tls="good", body=PAGE),
    Fault("an unknown authority", (whole(),), (UNREACHABLE,), tls="unknown authority", reason="TLS"),
    Fault("the certificate of another host", (whole(),), (UNREACHABLE,), tls="another host", reason="TLS"),
    Fault("a certificate that has run out", (whole(),), (UNREACHABLE,), tls="expired", reason="TLS"),
    Fault("no TLS at all", (), (UNREACHABLE,), tls="plain words"),
    Fault("rubbish in place of TLS", (), (UNREACHABLE,), tls="rubbish"),
    Fault("silence in place of TLS", (), (UNREACHABLE,), tls="silence"),
    Fault("TLS that breaks off", (head("Content-Length: 9000"), PAGE, Reset()), (UNREACHABLE,), tls="good"),
    Fault("TLS that breaks off without a length", (head(), PAGE, Reset()), (UNREACHABLE,), tls="good"),
    Fault("from TLS to a private address", (moved("https://10.0.0.9/"),), (Outcome.REFUSED_BY_POLICY,), tls="good"),
)

TIMING = (
    Fault("no answer", (Wait(9),), (UNREACHABLE,), reason="within"),
    Fault("a late answer", (Wait(0.7), whole()), (OK,), body=PAGE),
    Fault("an answer after the deadline", (Wait(9), whole()), (UNREACHABLE,)),
    Fault("a head byte by byte", (Flood(b"H", 100, 0.1), whole()), (UNREACHABLE,)),
    Fault("a head line by line", (b"HTTP/1.1 200 OK\r\n", Flood(b"X-A: 1\r\n", 1000, 0.1)), (UNREACHABLE,)),
    Fault("a body byte by byte", (head("Content-Length: 900"), Flood(b"x", 900, 0.1)), (UNREACHABLE,)),
    Fault("chunks byte by byte", (head("Transfer-Encoding: chunked"), Flood(b"1\r\nx\r\n", 9000, 0.1)), (UNREACHABLE,)),
    Fault("a body that stops", (head("Content-Length: 9000"), PAGE[:2000], Wait(9)), (UNREACHABLE,)),
    Fault("a body that stops without a length", (head(), PAGE, Wait(9)), (UNREACHABLE,)),
    Fault("a slow but honest body", (head(f"Content-Length: {len(PAGE)}"), PAGE[:99], Wait(0.3), PAGE[99:]), (OK,), body=PAGE),
    Fault("slow redirects", (Wait(0.8), moved("/b")), (UNREACHABLE,), others={
        "/b": (Wait(0.8), moved("/c")), "/c": (Wait(0.8), moved("/d")), "/d": (Wait(0.8), moved("/e")), "/e": (Wait(0.8), whole())
    }, most_requests=9),
)  # fmt: skip


def _plain(text: bytes) -> bytes:
    return whole(text, kind="text/plain")


NOT_US = b"User-agent: *\nDisallow: /page\n"
ROBOTS = (
    Fault("robots.txt forbids", (whole(),), (ROBOTS_REFUSED,), robots=(_plain(NOT_US),), most_requests=1),
    Fault("robots.txt forbids us by name", (whole(),), (ROBOTS_REFUSED,), robots=(_plain(b"User-agent: sourcebook\nDisallow: /\n\nUser-agent: *\nAllow: /"),), most_requests=1),
    Fault("robots.txt forbids others", (whole(),), (OK,), robots=(_plain(b"User-agent: Other\nDisallow: /"),)),
    Fault("robots.txt allows more exactly", (whole(),), (OK,), robots=(_plain(b"User-agent: *\nDisallow: /\nAllow: /page"),)),
    Fault("robots.txt with a mark of order", (whole(),), (ROBOTS_REFUSED,), robots=(_plain(b"\xef\xbb\xbf" + NOT_US),), most_requests=1),
    Fault("robots.txt in CR", (whole(),), (ROBOTS_REFUSED,), robots=(_plain(NOT_US.replace(b"\n", b"\r")),)),
    Fault("robots.txt in gzip", (whole(),), (ROBOTS_REFUSED,), robots=(whole(gzip.compress(NOT_US), "Content-Encoding: gzip", kind="text/plain"),)),
    Fault("robots.txt in chunks", (whole(),), (ROBOTS_REFUSED,), robots=(head("Transfer-Encoding: chunked") + chunked(NOT_US),)),
    Fault("robots.txt 401", (whole(),), (OK,), robots=(whole(b"", status="401 No"),), body=PAGE),
    Fault("robots.txt 403", (whole(),), (OK,), robots=(whole(b"", status="403 No"),), body=PAGE),
    Fault("robots.txt 500", (whole(),), (LIMITED,), robots=(whole(b"", status="500 Oops"),), most_requests=1),
    Fault("robots.txt 503", (whole(),), (LIMITED,), robots=(whole(b"", status="503 Busy"),), most_requests=1),
    Fault("robots.txt 429", (whole(),), (LIMITED,), robots=(whole(b"", "Retry-After: 60", status="429 Slow"),), most_requests=1),
    Fault("robots.txt never answers", (whole(),), (UNREACHABLE,), robots=(Wait(9),), most_requests=1),
    Fault("robots.txt breaks off", (whole(),), (UNREACHABLE,), robots=(head("Content-Length: 900"), NOT_US)),
    Fault("robots.txt is reset", (whole(),), (UNREACHABLE,), robots=(Reset(),)),
    Fault("robots.txt is rubbish", (whole(),), (OK,), robots=(_plain(bytes(range(256)) * 2000),)),
    Fault("robots.txt is no HTTP", (whole(),), (UNREACHABLE,), robots=(b"User-agent: *\r\n\r\n",)),
    Fault("robots.txt is a page", (whole(),), (OK,), robots=(whole(),)),
    Fault("robots.txt for ever", (whole(),), (ROBOTS_REFUSED,), robots=(head(kind="text/plain"), NOT_US, Flood(b"# x\n" * 2000)), most_sent=20_000_000, needs_memory=True),
    Fault("robots.txt of 3 MB", (whole(),), (ROBOTS_REFUSED,), robots=(_plain(NOT_US + b"# and so on\n" * 250_000),)),
    Fault("rules of robots.txt beyond the cap", (whole(),), (OK,), robots=(_plain(b"# and so on\n" * 60_000 + NOT_US),)),
    Fault("robots.txt moved", (whole(),), (ROBOTS_REFUSED,), robots=(moved("/r"),), others={"/r": (_plain(NOT_US),)}),
    Fault("robots.txt in a circle", (whole(),), (OK,), robots=(moved("/robots.txt"),), most_requests=8),
    Fault("robots.txt at a private address", (whole(),), (Outcome.REFUSED_BY_POLICY, OK), robots=(moved("http://10.0.0.9/"),)),
    Fault("a pattern that takes for ever", (whole(),), (OK, ROBOTS_REFUSED), robots=(_plain(b"User-agent: *\nDisallow: /" + b"*a" * 40 + b"$"),), path="/" + "a" * 300),
    Fault("a delay of a year", (whole(),), (OK,), robots=(_plain(b"User-agent: *\nCrawl-delay: 31536000"),), body=PAGE),
    Fault("a delay that is no number", (whole(),), (OK,), robots=(_plain(b"User-agent: *\nCrawl-delay: nan\nCrawl-delay: -1e999"),), body=PAGE),
    Fault("ten thousand groups", (whole(),), (OK,), robots=(_plain(b"User-agent: bot\nDisallow: /\n\n" * 10_000),)),
)  # fmt: skip
