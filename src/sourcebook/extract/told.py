"""Fields and where they were read, as a Document: for the kinds of file whose fields need no weighing."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from sourcebook.extract.evidence import Found
from sourcebook.extract.languages import language_of
from sourcebook.extract.regions import find_regions
from sourcebook.types.documents import Confidence, Document, Region
from sourcebook.types.sources import SourceType


def tell(
    text: str,
    fields: Mapping[str, Found | None],
    lists: Mapping[str, tuple[Sequence[str], Found]] | None = None,
    type_: tuple[SourceType, str] | None = None,
    notes: Sequence[Region] = (),
) -> Document:
    """A document with these fields. Those without a value have no origin; `notes` are regions known already."""
    found = {name: one for name, one in fields.items() if one is not None and one.value}
    if "language" not in found and (heard := language_of(text)):
        found["language"] = Found(heard, "text", Confidence.MEDIUM)
    several = {name: (tuple(values), origin) for name, (values, origin) in (lists or {}).items() if values}
    origins = {name: one.origin for name, one in found.items()} | {
        name: one.origin for name, (_, one) in several.items()
    }
    confidences = {name: one.confidence for name, one in found.items()} | {
        name: one.confidence for name, (_, one) in several.items()
    }
    if type_ is not None:
        kind = Found("", type_[1])
        origins["type"], confidences["type"] = kind.origin, kind.confidence
    named = find_regions(text)
    outside = [note for note in notes if not any(note.start < one.end and one.start < note.end for one in named)]
    values: dict[str, Any] = {name: one.value for name, one in found.items()}
    values |= {name: one for name, (one, _) in several.items()}
    return replace(
        Document(text=text, origins=origins, confidences=confidences),
        **values,
        type=type_[0] if type_ is not None else None,
        regions=tuple(sorted([*named, *outside], key=lambda region: region.start)),
    )


def retell(document: Document, text: str, fields: Mapping[str, Any], origin: str) -> Document:
    """A document with other words, and those of the fields that have a value: what a site says besides its tags."""
    said = {name: value for name, value in fields.items() if value and value != getattr(document, name)}
    return replace(
        document,
        **said,
        text=text,
        regions=find_regions(text),
        origins={**(document.origins or {}), **dict.fromkeys(said, origin)},
        confidences={**document.confidences, **dict.fromkeys(said, Confidence.HIGH)},
    )
