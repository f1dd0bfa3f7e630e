"""What a judge knows of a claim and a text, as numbers that can be explained. Pure."""

import math
import re

from msgspec import Struct

from sourcebook.facts.words import background
from sourcebook.verify.facts import Fact, FactKind, facts, strays
from sourcebook.verify.misfits import misfits
from sourcebook.verify.opposites import Opposite, opposites
from sourcebook.verify.passages import Bearing, Wanted, bearings, wanted
from sourcebook.verify.reading import Reading
from sourcebook.verify.together import is_scattered

_MOST_BEARINGS = 8
_NEAR = 3  # passages near which a number of the claim is looked for
_JOINED = re.compile(r"[,;]|\b(?:and|while|which|who|where|when|but|as|after|before|with)\b")


class Features(Struct, frozen=True):
    """Each from 0 to 1 unless it says otherwise. Their order is that of the coefficients."""

    text: float  # how much of the claim's wording the text has
    best: float  # … the best passage
    three: float  # … the best three
    five: float  # … the best five
    plain_text: float  # the same, each word counting as much as the others
    plain_best: float
    plain_three: float
    rarest_missing: float  # weight of the weightiest word that the text lacks, times the number of words
    missing: float  # logarithm of how many words the text lacks
    pairs_text: float
    pairs_best: float
    pairs_three: float
    run: float  # the longest run of the claim's words in one sentence
    common_best: float  # wording that is neither name nor number
    common_three: float
    common_text: float
    fuzzy_three: float  # words of which the passages have at least the beginning
    numbers: float  # logarithm of how many there are
    numbers_text: float  # how many of them the text has
    numbers_best: float
    numbers_three: float
    dates_text: float
    dates_three: float
    names: float  # logarithm of how many there are
    names_text: float
    names_best: float
    names_three: float
    name_missing: float  # whether there is one of which the text has nothing
    negation: float  # whether one of claim and best passage is negated, and the other not
    length: float  # logarithm of the claim's words
    clauses: float  # logarithm of the claim's parts
    size: float  # logarithm of the text's sentences
    focus: float  # how much of the best passage is about the claim
    margin: float  # how much better the best passage is than the next


class Evidence(Struct, frozen=True):
    """A claim held against a text, before anybody judges."""

    features: Features
    terms: Wanted
    facts: tuple[Fact, ...]
    bearings: tuple[Bearing, ...]  # best first
    strays: tuple[Fact, ...]  # numbers that the text has, but not with what the claim says of them
    opposites: tuple[Opposite, ...]  # words and numbers in whose place the text has the opposite, or another
    scattered: bool = False  # whether the text has the claim's words far apart, or in another order


NAMES = Features.__struct_fields__


def evidence(claim: Reading, source: Reading) -> Evidence:
    """Hold a claim against a text."""
    terms = wanted(claim, source)
    found = tuple(bearings(terms, source, _MOST_BEARINGS))
    known = facts(claim.text, source)
    view = _View(claim, source, terms, found, known)
    features = Features(**view.wording(), **view.known_facts(), **view.shape())
    near = {index for bearing in found[:_NEAR] for index in range(bearing.first - 1, bearing.end + 1)}
    return Evidence(
        features=features,
        terms=terms,
        facts=known,
        bearings=found,
        strays=strays(claim, source, known, near),
        opposites=(*opposites(claim, source, found), *misfits(claim, source, known, near)),
        scattered=is_scattered(claim, source, view.spans["three"]),
    )


class _View:
    """One claim and one text, looked at from several sides."""

    def __init__(
        self, claim: Reading, source: Reading, terms: Wanted, found: tuple[Bearing, ...], known: tuple[Fact, ...]
    ) -> None:
        self.claim = claim
        self.source = source
        self.terms = terms
        self.facts = known
        self.found = found
        self.spans = {
            name: frozenset(index for bearing in found[:most] for index in range(bearing.first, bearing.end))
            for name, most in (("best", 1), ("three", 3), ("five", 5))
        }
        self.bags = {
            name: frozenset().union(*(source.sentences[index].bag for index in span))
            for name, span in self.spans.items()
        }
        self.bags["text"] = frozenset(source.spread)

    def wording(self) -> dict[str, float]:
        """How much of the claim's wording is where."""
        stems = self.terms.weights
        lacking = [stem for stem in stems if stem not in self.bags["text"]]
        capitals = {word for fact in self.facts for word in fact.stems}
        common = {stem for stem in stems if stem not in capitals} or set(stems)
        weigh = background().rarity
        total = math.fsum(map(weigh, common)) or 1.0
        values = {name: self.terms.coverage(bag) for name, bag in self.bags.items()}
        values |= {f"plain_{name}": _share(stems, self.bags[name]) for name in ("text", "best", "three")}
        for name in ("text", "best", "three"):
            values[f"common_{name}"] = math.fsum(map(weigh, common & self.bags[name])) / total
        beginnings = {stem[:4] for stem in self.bags["three"]}
        values["fuzzy_three"] = _share([stem[:4] for stem in stems], beginnings)
        values["rarest_missing"] = max((stems[stem] for stem in lacking), default=0.0) * len(stems)
        values["missing"] = math.log1p(len(lacking))
        return values | self._pairs()

    def _pairs(self) -> dict[str, float]:
        pairs = {
            name: frozenset().union(*(self.source.sentences[index].pairs for index in self.spans[name]))
            for name in ("best", "three")
        }
        pairs["text"] = frozenset().union(*(sentence.pairs for sentence in self.source.sentences))
        longest = max((self._longest_run(index) for index in self.spans["three"]), default=0)
        words = sum(len(sentence.stems) for sentence in self.claim.sentences)
        covered = {f"pairs_{name}": self.terms.pair_coverage(found) for name, found in pairs.items()}
        return covered | {"run": longest / max(1, words)}

    def _longest_run(self, index: int) -> int:
        theirs = self.source.sentences[index].stems
        longest = 0
        for sentence in self.claim.sentences:
            row = [0] * (len(theirs) + 1)
            for ours in sentence.stems:
                row = [0, *(row[at] + 1 if ours == word else 0 for at, word in enumerate(theirs))]
                longest = max(longest, *row)
        return longest

    def known_facts(self) -> dict[str, float]:
        """How many of the claim's facts are where."""
        values: dict[str, float] = {}
        for kind, name in ((FactKind.NUMBER, "numbers"), (FactKind.DATE, "dates"), (FactKind.NAME, "names")):
            some = [fact for fact in self.facts if fact.kind is kind]
            values[name] = math.log1p(len(some))
            values[f"{name}_text"] = _mean([fact.share for fact in some])
            for where in ("best", "three"):
                values[f"{name}_{where}"] = _mean([fact.share_in(self.spans[where], self.bags[where]) for fact in some])
        values["name_missing"] = float(any(fact.kind is FactKind.NAME and not fact.share for fact in self.facts))
        return {name: value for name, value in values.items() if name in NAMES}

    def shape(self) -> dict[str, float]:
        """How long and how involved both are."""
        best = [self.source.sentences[index] for index in self.spans["best"]]
        scores = [bearing.score for bearing in self.found[:2]]
        theirs = math.fsum(map(background().rarity, self.bags["best"])) or 1.0
        ours = math.fsum(map(background().rarity, self.terms.weights.keys() & self.bags["best"]))
        negated = any(sentence.negated for sentence in self.claim.sentences)
        return {
            "negation": float(bool(best) and negated != any(sentence.negated for sentence in best)),
            "length": math.log1p(len(self.terms.weights)),
            "clauses": math.log1p(len(_JOINED.findall(self.claim.text))),
            "size": math.log1p(len(self.source.sentences)),
            "focus": ours / theirs,
            "margin": scores[0] - scores[1] if len(scores) == 2 else sum(scores),
        }


def _share(wanted_words: "list[str] | dict[str, float]", there: "frozenset[str] | set[str]") -> float:
    return sum(word in there for word in wanted_words) / max(1, len(wanted_words))


def _mean(values: list[float]) -> float:
    """The mean; what a claim does not have, a text cannot lack."""
    return sum(values) / len(values) if values else 1.0
