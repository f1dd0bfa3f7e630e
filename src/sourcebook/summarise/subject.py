"""What is to be summed up."""

from dataclasses import dataclass

from sourcebook.types.documents import Document
from sourcebook.types.sources import SourceType


@dataclass(frozen=True, slots=True)
class Subject:
    """A document, and what else bears on how it is summed up."""

    document: Document
    type: SourceType
    sentences: int | None = None  # of the summary; None: as many as the text deserves
