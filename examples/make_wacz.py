"""Make demo.wacz from the hand-written originals in web/.

    python examples/make_wacz.py [--output FILE]

The same originals give the same bytes: every date stands in web/sites.toml, every record's name is derived from its
address and date, and the archive carries no clock of the machine that made it. (Two builds of zlib may compress
differently; what is compressed is the same.)
"""

import argparse
import hashlib
import io
import json
import re
import sys
import tomllib
import uuid
import zipfile
from html import unescape
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from typeset import Properties, typeset
from warc import MADE_AT, SOFTWARE, WARC_NAME, Answer, Placed, digest, gzip_member, iso, warc

HERE = Path(__file__).resolve().parent
MANIFEST = HERE / "web" / "sites.toml"
HTML = "text/html; charset=utf-8"


# --- originals ------------------------------------------------------------------------------------


def read_answers(manifest: Path) -> tuple[Answer, ...]:
    """Every answer of the manifest, in its order."""
    said = tomllib.loads(manifest.read_text(encoding="utf-8"))
    return tuple(_read_answer(one, manifest.parent) for one in said["answers"])


def _read_answer(said: dict[str, Any], folder: Path) -> Answer:
    kind = said.get("type", HTML)
    body = (folder / said["file"]).read_bytes() if "file" in said else b""
    title = said["pdf"]["title"] if "pdf" in said else _title(body)
    if "pdf" in said:
        body = typeset(body.decode("utf-8"), Properties(**said["pdf"]))
    return Answer(
        url=said["url"],
        at=said["at"],
        status=said.get("status", 200),
        type=kind,
        body=gzip_member(body) if said.get("encoding") == "gzip" else body,
        encoding=said.get("encoding", ""),
        location=said.get("location", ""),
        headers=said.get("headers", {}),
        title=title,
    )


def _title(body: bytes) -> str:
    found = re.search(rb"<title>(.*?)</title>", body, re.DOTALL)
    return unescape(found[1].decode("utf-8", "replace")).strip() if found else ""


# --- WACZ -----------------------------------------------------------------------------------------


def cdxj(placed: tuple[Placed, ...]) -> bytes:
    """The index: one line a response, sorted by key and date."""
    lines = []
    for one in placed:
        answer = one.answer
        what = {
            "url": answer.url,
            "mime": answer.media_type,
            "status": str(answer.status),
            "digest": digest(answer.body),
            "length": str(one.length),
            "offset": str(one.offset),
            "filename": WARC_NAME,
        }
        lines.append(f"{sort_key(answer.url)} {answer.at:%Y%m%d%H%M%S} {json.dumps(what)}\n")
    return "".join(sorted(lines)).encode()


def sort_key(url: str) -> str:
    """The address as CDX files sort it: the host from right to left, without scheme, `www.` and case."""
    address = urlsplit(url.lower())
    host = ",".join(reversed(address.netloc.removeprefix("www.").split(".")))
    path = address.path.rstrip("/") or "/"
    return f"{host}){path}" + (f"?{address.query}" if address.query else "")


def pages(answers: tuple[Answer, ...]) -> bytes:
    """The entry points for people who replay the archive."""
    lines: list[dict[str, str]] = [{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}]
    for answer in answers:
        if answer.status == HTTPStatus.OK:
            name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"page {answer.url} {iso(answer.at)}"))
            title = answer.title or answer.url
            lines.append({"id": name, "url": answer.url, "ts": iso(answer.at), "title": title})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def wacz(answers: tuple[Answer, ...]) -> bytes:
    """The whole archive file, WACZ 1.1.1."""
    archive, placed = warc(answers)
    files = {
        f"archive/{WARC_NAME}": archive,
        "indexes/index.cdx": cdxj(placed),
        "pages/pages.jsonl": pages(answers),
    }
    package = _json(
        {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": "Sourcebook demo: open and closed AI models",
            "description": "An invented web, written for the demo of Sourcebook.",
            "created": iso(MADE_AT),
            "software": SOFTWARE,
            "resources": [
                {"name": path.rpartition("/")[2], "path": path, "hash": _sha256(data), "bytes": len(data)}
                for path, data in files.items()
            ],
        }
    )
    files["datapackage.json"] = package
    files["datapackage-digest.json"] = _json({"path": "datapackage.json", "hash": _sha256(package)})
    return _zip(files)


def _sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _zip(files: dict[str, bytes]) -> bytes:
    """Stored, not compressed: readers of a WACZ seek in the archive inside."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, MADE_AT.timetuple()[:6])
            entry.create_system = 3  # Unix, wherever this runs
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return made.getvalue()


def main(arguments: list[str]) -> None:
    """Write the archive and say how large it is."""
    parser = argparse.ArgumentParser(description="Make demo.wacz from the originals in web/.")
    parser.add_argument("--output", type=Path, default=HERE / "demo.wacz", help="the file to write")
    output: Path = parser.parse_args(arguments).output
    answers = read_answers(MANIFEST)
    made = wacz(answers)
    output.write_bytes(made)
    sys.stdout.write(f"{output.name}: {len(answers)} answers, {len(made):,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
