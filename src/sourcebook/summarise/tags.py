"""What a source is about in the words of the pages that cite it. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from sourcebook.facts.names import name_words, names
from sourcebook.facts.words import background, stem
from sourcebook.summarise.terms import carries_meaning, folded, words_of
from sourcebook.types.documents import Document
from sourcebook.types.pages import Page
from sourcebook.types.ratings import Tag

MOST = 8
MOST_WORDS = 4  # of a title that could be a tag: "Open Source AI Safety"
LOOKED_AT = 20_000  # characters of the source's text
RARE = 0.9  # of one word in a capital letter: commoner ones are titles and parts of things
ENOUGH = 2  # times in the text, where neither the title nor the description names it

_AND = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")

PAGE_TAG, PAGE_TITLE, ENTITY, CARRIED_OVER = "page tag", "page title", "entity", "carried over"


def tags_from_pages(
    title: str, document: Document | None, pages: Sequence[Page], statements: Sequence[str] = ()
) -> tuple[Tag, ...]:
    """The tags and titles of citing pages, and whom and what their statements name, where the source speaks of it; the
    most telling first.

    Where nobody has read the source, those tags are carried over that more than half of several citing pages bear.
    """
    vocabulary, borne = _vocabulary(pages)
    if document is None:
        shared = [key for key, count in borne.most_common() if count > 1 and 2 * count > len(pages)]
        return tuple(Tag(vocabulary[key].words, CARRIED_OVER) for key in shared[:MOST])
    for key, tag in _entities(statements).items():
        vocabulary.setdefault(key, tag)
    about = _spaced(f"{title} {document.title} {document.description}")
    text = _spaced(document.text[:LOOKED_AT])
    scores: dict[str, float] = {}
    for key in vocabulary:
        named, repeated = f" {key} " in about, text.count(f" {key} ")
        if named or repeated >= ENOUGH:
            scores[key] = 10 * named + min(repeated, 10) + borne[key]
    best = sorted(scores, key=lambda key: (-scores[key], key))
    parts = {
        key
        for key in best
        if vocabulary[key].origin == ENTITY and any(f" {key} " in f" {one} " for one in best if one != key)
    }
    return tuple(vocabulary[key] for key in best if key not in parts)[:MOST]


def _entities(statements: Sequence[str]) -> dict[str, Tag]:
    """Whom and what the statements name that lean on a source, as it can be looked up."""
    found: dict[str, Tag] = {}
    for name in (name for said in statements for name in names(said)):
        for words in {name.quote, *_AND.split(name.quote)}:
            if name_words(words) and len(words.split()) <= MOST_WORDS and _tells(words, opens=name.start == 0):
                found.setdefault(_key(words), Tag(words, ENTITY))
    found.pop("", None)
    return found


def _tells(name: str, *, opens: bool) -> bool:
    """Is this a name by itself? One word with a capital letter may only begin a sentence, or be "the Office"."""
    if " " in name or not name[1:].islower():
        return True
    return not opens and background().rarity(stem(name)) >= RARE


def _vocabulary(pages: Sequence[Page]) -> tuple[dict[str, Tag], Counter[str]]:
    """What the pages are said to be about, as it can be looked up; and on how many of them each stands as a tag."""
    found: dict[str, Tag] = {}
    borne: Counter[str] = Counter()
    for page in pages:
        for tag in page.tags:
            if key := _key(tag):
                found.setdefault(key, Tag(tag.replace("-", " ") if tag.islower() else tag, PAGE_TAG))
        borne.update({_key(tag) for tag in page.tags} - {""})
        head = page.title.partition(":")[0].strip()
        if len(head.split()) <= MOST_WORDS and (key := _key(head)):
            found.setdefault(key, Tag(head, PAGE_TITLE))
    return found, borne


def _key(words: str) -> str:
    """The folded words of a phrase; "" for one that says nothing."""
    return _spaced(words).strip() if any(map(carries_meaning, words_of(words))) else ""


def _spaced(text: str) -> str:
    """The folded words of a text with a space around each, so that a phrase can be looked for as a whole."""
    said = words_of(text.replace("-", " "))
    forms = {word: folded(word) for word in set(said)}
    return f" {' '.join([forms[word] for word in said])} "
