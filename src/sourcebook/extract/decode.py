"""Bytes to text: which encoding, decided by evidence in a fixed order. See docs/extracting.md."""

import codecs
import re

# The labels of the web mean more than their standards say: browsers read the wider code page, and so do we.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
    "big5": "big5hkscs",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE
)
_HEAD_BYTES = 100_000  # some pages bring their meta tag after a long script
_SAMPLE_BYTES = 40_000  # detection is slow, and more text does not change its mind
_TAGS = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>|[\x00-\x20]+", re.IGNORECASE | re.DOTALL)
_BROKEN_SHARE = 0.02  # of the non-ASCII characters: UTF-8 cut by careless software is still UTF-8


def decode(body: bytes, charset: str = "") -> str:
    """The text of a body. `charset` is what its server said. Never fails: what cannot be read becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    if (wide := _without_mark(body)) is not None:
        return wide
    text = _strictly(body, "utf-8")
    if text is not None and (body.isascii() is False or b"\x1b" not in body):
        return text  # other encodings almost never happen to be valid UTF-8
    for label in (charset, _declared(body)):
        if (text := _strictly(body, _encoding(label))) is not None:
            return text
    return _guessed(body)


def _strictly(body: bytes, encoding: str) -> str | None:
    """The text when every byte makes sense in this encoding."""
    if not encoding:
        return None
    try:
        return body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _encoding(label: str) -> str:
    """The codec that a label of the web means; "" for an unknown one."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""
    # A page that can be read for its declaration in ASCII is not in UTF-16, whatever it declares.
    return "" if name.startswith(("utf-16", "utf-32", "utf-7")) else _WIDER.get(name, name)


def _declared(body: bytes) -> str:
    found = _META.search(body, 0, _HEAD_BYTES)
    return found[1].decode("ascii") if found else ""


def _without_mark(body: bytes) -> str | None:
    """UTF-16 that does not say so: every other byte of its markup is zero."""
    start = body[:200]
    if len(start) < 20 or start.count(0) < len(start) // 3:
        return None
    return _strictly(
        body[: len(body) // 2 * 2], "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    )


def _guessed(body: bytes) -> str:
    """No declaration holds: UTF-8 with a few broken places, else what the letters look like."""
    text = body.decode("utf-8", "replace")
    strange = sum(1 for character in text if character > "\x7f")
    if strange and text.count("\ufffd") <= strange * _BROKEN_SHARE:
        return text
    # Loaded here: 60 ms that only undeclared pages should cost.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(_TAGS.sub(b" ", body[: _SAMPLE_BYTES * 5])[:_SAMPLE_BYTES]).best()
    if best is not None and (text_found := _strictly(body, _encoding(best.encoding))) is not None:
        return text_found
    declared = _encoding(_declared(body)) or "cp1252"
    return body.decode(declared, "replace")
