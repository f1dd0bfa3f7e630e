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
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"%!PS", "application/postscript"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"RIFF", "audio/wav"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
)
_ALIASES = {
    "text/x-markdown": "text/markdown",
    "text/x-web-markdown": "text/markdown",
    "application/x-mbox": "application/mbox",
    "application/x-rss+xml": "application/rss+xml",
    "text/rss+xml": "application/rss+xml",
    "application/rdf+xml": "application/rss+xml",
    "application/x-pdf": "application/pdf",
}
_SAYS_NOTHING = frozenset(
    ("", "application/octet-stream", "binary/octet-stream", "application/x-download", "unknown/unknown")
)
_SAYS_LITTLE = frozenset(
    ("text/plain", "application/pdf", "application/xml", "text/xml", "application/json", "text/json")
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 has zeros of its own
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PACKAGES = (  # a file that every package of its kind has, and the kind
    (b"word/document.xml", _WORD),
    (b"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"META-INF/container.xml", "application/epub+zip"),
)
_ODF = re.compile(rb"\Amimetype(application/[\w.+-]{5,80})")
_FEED = re.compile(
    rb"^[\s\xef\xbb\xbf]*(?:<\?xml[^>]{0,200}>\s*|<\?[^>]{0,300}>\s*|<!--.{0,2000}?-->\s*)*"
    rb"<(?:(rss)|(?:\w+:)?(feed)|rdf:(RDF))\b([^>]{0,2000})",
    re.DOTALL,
)
_HEADER_LINES = re.compile(
    rb"\A(?:From [^\r\n]{3,200}\r?\n)?"
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{1,2000}\r?\n){0,50}){3,200}"
)
_MARKUP = re.compile(
    rb"<(?:p|div|br|h[1-6]|a|span|table|ul|li|article|section|img|strong|em)\b[^<>]{0,500}>", re.IGNORECASE
)
_LEAST_MARKUP = 5  # tags at the start of a file that nobody names: it is a piece of a page


def media_type(body: bytes, said: str) -> str:
    """The media type of a body; `said` is the server's word for it, which is wrong often enough to look."""
    said = said.partition(";")[0].strip().lower()
    said = _ALIASES.get(said, said)
    if b"%PDF-" in body[:_PDF_WITHIN]:
        return "application/pdf"
    for mark, kind in _MAGIC:
        if body.startswith(mark):
            return _package(body) if kind == "application/zip" else kind
    if body[4:8] == b"ftyp":
        return "video/mp4"
    if _HTML.match(body[:_START]) and (said in _SAYS_NOTHING or said in _SAYS_LITTLE):
        return "text/html"
    if said in _SAYS_NOTHING or said in _SAYS_LITTLE or said.endswith(("+xml", "+json")):
        return _structured(body, said) or (said if said not in _SAYS_NOTHING else _loose(body))
    return said


def _package(body: bytes) -> str:
    """What kind of package a zip is, by the files that it names."""
    odf = _ODF.match(body[30:200])
    if odf is not None:
        return odf[1].decode("ascii").removesuffix("PK")
    return next((kind for mark, kind in _PACKAGES if mark in body), "application/zip")


def _structured(body: bytes, said: str) -> str:
    """Feeds, JSON and mail, whatever they are called; "" when it is none of them."""
    start = body[:_START]
    feed = _FEED.match(start)
    if feed is not None:
        return "application/atom+xml" if feed[2] else "application/rss+xml"
    mark = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if mark in (b"{", b"[") and (said not in ("", "text/plain") or b'"@context"' in start or b"jsonfeed.org" in start):
        return "application/ld+json"  # its extractor tells the kinds of JSON apart
    if said in _SAYS_NOTHING or said == "text/plain":
        headers = _HEADER_LINES.match(body[:20_000])
        if headers is not None and all(re.search(rb"(?mi)^%s:" % name, headers[0]) for name in (b"from", b"subject")):
            return "message/rfc822"
    return ""


def _loose(body: bytes) -> str:
    """Text, a piece of a page, or neither."""
    if not _is_text(body):
        return "application/octet-stream"
    return "text/html" if len(_MARKUP.findall(body[:_START])) >= _LEAST_MARKUP else "text/plain"


def _is_text(body: bytes) -> bool:
    start = body[:_START]
    return bool(start.strip()) and (start.startswith(_WIDE) or b"\0" not in start)
