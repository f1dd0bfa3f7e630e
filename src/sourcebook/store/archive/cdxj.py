"""The archive's index: one CDXJ line an answer, so that replay tools find it by address and time."""

import re
from urllib.parse import urlsplit

import msgspec

from sourcebook.store.archive.http import media_type_of, status_of
from sourcebook.store.archive.records import digest, one_line
from sourcebook.types import Exchange, WarcPosition

_WWW = re.compile(r"^www\d*\.")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def index_line(exchange: Exchange, position: WarcPosition) -> bytes:
    """The line that leads to an answer. Numbers are texts: so do the tools that read it expect them."""
    status = status_of(exchange.response_head)
    said = {
        "url": one_line(exchange.url),
        "mime": media_type_of(exchange.response_head) or "unk",
        "status": "-" if status is None else str(status),
        "digest": digest(exchange.body),
        "length": str(position.length),
        "offset": str(position.offset),
        "filename": position.file,
    }
    moment = exchange.at.strftime("%Y%m%d%H%M%S")
    return f"{surt(exchange.url)} {moment} ".encode() + msgspec.json.encode(said)


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
