"""Whom a claim is about, where it says only "he" or "the company". Pure."""

import re

from sourcebook.facts.names import name_words, names

_PRONOUN = re.compile(
    r"(?:\S+\s)?(?:he|she|it|they|his|her|its|their"
    r"|(?:the|this) (?:company|group|organi[sz]ation|agency|firm|film|book|album|song|band|team|club|city|town|report"
    r"|study|paper|project|model|law|act|bill))\b",
    re.IGNORECASE,
)


def resolved(claim: str, heading: str, before: str) -> str:
    """The claim with the name in front that the pronoun stands for with which it begins: the first name of the sentence
    before it, else of its heading; the claim as it is where it begins with a name."""
    pronoun = _PRONOUN.match(claim)
    if pronoun is None or any(name.start < pronoun.end() and name_words(name.quote) for name in names(claim)):
        return claim
    for words in (before, heading):
        least = 1 if words is before else 2  # one word with a capital letter is how headings begin
        named = next((name.quote for name in names(words) if len(name_words(name.quote)) >= least), "")
        if named:
            return f"{named}, {claim}"
    return claim
