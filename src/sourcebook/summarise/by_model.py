"""A summary and a relevance line by a model: what is asked, and what must hold of the answer before anybody reads it.

An answer passes when it has the form of what was asked for and the gate catches nothing in it. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sourcebook.llm import Answered, Question, read_prompt
from sourcebook.sentences import spans
from sourcebook.summarise.gate import gate
from sourcebook.summarise.terms import carries_meaning, folded, words_of
from sourcebook.types.documents import Document, Passage
from sourcebook.types.pages import Page
from sourcebook.types.summaries import Line, Point, Summary

MOST_CHARACTERS = 30_000  # of a source: some 8,000 tokens, which small local models take in
LAST_CHARACTERS = 4_000  # of them from the end, where long documents conclude
MOST_SENTENCES = 4
LEAST_POINTS, MOST_POINTS = 2, 6
MOST_WORDS = 40  # of a point and of a relevance line, as of our own
_SHOWN = 3  # of what the gate caught: more than that is not mended in one go


@dataclass(frozen=True)
class Brief:
    """A summary and its key points."""

    summary: str
    key_points: list[str]


@dataclass(frozen=True)
class Bearing:
    """Why a source matters to the pages that cite it."""

    relevance: str


def summary_question(source_id: str, document: Document) -> Question[Brief]:
    """Ask for a summary with its key points."""
    material = (("Title", document.title), ("Text", _shortened(document.text)))

    def check(brief: Brief) -> str:
        return _form(brief) or _caught((brief.summary, *brief.key_points), f"{document.title}\n{document.text}")

    return Question(f"summary of source {source_id}", read_prompt("summary"), material, Brief, check)


def written(document: Document, tags: tuple[str, ...], answered: Answered[Brief]) -> Summary:
    """The summary that an answer holds, each point with the passage that comes nearest to it."""
    brief = answered.answer
    sentences = [(start, end, _telling(document.text[start:end])) for start, end in spans(document.text)]
    points = tuple(Point(point.strip(), _behind(point, document.text, sentences)) for point in brief.key_points)
    return Summary(brief.summary.strip(), points, _writer(answered), tags)


def bearing_question(source_id: str, title: str, summary: str, pages: Sequence[Page]) -> Question[Bearing]:
    """Ask for a relevance line."""
    cited_by = "\n".join(f"{page.title}: {page.description}".removesuffix(": ") for page in pages)
    material = (("Title of the source", title), ("The source in brief", summary), ("Pages that cite it", cited_by))

    def check(bearing: Bearing) -> str:
        line = bearing.relevance.strip()
        if not line or len(spans(line)) > 1 or len(line.split()) > MOST_WORDS:
            return f"one sentence of at most {MOST_WORDS} words"
        return _caught([line.removeprefix("Relevant to")], f"{title}\n{summary}\n{cited_by}", words=False)

    return Question(f"relevance of source {source_id}", read_prompt("relevance"), material, Bearing, check)


def line(answered: Answered[Bearing]) -> Line:
    """The relevance line that an answer holds."""
    return Line(answered.answer.relevance.strip(), _writer(answered))


def _writer(answered: Answered[Any]) -> str:
    return f"{answered.model}, {answered.question.prompt.label}"


def _form(brief: Brief) -> str:
    """What is wrong with the form of a brief, in words; "" when nothing is."""
    if not brief.summary.strip() or len(spans(brief.summary)) > MOST_SENTENCES:
        return "the summary must be two or three sentences"
    if not LEAST_POINTS <= len(brief.key_points) <= MOST_POINTS:
        return f"there must be {LEAST_POINTS} to {MOST_POINTS} key points"
    long = next((point for point in brief.key_points if len(point.split()) > MOST_WORDS), None)
    return f"a key point has more than {MOST_WORDS} words: {long!r}" if long is not None else ""


def _caught(said: Sequence[str], text: str, *, words: bool = True) -> str:
    """What the gate catches, in words that a model can act on; "" when nothing. `words` may be its own."""
    caught = [one for one in gate(said, text).caught if words or one.rule != "words"]
    told = (f"{one.rule} {one.what!r} in {one.sentence!r}" for one in caught[:_SHOWN])
    return f"the source does not hold what you wrote: {'; '.join(told)}. Say only what it says." if caught else ""


def _shortened(text: str) -> str:
    """A text that is not too long to ask about: of a long one, its beginning and its end."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[: MOST_CHARACTERS - LAST_CHARACTERS]}\n[…]\n{text[-LAST_CHARACTERS:]}"


_Sentence = tuple[int, int, frozenset[str]]


def _telling(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in words_of(text) if carries_meaning(word))


def _behind(point: str, text: str, sentences: Sequence[_Sentence]) -> Passage | None:
    """The sentence of a text that holds most of the words of a point; None when none holds any."""
    wanted = _telling(point)
    best = max(sentences, key=lambda one: (len(wanted & one[2]), -len(one[2])), default=None)
    if best is None or not wanted & best[2]:
        return None
    return Passage(best[0], best[1], text[best[0] : best[1]])
