"""The archive's index: one CDXJ line an answer, so that replay tools find it by address and time."""

import re
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from sourcebook.store.archive.http import media_type_of, status_of
from sourcebook.store.archive.records import SENT, ReadRecord, Record, head_of, one_line, warc_date
from sourcebook.types.captures import WarcPosition

_WWW = re.compile(r"^www\d*\.")
# nearly every address: what is left of it is split with more care, and in four times the time
_PLAIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::(?P<port>[1-5]?\d{1,4}))?(?P<path>/[^?#]*)(?:\?(?P<query>[^#]*))?"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class IndexEntry(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What a line says besides key and time. Numbers are texts: so do the tools that read it expect them. What is not
    known is left out."""

    url: str
    mime: str = ""
    status: str = ""
    digest: str = ""
    length: str
    offset: str
    filename: str
    method: str = ""  # of the request, where it was no GET


_DECODER = msgspec.json.Decoder(IndexEntry)


def index_line(record: ReadRecord, position: WarcPosition) -> bytes:
    """The line that leads to an answer which was read back."""
    at, mime = record.headers["warc-date"], record.headers.get("content-type", "")
    digest, sent = record.headers.get("warc-payload-digest", ""), record.headers.get(SENT.lower(), "")
    return _line(_Said(record.type, record.url, at, record.head, mime, digest, sent), position)


def line_of(record: Record, position: WarcPosition) -> bytes:
    """The same for an answer that is being written."""
    url, digest, sent = record.value("WARC-Target-URI"), record.value("WARC-Payload-Digest"), record.value(SENT)
    head = b"" if record.type == "resource" else head_of(record.block)
    return _line(_Said(record.type, url, warc_date(record.at), head, record.content_type, digest, sent), position)


class _Said(NamedTuple):
    """What an answer's record says of it."""

    type: str
    url: str
    date: str
    head: bytes
    content_type: str  # of the record
    digest: str
    sent: str  # to a POST, as it stands in the key


def _line(said: _Said, position: WarcPosition) -> bytes:
    status = status_of(said.head)
    entry = IndexEntry(
        url=said.url,
        mime=_mime(said),
        status="" if status is None else str(status),
        digest=said.digest,
        length=str(position.length),
        offset=str(position.offset),
        filename=position.file,
        method="POST" if said.sent else "",
    )
    return f"{_key(said)} {_moment(said.date)} ".encode() + msgspec.json.encode(entry)


def _key(said: _Said) -> str:
    """What was sent is part of the key, so that nobody takes an answer to it for the page at the address."""
    key = surt(said.url)
    return f"{key}{'&' if '?' in key else '?'}{said.sent}" if said.sent else key


def _moment(date: str) -> str:
    """The 14 digits of a date of a WARC."""
    if len(date) == len("2026-03-01T10:00:00.000000Z"):  # as we write it
        return date[:4] + date[5:7] + date[8:10] + date[11:13] + date[14:16] + date[17:19]
    return datetime.fromisoformat(date).strftime("%Y%m%d%H%M%S")


def read_line(line: bytes) -> IndexEntry | None:
    """What a line says; None when it is damaged."""
    parts = line.split(b" ", 2)
    try:
        return _DECODER.decode(parts[2]) if len(parts) == 3 else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _mime(said: _Said) -> str:
    if said.type == "revisit":
        return "warc/revisit"
    return said.content_type if said.type == "resource" else media_type_of(said.head)


def surt(url: str) -> str:
    """An address in the order in which an index is sorted: `com,example)/path?a=1&b=2`."""
    url = one_line(url)
    if (plain := _PLAIN.fullmatch(url.lower())) is not None:
        return _surt(*plain.group("scheme", "host", "port", "path", "query"))
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url.lower()
    if not host:
        return url.lower()
    said = "" if port is None else str(port)
    return _surt(parts.scheme.lower(), host, said, parts.path.lower(), parts.query.lower())


def _surt(scheme: str, host: str, port: str | None, path: str, query: str | None) -> str:
    if not (":" in host or host.replace(".", "").isdigit()):
        host = ",".join(reversed(_WWW.sub("", host).split(".")))
    if port and int(port) != _DEFAULT_PORTS.get(scheme):
        host = f"{host}:{int(port)}"
    path = path.rstrip("/") or "/"
    return f"{host}){path}?{'&'.join(sorted(query.split('&')))}" if query else f"{host}){path}"
