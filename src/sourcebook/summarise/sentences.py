"""The sentences of a document that could stand alone, with what is needed to choose among them. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sourcebook.sentences import spans
from sourcebook.summarise.terms import content_words

MOST_CHARACTERS = 40_000  # of the text: what a source has to say stands in its first fifteen pages
LEAST_WORDS, MOST_WORDS = 6, 40

_MARKER = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+|>\s*")
_REFERENCES = re.compile(
    r"\n(?:#{1,6}\s*)?(?:\d+\.?\s+)?(?:references|bibliography|works cited|literature cited|notes|external links"
    r"|see also|further reading|acknowledge?ments)[^\S\n]*:?[^\S\n]*\n",
    re.IGNORECASE,
)
_OPENS_ON_SOMETHING = re.compile(
    r"[\"“‘'(\[]*(?:he|she|it|they|him|her|his|hers|its|their|theirs|them|these|those|such|both|another|here|there|then"
    r"|thus|so|and|but|or|nor|yet|also|however|moreover|furthermore|meanwhile|instead|still|nevertheless|nonetheless"
    r"|therefore|hence|otherwise|besides|similarly|likewise|consequently|additionally|finally|second|third|secondly"
    r"|thirdly|that said|in addition|for example|for instance|in contrast|in other words|as a result|by contrast"
    r"|on the other hand|which|who|because of this|the former|the latter"
    r"|(?:this|that)(?!\s+(?:paper|article|study|report|work|review|survey|thesis|book|chapter|dataset|post|guide|page"
    r"|document|year|week|month|essay|analysis|research)\b))\b",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"^(?:hello|welcome|hi|dear|thanks|thank you)\b|^looks like (?:we|you)\b|feedback left|\bcookies?\b"
    r"|\bsubscri(?:be|ption)|\bsign(?:ing)? (?:up|in)\b|\blog ?in\b|newsletter|all rights reserved|©"
    r"|\bcopyright\b|click here|read more|advertis|privacy policy|terms of (?:use|service)|image credit"
    r"|photo(?:graph)? (?:by|credit)|getty images|follow us|share this|enable javascript|min(?:ute)? read"
    r"|register (?:now|here)|save up to|buy now|related (?:articles?|stories)|view (?:pdf|all)"
    r"|this (?:article|story) (?:was|is|has been) (?:originally|updated)|contributed to this|reporting by|edited by"
    r"|e-?mail (?:us|me)|contact us|leave a (?:reply|comment)|https?://|\bet al\.$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!。！][\"'”’»)\]」』）]*(?:\[\^?[\w-]{1,20}\])*$")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_FENCE = re.compile(r"^```.*?^```[^\S\n]*$", re.MULTILINE | re.DOTALL)
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that could be shown by itself."""

    start: int  # in the document's text
    end: int
    order: int  # among all sentences of the text, from 0
    text: str  # on one line
    size: int  # words; two characters count as one in scripts without spaces
    words: frozenset[str]  # those that carry its meaning, folded


def sentences_of(text: str) -> tuple[list[Sentence], Counter[str]]:
    """The sentences that can stand alone, in order, and in how many sentences of the text each word stands."""
    text = text[:MOST_CHARACTERS]
    references = _REFERENCES.search(text, len(text) * 2 // 5)
    text = text[: references.start()] if references is not None else text
    code = [match.span() for match in _FENCE.finditer(text)]
    kept: list[Sentence] = []
    everywhere: Counter[str] = Counter()
    for order, (start, end) in enumerate(_prose(text)):
        words = frozenset(content_words(text[start:end]))
        everywhere.update(words)
        sentence = Sentence(start, end, order, " ".join(text[start:end].split()), size(text[start:end]), words)
        in_code = any(first <= start < last for first, last in code)
        if not in_code and stands_alone(sentence):
            kept.append(sentence)
    return kept, everywhere


def _prose(text: str) -> Iterator[tuple[int, int]]:
    """Sentences that are neither headings nor rows, without the marks of lists and quotations before them."""
    for start, end in spans(text):
        if text.startswith(("#", "|", "```"), start):
            continue
        first = start
        while (marker := _MARKER.match(text, first, end)) is not None:
            first = marker.end()
        if first < end:
            yield first, end


def size(text: str) -> int:
    """How many words; two characters count as one in scripts without spaces."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return wide // 2 if wide > len(text) // 3 else len(text.split())


def stands_alone(sentence: Sentence) -> bool:
    """Would a reader who sees only this sentence understand it, and want to?"""
    text = sentence.text
    return (
        LEAST_WORDS <= sentence.size <= MOST_WORDS
        and _ENDS.search(text) is not None
        and (text[0].isupper() or not text[0].isascii() or text[0].isdigit() or text[0] in "\"'(")
        and _OPENS_ON_SOMETHING.match(text) is None
        and _BOILERPLATE.search(text) is None
        and "|" not in text
        and len(sentence.words) >= 3
        and all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)
        and text.count('"') % 2 == 0
    )


def is_boilerplate(text: str) -> bool:
    """Does this talk to the visitor rather than about its subject?"""
    return _BOILERPLATE.search(text) is not None
