"""Who wrote it: people's names, without "By", roles and agencies. Pure."""

import re
from collections.abc import Iterator, Sequence

from sourcebook.extract.evidence import Evidence
from sourcebook.extract.titles import site_names

MOST_AUTHORS = 100
MOST_BYLINES = 5  # of each sort that are tried

_SCHOLARLY = ("citation_author", "citation_authors", "bepress_citation_author", "eprints.creators_name", "dc.creator",
    "dc.creator.personalname", "dcterms.creator", "dc.contributor.author")  # fmt: skip
_PLAIN = ("author", "article:author", "parsely-author", "sailthru.author", "og:article:author", "dcsext.author", "byl",
    "article.author", "authors", "book:author", "twitter:data1")  # fmt: skip

_BY = re.compile(
    r"^(?:[\W_]*(?:(?:written|posted|published|submitted|reported|created|edited|reviewed|story|words?|text|article|post)"
    r"\s+)?(?:by|von|par|por|di|da|door|av|af|przez|yazan|author|authors|auteur|autor|autore|автор)\b[:\s]+)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[|•·–—/\n]|\s-\s|\bpublished\b|\bupdated\b|\bposted\b|\bon\s+\w+\s+\d|\blast\b|\s(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?$|\salle\s|\bin\s+[A-Z]\w+$|\d).*$",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(
    r"\s*(?:;|,|\s+and\s+|\s+&\s+|&amp;|\s+und\s+|\s+et\s+|\s+y\s+|\s+with\s+|\s+og\s+|\s+en\s+(?=[A-Z]))\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:writers?|reporters?|editors?|editorial|correspondents?|columnists?|contributors?|contributing|journalists?|staff"
    r"|newsroom|desk|team|bureau|agency|agencies|press|reuters|afp|dpa|news|admin|administrator|author|guest|senior"
    r"|director|manager|professor of|ceo|founder|producer|photographer|analyst|fellow|researcher|redaktion|redaktør"
    r"|rédaction|redacción|webmaster|user|anonymous|unknown|about|follow|contact|view|more|posts?|share|email|website"
    r"|bio|artikel|veröffentlicht|chefredakteur|webteam|marketing|strategy|coordinator|sponsored|magazine|institute|university|department|ministry|foundation|association|company|inc|ltd|gmbh|llc|group|network"
    r"|committee|council|office|centre|center|authority|commission|government|court|parliament|society|union"
    r"|laborator(?:y|ies)|labs?|times|media|studio|online|tv|radio|blog|official|read|min|subscribe|comments?)\b",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(r"\b(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or):?\s+((?:[A-ZÀ-Þ][\w.'’-]*\s+){1,3}[A-ZÀ-Þ][\w'’-]+)")
_DEGREE = re.compile(
    r"^(?:ph\.?\s?d|m\.?\s?d|m\.?sc|b\.?sc|mba|mph|jr|sr|rn|esq|cpa|cfa|dds|jd|rd|do|ii|iii)\.?$", re.IGNORECASE
)
_HONOUR = re.compile(r"^(?:dr|prof|professor|mr|mrs|ms|sir|dame|rev)\.?\s+(?=\S+\s)", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"[@:/\\<>{}\[\]=_#?!\"“”]|https?|www\.|\.(?:com|org|net)\b|\d")
_ARTICLE = re.compile(r"^(?:the|a|an|our|all|this|your|in|on|for|from|at|of|and|or|my|we|is)\b", re.IGNORECASE)


def find_authors(evidence: Evidence) -> tuple[tuple[str, ...], str]:
    """The authors and where they were read; an empty tuple when nobody is named.

    Scholarly tags name all authors in order; then JSON-LD, plain meta tags, and what readers see as the byline.
    """
    sites = site_names(evidence)
    for origin, values, strong in _said(evidence):
        people = tuple(_distinct(person for value in values for person in people_in(value, strong=strong)))
        people = tuple(person for person in people if _fold(person) not in sites)
        if people:
            return people[:MOST_AUTHORS], origin
    return (), ""


def _said(evidence: Evidence) -> Iterator[tuple[str, Sequence[str], bool]]:
    """Where it was said, what was said, and whether that place holds nothing but names."""
    origin, values = evidence.all_metas(*_SCHOLARLY)
    if values:
        yield origin, values, True
    yield from (("json-ld", thing.authors, True) for thing in evidence.things if thing.authors)
    yield from ((name, evidence.metas[name], True) for name in _PLAIN if name in evidence.metas)
    yield from _seen(evidence)


def _seen(evidence: Evidence) -> Iterator[tuple[str, Sequence[str], bool]]:
    """What readers see: marked links and bylines, each alone, for many of them together are a listing."""
    for origin in ("rel=author", "itemprop", "byline"):
        said = [mark.words for mark in evidence.bylines if mark.origin == origin]
        yield from ((origin, (words,), origin == "rel=author") for words in said[:MOST_BYLINES])
    if (named := _IN_TEXT.search(evidence.after_heading)) is not None:
        yield "text", (named[1],), False


def people_in(text: str, *, strong: bool) -> Iterator[str]:
    """The people that a byline names. `strong`: the text is known to be names, so that "By" need not stand there."""
    text = " ".join(text[:5_000].split())
    by = _BY.match(text)
    if by is not None:
        text = text[by.end() :]
    elif not strong and len(text) > 60:
        return
    if not strong or by is not None:
        text = _AFTER.sub("", text)
    if (swapped := _last_name_first(text)) is not None:
        yield swapped
        return
    for part in _BETWEEN.split(re.sub(r"\([^)]*\)", "", text)):
        name = _HONOUR.sub("", _BY.sub("", part.strip(" .,*·•|-–—"))).strip()
        if is_name(name, strong=strong):
            yield name.title() if name.isupper() and len(name) > 4 else name


def is_name(text: str, *, strong: bool = False) -> bool:
    """Could this be the name of one person?"""
    words = text.split()
    if not 2 - strong <= len(words) <= 5 or not 3 <= len(text) <= 60:
        return False
    if _NOT_A_NAME.search(text) or _ROLE.search(text) or _ARTICLE.match(text) or _DEGREE.match(text):
        return False
    if text.isascii() and len(words) > 1:
        return (words[0][0].isupper() and words[-1][0].isupper()) or strong
    return True


def _last_name_first(text: str) -> str | None:
    """ "Doe, Jane A." as "Jane A. Doe"; None when the text is not of that form."""
    last, comma, first = text.partition(",")
    first = first.strip()
    if not comma or "," in first or not first or len(last.split()) > 2 or len(first.split()) > 3 or ";" in text:
        return None
    if len(last.split()) == 2 and len(first.split()) > 1 and "." not in first:
        return None  # "Jane Doe, John Roe" are two people
    name = f"{first} {last.strip()}"
    return name if is_name(name) and not _DEGREE.match(first) and not re.search(r"\b(?:and|und|et)\b", text) else None


def _distinct(people: Iterator[str]) -> Iterator[str]:
    seen = set()
    for person in people:
        if (key := _fold(person)) not in seen:
            seen.add(key)
            yield person


def _fold(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
