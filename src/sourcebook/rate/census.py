"""Who cites what, counted over a whole knowledge base. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from sourcebook.types.ratings import Counted


class Census:
    """Built from pairs of source and citing page, and from the site that each source is on."""

    def __init__(self, pairs: Iterable[tuple[str, str]], site_of: Mapping[str, str]) -> None:
        self._site_of = site_of
        self._pages: dict[str, list[str]] = {}
        self._site_pages: dict[str, set[str]] = {}
        cited: dict[str, list[str]] = {}
        for source_id, page_id in pairs:
            self._pages.setdefault(source_id, []).append(page_id)
            self._site_pages.setdefault(site_of[source_id], set()).add(page_id)
            cited.setdefault(page_id, []).append(source_id)
        self._sources = {page_id: len(sources) for page_id, sources in cited.items()}
        self._citings = {page_id: sum(len(self._pages[one]) for one in sources) for page_id, sources in cited.items()}

    def pages(self, source_id: str) -> Sequence[str]:
        """The pages that cite a source."""
        return self._pages.get(source_id, ())

    def counted(self, source_id: str) -> Counted:
        """What the pages say of a source."""
        pages = self.pages(source_id)
        of_site = self._site_pages.get(self._site_of[source_id], ())
        return Counted(len(pages), len(of_site) - len(pages), self._company(pages))

    def _company(self, pages: Sequence[str]) -> float:
        """To one decimal, so that one more citation somewhere does not make a whole library due again."""
        others = [
            (self._citings[page_id] - len(pages)) / (self._sources[page_id] - 1)
            for page_id in pages
            if self._sources[page_id] > 1
        ]
        return round(sum(others) / len(others), 1) if others else 1.0
