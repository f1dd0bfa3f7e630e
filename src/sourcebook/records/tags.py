"""What a source is about: tags in the words of this knowledge base, and what the source itself suggests. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from sourcebook.facts.prevalence import COMMON, share
from sourcebook.types.documents import Document
from sourcebook.types.ratings import Standing
from sourcebook.types.sources import Source
from sourcebook.types.summaries import Summary

MOST_SUGGESTED = 8
_TOO_COMMON = 0.5  # share of the library's sources


def tags_of(source: Source, standing: Standing) -> tuple[str, ...]:
    """Those of the import, then those of the pages that cite it, each once."""
    imported = source.imported.tags if source.imported else ()
    return _each_once([*imported, *(tag.words for tag in standing.tags)])


def suggested_tags(
    document: Document, ours: Summary | None, tags: Sequence[str], common: Mapping[str, float] | None = None
) -> tuple[str, ...]:
    """The source's own keywords and the phrases that it repeats, but neither what its tags say, nor what half of the
    library's sources have; what many have comes last. `common`: see `facts.prevalence`."""
    known = {tag.casefold() for tag in tags}
    found = _each_once([*document.tags, *(ours.tags if ours else ())])
    shares = {tag: share(tag, common or {}) for tag in found if tag.casefold() not in known}
    # only whether many have it: the order of the rest is that of what the source says, and stays as the library grows
    telling = sorted((tag for tag in shares if shares[tag] < _TOO_COMMON), key=lambda tag: shares[tag] >= COMMON)
    return tuple(telling)[:MOST_SUGGESTED]


def unsuggested_why(document: Document, suggested: Sequence[str]) -> str:
    """Why the source suggests nothing, where that says nothing about the source; "" otherwise."""
    if suggested or not document.text or not document.language or document.language.lower().startswith("en"):
        return ""
    return f"phrases are counted in English only, and its language is {document.language!r}"


def _each_once(tags: Iterable[str]) -> tuple[str, ...]:
    """In the order and the spelling in which they come first."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(tag.casefold(), tag)
    return tuple(found.values())
