"""Step 5: what a source says, in brief, and how it bears on the pages that cite it."""

from typing import Protocol

from sourcebook.summarise.extractive import EXTRACTIVE
from sourcebook.summarise.relevance import relevance_line, shared_terms
from sourcebook.types import Document, SourceType, Summary

__all__ = ["EXTRACTIVE", "SUMMARISERS", "VERSION", "Summariser", "relevance_line", "shared_terms"]

VERSION = "1"  # raise it when the same document gets another summary


class Summariser(Protocol):
    """Says in brief what a document says. Every point rests on a passage: `document.text[start:end] == quote`."""

    def summarise(self, document: Document, type: SourceType) -> Summary | None:  # noqa: A002  # our noun
        """The summary; None when there are too few words to sum up."""
        ...


SUMMARISERS: dict[str, Summariser] = {"extractive": EXTRACTIVE}
