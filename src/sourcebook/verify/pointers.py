"""What in a claim only points at its source: addresses and identifiers. They say nothing that a source could bear out,
and the digits in them are no figures. Pure.
"""

import re

from sourcebook.works import IN_TEXT

_POINTER = re.compile(r"(?i:https?://|www\.)[^\s<>\"”]+|\b(?:" + IN_TEXT + ")")
_TAIL = re.compile(r"[\]).,;:!?'’]+\Z")
_HINTS = ("://", "www.", "10.", "rxiv:", "pm", "isbn")  # no pointer is without one


def without_pointers(claim: str) -> str:
    """The claim without what only points. Punctuation behind an address belongs to the sentence and stays."""
    low = claim.lower()
    if not any(hint in low for hint in _HINTS):
        return claim
    said = _POINTER.sub(lambda found: tail[0] if (tail := _TAIL.search(found[0])) else "", claim)
    return claim if said == claim else said.replace("()", "").replace("[]", "")
