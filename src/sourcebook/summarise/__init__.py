"""Step 5: what a source says, in brief, and how it bears on the pages that cite it."""

from typing import Protocol

from sourcebook.summarise.extractive import EXTRACTIVE
from sourcebook.summarise.gate import Caught, Gated, Rule, gate
from sourcebook.summarise.kind import likely_type
from sourcebook.summarise.relevance import relevance_line, shared_terms
from sourcebook.summarise.subject import Subject
from sourcebook.summarise.tags import tags_from_pages
from sourcebook.types.summaries import Summary

__all__ = [
    "EXTRACTIVE",
    "SUMMARISERS",
    "VERSION",
    "Caught",
    "Gated",
    "Rule",
    "Subject",
    "Summariser",
    "gate",
    "likely_type",
    "relevance_line",
    "shared_terms",
    "tags_from_pages",
]

VERSION = "5"  # raise it when the same document gets another summary


class Summariser(Protocol):
    """Says in brief what a document says. Every point rests on a passage: `document.text[start:end] == quote`."""

    @property
    def writer(self) -> str:
        """Who writes, with everything that decides what is written: "extractive 2", or a model and its prompt."""
        ...

    def summarise(self, subject: Subject) -> Summary | None:
        """The summary; None when there are too few words to sum up."""
        ...


SUMMARISERS: dict[str, Summariser] = {"extractive": EXTRACTIVE}
