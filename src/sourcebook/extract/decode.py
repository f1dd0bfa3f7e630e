"""Bytes to text: which encoding, decided by evidence in a fixed order. See docs/extracting.md."""

import codecs
import re

from sourcebook.errors import StepError
from sourcebook.extract.about import About

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
# Labels of the web that Python does not know.
_ALIASES = {
    "windows-874": "cp874",
    "windows-949": "cp949",
    "ks_c_5601-1989": "cp949",
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso88591": "cp1252",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
}
# Codecs of Python that no page is written in.
_NO_ENCODINGS = frozenset(("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHIFTS = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"), (b"\x1b(J", "iso2022_jp_2"), (b"~{", "hz"))
_META = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE
)
_HEAD_BYTES = 100_000  # some pages bring their meta tag after a long script
_SAMPLE_BYTES = 400_000
_TAGS = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>|[\x00-\x20]+", re.IGNORECASE | re.DOTALL)
_BROKEN_SHARE = 0.02  # of the non-ASCII characters: UTF-8 cut by careless software is still UTF-8
_LANGUAGE = re.compile(rb"""<html[^>]{0,300}?\slang\s*=\s*["']?([a-zA-Z]{2})""", re.IGNORECASE)
# The country that a language is written in, where its code is another: the detector knows what countries use.
_COUNTRIES = {
    b"cs": b"cz", b"uk": b"ua", b"el": b"gr", b"sv": b"se", b"da": b"dk", b"ja": b"jp", b"zh": b"cn", b"ko": b"kr",
    b"he": b"il", b"ar": b"sa", b"fa": b"ir", b"sl": b"si", b"et": b"ee", b"vi": b"vn", b"sr": b"rs", b"be": b"by",
    b"kk": b"kz", b"sq": b"al", b"ka": b"ge", b"hy": b"am", b"en": b"uk", b"nb": b"no", b"nn": b"no",
}  # fmt: skip
_LATIN = frozenset(("cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "iso8859-2", "iso8859-4", "iso8859-15"))
# Latin 9 puts letters where Windows-1252 has signs: between letters they are letters.
_LATIN_9 = re.compile(rb"[A-Za-z\xc0-\xff][\xa6\xa8\xb4\xb8\xbc\xbd\xbe][a-z\xe0-\xff]|[0-9]\s?\xa4")
_C1 = re.compile(rb"[\x80-\x9f]")
# UTF-8 that was once read as Windows-1252 and written again: "Ã©" for "é", "â€™" for "’".
_REMADE = {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0x100) if byte not in b"\x81\x8d\x8f\x90\x9d"}
_REMADE |= {chr(byte): byte for byte in range(0x80, 0xC0)}
_TAILS = "".join(character for character, byte in _REMADE.items() if byte < 0xC0)
_MOJIBAKE = re.compile(f"[\xc2-\xdf][{_TAILS}]|[\xe0-\xef][{_TAILS}]{{2}}|[\xf0-\xf4][{_TAILS}]{{3}}")
# How it begins: é, the quotation marks, and letters of other alphabets.
_SIGNS = tuple(sign.encode() for sign in ("Ã", "â€", "Â", "Ð", "Î", "×", "Ø", "ã€", "à¸"))
_ASCII = bytes(range(128))
_STRANGE = re.compile("[^\x00-\x7f]+")
_LEAST_MOJIBAKE = 3  # one or two may be what the page means to say
_UNREADABLE = 0.2  # of the non-ASCII characters, and enough of them to spoil more than a name or two
_LEAST_UNREADABLE = 50
_MOJIBAKE_SHARE = 0.3  # of the non-ASCII characters: "Ü“" alone is German


def decode(body: bytes, charset: str = "") -> str:
    """The text of a body. `charset` is what its server said. Never fails: what cannot be read becomes U+FFFD."""
    return repaired(_decoded(body, charset))


def readable(body: bytes, about: About) -> str:
    """The text of a body. Raises StepError when no encoding makes sense of it: garbage is never kept as a text."""
    text = decode(body, about.charset)
    if text.count("\ufffd") >= _LEAST_UNREADABLE and unreadable_share(text) > _UNREADABLE:
        raise StepError(f"no encoding makes sense of the letters of {about.url!r}", "look at it in a browser")
    return text


def unreadable_share(text: str) -> float:
    """How much of what is not ASCII could not be read."""
    strange = sum(map(len, _STRANGE.findall(text)))
    return text.count("\ufffd") / strange if strange else 0.0


def repaired(text: str) -> str:
    """The text with what was encoded twice made whole, where that is plainly what happened."""
    if text.isascii():
        return text
    # the signs are looked for in what is not ASCII: a twentieth of most pages, and taken out faster than read through
    strange_bytes = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    if sum(map(strange_bytes.count, _SIGNS)) < _LEAST_MOJIBAKE:
        return text
    twice = sum(len(found) for found in _MOJIBAKE.findall(text))
    strange = sum(map(len, _STRANGE.findall(text)))
    if twice < 2 * _LEAST_MOJIBAKE or twice < strange * _MOJIBAKE_SHARE:
        return text
    return _MOJIBAKE.sub(_once, text)


def _once(found: re.Match[str]) -> str:
    try:
        return bytes(_REMADE[character] for character in found[0]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return found[0]


def _decoded(body: bytes, charset: str) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    if (wide := _without_mark(body)) is not None:
        return wide
    if body.isascii() and (shifted := _shifted(body)) is not None:
        return shifted
    if (text := _strictly(body, "utf-8")) is not None:
        return text  # other encodings almost never happen to be valid UTF-8
    for label in (charset, _declared(body)):
        encoding = _encoding(label)
        if (text := _strictly(body, encoding)) is not None and not _is_default(encoding, body):
            return text
    return _guessed(body)


def _strictly(body: bytes, encoding: str) -> str | None:
    """The text when every byte makes sense in this encoding."""
    if not encoding:
        return None
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _encoding(label: str) -> str:
    """The codec that a label of the web means; "" for an unknown one."""
    label = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
    except (LookupError, ValueError):
        return ""
    # A page that can be read for its declaration in ASCII is not in UTF-16, whatever it declares.
    if name.startswith(("utf-16", "utf-32", "utf-7")) or name in _NO_ENCODINGS:
        return ""
    return _WIDER.get(name, name)


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


def _shifted(body: bytes) -> str | None:
    """Encodings that are ASCII with shifts between alphabets."""
    if b"\x1b" not in body and b"~" not in body:
        return None  # one letter is found ten times as fast as two
    return next((text for mark, name in _SHIFTS if mark in body and (text := _strictly(body, name)) is not None), None)


def _is_default(encoding: str, body: bytes) -> bool:
    """Is Windows-1252 only what a server says of everything? Any bytes make sense in it, and these are not Latin."""
    return encoding == "cp1252" and _detected(body) not in _LATIN


def _guessed(body: bytes) -> str:
    """No declaration holds: UTF-8 with a few broken places, else what the letters look like."""
    text = body.decode("utf-8", "replace")
    if unreadable_share(text) <= _BROKEN_SHARE:
        return text
    return body.decode(_detected(body), "replace")


def _detected(body: bytes) -> str:
    """The encoding that makes the most likely letters of these bytes."""
    # Loaded here: only pages that do not say, or say what everybody says, should cost it.
    from chardetng_py import EncodingDetector  # noqa: PLC0415

    words = _TAGS.sub(b" ", body[:_SAMPLE_BYTES])
    detector = EncodingDetector()
    detector.feed(words, last=True)
    encoding = _encoding(detector.guess(tld=_country(body), allow_utf8=False)) or "cp1252"
    if encoding == "cp1252" and _LATIN_9.search(words) and not _C1.search(words):
        return "iso8859-15"
    return encoding


def _country(body: bytes) -> bytes | None:
    said = _LANGUAGE.search(body, 0, _HEAD_BYTES)
    return _COUNTRIES.get(said[1].lower(), said[1].lower()) if said else None
