"""When it was published and changed: which of all the dates on a page, and how sure that is. Pure."""

import re
from collections.abc import Iterator, Sequence

from sourcebook.extract.dates import date_in_address, is_day, parse_date, same_day
from sourcebook.extract.evidence import Beside, Evidence, Found, conflicts_with
from sourcebook.types.documents import Confidence

_PUBLISHED = """
    citation_publication_date citation_date citation_online_date article:published_time og:published_time
    og:article:published_time article:published datepublished date.issued dc.date.issued dcterms.issued dc.date
    dc:date dcterms.date dc.date.created dcterms.created bepress_citation_date prism.publicationdate parsely-pub-date
    sailthru.date publish_date publish-date publication_date publicationdate pubdate published published_time
    published_at article_date_original originalpublicationdate article.published article.created
    cxenseparse:recs:publishtime cxenseparse:publishtime og:pubdate og:publish_date release_date displaydate ptime
    pdate created date_published date.created firstcreate dateline date
""".split()
_MODIFIED = """
    article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified date.modified lastmod
    last-modified last-updated revised article.updated modified dateupdate lastupdate revision_date
""".split()
_ANY_PUBLISHED = re.compile(r"publi\w*[._:-]?(?:date|time|at)?$|(?:date|time)[._:-]?publi|pub[._-]?date|articledate")
_NOT_PUBLISHED = re.compile(r"modif|updat|expir|publisher|publication$|public$")
_LABEL = re.compile(
    r"\b(?:published|posted|release[d ]|veröffentlicht|erschienen|datum|ausgabe|publié|publicado|publicada"
    r"|pubblicato|gepubliceerd|geplaatst|publisert|publicerad|opublikowano|опубликовано|yayın\w*|stand)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:updated?|modified|last (?:active|changed|edited|reviewed)|aktualisiert|geändert|mise? à jour"
    r"|actualizad[oa]|aggiornato|bijgewerkt|oppdatert|uppdaterad|güncellem\w*|copyright)\b|最終更新|更新|©",
    re.IGNORECASE,
)
_ALL_MARKS = {"time", "byline", "text"}  # 17 of 17 such dates are right; of those that lack one of them, 9 in 10
_SHORT = 120  # characters of a text that is there for its date
_MOST_TRIED = 300  # short texts of a page that are searched
_MONTH_FIRST = ("", "en", "en-us", "en_us")


def find_published(evidence: Evidence, beside: Beside) -> Found | None:
    """When the page says that it was published: tags made for it, JSON-LD, the address, the markup, the text by the
    title; at last whatever date there is. Only tags, and what the address bears out, are HIGH."""
    day_first = evidence.language.lower() not in _MONTH_FIRST
    said = [
        found._replace(value=day)
        for found in _published(evidence, beside)
        if (day := parse_date(found.value, day_first=day_first))
    ]
    if not said:
        return _last_resort(evidence, day_first=day_first)
    chosen = said[0]
    if chosen.confidence is Confidence.HIGH:
        chosen = next((found for found in said if _is_finer(found, chosen)), chosen)
    sure = [found for found in said if found.confidence is not Confidence.LOW]
    return chosen._replace(confidence=_confidence(chosen, said), conflicts=conflicts_with(chosen.value, sure, same_day))


def _is_finer(found: Found, chosen: Found) -> bool:
    """Does another tag give the day where the chosen one gives only its month or year?"""
    return found.confidence is Confidence.HIGH and is_day(found.value) and same_day(found.value, chosen.value)


def _confidence(chosen: Found, said: Sequence[Found]) -> Confidence:
    """A tag that others made for the purpose deny is not HIGH. A mark that the address bears out is, and so is one that
    is marked twice, in both ways, and read beside the title."""
    if chosen.confidence is Confidence.LOW:
        return Confidence.LOW
    tags = [found for found in said if found.confidence is Confidence.HIGH and is_day(found.value)]
    if chosen.confidence is Confidence.HIGH:
        return Confidence.HIGH if all(same_day(found.value, chosen.value) for found in tags) else Confidence.MEDIUM
    agreed = {found.origin for found in said if same_day(found.value, chosen.value) and is_day(found.value)}
    is_sure = ("address" in agreed and len(agreed - {"text"}) > 1) or agreed >= _ALL_MARKS
    return Confidence.HIGH if is_sure else Confidence.MEDIUM


def _published(evidence: Evidence, beside: Beside) -> Iterator[Found]:
    """Everything that may say it, in the order of trust."""
    yield from (Found(thing.published, "json-ld") for thing in evidence.things if thing.published and thing.is_work)
    yield from (Found(value, name) for name in _PUBLISHED for value in evidence.metas.get(name, ()))
    yield from (Found(thing.published, "json-ld") for thing in evidence.things if thing.published)
    for name, values in evidence.metas.items():
        if _ANY_PUBLISHED.search(name) and not _NOT_PUBLISHED.search(name):
            yield from (Found(value, name) for value in values)
    yield from (Found(mark.words, "itemprop") for mark in evidence.dates if mark.origin == "itemprop")
    yield Found(date_in_address(evidence.url), "address", Confidence.MEDIUM)
    yield from _marked(evidence, beside)


def _marked(evidence: Evidence, beside: Beside) -> Iterator[Found]:
    """Dates that readers see: first those marks that say the same as the text beside the title."""
    pieces = (*beside.after, *reversed(beside.before))
    near = [parse_date(piece) for piece in pieces if _is_dated(piece)]
    near = [day for day in near if is_day(day)]
    marks = [mark for origin in ("time", "byline") for mark in evidence.dates if mark.origin == origin]
    for mark in marks:
        if near and same_day(parse_date(mark.words), near[0]):
            yield Found(mark.words, mark.origin, Confidence.MEDIUM)
    yield from (Found(mark.words, mark.origin, Confidence.MEDIUM) for mark in marks)
    changed = [parse_date(piece) for piece in pieces if len(piece) <= _SHORT]
    yield from (Found(day, "text", Confidence.LOW) for day in (*near[:1], *filter(is_day, changed)))


def _is_dated(piece: str) -> bool:
    return len(piece) <= _SHORT and _CHANGED.search(piece) is None


def _last_resort(evidence: Evidence, *, day_first: bool) -> Found | None:
    """A date that the text calls the one of publication, else the first in a short text, else when it was changed."""
    short = [piece for piece in evidence.pieces if len(piece) <= _SHORT][:_MOST_TRIED]
    days = [parse_date(piece, day_first=day_first) for piece in short]
    labelled = [
        day
        for piece, before, day in zip(short, ["", *short], days, strict=False)
        if is_day(day) and (_LABEL.search(piece) or _LABEL.search(before))
    ]
    unlabelled = [day for piece, day in zip(short, days, strict=True) if is_day(day) and _is_dated(piece)]
    for day in (*labelled, *unlabelled):
        return Found(day, "text", Confidence.LOW)
    changed = find_modified(evidence)
    return changed._replace(confidence=Confidence.LOW) if changed is not None else None


def find_modified(evidence: Evidence) -> Found | None:
    """When the page says that it was last changed."""
    said = [Found(thing.modified, "json-ld") for thing in evidence.things if thing.modified]
    said += [Found(value, name) for name in _MODIFIED for value in evidence.metas.get(name, ())]
    for one in said:
        if date := parse_date(one.value):
            return Found(date, one.origin)
    return None
