"""Front matter as nearly all pages have it: names and plain values, one a line.

It is a small part of YAML, read exactly as YAML reads it. To load the whole of YAML would cost a scan more than to
read all its pages' front matter this way; what is not certainly plain is left to it.
"""

from sourcebook.patterns import pattern

Value = str | None | tuple[str, ...]

# Characters that YAML refuses, or takes for the end of a line.
_ODD = pattern(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]|\xef\xbb\xbf|\xef\xbf[\xbe\xbf]")
_NAME = rb"[A-Za-z_][\w-]*"
_QUOTED = rb"\"(?:[^\"\\\n\r]|\\[\"\\])*\"|'[^'\n\r]*'"
_PLAIN = rb"[A-Za-z0-9($](?:[^:#\n\r]|:(?=[^ \r\n]))*"
_SCALAR = rb"(?:" + _QUOTED + rb"|" + _PLAIN + rb")"
_WRAPPED = _PLAIN + rb"(?:\r?\n  +" + _PLAIN + rb")+"
_ITEM = rb"(?:" + _QUOTED + rb"|[A-Za-z0-9][^,\[\]{}:#\"'\n\r]*)"
_FLOW = rb"\[ *(?:" + _ITEM + rb"(?: *, *" + _ITEM + rb")*)? *\]"
_END = rb" *\r?(?:\n|\Z)"
_ENTRY = _NAME + rb": +(?:" + _SCALAR + rb"|" + _FLOW + rb")" + _END
_LONG = _NAME + rb": +" + _WRAPPED + _END
_TABLE = _NAME + rb":" + _END + rb"(?P<in>  +)" + _ENTRY + rb"(?:(?P=in)" + _ENTRY + rb")*"
_LIST = _NAME + rb":" + _END + rb"(?P<at> *)- +" + _SCALAR + _END + rb"(?:(?P=at)- +" + _SCALAR + _END + rb")*"
_PART = pattern(
    rb"(?:" + _TABLE + rb"|" + _LIST + rb"|" + _LONG + rb"|" + _ENTRY + rb"|" + _NAME + rb":" + _END + rb")"
)
_ITEMS = pattern(_ITEM)
_ESCAPE = pattern(rb"\\(.)")
_NULLS = {b"null", b"Null", b"NULL"}


def plain_values(words: bytes) -> dict[str, Value] | None:
    """The values by name; None when the front matter is more than plain."""
    values: dict[str, Value] = {}
    if _ODD.search(words):
        return None
    position = 0
    while position < len(words):
        part = _PART.match(words, position)
        if part is None:
            return None
        name, _, rest = part[0].partition(b":")
        values[name.decode()] = _value(rest, is_list=part["at"] is not None, is_table=part["in"] is not None)
        position = part.end()
    return values


def _value(rest: bytes, *, is_list: bool, is_table: bool) -> Value:
    if is_table:
        return ()
    text = rest.strip()
    if is_list:
        return tuple(_unquoted(line.strip()[1:].strip()) for line in text.splitlines())
    if text.startswith(b"["):
        return tuple(_unquoted(item.strip()) for item in _ITEMS.findall(text))
    return None if not text or text in _NULLS else _unquoted(text)


def _unquoted(text: bytes) -> str:
    if text.startswith(b'"'):
        return _ESCAPE.sub(rb"\1", text[1:-1]).decode()
    if text.startswith(b"'"):
        return text[1:-1].decode()
    return b" ".join(line.strip(b" ") for line in text.splitlines()).decode()
