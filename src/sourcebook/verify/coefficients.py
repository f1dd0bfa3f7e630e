"""The numbers that the local judge weighs features with. training/judge.py wrote them; nobody edits them by hand."""

import math
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from sourcebook.verify.features import Features

FILE = "coefficients.json"
BIAS = "bias"


class Scale(Struct, frozen=True):
    """A weighted sum of terms, and the straight line that turns it into odds that hold. A term is a feature, or two
    that are multiplied: "text*text"."""

    weights: dict[str, float]
    slope: float
    shift: float

    def probability(self, features: Features) -> float:
        """From 0 to 1."""
        known = asdict(features)
        total = math.fsum(weight * term(known, name) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * total + self.shift))))


class Coefficients(Struct, frozen=True):
    """The two questions that the local judge asks of the features, and where it draws its lines."""

    about: str
    supported: Scale  # does the text fully bear the claim out?
    unsupported: Scale  # does it bear nothing of it out?
    supported_from: float
    supported_without_a_name: float  # the same, of a claim with a name that the text does not have in full
    supported_below: float  # of the second question: a page that may say nothing of a claim does not support it
    unsupported_from: float
    without_a_number: float  # how often claims are borne out by texts that lack a number of theirs
    with_a_stray: float  # … by texts in which a number of theirs stands elsewhere
    scattered_at_most: float  # how likely a text bears a claim out whose words it has far apart, or in another order


def term(features: dict[str, float], name: str) -> float:
    """The value of a term."""
    if name == BIAS:
        return 1.0
    first, _, second = name.partition("*")
    return features[first] * features[second] if second else features[first]


@cache
def coefficients() -> Coefficients:
    """What the installed Sourcebook judges by."""
    data = files("sourcebook.verify").joinpath(FILE).read_bytes()
    return msgspec.json.decode(data, type=Coefficients)
