"""The numbers, dates and names of a text, in forms in which two texts can be compared. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"\d+(?:[.,\u202f\xa0’']\d+)*|[^\W\d_]+(?:[’'.&][^\W\d_]+)*\.?|[^\w\s]")
_ISO_DATE = re.compile(r"\b(?:1\d|20)\d\d-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u202f\xa0’']\d{3})+")

_SMALL = {
    **{word: float(value) for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split()
    )},
    **{word: 20.0 + 10 * at for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())},
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "mn": 1e6,
    "bn": 1e9, "tn": 1e12, "k": 1e3, "m": 1e6, "b": 1e9,
}  # fmt: skip
_LETTERS = frozenset("kmb")  # may be a scale or a unit: both readings hold

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTH_OF = {form: month for month in MONTHS for form in (month, month[:3])} | {"sept": "september"}
_BEFORE_MONTH = frozenset("in of since until by last this next late early mid during from to and through".split())
_NO_NAMES = frozenset("mr mrs ms miss dr sir prof i".split()) | WEEKDAYS | frozenset(MONTHS)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, and the values that it may stand for."""

    written: str
    values: frozenset[float]


def numbers(text: str) -> Iterator[Number]:
    """Every number of a text, in figures or in words; "one" is none, unless a scale follows it."""
    tokens = _TOKEN.findall(text)
    for at, token in enumerate(tokens):
        word = token.lower()
        following = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
        if following == "-" and at + 2 < len(tokens):
            following = tokens[at + 2].lower()
        scale = _SCALES.get(following.rstrip("."))
        if token[0].isdigit():
            values = _read(token)
        elif word in _SMALL and (word != "one" or scale is not None):
            values = {_SMALL[word] + _SMALL.get(following, 0.0) if _SMALL[word] >= 20 else _SMALL[word]}
        elif word in {"a", "an"} and scale is not None and len(following) > 1:
            values = {1.0}
        else:
            continue
        yield _scaled(token, values, following.rstrip("."), scale)


def _scaled(written: str, values: set[float], following: str, scale: float | None) -> Number:
    if scale is None:
        return Number(written, frozenset(values))
    grown = {round(value * scale, 6) for value in values}
    return Number(f"{written} {following}", frozenset(grown | values if following in _LETTERS else grown))


def _read(token: str) -> set[float]:
    """What figures may stand for: "1.500" is one and a half to some, and fifteen hundred to others."""
    values: set[float] = set()
    if _GROUPED.fullmatch(token):
        values.add(float(re.sub(r"\D", "", token)))
        if "." not in token:
            return values
    plain = token.replace(",", ".")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        values.add(float(plain))
    return values or {float(part) for part in re.findall(r"\d+", token)}


def dates(text: str) -> Iterator[tuple[str, int]]:
    """Every month and weekday that a text names, each with the day of the month beside it, or 0."""
    for match in _ISO_DATE.finditer(text):
        yield MONTHS[int(match["month"]) - 1], int(match["day"])
    tokens = [token.rstrip(".") for token in _TOKEN.findall(text)]
    for at, token in enumerate(tokens):
        if not token[:1].isupper():
            continue
        word = token.lower()
        if word in WEEKDAYS:
            yield word, 0
        elif (month := _MONTH_OF.get(word)) is not None:
            day = _day_beside(tokens, at)
            before = tokens[at - 1].lower() if at else ""
            if day or word not in {"may", "mar", "march", "sep", "dec", "jan"} or before in _BEFORE_MONTH:
                yield month, day


def _day_beside(tokens: Sequence[str], at: int) -> int:
    """The day of the month that stands before or after the token at `at`; 0 without one."""
    before = [token for token in tokens[max(at - 3, 0) : at] if token.lower() not in {"of", "st", "nd", "rd", "th"}]
    for token in (before[-1:] or [""])[0], tokens[at + 1] if at + 1 < len(tokens) else "":
        if token.isdigit() and 1 <= int(token) <= 31:
            return int(token)
    return 0


def names(sentence: str) -> Iterator[tuple[str, ...]]:
    """Every run of words in capitals; not the first word of a sentence, where nothing says that it is a name."""
    run: list[str] = []
    opening = True
    for token in [*_TOKEN.findall(sentence), ""]:
        if token[:1].isupper() and token.lower().rstrip(".") not in _NO_NAMES:
            run.append(token.rstrip("."))
            continue
        if run and opening:
            run = run if _is_name(run[0]) else run[1:]
        if run:
            yield tuple(run)
        run = []
        opening = opening and not token[:1].isalnum()


def _is_name(word: str) -> bool:
    """Is a word in capitals a name even where a sentence begins? "UN", "OpenAI"."""
    return any(character.isupper() for character in word[1:])


def plain(word: str) -> str:
    """A word in lower case without accents, points and possessive: "U.S." is "us", "Müller’s" is "muller"."""
    word = word.casefold().replace("’", "'").removesuffix("'s").rstrip("'.").replace(".", "")
    if word.isascii():
        return word
    return "".join(one for one in unicodedata.normalize("NFKD", word) if not unicodedata.combining(one))
