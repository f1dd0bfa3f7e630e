"""What several registries say of one work, as one entry; and a document with what the entry knows better. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from sourcebook.registries.said import Said
from sourcebook.types.documents import Confidence, Conflict, Document
from sourcebook.types.registries import Notice, RegistryEntry

_FIELDS = ("title", "authors", "published", "venue", "peer_reviewed")
_OVER_THE_PAGE = ("authors", "published")  # the page's own title is what readers know it by


def merged(said: Mapping[str, Said], bare: RegistryEntry) -> RegistryEntry:
    """An entry with what registries say: of each field the word of the first that has one, and every notice once."""
    known = {field: choice for field in _FIELDS if (choice := _first(said, field)) is not None}
    return replace(
        bare,
        **{name: value for name, (_, value) in known.items()},
        notices=tuple(_distinct([notice for one in said.values() for notice in one.notices])),
        origins={name: registry for name, (registry, _) in known.items()},
    )


def _first(said: Mapping[str, Said], field: str) -> tuple[str, Any] | None:
    """The first registry that says anything of a field, and what."""
    for registry, one in said.items():
        if (value := getattr(one, field)) not in ("", (), None):
            return registry, value
    return None


def _distinct(notices: Sequence[Notice]) -> Iterator[Notice]:
    """One notice of each kind and identifier; one without either date or identifier only where there is no better."""
    kept: list[Notice] = []
    for notice in sorted(notices, key=lambda one: not (one.date or one.identifier)):
        alike = [one for one in kept if one.kind is notice.kind]
        bare = not notice.date and not notice.identifier
        if not alike or (not bare and all(one.identifier != notice.identifier for one in alike)):
            kept.append(notice)
    return iter(kept)


def enriched(document: Document, entry: RegistryEntry) -> Document:
    """A document with authors, date and title as registries have them; what the page says otherwise is kept beside."""
    changes: dict[str, Any] = {}
    origins, confidences, conflicts = dict(document.origins or {}), dict(document.confidences), dict(document.conflicts)
    for name in (*_OVER_THE_PAGE, "title"):
        ours, theirs = getattr(document, name), getattr(entry, name)
        if not theirs or (ours and (name == "title" or _agree(ours, theirs))):
            continue
        if ours:
            shown = ", ".join(ours) if isinstance(ours, tuple) else str(ours)
            conflicts[name] = (Conflict(shown, origins.get(name, "page")), *conflicts.get(name, ()))
        changes[name], origins[name], confidences[name] = theirs, entry.origins[name], Confidence.HIGH
    return replace(document, **changes, origins=origins, confidences=confidences, conflicts=conflicts)


def _agree(ours: object, theirs: object) -> bool:
    """Do they say the same, the page perhaps more exactly?"""
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours.startswith(theirs)
    return ours == theirs
