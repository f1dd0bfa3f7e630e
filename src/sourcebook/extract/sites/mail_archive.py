"""Archives of mailing lists, as their programs write them: Mailman's pipermail, hypermail, public-inbox."""

import html
import re

from sourcebook.extract.dates import parse_date
from sourcebook.extract.names import is_name
from sourcebook.extract.told import retell
from sourcebook.types.documents import Document
from sourcebook.types.sources import SourceType

_LETTER = re.compile(r"<pre[^>]{0,200}>(.*?)</pre>", re.IGNORECASE | re.DOTALL)
_HEAD = re.compile(
    r"<h1[^>]{0,100}>(?P<subject>.{1,500}?)</h1>\s*<b>(?P<sender>.{1,200}?)</b>.{0,1000}?<i>(?P<date>.{5,100}?)</i>",
    re.IGNORECASE | re.DOTALL,
)
_LINE = re.compile(r"^(?P<name>From|Subject|Date):\s*(?P<value>.{1,300})$", re.MULTILINE)
_ADDRESS = re.compile(r"\s*(?:<[^>]*>|&lt;.*|\(.*?\)|\S+@\S+|\S+ at \S+).*$")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_LIST = re.compile(r"^(?:(?:re|fwd?|aw)\s*:\s*|\[[^\]]{1,40}\]\s*)+", re.IGNORECASE)


def read_mail_archive(document: Document, page: str) -> Document:
    """The document with the subject, sender, date and words of the first message; as it was when there is none."""
    letter = _LETTER.search(page)
    if letter is None:
        return document
    words = html.unescape(_TAG.sub("", letter[1])).replace("\r\n", "\n").strip("\n")
    head = _HEAD.search(page)
    said = (
        head.groupdict() if head is not None else {m["name"].lower(): m["value"] for m in _LINE.finditer(words[:5_000])}
    )
    said = {name: " ".join(html.unescape(_TAG.sub("", value)).split()) for name, value in said.items()}
    sender = _ADDRESS.sub("", said.get("sender", "") or said.get("from", "")).strip(' "')
    fields = {
        "title": _LIST.sub("", said.get("subject", "")),
        "published": parse_date(said.get("date", "")),
        "authors": (sender,) if is_name(sender) else (),
        "type": SourceType.FORUM,
    }
    return retell(document, "\n".join(line.rstrip() for line in words.split("\n")), fields, "mail")
