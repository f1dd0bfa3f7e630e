"""What a number is of: a currency, a unit, points of a share; and which side of it is meant. Pure."""

import math
import re

from msgspec import Struct

from sourcebook.facts.numbers import Kind, Number

_CURRENCIES = {
    "$": ("$", "usd", "dollars"), "€": ("€", "eur", "euros"), "£": ("£", "gbp", "pounds"), "₹": ("₹", "rupees"),
    "¥": ("¥", "yen", "yuan"),
}  # fmt: skip
# Of each quantity, the words for its units, and how many of the smallest one they are.
_UNITS = {
    "length": {
        "m|metres?|meters?": 1.0, "km|kilomet(?:re|er)s?": 1e3, "cm|centimet(?:re|er)s?": 0.01,
        "mm|millimet(?:re|er)s?": 0.001, "ft|feet|foot": 0.3048, "miles?": 1609.344,
        "yards?": 0.9144, "inch(?:es)?": 0.0254,
    },
    "speed": {r"km/h|kph|kilomet(?:re|er)s? per hour": 1.0, "mph|miles per hour": 1.609344},
    "area": {
        "square kilomet(?:re|er)s?|sq km|km²|km2": 1e6, "square miles?|sq mi": 2589988.0,
        "square met(?:re|er)s?|m²|m2": 1.0, "square feet|sq ft": 0.0929, "hectares?|ha": 1e4, "acres?": 4046.86,
    },
    "mass": {
        "kg|kilograms?|kilos?": 1.0, "g|grams?": 0.001, "mg|milligrams?": 1e-6, "lbs?": 0.4536, "tonnes?|tons?": 1e3,
    },
    "time": {
        "seconds?|secs?": 1.0, "minutes?|mins?": 60.0, "hours?|hrs?": 3600.0, "days?": 86400.0, "weeks?": 604800.0,
        "months?": 2629800.0, "years?": 31557600.0,
    },
    "temperature": {"°C|° C|degrees? (?:celsius|centigrade)": 1.0, "°F|° F|degrees? fahrenheit": 2.0},
    "power": {"kW|kilowatts?": 1e3, "MW|megawatts?": 1e6, "GW|gigawatts?": 1e9},
    "energy": {
        "kWh|kilowatt[ -]hours?": 1e3, "MWh|megawatt[ -]hours?": 1e6, "GWh|gigawatt[ -]hours?": 1e9, "TWh": 1e12,
    },
    "data": {"kB|kilobytes?": 1e3, "MB|megabytes?": 1e6, "GB|gigabytes?": 1e9, "TB|terabytes?": 1e12},
}  # fmt: skip
_SCALE_ONLY = frozenset({"temperature"})  # of which a value in one unit is not so many of another
_KNOWN = [(quantity, size, words) for quantity, units in _UNITS.items() for words, size in units.items()]
_UNIT = re.compile(
    r"[\s-]?(?:" + "|".join(f"(?P<u{at}>{words})" for at, (_, _, words) in enumerate(_KNOWN)) + r")(?![\w²/])",
    re.IGNORECASE,
)
_METRES = re.compile(r"\d\s?m\Z")  # read as millions, and as often metres
_POINTS = re.compile(r"points?\b", re.IGNORECASE)
_SIGNED = re.compile(r"(?:(?<!\S)[-−–]|\bminus\s)\Z", re.IGNORECASE)
_BELOW_ZERO = re.compile(r"[^.;]{0,20}\bbelow (?:zero|freezing)", re.IGNORECASE)
_DEGREES = re.compile(r"\s?(?:°|degrees?\b)", re.IGNORECASE)
_AT_LEAST = re.compile(r"(?:\b(?:over|above|at least|more than)|≥|>)\s*\Z", re.IGNORECASE)
_AT_MOST = re.compile(r"(?:\b(?:under|below|up to|at most|less than|fewer than)|≤|<)\s*\Z", re.IGNORECASE)
_LONGEST_BEFORE = 12


class Measure(Struct, frozen=True):
    """What a number is of. What nothing tells is empty, and differs from nothing."""

    words: str  # the number with its unit, as it stands there
    value: float
    currency: str
    quantity: str
    size: float  # of the unit
    is_share: bool
    is_points: bool
    is_negative: bool
    is_least: bool
    is_most: bool

    def differs(self, other: "Measure") -> bool:
        """Is the other one certainly of something else, though the figures are the same?"""
        unit = self.quantity == other.quantity != "" and not math.isclose(self.size, other.size)
        currency = "" not in {self.currency, other.currency} and self.currency != other.currency
        points = self.is_share and other.is_share and self.is_points is not other.is_points
        side = (self.is_least and other.value < self.value) or (self.is_most and other.value > self.value)
        return unit or currency or points or side or self.is_negative is not other.is_negative

    def is_same_amount(self, other: "Measure") -> bool:
        """Is it as much in another unit: 1 km and 1,000 m?"""
        if self.quantity != other.quantity or self.quantity in {"", *_SCALE_ONLY}:
            return False
        return math.isclose(self.value * self.size, other.value * other.size, rel_tol=1e-6)


def measure(text: str, number: Number) -> Measure:
    """What a number of a text is of."""
    words = number.words
    before = text[max(0, words.start - _LONGEST_BEFORE) : words.start]
    unit = _UNIT.match(text, words.end)
    quantity, size, _ = _KNOWN[int(str(unit.lastgroup)[1:])] if unit else ("", 1.0, "")
    value = number.values[0]
    if unit is None and number.also and _METRES.search(words.quote):
        quantity, size, value = "length", 1.0, number.also[0]
    is_share = number.kind is Kind.SHARE
    return Measure(
        words=text[words.start : unit.end() if unit else words.end],
        value=value,
        currency=_currency(words.quote) if number.kind is Kind.MONEY else "",
        quantity=quantity,
        size=size,
        is_share=is_share,
        is_points=is_share and (_POINTS.search(words.quote) or _POINTS.match(text, words.end + 1)) is not None,
        is_negative=_is_negative(text, number, before),
        is_least=_AT_LEAST.search(before) is not None,
        is_most=_AT_MOST.search(before) is not None,
    )


def _currency(quote: str) -> str:
    said = quote.lower()
    return next((name for name, forms in _CURRENCIES.items() if any(form in said for form in forms)), "")


def _is_negative(text: str, number: Number, before: str) -> bool:
    """Is a temperature or a share below nothing? Before other numbers a stroke is a dash as often as a minus."""
    can_be = number.kind is Kind.SHARE or _DEGREES.match(text, number.words.end) is not None
    below = _BELOW_ZERO.match(text, number.words.end) is not None
    return can_be and (below or _SIGNED.search(before) is not None)
