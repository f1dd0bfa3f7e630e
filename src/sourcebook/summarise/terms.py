"""Words and phrases that carry meaning: by simple statistics, without a model. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from sourcebook.facts.words import background, stem

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{2,}")
_PHRASE_BREAK = re.compile(r"[^\w\s'’\-]+|\n+")
STOP_WORDS = frozenset(
    """
    a about above according across after again against ago all almost alone along already also although always
    am among an and another any anyone anything are around as ask at away back be became because become been
    before began behind being below best better between both but by came can cannot come could day days did do
    does doing done down during each early either end enough even ever every everyone everything example far few
    find first five for found four from full further gave get give given go goes going gone good got great had
    half has have having he her here herself high him himself his how however i if in including indeed instead
    into is it its itself just keep kind knew know known large last late later least less let like likely little
    long look made make makes making many may maybe me mean means might more moreover most much must my myself
    near nearly need needs never new next no non none nor not nothing now number of off often old on once one
    ones only onto or other others our ours out over own part people per perhaps place point possible put quite
    rather really recent recently right said same saw say says second see seem seemed seems seen set several
    shall she should show shown shows since six small so some someone something sometimes soon still such sure
    take taken than that the their them themselves then there therefore these they thing things think this those
    though thought three through thus time times to today together told too took toward towards two under until
    up upon us use used uses using usually very via want was way ways we well went were what when where whether
    which while who whole whom whose why will with within without work would year years yes yet you your yours
    page article read see also www http https com org don't doesn't didn't isn't aren't wasn't can't won't it's
    that's we're they're i'm there's
    """.split()
)
MOST_WORDS = 3  # of a phrase
LEAST_RARITY = 0.5  # of a word by itself: "weeks" and "home" tell nothing of a text


def words_of(text: str) -> list[str]:
    """Every word of a text, in lower case; pairs of characters in scripts without spaces."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    if text.isascii() or _WIDE.search(text) is None:
        return [word.removesuffix("'s") for word in words]
    return [pair for word in words for pair in _pairs(word)]


def content_words(text: str) -> list[str]:
    """The words of a text that carry its meaning."""
    return [word for word in words_of(text) if carries_meaning(word)]


def carries_meaning(word: str) -> bool:
    """Is a word in lower case about something, rather than one that holds sentences together?"""
    return len(word) > 1 and word not in STOP_WORDS


def _pairs(word: str) -> list[str]:
    """Every two neighbouring characters of a script without spaces, or the word as it is."""
    if _WIDE.search(word) is None:
        return [word]
    return [word[index : index + 2] for index in range(len(word) - 1)]


def phrases(text: str, rare: Collection[str] = frozenset()) -> Iterator[tuple[str, ...]]:
    """Every run of one to three meaningful words that no stop word, `rare` one or punctuation breaks, as written."""
    for part in _PHRASE_BREAK.split(text):
        run: tuple[str, ...] = ()
        for word in _WORD.findall(part):
            if len(word) < 2 or word.casefold() in STOP_WORDS or word in rare or word.isdigit():
                run = ()
                continue
            run = (*run[1 - MOST_WORDS :], word)
            for start in range(len(run)):
                yield run[start:]


def top_phrases(text: str, most: int) -> tuple[str, ...]:
    """The phrases that a text repeats: long and rare ones count for more, and a phrase within another is left out."""
    said = Counter(_WORD.findall(text))
    forms = {word: folded(word) for word in said}
    often: Counter[str] = Counter()
    for word, count in said.items():
        often[forms[word]] += count
    # no phrase is repeated without each of its words: most phrases need not be made
    written = Counter(phrases(text, {word for word, form in forms.items() if often[form] < 2}))
    counts: Counter[tuple[str, ...]] = Counter()
    usual: dict[tuple[str, ...], tuple[int, str]] = {}  # how a phrase is most often written
    for phrase, count in written.items():
        key = tuple([forms[word] for word in phrase])
        counts[key] += count
        usual[key] = max(usual.get(key, (0, "")), (count, " ".join(phrase)))
    repeated = [(key, count) for key, count in counts.items() if count >= (2 if len(key) > 1 else 4)]
    repeated = [(key, count) for key, count in repeated if len(key) > 1 or _rarity(key) >= LEAST_RARITY]
    repeated.sort(key=lambda row: (-row[1] * len(row[0]) ** 1.5 * _rarity(row[0]), row[0]))
    chosen: list[tuple[str, ...]] = []
    for key, _ in repeated:
        if len(key[0]) > 2 and not any(set(key) & set(other) for other in chosen):
            chosen.append(key)
        if len(chosen) == most:
            break
    return tuple(usual[key][1] for key in chosen)


def _rarity(phrase: Sequence[str]) -> float:
    """How rare the words of a phrase are in writing of all kinds: "open weights" tells more than "other things"."""
    known = background()
    return sum(known.rarity(stem(word)) for word in phrase) / len(phrase)


def folded(word: str) -> str:
    """A word without case, possessive or plural: near enough to meet its other forms."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def as_in_a_sentence(words: Sequence[str], texts: Iterable[str]) -> str:
    """A phrase in the case that it has in running text: lower, unless it is nowhere written so."""
    together = " ".join(texts)
    return " ".join(_cased(word, together) for word in words)


def _cased(word: str, text: str) -> str:
    if sum(character.isupper() for character in word) != 1 or not word[0].isupper():
        return word  # "AI", "OpenAI", and what is lower already
    return word.lower() if re.search(rf"\b{re.escape(word.lower())}\b", text) else word
