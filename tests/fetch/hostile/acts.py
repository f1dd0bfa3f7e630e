"""What the hostile server can do, as values: a fault is a list of these."""

from dataclasses import dataclass, field

from sourcebook.types.captures import Outcome

WORDS = "The committee met on Tuesday and agreed on the text of the report after a long debate of nine hours. "
PAGE = f"<!doctype html><title>A report</title><h1>A report</h1>{f'<p>{WORDS * 3}</p>' * 12}".encode()


@dataclass(frozen=True)
class Wait:
    """Do nothing for so long."""

    seconds: float


@dataclass(frozen=True)
class Flood:
    """Send the same bytes again and again until the other side has had enough."""

    piece: bytes
    most: int = 400_000_000
    pause_s: float = 0.0


@dataclass(frozen=True)
class Reset:
    """Tear the connection down without a goodbye."""


Act = bytes | Wait | Flood | Reset


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong, at an address of its own."""

    name: str
    acts: tuple[Act, ...]  # for every path that is not in `others`
    outcomes: tuple[Outcome, ...]  # any of these is right
    reason: str = ""  # words that must stand in the reason
    robots: tuple[Act, ...] = ()
    others: dict[str, tuple[Act, ...]] = field(default_factory=dict)
    path: str = "/page"
    everywhere: bool = False  # is every other path answered in the same way?
    tls: str = ""  # which certificate, or what goes wrong with TLS
    body: bytes | None = None  # that must come out; None: nobody looks
    most_requests: int = 4  # robots.txt, the page, where it leads, and a made-up address
    most_sent: int | None = None  # bytes that the server gets rid of before we leave
    needs_memory: bool = False  # is it about memory? Then it is tried alone, with the caps that people have


def head(*headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """The head of an answer."""
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *headers]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n"


def whole(body: bytes = PAGE, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A well-formed answer."""
    return head(*headers, f"Content-Length: {len(body)}", status=status, kind=kind) + body


def moved(to: str, *headers: str, status: str = "302 Found") -> bytes:
    """A well-formed redirect."""
    return whole(b"", f"Location: {to}", *headers, status=status)


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    """A body in chunks."""
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + end
