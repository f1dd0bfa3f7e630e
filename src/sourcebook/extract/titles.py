"""What a page is called, without the name of its site. Pure: evidence in, a value and its origin out."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from sourcebook.extract.evidence import Evidence, Found, conflicts_with, fold
from sourcebook.types.documents import Confidence

MOST_TITLE = 400
LEAST_SHARED = 0.4  # of the words of the shorter one: a heading and a tag that share fewer are not one title
MOST_IN_ADDRESS = 0.25  # more of the address's words in a tag than in the heading: the tag is the title
KICKER_WORDS = 3  # a tag that a heading ends with is the title when it has so many words

_SEPARATOR = re.compile(
    r"\s+[|\-–—•·:»«/~]+\s+|\s*[|｜]\s*|\s*::\s*|(?<=\w):\s+(?=[^:]{2,40}$)|\s*：\s*|\s+--\s*|(?<=\S)--\s+"
)
_SCHOLARLY = ("citation_title", "eprints.title", "bepress_citation_title")
_SOCIAL = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title")
_EMPTY = re.compile(
    r"^(?:home|untitled|index|welcome|error|page not found|navigation.*|\d+ comments?|menu|search|our blog|blog)?$",
    re.IGNORECASE,
)
_SITE_TAGS = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "twitter:site",
    "citation_journal_title",
    "publisher",
    "dc.publisher",
)
_WORDS = re.compile(r"\w+")
_MOST_SITE_WORDS = 5  # of a part of a title that names the site among other words, "CNET Japan"


def find_title(evidence: Evidence) -> Found | None:
    """The title: a scholarly tag, then a heading that the title tags agree with, then what they say themselves."""
    sites = site_names(evidence)
    said = [Found(without_site(found.value, sites), found.origin) for found in _said(evidence)]
    said = [found for found in said if not _EMPTY.match(found.value)]
    headings = list(_titles("h1", evidence.headings, sites))
    headlines = list(_titles("headline", evidence.headlines, sites))
    chosen = _chosen(evidence, said, headings, headlines)
    if chosen is None:
        return None
    others = [*said, *headings[:1]]
    return Found(
        chosen.value[:MOST_TITLE],
        chosen.origin,
        _confidence(chosen, others),
        conflicts_with(chosen.value, others, _much_alike),
    )


def _chosen(
    evidence: Evidence, said: Sequence[Found], headings: Sequence[Found], headlines: Sequence[Found]
) -> Found | None:
    if (scholarly := evidence.meta(*_SCHOLARLY)) is not None:
        return scholarly
    for found in said:
        if (agreed := _agreed([*headings, *headlines], found)) is not None:
            return agreed
    if said and (alike := _alike(headings, said, _slug(evidence.url))) is not None:
        return alike
    if said:
        return said[0]
    return next(iter([*headings, *headlines]), None)


def _agreed(headings: Sequence[Found], said: Found) -> Found | None:
    """The heading that a title tag repeats, whole or in part: the one that readers see.

    What a heading puts before the title ("Premier League: …") is a kicker and no part of it.
    """
    wanted = fold(said.value)
    words = len(said.value.split())
    for heading in headings:
        if fold(heading.value) == wanted:
            return heading
    for heading in headings:
        folded = fold(heading.value)
        if words >= KICKER_WORDS and wanted and folded.endswith(wanted):
            return said
        if len(heading.value.split()) > 2 and (folded in wanted or wanted in folded):
            return heading
    return None


def _alike(headings: Sequence[Found], said: Sequence[Found], slug: str) -> Found | None:
    """The heading that shares most words with a title tag: tags are written anew for search engines, headings are not.

    A long heading that stands alone is the title whatever the tags say, unless the address holds with them.
    """
    ranked = [(max(_shared(heading.value, found.value) for found in said), heading) for heading in headings]
    best = max(ranked, key=lambda row: row[0], default=None)
    if best is None:
        return None
    long = [heading for heading in headings if len(heading.value.split()) > 3]
    alone = len(headings) == len(long) == 1
    if best[0] < LEAST_SHARED and not alone:
        return None
    in_address = max(_shared(found.value, slug) for found in said) - _shared(best[1].value, slug)
    return None if in_address > MOST_IN_ADDRESS else best[1]


def _slug(url: str) -> str:
    """The words of the last part of an address, which many sites make of the title."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return path.rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")


def _shared(heading: str, said: str) -> float:
    """How many of the words of the shorter one both have; a word or two can be shared by chance."""
    one, other = (set(_WORDS.findall(text.casefold())) for text in (heading, said))
    least = min(len(one), len(other))
    return len(one & other) / least if least > 2 else 0.0


def _much_alike(one: str, other: str) -> bool:
    short, long = sorted((fold(one), fold(other)), key=len)
    return short in long


def _confidence(chosen: Found, others: Sequence[Found]) -> Confidence:
    """HIGH where a heading and a tag agree, or where the tag is made for titles of works."""
    if chosen.origin in _SCHOLARLY or any(
        other.origin != chosen.origin and _much_alike(other.value, chosen.value) for other in others
    ):
        return Confidence.HIGH
    return Confidence.MEDIUM


def find_site_name(evidence: Evidence) -> Found | None:
    """The name that the site gives itself."""
    found = evidence.meta("og:site_name")
    if found is not None:
        return found
    for thing in evidence.things:
        if thing.site:
            return Found(thing.site, "json-ld")
    found = evidence.meta("application-name", "apple-mobile-web-app-title", "dc.publisher", "citation_publisher")
    return found._replace(confidence=Confidence.MEDIUM) if found is not None else None


def site_names(evidence: Evidence) -> tuple[str, ...]:
    """Every name under which the site may stand in its titles, folded: its own names, and its host's."""
    names = [thing.site for thing in evidence.things]
    for tag in _SITE_TAGS:
        names.extend(evidence.metas.get(tag, ()))
    try:
        host = urlsplit(evidence.url).hostname or ""
    except ValueError:
        host = ""
    host = host.removeprefix("www.")
    names += [host, host.rsplit(".", 1)[0], host.split(".")[-2] if host.count(".") else host]
    return tuple(dict.fromkeys(folded for name in names if len(folded := fold(name)) > 1))


def without_site(title: str, sites: Sequence[str], *, heading: bool = False) -> str:
    """The title without the parts, at either end, that only name the site.

    A last part after a bar goes even when we do not know the name: no title needs a bar, but a heading may have one.
    """
    title = " ".join(title.split())
    while (cut := _one_shorter(title, sites, heading=heading)) is not None:
        title = cut
    return title


def _one_shorter(title: str, sites: Sequence[str], *, heading: bool) -> str | None:
    breaks = list(_SEPARATOR.finditer(title[:1_000]))
    if not breaks:
        return None
    first, last = breaks[0], breaks[-1]
    if _is_site(title[last.end() :], sites) or _names_site(title[last.end() :], sites):
        return title[: last.start()].strip()
    if _is_site(title[: first.start()], sites):
        return title[first.end() :].strip()
    if not heading and ("|" in last[0] or "»" in last[0]) and len(title[: last.start()].split()) > 1:
        return title[: last.start()].strip()
    return None


def _said(evidence: Evidence) -> Iterator[Found]:
    """What the tags and JSON-LD call the page, the most careful first."""
    for name in _SOCIAL[:1]:
        if (found := evidence.meta(name)) is not None:
            yield found
    for thing in evidence.things:
        if thing.is_work and thing.headline:
            yield Found(thing.headline, "json-ld")
            break
    if evidence.title:
        yield Found(evidence.title, "title")
    for name in _SOCIAL[1:]:
        if (found := evidence.meta(name)) is not None:
            yield found


def _titles(origin: str, headings: Sequence[str], sites: Sequence[str]) -> Iterator[Found]:
    """The headings that may be the title, without the name of the site."""
    for heading in headings:
        if not _is_site(heading, sites) and not _EMPTY.match(title := without_site(heading, sites, heading=True)):
            yield Found(title, origin)


def _is_site(part: str, sites: Sequence[str]) -> bool:
    folded = fold(part)
    return bool(folded) and any(
        folded == site or (len(folded) > 5 and folded in site and len(site) < 40) for site in sites
    )


def _names_site(part: str, sites: Sequence[str]) -> bool:
    """Does a short last part hold the site's name among other words, "CNET Japan"?"""
    words = [fold(word) for word in part.split()]
    return len(words) <= _MOST_SITE_WORDS and any(len(word) > 2 and word in sites for word in words)
