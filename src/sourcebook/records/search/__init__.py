"""Answers to questions asked in words: which sources, pages and claims hold them, and where."""

from sourcebook.records.search.answer import ClaimHit, PageHit, SearchAnswer, SourceHit, make_answer
from sourcebook.records.search.highlights import Stretch
from sourcebook.records.search.quoted import QuoteFound, say_who
from sourcebook.records.search.ranker import Ranker, open_ranker

__all__ = [
    "ClaimHit",
    "PageHit",
    "QuoteFound",
    "Ranker",
    "SearchAnswer",
    "SourceHit",
    "Stretch",
    "make_answer",
    "open_ranker",
    "say_who",
]
