"""The sentences of a document that could stand alone, with what is needed to choose among them. Pure."""

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from sourcebook.sentences import spans
from sourcebook.summarise.terms import carries_meaning, folded, words_of

MOST_CHARACTERS = 40_000  # of the text: what a source has to say stands in its first fifteen pages
LEAST_WORDS, MOST_WORDS = 6, 80  # agencies put a whole story into their first sentence
ABSTRACT_WITHIN = 6_000  # characters: after a title page with many authors

_MARKER = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+|>\s*")
_REFERENCES = re.compile(
    r"\n(?:#{1,6}\s*)?(?:\d+\.?\s+)?(?:references|bibliography|works cited|literature cited|notes|external links"
    r"|see also|further reading|acknowledge?ments)[^\S\n]*:?[^\S\n]*\n",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"^[\s#*_]*(?:(?i:abstract)(?:[\s*_]*[:.—–-]+\s*|[*_]*\s*\n\s*|\s+(?=[A-Z]))|(?i:summary)[*_]*\s*(?::|\n)\s*)",
    re.MULTILINE,
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
    r"^(?:hello|welcome|hi|dear|thanks|thank you)\b|^looks like (?:we|you)\b|feedback left"
    r"|\b(?:we|us|our|site|website|uses?|accept|these|this|manage|your) (?:[\w,]+ ){0,4}cookies\b"
    r"|\bcookie (?:policy|settings|preferences|consent|notice)|\bsubscribe (?:to|now|today|for|here|at|via|and)\b"
    r"|\b(?:your|our|a|current|existing|digital) subscri(?:ption|ber)"
    r"|\bsign(?:ing)? (?:up (?:for|to|here|now|today)|in\b)|\blog ?in (?:to|or|with|now|here)\b"
    r"|\b(?:our|free|daily|weekly|the|email) (?:\w+ )?newsletter"
    r"|all rights reserved|©|\bcopyright (?:\d|notice|by)"
    r"|click here|read more|^advertisement|\badvertise with|advertiser disclosure"
    r"|privacy policy|terms of (?:use|service)|image credit|photo(?:graph)? (?:by|credit)|getty images|follow us"
    r"|share this|enable javascript|min(?:ute)? read\b|register (?:now|here)|save up to|buy now"
    r"|related (?:articles?|stories)|view (?:pdf|all)\b|(?:published|updated)\s*:|\b\d\d:\d\d (?:EST|EDT|GMT|BST)\b"
    r"|this (?:article|story) (?:was|is|has been) (?:originally|updated)|contributed to this|^reporting by|edited by"
    r"|e-?mail (?:us|me)\b|contact us|leave a (?:reply|comment)|https?://|\bet al\.$|scroll down"
    r"|\b(?:image|video) caption\b|download (?:the|our) app",
    re.IGNORECASE,
)
# No sentence without one of these is boilerplate: to look for a word first is twenty times faster.
_TELLTALE = frozenset(
    """hello welcome hi dear thanks thank looks feedback cookie cookies subscribe subscribes subscription subscriptions
    sign signing log login newsletter rights © copyright click read advertise advertisement advertisements advertiser
    advertising privacy terms image photo photograph getty follow share enable javascript min minute register save buy
    related view article story contributed reporting edited email e-mail mail contact leave http https al scroll caption
    download app published updated est edt gmt bst""".split()
)
_ENDS = re.compile(r"[.!。！][\"'”’»)\]」』）]*(?:\[\^?[\w-]{1,20}\])*$")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_FENCE = re.compile(r"^```.*?^```[^\S\n]*$", re.MULTILINE | re.DOTALL)
_PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))


class Sentence(Struct, frozen=True):
    """A sentence that could be shown to a reader."""

    start: int  # in the document's text
    end: int
    order: int  # among those that could be shown, from 0
    text: str  # on one line
    size: int  # words; two characters count as one in scripts without spaces
    words: frozenset[str]  # those that carry its meaning, folded
    said: frozenset[str]  # every word, in lower case; "%" too
    leans: bool  # opens on something that was said before it: shown only right after that
    follows: bool  # nothing stands between it and the one before it


def sentences_of(text: str) -> tuple[list[Sentence], Counter[str]]:
    """The sentences that could be shown, in order, and in how many sentences of the text each word stands."""
    text = text[:MOST_CHARACTERS]
    references = _REFERENCES.search(text, len(text) * 2 // 5)
    text = text[: references.start()] if references is not None else text
    code = [match.span() for match in _FENCE.finditer(text)]
    forms = _Forms()
    kept: list[Sentence] = []
    everywhere: Counter[str] = Counter()
    before = -1  # the end of the last one that was kept, while nothing else came after it
    for start, end in _prose(text, _body(text)):
        line = " ".join(text[start:end].split())
        said = words_of(line)
        words = frozenset([forms[word] for word in said if carries_meaning(word)])
        everywhere.update(words)
        in_code = any(first <= start < last for first, last in code)
        heard = frozenset([*said, "%"] if "%" in line else said)
        talks = not heard.isdisjoint(_TELLTALE) and is_boilerplate(line)
        if in_code or talks or not _reads_well(line, size(line), len(words)):
            before = -1
            continue
        leans = _OPENS_ON_SOMETHING.match(line) is not None
        kept.append(Sentence(start, end, len(kept), line, size(line), words, heard, leans, before >= 0))
        before = end
    return kept, everywhere


class _Forms(dict[str, str]):
    """Word to folded word, worked out once for each text."""

    def __missing__(self, word: str) -> str:
        self[word] = folded(word)
        return self[word]


def _body(text: str) -> int:
    """Where to begin: at the abstract, when there is one near the top; before it stand names and addresses."""
    abstract = _ABSTRACT.search(text, 0, ABSTRACT_WITHIN)
    return abstract.end() if abstract is not None else 0


def _prose(text: str, body: int) -> Iterator[tuple[int, int]]:
    """Sentences that are neither headings nor rows, without the marks of lists and quotations before them."""
    for start, end in spans(text):
        if end <= body or text.startswith(("#", "|", "```"), start):
            continue
        first = max(start, body)
        while first < end and text[first].isspace():
            first += 1
        while (marker := _MARKER.match(text, first, end)) is not None:
            first = marker.end()
        if first < end:
            yield first, end


def size(text: str) -> int:
    """How many words; two characters count as one in scripts without spaces."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return wide // 2 if wide > len(text) // 3 else len(text.split())


def _reads_well(text: str, words: int, telling: int) -> bool:
    """Is this a whole sentence about the subject, of a length that one can take in?"""
    return (
        LEAST_WORDS <= words <= MOST_WORDS
        and telling >= 3
        and _ENDS.search(text) is not None
        and (text[0].isupper() or not text[0].isascii() or text[0].isdigit() or text[0] in "\"'(")
        and "|" not in text
        and all(text.count(opening) == text.count(closing) for opening, closing in _PAIRS)
        and text.count('"') % 2 == 0
    )


def is_boilerplate(text: str) -> bool:
    """Does this talk to the visitor rather than about its subject?"""
    return _BOILERPLATE.search(text) is not None
