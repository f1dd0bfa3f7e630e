"""Digits that a page raises: 10 to the 25th is not 1025, nor 2019 with a footnote's 3 20193."""

import re

_POWER = re.compile(r"[-+−]?[0-9]{1,3}")
_DIGITS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def raised(text: str, before: str) -> str:
    """What stands in a `sup` behind other words: a power, or a mark behind a number, in raised digits."""
    if before[-1:].isdecimal() and _POWER.fullmatch(text.strip()):
        return text.strip().translate(_DIGITS)
    return text
