"""What kind of file a body is: by its first bytes where they leave no doubt, else by what the server said."""

import re

_PDF_WITHIN = 1_024  # readers of PDF allow so much before the mark
_START = 2_000
_HTML = re.compile(
    rb"^[\s\xef\xbb\xbf]*(?:<!--.{0,500}?-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAGIC = (
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"{\\rtf", "application/rtf"),
)
_SAYS_NOTHING = frozenset(
    ("", "application/octet-stream", "binary/octet-stream", "application/x-download", "unknown/unknown")
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 has zeros of its own


def media_type(body: bytes, said: str) -> str:
    """The media type of a body; `said` is the server's word for it, which is wrong often enough to look."""
    said = said.partition(";")[0].strip().lower()
    if b"%PDF-" in body[:_PDF_WITHIN]:
        return "application/pdf"
    for mark, kind in _MAGIC:
        if body.startswith(mark):
            return kind
    if body[4:8] == b"ftyp":
        return "video/mp4"
    if _HTML.match(body[:_START]) and (
        said in _SAYS_NOTHING or said in ("text/plain", "application/pdf", "application/xml", "text/xml")
    ):
        return "text/html"
    if said in _SAYS_NOTHING:
        return "text/plain" if _is_text(body) else "application/octet-stream"
    return said


def _is_text(body: bytes) -> bool:
    start = body[:_START]
    return bool(start.strip()) and (start.startswith(_WIDE) or b"\0" not in start)
