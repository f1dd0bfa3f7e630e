"""A summary in the source's own words: sentences chosen by where they stand and how central they are. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from sourcebook.sentences import spans
from sourcebook.summarise.sentences import Sentence, is_boilerplate, sentences_of, size
from sourcebook.summarise.terms import content_words, top_phrases
from sourcebook.types import Document, Passage, Point, SourceType, Summary

WRITER = "extractive 1"
PUBLISHER = "publisher"

SUMMARY_SENTENCES = 3
SUMMARY_WORDS = 90
LEAST_POINTS, MOST_POINTS = 3, 6
WORDS_A_POINT = 110  # of the source: a page of two screens earns six points
MOST_TAGS = 8
TAG_CHARACTERS = 10_000  # of the text that phrases are counted in: more text does not change the first six
LEAST_NEW = 0.4  # share of a description's words that its title does not hold
ALIKE = 0.5  # share of the shorter sentence's words in the other, from which on one repeats the other

# How much the place of a sentence counts, the rest being how central it is. Journalists put the news first;
# scholars put it anywhere. See docs/summarising.md.
_PLACE = {
    SourceType.NEWS_ARTICLE: 0.75,
    SourceType.PRESS_RELEASE: 0.75,
    SourceType.BLOG_POST: 0.55,
    SourceType.FORUM: 0.6,
    SourceType.REFERENCE: 0.65,
    SourceType.PAPER: 0.3,
    SourceType.PREPRINT: 0.3,
    SourceType.REPORT: 0.35,
    SourceType.GOVERNMENT: 0.4,
    SourceType.BOOK: 0.4,
}
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
_STOPS = '.!?。！？”"’)'
_HASHTAGS = re.compile(r"(?:\s+#\w+)+[.\s]*$")
_REFERENCE_MARK = re.compile(r"\s*\[\^?\d{1,3}(?:[,–-]\s?\d{1,3})*\]")


@dataclass(frozen=True, slots=True)
class _Scored:
    sentence: Sentence
    score: float


class ExtractiveSummariser:
    """Sums up by choosing, never by writing: nothing in it that the source did not say."""

    def summarise(self, document: Document, type: SourceType) -> Summary | None:  # noqa: A002  # our noun
        """Two or three sentences and three to six points; fewer when the text is thin, None when it says nothing."""
        sentences, everywhere = sentences_of(document.text)
        ranked = _ranked(sentences, everywhere, document.title, _PLACE.get(type, 0.5))
        own = publishers_own(document)
        text, writer = (own, PUBLISHER) if own else (_opening(ranked), WRITER)
        if not text:
            return None
        return Summary(text=text, points=_points(ranked, text, document), writer=writer, tags=_tags(document))


EXTRACTIVE = ExtractiveSummariser()


def publishers_own(document: Document) -> str:
    """The publisher's own description, when it is a real one; at most three sentences of it. "" when it is not.

    Not real: a few words, a text that breaks off, the title again, or words to the visitor.
    """
    said = _HASHTAGS.sub("", " ".join(document.description.split()))
    words = content_words(said)
    if size(said) < 12 or _CUT_OFF.search(said) or is_boilerplate(said):
        return ""
    new = set(words) - set(content_words(document.title))
    if len(new) < LEAST_NEW * len(set(words)):
        return ""
    sentences = [said[start:end] for start, end in spans(said)]
    if len(sentences) > SUMMARY_SENTENCES:
        sentences = _of_abstract(said)
    kept: list[str] = []
    for sentence in sentences[:SUMMARY_SENTENCES]:
        if kept and size(" ".join([*kept, sentence])) > SUMMARY_WORDS:
            break
        kept.append(sentence)
    if len(kept) > 1 and kept[-1][-1] not in _STOPS:
        kept.pop()  # it breaks off
    text = " ".join(kept)
    return text if text[-1] in _STOPS else f"{text.rstrip(' ,;:–—-')}."


def _of_abstract(abstract: str) -> list[str]:
    """The sentences of a long abstract that carry it: its opening and what is most central, in their order."""
    sentences, everywhere = sentences_of(abstract)
    if len(sentences) < SUMMARY_SENTENCES:
        return [abstract[start:end] for start, end in spans(abstract)]
    ranked = _ranked(sentences, everywhere, "", 0.3)
    chosen = _chosen(ranked, SUMMARY_SENTENCES, frozenset())
    return [sentence.text for sentence in sorted(chosen, key=lambda one: one.order)]


def _ranked(sentences: Sequence[Sentence], everywhere: Counter[str], title: str, place: float) -> list[_Scored]:
    """The sentences, best first."""
    named = frozenset(content_words(title))
    central = [_centrality(sentence, everywhere) for sentence in sentences]
    most = max(central, default=0.0) or 1.0
    scored = []
    for sentence, centrality in zip(sentences, central, strict=True):
        near = 1 / (1 + sentence.order / 4)
        about = len(sentence.words & named) / (len(named) or 1)
        scored.append(_Scored(sentence, place * near + (1 - place) * centrality / most + 0.25 * about))
    return sorted(scored, key=lambda one: (-one.score, one.sentence.order))


def _centrality(sentence: Sentence, everywhere: Counter[str]) -> float:
    """How much of what the whole text talks about is in this sentence."""
    weights = (log(everywhere[word]) for word in sentence.words if everywhere[word] > 1)
    return sum(weights) / (len(sentence.words) + 4)


def _chosen(ranked: Sequence[_Scored], most: int, said: frozenset[str]) -> list[Sentence]:
    """The best sentences that repeat neither each other nor what was said."""
    chosen: list[Sentence] = []
    for one in ranked:
        if len(chosen) == most:
            break
        others = [sentence.words for sentence in chosen]
        if not any(_repeats(one.sentence.words, words) for words in others) and not _within(one.sentence.words, said):
            chosen.append(one.sentence)
    return chosen


def _repeats(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))


def _within(words: frozenset[str], said: frozenset[str]) -> bool:
    return bool(said) and len(words & said) >= 0.75 * len(words)


def _opening(ranked: Sequence[_Scored]) -> str:
    """The best sentences in their own order, up to the length of a summary."""
    kept: list[Sentence] = []
    words = 0
    for sentence in _chosen(ranked, SUMMARY_SENTENCES, frozenset()):
        if kept and words + sentence.size > SUMMARY_WORDS:
            continue
        kept.append(sentence)
        words += sentence.size
    return " ".join(_clean(sentence.text) for sentence in sorted(kept, key=lambda one: one.order))


def _points(ranked: Sequence[_Scored], summary: str, document: Document) -> tuple[Point, ...]:
    """The key points in the order of the text, each with its passage; what the summary says is not said again."""
    most = max(LEAST_POINTS, min(MOST_POINTS, size(document.text) // WORDS_A_POINT))
    chosen = _chosen(ranked, most, frozenset(content_words(summary)))
    if len(chosen) < LEAST_POINTS:
        chosen = _chosen(ranked, most, frozenset())
    return tuple(
        Point(_clean(one.text), Passage(one.start, one.end, document.text[one.start : one.end]))
        for one in sorted(chosen, key=lambda one: one.order)
    )


def _clean(text: str) -> str:
    """A sentence without the marks of its footnotes."""
    return _REFERENCE_MARK.sub("", text)


def _tags(document: Document) -> tuple[str, ...]:
    """The document's own keywords, else the phrases it repeats. English only: no list of stop words for the rest."""
    own = tuple(tag for tag in document.tags if size(tag) <= 4 and not is_boilerplate(tag))
    if own:
        return own[:MOST_TAGS]
    if document.language and not document.language.startswith("en"):
        return ()
    return top_phrases(f"{document.title}\n{document.text[:TAG_CHARACTERS]}", MOST_TAGS - 2)
