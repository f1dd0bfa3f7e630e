"""Mail as archives of mailing lists keep it: one message, or many in a mailbox."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from msgspec import Struct

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.decode import decode
from sourcebook.extract.evidence import Found
from sourcebook.extract.names import is_name
from sourcebook.extract.told import tell
from sourcebook.types.documents import Document
from sourcebook.types.sources import SourceType

MOST_MESSAGES = 2_000
MOST_CHARACTERS = 8_000_000
MOST_PARTS = 50  # of one message

_BEGINS = re.compile(rb"^From .{3,200}\d{4}\r?\n", re.MULTILINE)  # a message of a mailbox
_OBSCURED = re.compile(r"^\S+ at \S+(?: \((?P<name>.+)\))?$")  # how Mailman writes addresses
_LIST = re.compile(r"^(?:(?:re|fwd?|aw)\s*:\s*|\[[^\]]{1,40}\]\s*)+", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class _Letter(Struct, frozen=True):
    subject: str
    sender: str
    date: str
    text: str


def read_mail(body: bytes, about: About) -> Document:
    """The words of the messages, the fields of the first. Raises StepError when there is no text in them."""
    letters = [letter for letter in _letters(body, about) if letter.text]
    if not letters:
        raise StepError(f"no text in the mail from {about.url!r}", "look at it in a browser")
    first = letters[0]
    text = "\n\n".join(part for part in _written(letters) if part)[:MOST_CHARACTERS]
    return tell(
        text,
        {"title": Found(_LIST.sub("", first.subject), "Subject"), "published": Found(first.date, "Date")},
        {"authors": ((first.sender,) if is_name(first.sender) else (), Found("", "From"))},
        (SourceType.FORUM, "mail"),
    )


def _letters(body: bytes, about: About) -> Iterator[_Letter]:
    starts = [found.start() for found in _BEGINS.finditer(body)][:MOST_MESSAGES]
    ends = [*starts[1:], len(body)]
    parts = [body[start:end] for start, end in zip(starts, ends, strict=True)] if starts else [body]
    for part in parts:
        message = email.message_from_bytes(part, policy=email.policy.compat32)
        yield _Letter(_said(message, "Subject"), _sender(message), _date(message), _text(message, about))


def _said(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))
    try:
        words = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        words = raw
    return " ".join(_CONTROL.sub("", words).split())[:500]


def _sender(message: Message) -> str:
    said = _said(message, "From")
    obscured = _OBSCURED.match(said)
    return (obscured["name"] or "") if obscured is not None else parseaddr(said)[0]


def _date(message: Message) -> str:
    try:
        return parsedate_to_datetime(_said(message, "Date")).isoformat().replace("+00:00", "Z")
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _text(message: Message, about: About) -> str:
    """The plain parts of a message; attachments are not words of its writer."""
    found = []
    for part, _ in zip(message.walk(), range(MOST_PARTS), strict=False):
        if part.get_content_type() == "text/plain" and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found.append(decode(payload, str(part.get_param("charset", "") or about.charset)))
    text = _CONTROL.sub("", "\n".join(found).replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def _written(letters: list[_Letter]) -> Iterator[str]:
    for letter in letters:
        yield f"## {letter.subject}" if letter.subject else ""
        yield ", ".join(part for part in (letter.sender, letter.date[:10]) if part)
        yield letter.text
