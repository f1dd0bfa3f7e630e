"""One venue as a user writes it, checked; and the types of venue there are."""

import difflib
import re
import unicodedata
from collections.abc import Mapping

from msgspec.structs import replace

from sourcebook import ids
from sourcebook.errors import UsageError
from sourcebook.types.ratings import Venue
from sourcebook.types.sources import SourceType

# Each type of venue: what is published there where that is always the same, and whether peers review it.
TYPES: dict[str, tuple[SourceType | None, bool]] = {
    "journal": (SourceType.PAPER, True),
    "publisher": (None, False),
    "preprint server": (SourceType.PREPRINT, False),
    "academic index": (None, False),
    "university": (None, False),
    "research institute": (None, False),
    "government": (SourceType.GOVERNMENT, False),
    "international body": (SourceType.GOVERNMENT, False),
    "law": (SourceType.GOVERNMENT, False),
    "statistics": (SourceType.GOVERNMENT, False),
    "standards body": (SourceType.REFERENCE, False),
    "news": (SourceType.NEWS_ARTICLE, False),
    "magazine": (SourceType.NEWS_ARTICLE, False),
    "trade press": (SourceType.NEWS_ARTICLE, False),
    "fact checker": (SourceType.NEWS_ARTICLE, False),
    "think tank": (None, False),
    "nonprofit": (None, False),
    "company": (None, False),
    "consultancy": (None, False),
    "market research": (SourceType.REPORT, False),
    "personal blog": (SourceType.BLOG_POST, False),
    "blog platform": (SourceType.BLOG_POST, False),
    "encyclopaedia": (SourceType.REFERENCE, False),
    "forum": (SourceType.FORUM, False),
    "social network": (SourceType.FORUM, False),
    "video platform": (SourceType.TALK, False),
    "podcast": (SourceType.PODCAST, False),
    "code host": (SourceType.CODE, False),
    "data archive": (SourceType.DATASET, False),
    "bookseller": (SourceType.BOOK, False),
    "press release wire": (SourceType.PRESS_RELEASE, False),
    "prediction market": (None, False),
    "web archive": (None, False),
    "hosting": (None, False),
}
_FIELDS = tuple(name for name in Venue.__struct_fields__ if name != "origin")
_HINT = "see docs/venues.md for every field and an example"


def read_entry(entry: Mapping[str, object], origin: str, known: Mapping[str, Venue]) -> tuple[Venue, bool]:
    """The venue that a user's entry describes, over the known one of its id, and whether it gives rules of its own."""
    where = f"venue {_name_of(entry)!r} in {origin}"
    for field in entry:
        if field not in _FIELDS:
            guess = difflib.get_close_matches(field, _FIELDS, n=1)
            raise UsageError(f"{where}: unknown field {field!r}", f"did you mean {guess[0]!r}?" if guess else _HINT)
    rules = _rules(entry.get("rules", ()), where)
    name = _text(entry, "name", where)
    venue_id = _text(entry, "id", where) or slug(name or (rules[0] if rules else ""))
    before = known.get(venue_id)
    if before is None and not rules:
        raise UsageError(f"{where}: no rules, and no known venue of the id {venue_id!r}", 'add rules = ["example.org"]')
    before = before or Venue(venue_id, name or rules[0], "", (), None)
    kind = _text(entry, "type", where) or before.type
    if kind and kind not in TYPES:
        guess = difflib.get_close_matches(kind, TYPES, n=1)
        raise UsageError(f"{where}: unknown type {kind!r}", f"did you mean {guess[0]!r}?" if guess else _HINT)
    return replace(
        before,
        name=name or before.name,
        type=kind,
        rules=rules or before.rules,
        credibility=_credibility(entry, before.credibility, where),
        peer_reviewed=_flag(entry, before.peer_reviewed, where),
        why=_text(entry, "why", where) or before.why,
        source_type=_source_type(entry, before, kind, where),
        origin=origin,
    ), bool(rules)


def _name_of(entry: Mapping[str, object]) -> object:
    rules = entry.get("rules")
    return entry.get("id") or entry.get("name") or (rules[0] if isinstance(rules, list) and rules else "?")


def _text(entry: Mapping[str, object], field: str, where: str) -> str:
    value = entry.get(field, "")
    if not isinstance(value, str):
        raise UsageError(f"{where}: {field} must be text, not {value!r}", _HINT)
    return value.strip()


def _flag(entry: Mapping[str, object], before: bool, where: str) -> bool:
    value = entry.get("peer_reviewed", before)
    if not isinstance(value, bool):
        raise UsageError(f"{where}: peer_reviewed must be true or false, not {value!r}", _HINT)
    return value


def _credibility(entry: Mapping[str, object], before: int | None, where: str) -> int | None:
    value = entry.get("credibility", before)
    if value is not None and (isinstance(value, bool) or value not in range(1, 6)):
        raise UsageError(f"{where}: credibility must be a whole number from 1 to 5, not {value!r}", _HINT)
    return None if value is None else int(str(value))


def _source_type(entry: Mapping[str, object], before: Venue, kind: str, where: str) -> SourceType | None:
    text = _text(entry, "source_type", where)
    if not text:
        return before.source_type if kind == before.type else TYPES[kind][0]
    if text not in list(SourceType):
        guess = difflib.get_close_matches(text, list(SourceType), n=1)
        raise UsageError(f"{where}: unknown source_type {text!r}", f"did you mean {guess[0]!r}?" if guess else _HINT)
    return SourceType(text)


def _rules(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple):
        raise UsageError(f"{where}: rules must be a list of texts, not {value!r}", _HINT)
    return tuple(_rule(rule, where) for rule in value)


def _rule(value: object, where: str) -> str:
    """A rule in its one form: host as browsers write it, without `www.`, and the beginning of the path."""
    text = re.sub(r"^\w+://", "", str(value).strip()).removeprefix("*").lstrip(".").removeprefix("www.")
    name, _, path = text.partition("/")
    host = ids.host(f"https://{name}/")
    if not isinstance(value, str) or not host:
        raise UsageError(
            f"{where}: {value!r} is no rule", 'write a domain or the beginning of a path: "example.org/blog"'
        )
    path = path.strip("/")
    return f"{host}/{path}" if path else host


def slug(text: str) -> str:
    """An id made of a name: "Süddeutsche Zeitung" is "suddeutsche-zeitung"."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
