"""One source's record, put together from everything that is kept about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sourcebook import freshness, ids, rate, registries
from sourcebook.config import Config
from sourcebook.errors import NotFoundError
from sourcebook.rate import Venues
from sourcebook.records.corrections import corrected
from sourcebook.records.tags import suggested_tags, tags_of, unsuggested_why
from sourcebook.records.views.record import (
    PREVIEW_CHARACTERS,
    Attempt,
    CaptureView,
    CitedBy,
    MergedSource,
    Place,
    Preview,
    Record,
    Related,
    SourceText,
)
from sourcebook.store import Citing, Store, verdicts_that_count, what_counts
from sourcebook.store.holdings import Holdings
from sourcebook.types.builds import Step
from sourcebook.types.captures import MERGED, Capture, Outcome
from sourcebook.types.documents import Document
from sourcebook.types.pages import Citation
from sourcebook.types.ratings import Rating, Standing
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Source
from sourcebook.types.summaries import Point, Summary

ATTEMPTS_SHOWN = 6  # on the record; its captures have a page of their own


def make_record(held: Holdings, config: Config, venues: Venues, now: datetime, screenshot_bytes: int) -> Record:
    """Raises NotFoundError for a source that was taken in but never rated: a build was interrupted before it."""
    source, standing, document, entry = held.source, held.standing, held.document, held.entry
    if standing is None:
        raise NotFoundError(
            f"source {source.id} is known but not rated yet", "run `sourcebook build` to finish the work"
        )
    newest = freshness.newest_asked(held.captures)
    reviewed = verdicts_that_count(held.reviews)
    said = what_counts(review for review in held.reviews if review.field is not ReviewField.VERDICT)
    ours = standing.rating
    if said:
        ours = rate.rate_placed(rate.placed(source.url, venues, entry), document, source.imported, {})
    facts = document or Document()
    facts = registries.enriched(facts, entry) if entry is not None else facts
    imported = source.imported
    line = held.line
    summary = held.written or held.summary
    tags = tags_of(source, standing)
    suggested = suggested_tags(facts, summary, tags, held.common.shares)
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
        unwritten_why=held.unwritten_why,
        cited_by=tuple(_cited_by(held, reviewed, citing) for citing in held.citing),
        state=freshness.link_state(held.captures),
        due=freshness.is_due(held.captures, now, config.fresh),
        capture=_capture_view(newest) if newest else None,
        preview=_preview(held.best, document, screenshot_bytes) if held.best and document else None,
        aliases=source.aliases,
        reviews=held.reviews,
        origins=facts.origins or {},
        unread_why=_unread_why(held, newest),
        published_in=(entry.venue if entry is not None else "") or (imported.container if imported else ""),
        peer_reviewed=entry.peer_reviewed if entry is not None else None,
        notices=entry.notices if entry is not None else (),
        confidences=facts.confidences,
        conflicts=facts.conflicts,
        identifiers=facts.identifiers,
        completeness=document.completeness if document is not None else None,
        cited_work=standing.cited_work,
        captures=len(held.captures),
        attempts=tuple(
            Attempt(one.id, one.checked_at, one.outcome) for one in reversed(held.captures[-ATTEMPTS_SHOWN:])
        ),
        merged=tuple(
            MergedSource(one.source_id, one.stable_id, one.url, one.said.who, one.said.at, one.said.why)
            for one in held.merged
        ),
        related=tuple(Related(one.source_id, one.title or one.url, one.credibility, one.pages) for one in held.beside),
    )
    return corrected(record, said, standing.rating)


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
        return f"Rating inherited from publication venue: {rating.venue}{_venue_by(rating)}"
    if rating.venue:
        return f"No rating for the publication venue {rating.venue} yet"
    return f"No rating for {rating.domain} yet"


def _venue_by(rating: Rating) -> str:
    """Who says that it was published there, where its address does not."""
    if rating.venue_by == rate.BIBLIOGRAPHY:
        return " (venue by the pages’ bibliography)"
    by = registries.REGISTRIES.get(rating.venue_by)
    return f" (venue by {by.label})" if by is not None else ""


def _summary(source: Source, ours: Summary | None) -> Summary | None:
    """What was imported, else our own; None when there is nothing to say."""
    imported = source.imported
    if imported is not None and imported.summary:
        points = tuple(Point(text, None) for text in imported.key_points)
        return Summary(imported.summary, points or (ours.points if ours else ()), "imported")
    return ours if ours is not None and (ours.text or ours.points) else None


def _cited_by(held: Holdings, reviewed: Mapping[tuple[str, str], Review], citing: Citing) -> CitedBy:
    page = citing.page
    places = tuple(_place(held, reviewed, citation) for citation in citing.citations)
    return CitedBy(page.id, page.path, page.title, page.type, page.quality, places)


def _place(held: Holdings, reviewed: Mapping[tuple[str, str], Review], citation: Citation) -> Place:
    claim, source_id = citation.claim, held.source.id
    if claim is None:
        return Place(citation.line, citation.column, citation.label, "", None, locator=citation.locator)
    return Place(
        line=citation.line,
        column=citation.column,
        label=citation.label,
        claim=claim.text,
        judgement=held.judgements.get(ids.judgement_id(claim.id, source_id)),
        review=reviewed.get((claim.id, source_id)),
        start=claim.start,
        claim_id=claim.id,
        locator=citation.locator,
    )


def _given(capture: Capture) -> str:
    """Where a copy is from that the source itself did not give; "" of one that it gave."""
    if capture.origin.startswith(MERGED):
        return f"{capture.url}, which a person said is the same work"
    return "" if capture.asked else capture.reason


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


def _preview(capture: Capture, document: Document, screenshot_bytes: int) -> Preview:
    text = document.text[:PREVIEW_CHARACTERS]
    return Preview(
        status=capture.status,
        captured_at=capture.captured_at,
        size_bytes=capture.size_bytes,
        text=text,
        truncated=len(text) < len(document.text),
        total_bytes=len(document.text.encode()),
        given=_given(capture),
        rendered=capture.rendered,
        screenshot_bytes=screenshot_bytes,
    )


def _unread_why(held: Holdings, newest: Capture | None) -> str:
    """Why there are no words to show, in words."""
    if held.document is not None:
        return ""
    if newest is None and held.best is None:
        return "nobody has asked for it yet"
    if newest is not None and (held.best is None or newest.outcome is not Outcome.OK):
        return f"{newest.outcome.value.replace('_', ' ')}: {newest.reason}"
    return held.unread_why or "kept, but not read yet: run `sourcebook build`"
