"""The extractor for HTML and XHTML."""

from sourcebook.extract.about import About
from sourcebook.types import Document


class HtmlExtractor:
    """Reads web pages, however broken."""

    def extract(self, body: bytes, about: About) -> Document:
        """The words of a page and its fields. Raises StepError when there is no page in these bytes."""
        # Loaded here: lxml and trafilatura take 0.4 s, which commands that read no page should not pay.
        from sourcebook.extract.page import read_page  # noqa: PLC0415

        return read_page(body, about)
