"""Status lines, heads and contents."""

# ruff: noqa: E501 - a table: one fault a line

from sourcebook.types.captures import Outcome
from tests.fetch.hostile.acts import PAGE, WORDS, Fault, Flood, Wait, whole

OK, GONE, WALLED, PAYWALLED = Outcome.OK, Outcome.GONE, Outcome.WALLED, Outcome.PAYWALLED
BLOCKED, LIMITED, UNREACHABLE, THIN = Outcome.BLOCKED, Outcome.LIMITED, Outcome.UNREACHABLE, Outcome.THIN
WRONG_TYPE, SOFT_GONE, PARKED = Outcome.WRONG_TYPE, Outcome.SOFT_GONE, Outcome.PARKED


def _status(line: str, outcome: Outcome) -> Fault:
    return Fault(f"status {line or '(none)'}", (whole(b"<p>x", status=line),), (outcome,))


STATUSES = (
    Fault("a plain page", (whole(),), (OK,), body=PAGE),
    Fault("status 204", (whole(b"", status="204 No Content"),), (THIN,)),
    Fault("status 205", (whole(b"", status="205 Reset Content"),), (THIN,)),
    _status("204 But with a body", UNREACHABLE),
    _status("206 Partial Content", UNREACHABLE),
    _status("300 Multiple Choices", UNREACHABLE),
    _status("304 Not Modified", UNREACHABLE),
    _status("400 Bad Request", BLOCKED),
    _status("401 Unauthorized", BLOCKED),
    _status("402 Payment Required", PAYWALLED),
    _status("403 Forbidden", BLOCKED),
    _status("404 Not Found", GONE),
    _status("405 Method Not Allowed", BLOCKED),
    _status("406 Not Acceptable", BLOCKED),
    _status("407 Proxy Authentication Required", BLOCKED),
    _status("408 Request Timeout", LIMITED),
    _status("410 Gone", GONE),
    _status("418 I'm a teapot", BLOCKED),
    _status("425 Too Early", LIMITED),
    _status("429 Too Many Requests", LIMITED),
    _status("451 Unavailable For Legal Reasons", BLOCKED),
    _status("500 Internal Server Error", UNREACHABLE),
    _status("502 Bad Gateway", UNREACHABLE),
    _status("503 Service Unavailable", LIMITED),
    _status("504 Gateway Timeout", UNREACHABLE),
    _status("520 Unknown", UNREACHABLE),
    _status("999 Request denied", WALLED),
    _status("600 Whatever", UNREACHABLE),
    _status("200", THIN),
    _status("2000 OK", UNREACHABLE),
    _status("20 OK", UNREACHABLE),
    _status("abc OK", UNREACHABLE),
    _status("-200 OK", UNREACHABLE),
    _status("", UNREACHABLE),
    Fault("status 200 without words", (whole(status="200"),), (OK,), body=PAGE),
    Fault("a status line of 300 KB", (b"HTTP/1.1 200 " + b"x" * 300_000 + b"\r\n\r\n",), (UNREACHABLE,)),
    Fault("100 before the answer", (b"HTTP/1.1 100 Continue\r\n\r\n" + whole(),), (OK, UNREACHABLE)),
    Fault("103 before the answer", (b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3 + whole(),), (OK,), body=PAGE),
    Fault("101 unasked", (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",), (UNREACHABLE,)),
    Fault("100 for ever", (Flood(b"HTTP/1.1 100 Continue\r\n\r\n", pause_s=0.001),), (UNREACHABLE,)),
    Fault("HTTP/0.9", (PAGE,), (UNREACHABLE,)),
    Fault("HTTP/1.0", (whole().replace(b"HTTP/1.1", b"HTTP/1.0"),), (OK,), body=PAGE),
    Fault("HTTP/9.9", (whole().replace(b"HTTP/1.1", b"HTTP/9.9"),), (OK, UNREACHABLE)),
    Fault("HTTP/2 in the clear", (b"\x00\x00\x12\x04" + bytes(50),), (UNREACHABLE,)),
    Fault("ICY", (whole().replace(b"HTTP/1.1", b"ICY"),), (OK, UNREACHABLE)),
    Fault("another protocol", (b"SSH-2.0-OpenSSH_9.2p1\r\n",), (UNREACHABLE,)),
    Fault("rubbish", (bytes(range(256)) * 40,), (UNREACHABLE,)),
    Fault("nothing", (b"",), (UNREACHABLE,)),
)  # fmt: skip

HEADS = (
    Fault("a hundred headers", (whole(PAGE, *(f"X-{n}: {n}" for n in range(100))),), (OK,), body=PAGE),
    Fault("ten thousand headers", (whole(PAGE, *(f"X-{n}: {n}" for n in range(10_000))),), (UNREACHABLE,)),
    Fault("headers for ever", (b"HTTP/1.1 200 OK\r\n", Flood(b"X-A: " + b"a" * 1000 + b"\r\n")), (UNREACHABLE,), needs_memory=True),
    Fault("a header for ever", (b"HTTP/1.1 200 OK\r\nX-A: ", Flood(b"a" * 1000)), (UNREACHABLE,), needs_memory=True),
    Fault("a name for ever", (b"HTTP/1.1 200 OK\r\n", Flood(b"a" * 1000)), (UNREACHABLE,), needs_memory=True),
    Fault("a header of 60 KB", (whole(PAGE, "X-A: " + "a" * 60_000),), (OK,), body=PAGE),
    Fault("a header of 200 KB", (whole(PAGE, "X-A: " + "a" * 200_000),), (UNREACHABLE,)),
    Fault("a head without end", (b"HTTP/1.1 200 OK\r\nX-A: 1\r\n", Wait(9)), (UNREACHABLE,)),
    Fault("a head that breaks off", (b"HTTP/1.1 200 OK\r\nContent-Ty",), (UNREACHABLE,)),
    Fault("no headers at all", (b"HTTP/1.1 200 OK\r\n\r\n" + PAGE,), (OK,), body=PAGE),
    Fault("a header without a colon", (whole(PAGE, "nonsense"),), (OK, UNREACHABLE)),
    Fault("a header without a name", (whole(PAGE, ": nameless"),), (OK, UNREACHABLE)),
    Fault("a space before the colon", (whole(PAGE, "X-A : 1"),), (OK, UNREACHABLE)),
    Fault("folded headers", (whole(PAGE, "X-A: 1\r\n  2"),), (OK, UNREACHABLE)),
    Fault("headers in UTF-8", (whole(PAGE, "X-Ä: ö", "Server: 服务器"),), (OK, UNREACHABLE)),
    Fault("a NUL in the head", (whole(PAGE, "X-A: a\0b"),), (OK, UNREACHABLE)),
    Fault("a bare CR in the head", (whole(PAGE, "X-A: a\rSet-Cookie: b=c"),), (OK, UNREACHABLE)),
    Fault("line feeds only", (whole().replace(b"\r\n", b"\n"),), (OK, UNREACHABLE)),
    Fault("hostile cookies", (whole(PAGE, "Set-Cookie: =", "Set-Cookie: a=\x7f; domain=..", "Set-Cookie: \"; path=;;;=", "Set-Cookie: a=b; expires=never; max-age=nan"),), (OK,), body=PAGE),
    Fault("two kinds", (whole(PAGE, "Content-Type: image/png"),), (OK, WRONG_TYPE)),
    Fault("a strange kind", (whole(kind="text/html;;;charset==;x"),), (OK,), body=PAGE),
    Fault("a charset that is none", (whole(kind="text/html; charset=rot13"),), (OK,), body=PAGE),
    Fault("a charset that is slow", (whole(kind="text/html; charset=punycode"),), (OK,), body=PAGE),
    Fault("UTF-16", (whole(PAGE.decode().encode("utf-16"), kind="text/html"),), (OK,)),
    Fault("no kind, but a page", (whole(kind=""),), (OK,), body=PAGE),
    Fault("no kind, and no page", (whole(bytes(range(256)), kind=""),), (WRONG_TYPE,)),
    Fault("a picture", (whole(b"\x89PNG" + bytes(999), kind="image/png"),), (WRONG_TYPE,)),
    Fault("an event stream", (whole(b"data: 1\n\n", kind="text/event-stream"),), (OK, WRONG_TYPE)),
    Fault("Retry-After until doomsday", (whole(b"", "Retry-After: " + "9" * 400, status="429 Slow"),), (LIMITED,)),
    Fault("Retry-After in words", (whole(b"", "Retry-After: after lunch", status="503 Busy"),), (LIMITED,)),
)  # fmt: skip


def _page(title: str, body: str) -> bytes:
    return f"<!doctype html><title>{title}</title>{body}".encode()


CONTENTS = (
    Fault("an empty body", (whole(b""),), (THIN,)),
    Fault("white space", (whole(b" \r\n\t" * 500),), (THIN,)),
    Fault("a challenge with status 200", (whole(_page("Just a moment...", ""), "Server: cloudflare"),), (BLOCKED,)),
    Fault("a challenge with status 202", (whole(b"<html>", "x-amzn-waf-action: challenge", status="202 Accepted"),), (BLOCKED,)),
    Fault("a challenge with status 503", (whole(_page("x", ""), "cf-mitigated: challenge", status="503 Busy"),), (BLOCKED,)),
    Fault("a login", (whole(_page("Sign in", "<input type=password>")),), (WALLED,)),
    Fault("a consent page", (whole(_page("Before you continue", "<button>Yes</button>")),), (WALLED,)),
    Fault("a paywall", (whole(_page("News", f"<p>{WORDS}<p>Subscribe to continue reading")),), (PAYWALLED,)),
    Fault("an error page", (whole(_page("Page not found", "<h1>Oops</h1>")),), (SOFT_GONE,)),
    Fault("a parked domain", (whole(_page("x.example", "<p>This domain is for sale.")),), (PARKED,)),
    Fault("an application", (whole(_page("App", "<div id=root></div><noscript>Enable JavaScript")),), (THIN,), reason="JavaScript"),
    Fault("the same page for everything", (whole(_page("Ahoy", f"<p>{WORDS * 2}")),), (SOFT_GONE,), everywhere=True),
    Fault("200,000 open elements", (whole(b"<div>" * 200_000),), (OK, THIN)),
    Fault("a tag of 2 MB", (whole(b"<a " + b"x" * 1_900_000),), (THIN,)),
    Fault("2 MB of angles", (whole(b"<" * 1_900_000),), (OK, THIN)),
    Fault("open comments", (whole(b"<!--" * 400_000),), (THIN,)),
    Fault("half a word for ever", (whole(b"the page you are looking for " * 60_000),), (OK,)),
    Fault("entities without end", (whole(b"&amp" * 400_000),), (OK, THIN)),
    Fault("a thousand nested frames", (whole(b"<iframe src=/x>" * 1000 + PAGE),), (OK,)),
    Fault("a page that reloads itself", (whole(b"<meta http-equiv=refresh content=0>"),), (THIN,), most_requests=2),
    Fault("a page of NULs", (whole(bytes(100_000)),), (OK, THIN)),
    Fault("a broken PDF", (whole(b"%PDF-1.7\n" + bytes(500), kind="application/pdf"),), (OK,)),
)  # fmt: skip
