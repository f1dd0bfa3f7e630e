"""What is to be summed up."""

from msgspec import Struct

from sourcebook.types.documents import Document
from sourcebook.types.sources import SourceType


class Subject(Struct, frozen=True):
    """A document, and what else bears on how it is summed up."""

    document: Document
    type: SourceType
    sentences: int | None = None  # of the summary; None: as many as the text deserves
