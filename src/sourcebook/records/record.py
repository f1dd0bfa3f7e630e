"""One source's record, put together from everything that is kept about it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sourcebook import freshness, ids, rate, registries
from sourcebook.config import Config
from sourcebook.errors import NotFoundError
from sourcebook.rate import Venues
from sourcebook.records.corrections import corrected
from sourcebook.records.tags import suggested_tags, tags_of, unsuggested_why
from sourcebook.records.views import (
    PREVIEW_CHARACTERS,
    Attempt,
    CaptureView,
    CitedBy,
    Place,
    Preview,
    Record,
    Related,
    SourceText,
)
from sourcebook.store import Citing, Store, find_judgements, verdicts_that_count, what_counts
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture, Outcome
from sourcebook.types.documents import Document
from sourcebook.types.ratings import Rating, Standing
from sourcebook.types.registries import RegistryEntry
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Source
from sourcebook.types.summaries import Line, Point, Summary

ATTEMPTS_SHOWN = 6  # on the record; its captures have a page of their own
RELATED_SHOWN = 5


def make_record(store: Store, config: Config, venues: Venues, source: Source, now: datetime) -> Record:
    """Raises NotFoundError for a source that was taken in but never rated: a build was interrupted before it."""
    standing = store.derived.find(Step.STANDING, source.id, Standing)
    if standing is None:
        raise NotFoundError(
            f"source {source.id} is known but not rated yet", "run `sourcebook build` to finish the work"
        )
    captures = store.captures.of(source.id)
    best = freshness.best_capture(captures, words_of(store, captures))
    newest = freshness.newest_asked(captures)
    document = store.derived.find(Step.DOCUMENT, best.id, Document) if best else None
    reviews = store.reviews.of(source.id)
    reviewed = verdicts_that_count(reviews)
    said = what_counts(review for review in reviews if review.field is not ReviewField.VERDICT)
    entry = store.derived.find(Step.REGISTRY, source.id, RegistryEntry)
    place = rate.placed(source.url, venues, entry)
    ours = rate.rate_placed(place, document, source.imported, {}) if said else standing.rating
    facts = document or Document()
    facts = registries.enriched(facts, entry) if entry is not None else facts
    imported = source.imported
    line = store.derived.find(Step.BEARING, source.id, Line)
    by_model = store.derived.find(Step.WRITTEN, source.id, Summary)
    summary = by_model or store.derived.find(Step.SUMMARY, source.id, Summary)
    tags = tags_of(source, standing)
    suggested = suggested_tags(facts, summary, tags)
    record = Record(
        id=source.id,
        stable_id=source.stable_id,
        url=source.url,
        title=standing.title,
        title_origin=standing.title_origin,
        type=ours.type,
        type_why=ours.type_why,
        rating=ours,
        rating_words=_rating_words(ours),
        relevance=line.text if line is not None else standing.relevance,
        relevance_writer=line.writer if line is not None else "",
        importance=standing.importance,
        authors=facts.authors or (imported.authors if imported else ()),
        published=facts.published or (imported.published if imported else ""),
        site_name=facts.site_name,
        language=facts.language,
        doi=facts.doi,
        tags=tags,
        suggested_tags=suggested,
        unsuggested_why=unsuggested_why(facts, suggested),
        summary=_summary(source, summary),
        unwritten_why=store.derived.failure(Step.WRITTEN, source.id),
        cited_by=tuple(_cited_by(store, reviewed, citing, source.id) for citing in store.pages.citing(source.id)),
        state=freshness.link_state(captures),
        due=freshness.is_due(captures, now, config.fresh),
        capture=_capture_view(newest) if newest else None,
        preview=_preview(store, best, document) if best and document else None,
        aliases=source.aliases,
        reviews=tuple(reviews),
        origins=facts.origins or {},
        unread_why=_unread_why(store, newest, best, document),
        published_in=entry.venue if entry is not None else "",
        peer_reviewed=entry.peer_reviewed if entry is not None else None,
        notices=entry.notices if entry is not None else (),
        confidences=facts.confidences,
        conflicts=facts.conflicts,
        identifiers=facts.identifiers,
        completeness=document.completeness if document is not None else None,
        cited_work=standing.cited_work,
        captures=len(captures),
        attempts=tuple(Attempt(one.id, one.checked_at, one.outcome) for one in reversed(captures[-ATTEMPTS_SHOWN:])),
        related=tuple(_related(store, source.id)),
    )
    return corrected(record, said, standing.rating)


def _related(store: Store, source_id: str) -> Iterator[Related]:
    beside = store.pages.cited_beside(source_id, RELATED_SHOWN)
    known = store.listings.read_many(list(beside))
    for other, pages in beside.items():
        if other in known:
            yield Related(other, known[other].title or known[other].url, known[other].credibility, pages)


def words_of(store: Store, captures: Sequence[Capture]) -> dict[str, int]:
    """How many words were read in each capture, by capture id."""
    return store.derived.find_many(Step.WORDS, [capture.id for capture in captures], int)


def make_text(store: Store, source: Source) -> SourceText:
    """Raises NotFoundError when no words could be read, or nobody has tried."""
    captures = store.captures.of(source.id)
    best = freshness.best_capture(captures, words_of(store, captures))
    document = store.derived.find(Step.DOCUMENT, best.id, Document) if best else None
    if best is None or document is None:
        raise NotFoundError(f"no words are kept of source {source.id}", "its record says why")
    standing = store.derived.find(Step.STANDING, source.id, Standing)
    title = standing.title if standing else document.title
    return SourceText(source.id, title, source.url, best.captured_at, document.text)


def _rating_words(rating: Rating) -> str:
    """Where the rating comes from, in the words of the record."""
    if rating.venue and rating.credibility is not None:
        by = registries.REGISTRIES.get(rating.venue_by)
        told = f" (venue by {by.label})" if by is not None else ""
        return f"Rating inherited from publication venue: {rating.venue}{told}"
    if rating.venue:
        return f"No rating for the publication venue {rating.venue} yet"
    return f"No rating for {rating.domain} yet"


def _summary(source: Source, ours: Summary | None) -> Summary | None:
    """What was imported, else our own; None when there is nothing to say."""
    imported = source.imported
    if imported is not None and imported.summary:
        points = tuple(Point(text, None) for text in imported.key_points)
        return Summary(imported.summary, points or (ours.points if ours else ()), "imported")
    return ours if ours is not None and (ours.text or ours.points) else None


def _cited_by(store: Store, reviewed: Mapping[tuple[str, str], Review], citing: Citing, source_id: str) -> CitedBy:
    claims = [ids.judgement_id(citation.claim.id, source_id) for citation in citing.citations if citation.claim]
    judgements = find_judgements(store.derived, claims)
    places = tuple(
        Place(
            citation.line,
            citation.column,
            citation.label,
            citation.claim.text if citation.claim else "",
            judgements.get(ids.judgement_id(citation.claim.id, source_id)) if citation.claim else None,
            reviewed.get((citation.claim.id, source_id)) if citation.claim else None,
            citation.claim.start if citation.claim else None,
            citation.claim.id if citation.claim else "",
        )
        for citation in citing.citations
    )
    page = citing.page
    return CitedBy(page.id, page.path, page.title, page.type, page.quality, places)


def _capture_view(capture: Capture) -> CaptureView:
    return CaptureView(
        id=capture.id,
        outcome=capture.outcome,
        reason=capture.reason,
        status=capture.status,
        checked_at=capture.checked_at,
        captured_at=capture.captured_at,
        final_url=capture.final_url,
        media_type=capture.media_type,
        size_bytes=capture.size_bytes,
        origin=capture.origin,
    )


def _preview(store: Store, capture: Capture, document: Document) -> Preview:
    text = document.text[:PREVIEW_CHARACTERS]
    return Preview(
        status=capture.status,
        captured_at=capture.captured_at,
        size_bytes=capture.size_bytes,
        text=text,
        truncated=len(text) < len(document.text),
        total_bytes=len(document.text.encode()),
        given="" if capture.asked else capture.reason,
        rendered=capture.rendered,
        screenshot_bytes=len(store.captures.screenshot(capture)),
    )


def _unread_why(store: Store, newest: Capture | None, best: Capture | None, document: Document | None) -> str:
    """Why there are no words to show, in words."""
    if document is not None:
        return ""
    if newest is None and best is None:
        return "nobody has asked for it yet"
    if newest is not None and (best is None or newest.outcome is not Outcome.OK):
        return f"{newest.outcome.value.replace('_', ' ')}: {newest.reason}"
    failure = store.derived.failure(Step.DOCUMENT, best.id) if best else ""
    return failure or "kept, but not read yet: run `sourcebook build`"
