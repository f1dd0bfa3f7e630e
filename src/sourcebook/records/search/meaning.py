"""Meanings beside words: what the words found is put in the order of both; meaning alone finds where words fail."""

from sourcebook.embedding import Embedder
from sourcebook.store.search import Found, Hit, SearchIndex, Wanted

_MEANING = 0.8  # what likeness of meaning counts for beside the words, both at most 1; tried on claims over 5,300 texts
_ENOUGH = 10  # hits by words; with fewer, sources that only mean the same are added below them
_LIKE = 0.45  # from here on a source that has none of the words is near enough in meaning to be shown


def by_meaning(index: SearchIndex, embedder: Embedder, wanted: Wanted, found: Found) -> Found:
    """The hits in the order of words and meanings together."""
    words = " ".join((*wanted.words, *(" ".join(phrase) for phrase in wanted.phrases)))
    few = len(found.hits) < _ENOUGH and not (wanted.phrases or wanted.without)
    vectors = index.vectors(None if few else [hit.subject for hit in found.hits])
    likeness = dict(zip(vectors, embedder.likeness(words, list(vectors.values())), strict=True))
    top = max((hit.score for hit in found.hits), default=0.0) or 1.0
    hits = [Hit(hit.subject, hit.score / top + _MEANING * likeness.get(hit.subject, 0.0)) for hit in found.hits]
    hits.sort(key=_best_first)
    if few:
        held = {hit.subject for hit in hits}
        near = [Hit(one, score) for one, score in likeness.items() if one not in held and score >= _LIKE]
        hits += sorted(near, key=_best_first)[: _ENOUGH - len(hits)]
    return Found(tuple(hits), max(found.total, len(hits)), found.more)


def _best_first(hit: Hit) -> tuple[float, str]:
    return -hit.score, hit.subject
