"""When there is nothing to judge by, and why. Pure: a wall, a few words or another language are never held against a
claim."""

from sourcebook.facts.words import STOP_WORDS, WORD, plain
from sourcebook.types.captures import Capture, Outcome
from sourcebook.types.documents import Completeness, Document
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Unjudged, UnjudgedReason
from sourcebook.verify.language import UNSPACED, language_of
from sourcebook.verify.pointers import without_pointers
from sourcebook.verify.quotes import is_too_short, quoted_spans

LEAST_CHARACTERS = 200  # less text than this is not what was cited
_LEAST_LETTERS = 3
_LEAST_TELLING = 3  # words that carry meaning
_LEAST_WORDS = 3  # where two carry meaning: "Registration is approval." states something, "SFF website" nothing

_REASONS = {
    Outcome.WALLED: UnjudgedReason.WALLED,
    Outcome.BLOCKED: UnjudgedReason.WALLED,
    Outcome.PAYWALLED: UnjudgedReason.PAYWALLED,
    Outcome.WRONG_TYPE: UnjudgedReason.NON_TEXT,
}
_INCOMPLETE = {
    Completeness.ABSTRACT: (UnjudgedReason.ABSTRACT_ONLY, "only the abstract is archived, and it does not say so"),
    Completeness.PREVIEW: (UnjudgedReason.PAYWALLED, "only the beginning is archived, and it does not say so"),
    Completeness.FRAGMENT: (UnjudgedReason.TOO_SHORT, "only a fragment is archived, and it does not say so"),
}

Why = tuple[UnjudgedReason, str]


def why_not(claim: Claim, document: Document | None, capture: Capture | None) -> Why | None:
    """The reason, and in words, why a claim cannot be held against a document; None when it can."""
    if document is None or not document.text.strip():
        return _without_text(document, capture)
    if len(document.text.strip()) < LEAST_CHARACTERS:
        return UnjudgedReason.TOO_SHORT, "the archived text is only a few words long"
    return why_not_words(claim.text, document.text)


def why_not_words(claim: str, text: str) -> Why | None:
    """The same, of a claim and a text that somebody hands in."""
    if sum(map(str.isalpha, claim)) < _LEAST_LETTERS:
        return UnjudgedReason.TOO_SHORT, "the claim says nothing in words"
    if not any(map(str.isalnum, text)):
        return UnjudgedReason.NON_TEXT, "the text has no words"
    ours, theirs = language_of(claim), language_of(text)
    if ours in UNSPACED:
        why = f"the claim is in {UNSPACED[ours]}, which writes no spaces; this judge needs them to tell words"
        return UnjudgedReason.OTHER_LANGUAGE, why
    if _is_a_fragment(claim):
        return UnjudgedReason.TOO_SHORT, "the claim is too few words to state anything"
    if ours and theirs and ours != theirs:
        return UnjudgedReason.OTHER_LANGUAGE, f"the claim is in {ours!r} and the source in {theirs!r}"
    return None


def _is_a_fragment(claim: str) -> bool:
    """Has the claim too few words to state anything, and neither a figure nor somebody's words to be held to?"""
    said = without_pointers(claim)
    words = WORD.findall(said)
    telling = sum(plain(word) not in STOP_WORDS for word in words)
    leads = said.rstrip().endswith(":")  # "As Smith explains:"
    enough = telling >= _LEAST_TELLING or (telling == _LEAST_TELLING - 1 and len(words) >= _LEAST_WORDS and not leads)
    if enough or any(map(str.isdigit, said)):
        return False
    return all(map(is_too_short, quoted_spans(said)))


def why_not_all(document: Document) -> Why | None:
    """Why a document that does not bear a claim out may be only a part of what does; None when it is whole."""
    return _INCOMPLETE.get(document.completeness)


def unjudged(claim: Claim, source_id: str, why: Why) -> Unjudged:
    """No answer, and why."""
    return Unjudged(claim.id, source_id, *why)


def _without_text(document: Document | None, capture: Capture | None) -> Why:
    if capture is None and document is not None:
        return UnjudgedReason.NON_TEXT, "the copy that was filed has no words"
    if capture is None:
        return UnjudgedReason.NOT_CAPTURED, "the source was not fetched yet"
    if capture.outcome is Outcome.OK:
        why = "no words could be read from the capture" if document is None else "the capture has no words"
        return UnjudgedReason.NON_TEXT, why
    return _REASONS.get(capture.outcome, UnjudgedReason.NOT_CAPTURED), capture.reason or capture.outcome.value
