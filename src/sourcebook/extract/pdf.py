"""The extractor for PDF."""

from sourcebook.extract.about import About
from sourcebook.types import Document


class PdfExtractor:
    """Reads PDF files that have a text layer."""

    def extract(self, body: bytes, about: About) -> Document:
        """The words of a file and its fields. Raises StepError when it is damaged, locked, or holds only pictures."""
        # Loaded here: PDFium takes 50 ms and 20 MB, which commands that read no PDF should not pay.
        from sourcebook.extract.printed import read_printed  # noqa: PLC0415

        return read_printed(body, about)
