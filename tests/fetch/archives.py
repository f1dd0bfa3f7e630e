"""Small WARC and WACZ files, as other tools write them."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass(frozen=True)
class Kept:
    """One answer to keep."""

    url: str
    body: bytes = b""
    at: str = "2026-04-07T09:00:00Z"
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    kind: str = "response"
    warc_headers: tuple[tuple[str, str], ...] = ()
    request: bool = True


def warc(kept: Sequence[Kept], *, gzip: bool = True) -> bytes:
    """A WARC with a response and its request for each answer."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip, warc_version="WARC/1.1")
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "tests"}))
    for one in kept:
        head = StatusAndHeaders(one.status, list(one.headers), protocol="HTTP/1.1")
        fields = {"WARC-Date": one.at, "WARC-IP-Address": "192.0.2.7", **dict(one.warc_headers)}
        record = writer.create_warc_record(
            one.url,
            one.kind,
            payload=io.BytesIO(one.body),
            length=len(one.body),  # else warcio spools to a file that it never closes
            http_headers=None if one.kind == "resource" else head,
            warc_headers_dict=fields,
            warc_content_type="text/html" if one.kind == "resource" else "",
        )
        writer.write_record(record)
        if one.request:
            asked = StatusAndHeaders("GET /asked HTTP/1.1", [("Host", "x.example")], is_http_request=True)
            fields = {"WARC-Date": one.at}
            record = writer.create_warc_record(
                one.url, "request", payload=io.BytesIO(), length=0, http_headers=asked, warc_headers_dict=fields
            )
            writer.write_record(record)
    return out.getvalue()


def cdxj(data: bytes, filename: str = "data.warc.gz") -> list[str]:
    """The index of a WARC, one line an answer."""
    lines = []
    records = ArchiveIterator(io.BytesIO(data))
    for record in records:
        if record.rec_type not in {"response", "revisit", "resource"}:
            continue
        stamp = "".join(letter for letter in record.rec_headers.get_header("WARC-Date") if letter.isdigit())[:14]
        url = record.rec_headers.get_header("WARC-Target-URI")
        record.content_stream().read()
        offset = records.get_record_offset()
        length = records.get_record_length()
        fields = {"url": url, "filename": filename, "offset": str(offset), "length": str(length)}
        lines.append(f"example,x)/ {stamp} {json.dumps(fields)}\n")
    return lines


def wacz(path: Path, data: bytes, index: Sequence[str] | None = None, *, packed: bool = False) -> Path:
    """A WACZ around one WARC; no index at all when `index` is empty."""
    lines = cdxj(data) if index is None else index
    with zipfile.ZipFile(path, "w") as archive:
        kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        archive.writestr("archive/data.warc.gz", data, kind)
        if lines:
            archive.writestr("indexes/index.cdx", "".join(lines), zipfile.ZIP_DEFLATED)
        archive.writestr("datapackage.json", "{}")
    return path
