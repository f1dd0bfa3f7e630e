"""What in a claim only points at its source: addresses and identifiers. They say nothing that a source could bear out,
and the digits in them are no figures. Pure.
"""

import re

_POINTER = re.compile(
    r"(?:https?://|www\.)[^\s<>\"”]+"
    r"|(?:\b(?:info:)?doi(?::\s?|\s|/)|\b(?:dx\.)?doi\.org/)10\.\d{4,9}/[^\s<>\"”]+"
    r"|\barxiv:\s?\d{4}\.\d{4,5}(?:v\d+)?|\barxiv:\s?[a-z.-]+/\d{7}(?:v\d+)?"
    r"|\bPMC?ID:?\s?(?:PMC)?\d{4,9}\b|\bPMC\d{5,9}\b|\bISBN(?:-1[03])?:?\s?[\dX -]{9,17}[\dX]\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[\]).,;:!?'’]+\Z")
_HINTS = ("://", "www.", "10.", "rxiv:", "pm", "isbn")  # no pointer is without one


def without_pointers(claim: str) -> str:
    """The claim without what only points. Punctuation behind an address belongs to the sentence and stays."""
    low = claim.lower()
    if not any(hint in low for hint in _HINTS):
        return claim
    said = _POINTER.sub(lambda found: tail[0] if (tail := _TAIL.search(found[0])) else "", claim)
    return claim if said == claim else said.replace("()", "").replace("[]", "")
