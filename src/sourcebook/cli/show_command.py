"""`sourcebook show`: one source's record."""

import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.place import place_of, read_config
from sourcebook.records import Place, Record, in_words, to_json
from sourcebook.types.reviews import ReviewField
from sourcebook.types.verdicts import Verdict

WIDTH = 100


@click.command("show")
@click.argument("source")
@library_option
@json_option
def command(source: str, library: Path | None, as_json: bool) -> None:
    """Show the record of a SOURCE, named by its Resource ID, Stable ID or address.

    \b
    Examples:
      sourcebook show 294f55e1e8c8ecbb
      sourcebook show sid_kPZ1jp40IG --json
      sourcebook show https://example.org/report --library docs/.sourcebook
    """
    place = place_of(None, library)
    with wiring.open_records(place, read_config(place).config) as records:
        record = records.record(source)
    if as_json:
        print_json([to_json(record)])
        return
    for line in _lines(record):
        click.echo(line)


def _lines(record: Record) -> Iterator[str]:
    """The record in the order of the web app's page."""
    yield record.title
    yield record.url
    yield ""
    score = f"{record.rating.credibility}/5 " if record.rating.credibility is not None else ""
    yield f"Credibility  {score}{record.rating.label}: {record.rating.why}"
    yield f"             {record.rating_words}"
    if record.relevance:
        yield from _wrapped("Relevance    ", record.relevance)
    if record.importance is not None:
        by_hand = f" (set by a person: {record.importance_by_hand})" if record.importance_by_hand is not None else ""
        yield f"Importance   {record.importance.score}/100{by_hand}"
        for signal in record.importance.signals:
            yield f"             {signal.words}"
    where = {"default": "by default", "imported": "as imported"}.get(record.type_why, f"from {record.type_why}")
    yield f"Type         {record.type} ({where})"
    for name, value in (
        ("Authors", ", ".join(record.authors)),
        ("Published", ", ".join(part for part in (record.published, record.published_in) if part)),
        ("Notices", "; ".join(f"{one.kind.value} {one.date} (says {one.origin})" for one in record.notices)),
        ("Tags", ", ".join(record.tags)),
        ("Suggested", ", ".join(record.suggested_tags) or record.unsuggested_why),
        ("State", record.state.value),
    ):
        if value:
            yield f"{name:<12} {value}"
    yield from _same_work(record)
    yield from _summary(record)
    yield from _corrections(record)
    yield from _cited_by(record)
    yield from _copy(record)
    yield ""
    yield f"Resource ID: {record.id} | Stable ID: {record.stable_id}"


def _summary(record: Record) -> Iterator[str]:
    if record.summary is None:
        return
    yield ""
    yield from _wrapped("", record.summary.text)
    for point in record.summary.points:
        yield from _wrapped("  • ", point.text)
    yield f"  (written by: {record.summary.writer})"


def _corrections(record: Record) -> Iterator[str]:
    if not record.corrections:
        return
    yield ""
    yield "Set by people"
    for one in record.corrections:
        yield from _wrapped("  ", f"{one.field.value}: {in_words(one.value)} ({one.who}, {one.at:%Y-%m-%d}: {one.why})")
        if one.field is not ReviewField.WANTED:
            yield from _wrapped("    ", f"we derived: {in_words(one.ours)}")


def _same_work(record: Record) -> Iterator[str]:
    for one in record.merged:
        yield from _wrapped("Same work    ", f"{one.url} ({one.id}), says {one.who}: {one.why}")
        yield f"      undo: sourcebook merge {one.id} --undo"


def _cited_by(record: Record) -> Iterator[str]:
    yield ""
    yield f"Cited by {len(record.cited_by)} page{'' if len(record.cited_by) == 1 else 's'}"
    for page in record.cited_by:
        quality = "--" if page.quality is None else f"{page.quality:.1f}"
        yield f"  {page.title} | {page.type or '--'} | {quality} | {page.path}"
        for place in page.places:
            where = f" ({place.locator})" if place.locator else ""
            yield from _wrapped(f"    line {place.line}: ", f"{place.claim or place.label}{where}")
            if place.claim:
                yield from _answer(place, record.id)


def _answer(place: Place, source_id: str) -> Iterator[str]:
    """What the source says of a claim: a person's word first, then the judge's; or why there is no answer."""
    if (review := place.review) is not None:
        yield from _wrapped("      ", f"{review.value}, says {review.who} on {review.at:%Y-%m-%d}: {review.why}")
        yield f"      undo: sourcebook review {place.claim_id} {source_id} --undo"
    judgement = place.judgement
    if isinstance(judgement, Verdict):
        narrowly = "narrowly: " if judgement.is_narrow else ""
        sure = f"{narrowly}{judgement.probability:.0%} likely that every part of it holds"
        yield from _wrapped("      ", f"{judgement.support.value}, says {judgement.judge} ({sure}): {judgement.why}")
        for passage in judgement.passages[:1]:
            yield from _wrapped("      > ", " ".join(passage.quote.split()))
    elif judgement is not None:
        yield from _wrapped("      ", f"unjudged, {judgement.reason.value.replace('_', ' ')}: {judgement.why}")
    elif review is None:
        yield "      unjudged, not built yet"


def _copy(record: Record) -> Iterator[str]:
    yield ""
    if record.preview is None:
        yield f"No words kept: {record.unread_why}"
        return
    preview = record.preview
    status = f"HTTP {preview.status}, " if preview.status else ""
    yield f"Cached copy: {status}fetched {preview.captured_at:%Y-%m-%d}, {preview.size_bytes:,} bytes"
    if preview.given:
        yield f"  (not from the source itself: {preview.given})"
    for line in preview.text.splitlines():
        yield from _wrapped("  ", line)
    if preview.truncated:
        yield f"  … (truncated, {preview.total_bytes:,} bytes of text in total)"


def _wrapped(indent: str, text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent)) or [""]
