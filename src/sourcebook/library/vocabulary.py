"""The words that much of the library uses, counted in a sample of its sources: they are no tags of one of them."""

from collections.abc import Iterator

from sourcebook import ids
from sourcebook.facts.prevalence import common_words
from sourcebook.library.parts import Parts
from sourcebook.store import batches
from sourcebook.types.builds import LIBRARY, Step
from sourcebook.types.documents import Document
from sourcebook.types.summaries import Vocabulary

VERSION = "1"  # of how words are counted
SAMPLE = 300  # sources: a share of a half is then met within six hundredths
LEAST = 30  # fewer say nothing of what is common
_CHANGED = 10  # one in so many of the sample, before the words are counted again
_COUNTED = "counted"  # the subject of what they were counted in
_BATCH = 100  # documents in memory at once


def count_words(parts: Parts) -> None:
    """Count them again where enough of the sample has changed; a library that changes little keeps its words."""
    derived = parts.store.derived
    documents = derived.fingerprints(Step.DOCUMENT)
    read = {one: capture for one, capture in parts.store.captures.best_ids().items() if capture in documents}
    sample = sorted(read)[:SAMPLE]  # by hashes of addresses: the same ones as sources come and go
    if len(sample) < LEAST:
        derived.remove(Step.VOCABULARY, [LIBRARY, _COUNTED])
        return
    counted = frozenset(ids.fingerprint(VERSION, one, documents[read[one]]) for one in sample)
    before = derived.find(Step.VOCABULARY, _COUNTED, frozenset[str]) or frozenset()
    if _CHANGED * (max(len(counted), len(before)) - len(counted & before)) < len(counted):
        return
    found = Vocabulary(common_words(_texts(parts, [read[one] for one in sample])))
    mark = ids.fingerprint(*sorted(counted))
    derived.save_many(Step.VOCABULARY, [(LIBRARY, mark, found), (_COUNTED, mark, sorted(counted))])


def _texts(parts: Parts, captures: list[str]) -> Iterator[str]:
    for some in batches(captures, _BATCH):
        for document in parts.store.derived.find_many(Step.DOCUMENT, some, Document).values():
            yield f"{document.title}\n{document.text}"
