"""What a page is called, without the name of its site. Pure: evidence in, a value and its origin out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from sourcebook.extract.evidence import Evidence, Found

MOST_TITLE = 400
_SEPARATOR = re.compile(r"\s+[|\-–—•·:»«/~]+\s+|\s*[|｜»]\s*|\s*::\s*|(?<=\w):\s+(?=[^:]{2,40}$)")
_SCHOLARLY = ("citation_title", "dc.title", "dcterms.title", "eprints.title", "bepress_citation_title")
_SOCIAL = ("og:title", "twitter:title", "parsely-title", "sailthru.title")
_EMPTY = re.compile(r"^(?:home|untitled|index|welcome|error|page not found)?$", re.IGNORECASE)


def find_title(evidence: Evidence) -> Found | None:
    """The title: a scholarly tag, then a heading that the title tags agree with, then what they say themselves."""
    if (scholarly := evidence.meta(*_SCHOLARLY)) is not None:
        return Found(scholarly.value[:MOST_TITLE], scholarly.origin)
    sites = site_names(evidence)
    said = [Found(without_site(found.value, sites), found.origin) for found in _said(evidence)]
    said = [found for found in said if not _EMPTY.match(found.value)]
    headings = [heading for heading in evidence.headings if not _EMPTY.match(heading) and not _is_site(heading, sites)]
    for found in said:
        if (heading := _agreeing(headings, found.value)) is not None:
            return Found(heading[:MOST_TITLE], "h1")
    if said:
        return Found(said[0].value[:MOST_TITLE], said[0].origin)
    return Found(headings[0][:MOST_TITLE], "h1") if headings else None


def find_site_name(evidence: Evidence) -> Found | None:
    """The name that the site gives itself."""
    found = evidence.meta("og:site_name")
    if found is not None:
        return found
    for thing in evidence.things:
        if thing.site:
            return Found(thing.site, "json-ld")
    return evidence.meta("application-name", "apple-mobile-web-app-title", "dc.publisher", "citation_publisher")


def site_names(evidence: Evidence) -> tuple[str, ...]:
    """Every name under which the site may stand in its titles, folded: its own names, and its host's."""
    names = [thing.site for thing in evidence.things]
    for tag in (
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "twitter:site",
        "citation_journal_title",
    ):
        names.extend(evidence.metas.get(tag, ()))
    try:
        host = urlsplit(evidence.url).hostname or ""
    except ValueError:
        host = ""
    host = host.removeprefix("www.")
    names += [host, host.rsplit(".", 1)[0], host.split(".")[-2] if host.count(".") else host]
    return tuple(dict.fromkeys(folded for name in names if len(folded := _fold(name)) > 1))


def without_site(title: str, sites: Sequence[str]) -> str:
    """The title without the parts, at either end, that only name the site.

    A last part after a bar goes even when we do not know the name: no title needs a bar.
    """
    title = " ".join(title.split())
    while (cut := _one_shorter(title, sites)) is not None:
        title = cut
    return title


def _one_shorter(title: str, sites: Sequence[str]) -> str | None:
    breaks = list(_SEPARATOR.finditer(title[:1_000]))
    if not breaks:
        return None
    first, last = breaks[0], breaks[-1]
    if _is_site(title[last.end() :], sites):
        return title[: last.start()].strip()
    if _is_site(title[: first.start()], sites):
        return title[first.end() :].strip()
    if ("|" in last[0] or "»" in last[0]) and len(title[: last.start()].split()) > 1:
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


def _agreeing(headings: Sequence[str], said: str) -> str | None:
    """The heading that a title tag repeats, whole or in part: the one that readers see."""
    wanted = _fold(said)
    for heading in headings:
        folded = _fold(heading)
        if folded == wanted:
            return heading
    long = [heading for heading in headings if len(heading.split()) > 2]
    return next((heading for heading in long if _fold(heading) in wanted or wanted in _fold(heading)), None)


def _is_site(part: str, sites: Sequence[str]) -> bool:
    folded = _fold(part)
    return bool(folded) and any(
        folded == site or (len(folded) > 5 and folded in site and len(site) < 40) for site in sites
    )


def _fold(text: str) -> str:
    """Letters and digits only, without case or accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())
