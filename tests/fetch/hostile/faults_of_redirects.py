"""Redirects."""

# ruff: noqa: E501 - a table: one fault a line

from sourcebook.types.captures import Outcome
from tests.fetch.hostile.acts import Act, Fault, Flood, Wait, head, moved, whole

OK, UNREACHABLE, REFUSED, SOFT_GONE = Outcome.OK, Outcome.UNREACHABLE, Outcome.REFUSED_BY_POLICY, Outcome.SOFT_GONE
TARGET: dict[str, tuple[Act, ...]] = {"/target": (whole(),)}


def _to(name: str, location: str, *outcomes: Outcome) -> Fault:
    return Fault(name, (moved(location),), outcomes, others=TARGET)


def _chain(length: int) -> dict[str, tuple[Act, ...]]:
    hops = {f"/hop{number}": (moved(f"/hop{number + 1}"),) for number in range(length)}
    return {**hops, f"/hop{length}": (whole(),)}


REDIRECTS = (
    *(
        Fault(f"redirect {status}", (moved("/target", status=f"{status} X"),), (OK,), others=TARGET)
        for status in (301, 302, 303, 307, 308)
    ),
    _to("a redirect to a query", "?a=b", Outcome.GONE),
    _to("a redirect without a scheme", "//10.0.0.9/x", REFUSED),
    _to("a redirect to a private address", "http://10.0.0.9/", REFUSED),
    _to("a redirect to the metadata of a cloud", "http://169.254.169.254/latest/meta-data/", REFUSED),
    _to("a redirect to a mapped address", "http://[::ffff:10.0.0.9]/", REFUSED),
    _to("a redirect to a number", "http://167772169/", REFUSED),
    _to("a redirect to IPv6 loopback", "http://[::1]:80/", REFUSED),
    _to("a redirect to a port of mail", "http://1.1.1.1:25/", REFUSED),
    _to("a redirect to a file", "file:///etc/passwd", UNREACHABLE),
    _to("a redirect to ftp", "ftp://a.example/x", UNREACHABLE),
    _to("a redirect to a script", "javascript:alert(1)", UNREACHABLE),
    _to("a redirect to data", "data:text/html,<p>x", UNREACHABLE),
    _to("a redirect to gopher", "gopher://127.0.0.1:6379/_FLUSHALL", UNREACHABLE),
    _to("a redirect to nonsense", "http://", UNREACHABLE),
    _to("a redirect to a broken address", "http://[::1", UNREACHABLE),
    _to("a redirect to a port that is none", "http://127.0.0.1:99999/", UNREACHABLE),
    _to("a redirect with a fragment", "/target#part", OK),
    _to("a redirect with spaces", "  /target  ", OK),
    _to("a redirect with a tab", "/tar\tget", OK),
    _to("a redirect with backslashes", "\\target", OK),
    _to("a redirect up", "/a/b/../../target", OK),
    _to("a redirect with rubbish", "/tärget\x7f%zz", Outcome.GONE, UNREACHABLE),
    _to("a redirect of 60 KB", "/" + "x" * 60_000, Outcome.GONE),
    Fault("a redirect without an address", (head("Content-Length: 0", status="302 Found"),), (UNREACHABLE,)),
    Fault("a redirect to nothing", (moved(""),), (UNREACHABLE,)),
    Fault("two addresses", (moved("/target", "Location: /other"),), (OK,), others=TARGET),
    Fault("a redirect to itself", (moved("/page"),), (UNREACHABLE,), reason="circle", most_requests=2),
    Fault("a circle of two", (moved("/b"),), (UNREACHABLE,), reason="circle", others={"/b": (moved("/page"),)}),
    Fault("ten redirects", (moved("/hop1"),), (OK,), others=_chain(10), most_requests=13),
    Fault("eleven redirects", (moved("/hop1"),), (UNREACHABLE,), reason="10", others=_chain(11), most_requests=13),
    Fault("a cookie first", (moved("/b"),), (OK,), others={"/b": (moved("/target", "Set-Cookie: a=1"),), **TARGET}, most_requests=5),
    Fault("a redirect with a body for ever", (head("Location: /target", status="302 Found"), Flood(b"x" * 65_536)), (OK,), others=TARGET, most_sent=40_000_000, needs_memory=True),
    Fault("a redirect whose body never comes", (head("Location: /target", "Content-Length: 99", status="302 Found"), Wait(9)), (OK, UNREACHABLE), others=TARGET),
    Fault("a redirect that breaks off", (head("Location: /target", "Content-Length: 99", status="302 Found"), b"x"), (OK,), others=TARGET),
    Fault("a redirect to the front page", (moved("/"),), (SOFT_GONE,), others={"/": (whole(),)}, most_requests=4),
    Fault("a redirect to a login", (moved("/login?next=/page"),), (Outcome.WALLED,), others={"/login?next=/page": (whole(b"<title>Hello</title><input type=password>"),)}),
)  # fmt: skip
