"""The archive's index: one CDXJ line an answer, so that replay tools find it by address and time."""

import re
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from sourcebook.store.archive.http import media_type_of, status_of
from sourcebook.store.archive.records import ReadRecord, one_line
from sourcebook.types.captures import WarcPosition

_WWW = re.compile(r"^www\d*\.")
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


_DECODER = msgspec.json.Decoder(IndexEntry)


def index_line(record: ReadRecord, position: WarcPosition) -> bytes:
    """The line that leads to an answer."""
    status = status_of(record.head)
    said = IndexEntry(
        url=record.url,
        mime=_mime(record),
        status="" if status is None else str(status),
        digest=record.headers.get("warc-payload-digest", ""),
        length=str(position.length),
        offset=str(position.offset),
        filename=position.file,
    )
    moment = datetime.fromisoformat(record.headers["warc-date"]).strftime("%Y%m%d%H%M%S")
    return f"{surt(record.url)} {moment} ".encode() + msgspec.json.encode(said)


def read_line(line: bytes) -> IndexEntry | None:
    """What a line says; None when it is damaged."""
    parts = line.split(b" ", 2)
    try:
        return _DECODER.decode(parts[2]) if len(parts) == 3 else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _mime(record: ReadRecord) -> str:
    if record.type == "revisit":
        return "warc/revisit"
    return record.headers.get("content-type", "") if record.type == "resource" else media_type_of(record.head)


def surt(url: str) -> str:
    """An address in the order in which an index is sorted: `com,example)/path?a=1&b=2`."""
    url = one_line(url)
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url.lower()
    if not host:
        return url.lower()
    if not (":" in host or host.replace(".", "").isdigit()):
        host = ",".join(reversed(_WWW.sub("", host).split(".")))
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    path = parts.path.lower()
    path = path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.lower().split("&")))
    return f"{host}){path}?{query}" if query else f"{host}){path}"
