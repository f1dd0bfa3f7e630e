"""A summary in the source's own words: sentences chosen by where they stand, how central they are, and what they are
there for. It chooses and never writes. Pure."""

import re
from collections.abc import Sequence

from sourcebook.summarise.choice import Weighed, choose, weigh
from sourcebook.summarise.own_words import publishers_own
from sourcebook.summarise.roles import Role, roles_of
from sourcebook.summarise.sentences import is_boilerplate, sentences_of, size
from sourcebook.summarise.subject import Subject
from sourcebook.summarise.terms import content_words, folded, top_phrases
from sourcebook.types.documents import Document, Passage
from sourcebook.types.summaries import Point, Summary

WRITER = "extractive 2"
PUBLISHER = "publisher"

LEAST_SENTENCES, MOST_SENTENCES = 2, 3
SENTENCES_A_SENTENCE = 4  # of the text for each one of its summary: what is short is summed up in two
SUMMARY_WORDS, WORDS_A_SENTENCE = 110, 30
LEAST_POINTS, MOST_POINTS = 3, 6
POINT_WORDS = 40
WORDS_A_POINT = 110  # of the source: a page of two screens earns six points
MOST_TAGS = 8
MOST_PHRASES = 12  # more than are shown: some of them may be what the whole library is about
TAG_CHARACTERS = 10_000  # of the text that phrases are counted in: more text does not change the first six

_REFERENCE_MARK = re.compile(r"\s*\[\^?\d{1,3}(?:[,–-]\s?\d{1,3})*\]")
_DATELINE = re.compile(
    r"^(?:[A-Z][\w.,/’' -]{0,60}\s)?\((?:CNN|Reuters|AP|AFP|dpa|ANSA|EFE|Xinhua)[^)]{0,30}\)\s*(?:[—–-]+\s*)?(?=\S)"
)


class ExtractiveSummariser:
    """Sums up by choosing, never by writing: nothing in it that the source did not say."""

    writer = WRITER

    def summarise(self, subject: Subject) -> Summary | None:
        """Two or three sentences and three to six points; fewer when the text is thin, None when it says nothing."""
        document = subject.document
        roles = roles_of(subject.type)
        sentences, everywhere = sentences_of(document.text)
        weighed = weigh(sentences, everywhere, document.title, roles)
        said = publishers_own(document)
        if said:
            summary, writer = _shortened(said, roles), PUBLISHER
        else:
            summary, writer = _in_brief(weighed, subject.sentences or _enough(len(sentences))), WRITER
        if not summary:
            return None
        return Summary(text=summary, points=_points(weighed, summary, document), writer=writer, tags=_tags(document))


EXTRACTIVE = ExtractiveSummariser()


def _enough(sentences: int) -> int:
    """How many sentences are a summary of so many."""
    return min(max(sentences // SENTENCES_A_SENTENCE, LEAST_SENTENCES), MOST_SENTENCES)


def _shortened(said: Sequence[str], roles: Sequence[Role]) -> str:
    """What the publisher says; of a long abstract, the sentences that carry it."""
    if len(said) <= MOST_SENTENCES:
        return _within_words(said)
    sentences, everywhere = sentences_of(" ".join(said))
    return _in_brief(weigh(sentences, everywhere, "", roles), MOST_SENTENCES) or _within_words(said)


def _in_brief(weighed: Sequence[Weighed], most: int) -> str:
    """The sentences of a summary: where each has a role of its own the most telling opens it, else as they stand."""
    roles = len(weighed[0].scores) if weighed else 1
    chosen = choose(weighed, most, frozenset(), alone=roles > 1)
    opening = chosen[:1] if roles > 1 else []
    rest = sorted(chosen[len(opening) :], key=lambda one: one.order)
    return _within_words([_clean(one.text) for one in [*opening, *rest]])


def _within_words(sentences: Sequence[str]) -> str:
    """As many of the sentences as a summary has room for."""
    room = max(SUMMARY_WORDS, WORDS_A_SENTENCE * len(sentences))
    kept: list[str] = []
    for sentence in sentences:
        if kept and size(" ".join([*kept, sentence])) > room:
            break
        kept.append(sentence)
    return " ".join(kept)


def _points(weighed: Sequence[Weighed], summary: str, document: Document) -> tuple[Point, ...]:
    """The key points in the order of the text, each with its passage; what the summary says is not said again."""
    most = max(LEAST_POINTS, min(MOST_POINTS, size(document.text) // WORDS_A_POINT))
    short = [one for one in weighed if one.sentence.size <= POINT_WORDS]
    chosen = choose(short, most, frozenset(map(folded, content_words(summary))), alone=True)
    if len(chosen) < LEAST_POINTS:
        chosen = choose(short, most, frozenset(), alone=True)
    return tuple(
        Point(_clean(one.text), Passage(one.start, one.end, document.text[one.start : one.end]))
        for one in sorted(chosen, key=lambda one: one.order)
    )


def _clean(text: str) -> str:
    """A sentence without the marks of its footnotes and without the agency that sent it."""
    return _DATELINE.sub("", _REFERENCE_MARK.sub("", text))


def _tags(document: Document) -> tuple[str, ...]:
    """The document's own keywords, else the phrases it repeats. English only: no list of stop words for the rest."""
    own = tuple(tag for tag in document.tags if size(tag) <= 4 and not is_boilerplate(tag))
    if own:
        return own[:MOST_TAGS]
    if document.language and not document.language.startswith("en"):
        return ()
    return top_phrases(f"{document.title}\n{document.text[:TAG_CHARACTERS]}", MOST_PHRASES)
