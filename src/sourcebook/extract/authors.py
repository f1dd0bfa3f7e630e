"""Who wrote it: people first, then accounts, then teams and agencies; without "By" and roles. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sourcebook.extract.dates import parse_date
from sourcebook.extract.evidence import Beside, Evidence, Found, Several, conflicts_with, fold
from sourcebook.extract.names import (
    BY,
    BY_IN_TEXT,
    account_in,
    fold_letters,
    goes_on,
    group_in,
    is_full_name,
    people_in,
)
from sourcebook.extract.titles import site_names
from sourcebook.types.documents import Confidence

MOST_AUTHORS = 100
MOST_BYLINES = 5  # of each sort that are tried
NEXT_TO_TITLE = 4  # texts within which "by Amanda" needs no second name
MOST_LINE = 120  # characters of a line that may name its author in the middle
MOST_AFTER_BY = 8  # texts after a lone "By" that may belong to it
_LONGEST_SIGNATURE = 80  # characters

SCHOLARLY = ("citation_author", "citation_authors", "bepress_citation_author", "eprints.creators_name", "dc.creator",
    "dc.creator.personalname", "dcterms.creator", "dc.contributor.author")  # fmt: skip
_PLAIN = ("author", "article:author", "parsely-author", "sailthru.author", "og:article:author", "dcsext.author", "byl",
    "article.author", "authors", "book:author", "twitter:data1")  # fmt: skip

_OF_ACCOUNTS = ("json-ld", "by", "rel=author", "byline")


class _Place(NamedTuple):
    """Where authors are named, what is said there, and whether it holds nothing but names."""

    origin: str
    values: Sequence[str]
    strong: bool
    confidence: Confidence


class Authors(NamedTuple):
    """The authors, and which of them are no people."""

    all: Several
    organisations: tuple[str, ...]


def find_authors(evidence: Evidence, beside: Beside) -> Authors | None:
    """The authors and where they were read; None when nobody is named.

    Scholarly tags name all authors in order; then JSON-LD, plain meta tags, and what readers see as the byline. A name
    of a person goes before an account's, and that before a team or an agency.
    """
    sites = site_names(evidence)
    before, after = beside
    places = list(_places(evidence, before, after))
    named = [(place, _people(place, sites)) for place in places]
    shown = _signed(after)
    full = [(place, kept) for place, people in named if (kept := [name for name in people if _is_sure(name, shown)])]
    if full:
        place, people = _shown(full, [*before, *after])
        return Authors(_several(place, people, full), ())
    return _account(places, named, sites) or _groups(evidence, places, sites) or _beside_date([*before, *after])


def _account(
    places: Sequence[_Place], named: Sequence[tuple[_Place, list[str]]], sites: Sequence[str]
) -> Authors | None:
    """The account that is named where no person is."""
    for place, people in named:
        if people:
            return Authors(Several(tuple(people), place.origin, Confidence.LOW), ())
    for place in places:
        account = account_in(place.values[0]) if place.origin in _OF_ACCOUNTS else ""
        if account and fold(account) not in sites:
            return Authors(Several((account,), place.origin, Confidence.LOW), ())
    return None


def _signed(after: Sequence[str]) -> set[str]:
    """The texts just after the title that may be a signature: an account's name that stands there is a name."""
    short = [piece for piece in after if len(piece) <= _LONGEST_SIGNATURE]
    return {fold_letters(text) for piece in short for text in (piece, BY.sub("", piece))}


def _is_sure(name: str, shown: set[str]) -> bool:
    return is_full_name(name) or fold_letters(name) in shown


def _shown(full: Sequence[tuple[_Place, list[str]]], near: Sequence[str]) -> tuple[_Place, list[str]]:
    """The first place; but where readers see another name beside the title, tags hold the name of an account."""
    first = full[0]
    if first[0].origin in SCHOLARLY:
        return first
    seen = fold(" ".join(near))
    if any(fold(name) in seen for name in first[1]):
        return first
    return next((other for other in full[1:] if other[0].origin == "by"), first)


def _several(place: _Place, people: Sequence[str], full: Sequence[tuple[_Place, list[str]]]) -> Several:
    others = [Found(", ".join(names), other.origin) for other, names in full if other is not place]
    return Several(
        tuple(people[:MOST_AUTHORS]),
        place.origin,
        place.confidence,
        conflicts_with(", ".join(people), others, _share_a_name),
    )


def _share_a_name(one: str, other: str) -> bool:
    return bool({fold(name) for name in one.split(",")} & {fold(name) for name in other.split(",")})


def _people(place: _Place, sites: Sequence[str]) -> list[str]:
    last_first = place.origin in SCHOLARLY
    found = (name for value in place.values for name in people_in(value, strong=place.strong, last_first=last_first))
    own = place.strong and place.origin != "rel=author"  # a blog may be called by the name of whoever writes it
    return [name for name in _distinct(found) if (own and is_full_name(name)) or not _is_site(name, sites)]


def _is_site(name: str, sites: Sequence[str]) -> bool:
    folded = fold(name)
    return any(site == folded or (len(folded) > 5 and site.startswith(folded)) for site in sites)


def _places(evidence: Evidence, before: Sequence[str], after: Sequence[str]) -> Iterator[_Place]:
    """Everything that may name them, in the order of trust."""
    origin, values = evidence.all_metas(*SCHOLARLY)
    if values:
        yield _Place(origin, values, strong=True, confidence=Confidence.HIGH)
    for thing in evidence.things:
        if thing.authors:
            yield _Place("json-ld", thing.authors, strong=True, confidence=Confidence.HIGH)
    for name in _PLAIN:
        if name in evidence.metas:
            yield _Place(name, evidence.metas[name], strong=True, confidence=Confidence.HIGH)
    yield from _seen(evidence, {fold_letters(piece) for piece in (*before, *after)})
    for at, said in _after_by([*after, *before]):
        yield _Place("by", (said,), strong=at < NEXT_TO_TITLE, confidence=Confidence.MEDIUM)
    lines = (BY_IN_TEXT.search(piece) for piece in after if len(piece) < MOST_LINE)
    yield from (_Place("text", (f"by {line[1]}",), strong=False, confidence=Confidence.LOW) for line in lines if line)


def _seen(evidence: Evidence, near: set[str]) -> Iterator[_Place]:
    """What readers see: marked links and bylines, those beside the title first. There they may be one for each author;
    elsewhere each stands alone, for many of them together are a listing."""
    for origin in ("rel=author", "itemprop", "byline"):
        said = list(dict.fromkeys(mark.words for mark in evidence.bylines if mark.origin == origin))
        strong = origin == "rel=author"
        beside = [words for words in said if fold_letters(words) in near]
        if 1 < len(beside) <= MOST_BYLINES:
            yield _Place(origin, beside, strong=strong, confidence=Confidence.MEDIUM)
        for words in sorted(said, key=lambda words: words not in beside)[:MOST_BYLINES]:
            yield _Place(origin, (words,), strong=strong, confidence=Confidence.MEDIUM)


def _after_by(pieces: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The texts beside the title that begin with "By", with the names that follow where each is a link of its own, and
    how many texts stand between them and the title."""
    for at, piece in enumerate(pieces):
        by = BY.match(piece)
        if by is None:
            continue
        following = list(pieces[at + 1 : at + MOST_AFTER_BY])
        said = piece[by.end() :] or (following.pop(0) if following else "")
        while following and goes_on(said, following[0]):
            said = f"{said} {following.pop(0)}"
        yield at, f"by {said}"


def _beside_date(pieces: Sequence[str]) -> Authors | None:
    """The one name that stands in the same line as a date beside the title."""
    for piece in pieces:
        if len(piece) < MOST_LINE and len(parse_date(piece)) >= len("2025-07-30"):
            names = list(people_in(piece, strong=False))
            if len(names) == 1:
                return Authors(Several((names[0],), "beside the date", Confidence.LOW), ())
    return None


def _groups(evidence: Evidence, places: Sequence[_Place], sites: Sequence[str]) -> Authors | None:
    """The team, agency or organisation that is named where no person is."""
    for thing in evidence.things:
        if thing.organisations:
            names = tuple(thing.organisations[:MOST_AUTHORS])
            return Authors(Several(names, "json-ld", Confidence.HIGH), names)
    for place in places:
        for value in place.values:
            if (group := group_in(value)) and fold(group) not in sites:
                return Authors(Several((group,), place.origin, Confidence.LOW), (group,))
    return None


def _distinct(people: Iterator[str]) -> Iterator[str]:
    seen = set()
    for person in people:
        if (key := fold_letters(person)) not in seen:
            seen.add(key)
            yield person
