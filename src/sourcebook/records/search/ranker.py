"""The search of a library over any texts, so that anyone can measure it."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sourcebook.embedding import Embedder
from sourcebook.records.search.meaning import by_meaning
from sourcebook.store import batches
from sourcebook.store.search import Entry, Found, SearchIndex, SearchKind, Wanted, open_file_index, words_of


class Ranker:
    """Texts by how well they answer a question. Open one with `open_ranker`."""

    def __init__(self, index: SearchIndex, embedder: Embedder | None) -> None:
        self._index = index
        self._embedder = embedder

    def add(self, texts: Iterable[tuple[str, str, str]]) -> None:
        """Texts to be searched: id, title and text of each. An id that comes again replaces what it named."""
        for some in batches(texts):
            last = {one_id: (title, text) for one_id, title, text in some}
            titled = [f"{title}\n{text}" for title, text in last.values()]
            vectors = self._embedder.embed(titled) if self._embedder else [b""] * len(titled)
            entries = [
                Entry(one_id, "", title, "", text, vector)
                for (one_id, (title, text)), vector in zip(last.items(), vectors, strict=True)
            ]
            self._index.save(SearchKind.SOURCE, entries)

    def rank(self, question: str, limit: int) -> Found:
        """The texts that hold words of the question, best first."""
        wanted = Wanted(tuple(dict.fromkeys(words_of(question))))
        found = self._index.find(SearchKind.SOURCE, wanted)
        if self._embedder is not None and not wanted.is_empty:
            found = by_meaning(self._index, self._embedder, wanted, found)
        return Found(found.hits[:limit], found.total, found.more)


@contextmanager
def open_ranker(embedder: Embedder | None) -> Iterator[Ranker]:
    """A ranker whose index is gone when it is closed."""
    with tempfile.TemporaryDirectory(prefix="sourcebook-") as folder:
        index = open_file_index(Path(folder))
        try:
            yield Ranker(index, embedder)
        finally:
            index.close()
