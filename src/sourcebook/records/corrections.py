"""A person's word laid over what we derived: it counts, and ours is shown beside it."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from sourcebook.records.views.record import Correction, Record
from sourcebook.types.ratings import Rating
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.summaries import Point, Summary


def corrected(ours: Record, said: Mapping[ReviewField, Review], rating: Rating) -> Record:
    """The record as it counts. `said` is the last word on each field; `rating` follows it already."""
    if not said:
        return ours
    corrections = tuple(
        Correction(field, said[field].value, _ours(ours, field), said[field].who, said[field].at, said[field].why)
        for field in ReviewField
        if field in said
    )
    changes: dict[str, Any] = {"corrections": corrections}
    for field, name in _AS_IT_IS.items():
        if field in said:
            changes[name] = said[field].value
    if ReviewField.TITLE in said:
        changes["title_origin"] = "review"
    if said.keys() & {ReviewField.TYPE, ReviewField.CREDIBILITY}:
        changes |= {"rating": rating, "type": rating.type, "type_why": rating.type_why}
    if ReviewField.CREDIBILITY in said:
        review = said[ReviewField.CREDIBILITY]
        changes["rating_words"] = f"Set by {review.who} on {review.at:%Y-%m-%d}: {review.why}"
    if said.keys() & {ReviewField.SUMMARY, ReviewField.KEY_POINTS}:
        changes["summary"] = _summary(ours.summary or Summary("", (), ""), said)
    return replace(ours, **changes)


_AS_IT_IS = {
    ReviewField.TITLE: "title",
    ReviewField.AUTHORS: "authors",
    ReviewField.PUBLISHED: "published",
    ReviewField.TAGS: "tags",
    ReviewField.RELEVANCE: "relevance",
    ReviewField.IMPORTANCE: "importance_by_hand",
}


def _summary(ours: Summary, said: Mapping[ReviewField, Review]) -> Summary:
    """What a person did not say stays ours, and so does its writer."""
    text, points, writer = ours.text, ours.points, ours.writer
    if (review := said.get(ReviewField.KEY_POINTS)) is not None and isinstance(review.value, tuple):
        points = tuple(Point(point, None) for point in review.value)
    if (review := said.get(ReviewField.SUMMARY)) is not None:
        text, writer = str(review.value), review.who
    return Summary(text, points, writer or said[ReviewField.KEY_POINTS].who, ours.tags)


def _ours(ours: Record, field: ReviewField) -> str | int | tuple[str, ...] | None:
    """What we derived of a field; None where we have nothing."""
    summary = ours.summary or Summary("", (), "")
    value: str | int | tuple[str, ...] | None = {
        ReviewField.TITLE: ours.title,
        ReviewField.TYPE: ours.type.value,
        ReviewField.AUTHORS: ours.authors,
        ReviewField.PUBLISHED: ours.published,
        ReviewField.SUMMARY: summary.text,
        ReviewField.KEY_POINTS: tuple(point.text for point in summary.points),
        ReviewField.TAGS: ours.tags,
        ReviewField.CREDIBILITY: ours.rating.credibility,
        ReviewField.IMPORTANCE: ours.importance.score if ours.importance else None,
        ReviewField.RELEVANCE: ours.relevance,
    }.get(field)
    return None if value in ("", ()) else value


def in_words(value: str | int | tuple[str, ...] | None) -> str:
    """A value that a person may set, on one line."""
    if value is None:
        return "nothing"
    return "; ".join(value) if isinstance(value, tuple) else str(value)
