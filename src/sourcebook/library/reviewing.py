"""A person's word on a verdict: confirmed, overruled or dismissed; added to what was said before, never edited."""

import difflib
import re
from collections.abc import Sequence

from sourcebook import ids
from sourcebook.errors import NotFoundError, UsageError
from sourcebook.library.corrections import Signed
from sourcebook.library.parts import Parts
from sourcebook.store import find_judgements
from sourcebook.types.pages import Claim, Page
from sourcebook.types.reviews import DISMISSED, Review, ReviewField
from sourcebook.types.verdicts import Support, Verdict

CONFIRM, DISMISS = "confirm", "dismiss"
WORDS = (CONFIRM, *(support.value for support in Support), DISMISS)  # what a person can say

_LEAST_OF_ID = 4  # characters; fewer name a claim by chance
_ID = re.compile(rf"[0-9a-f]{{{_LEAST_OF_ID},16}}")
_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?")
_SHOWN = 60  # characters of a claim, in a list of several

_Leaning = tuple[str, Claim]  # a source, and a claim that leans on it


def review(parts: Parts, claim: str, source: str, said: str, signed: Signed) -> Review:
    """Keep what a person says a source says of a claim. Raises UsageError or NotFoundError for what cannot be."""
    claim_id, source_id = _pair(parts, claim, source)
    value = _value(parts, claim_id, source_id, said)
    if not signed.why.strip():
        raise UsageError("a review says why", "add --why, for whoever reads the record after you")
    return _add(parts, claim_id, source_id, value, signed)


def take_back(parts: Parts, claim: str, source: str, signed: Signed) -> Review:
    """Undo the last word on what a source says of a claim. The word before it counts again, and then the judge's."""
    claim_id, source_id = _pair(parts, claim, source)
    if parts.store.reviews.verdict(claim_id, source_id) is None:
        raise UsageError("nobody has reviewed this verdict", "`sourcebook show` lists what people said of a source")
    return _add(parts, claim_id, source_id, "", signed)


def _value(parts: Parts, claim_id: str, source_id: str, said: str) -> str:
    said = said.strip().lower()
    if said == DISMISS:
        return DISMISSED
    if said == CONFIRM:
        judgement_id = ids.judgement_id(claim_id, source_id)
        found = find_judgements(parts.store.derived, [judgement_id]).get(judgement_id)
        if not isinstance(found, Verdict):
            why = found.why if found else "not built yet"
            raise UsageError(f"there is no verdict to confirm: {why}", f"say which it is: {', '.join(Support)}")
        return found.support.value
    if said not in list(Support):
        near = difflib.get_close_matches(said, WORDS, 1)
        hint = (f"did you mean {near[0]!r}? " if near else "") + f"say one of {', '.join(WORDS)}"
        raise UsageError(f"{said!r} is nothing that a review can say", hint)
    return said


def _add(parts: Parts, claim_id: str, source_id: str, value: str, signed: Signed) -> Review:
    """No verdict changes by it, so nothing that is derived becomes due."""
    if not signed.who.strip():
        raise UsageError("nobody says who says it", "give a name: --who on the command line, Who in the browser")
    at = parts.clock()
    review_id = ids.fingerprint(source_id, claim_id, signed.who, value, at.isoformat())
    made = Review(review_id, source_id, ReviewField.VERDICT, value, signed.who, at, signed.why.strip(), claim_id)
    parts.store.reviews.add([made])
    return made


# --- which claim, and which of its sources -----------------------------------------------------------


def _pair(parts: Parts, claim: str, source: str) -> tuple[str, str]:
    """A claim by its id, by the beginning of it, or by where it stands; and one of the sources that it leans on."""
    leaning = _leaning(parts, claim.strip())
    claims = {one.id: one for _, one in leaning}
    if len(claims) > 1:
        raise UsageError(
            f"{claim!r} names {len(claims)} statements", "name one of them: " + "; ".join(map(_named, claims.values()))
        )
    (claim_id,) = claims
    sources = list(dict.fromkeys(source_id for source_id, _ in leaning))
    if not source:
        if len(sources) > 1:
            raise UsageError(
                f"the claim leans on {len(sources)} sources", f"say which verdict is meant: {_listed(sources)}"
            )
        return claim_id, sources[0]
    found = parts.store.sources.find(source)
    if found is None:
        raise NotFoundError(f"no source {source!r} in this library", f"the claim leans on {_listed(sources)}")
    if found.id not in sources:
        raise UsageError(f"the claim does not lean on source {found.id}", f"it leans on {_listed(sources)}")
    return claim_id, found.id


def _leaning(parts: Parts, claim: str) -> list[_Leaning]:
    if (place := _PLACE.fullmatch(claim)) is not None:
        line, column = int(place["line"]), int(place["column"] or 0)
        return _at(parts, page_named(parts, place["path"]), line, column)
    found = parts.store.pages.claims_like(claim.lower()) if _ID.fullmatch(claim.lower()) else []
    if not found:
        raise NotFoundError(
            f"no claim {claim!r} leans on a source of this library",
            "name it by its id, by at least four characters of that, or as FILE:LINE; `sourcebook review` lists some",
        )
    return found


def page_named(parts: Parts, path: str) -> Page:
    """A page by its path in the library, by a longer path that ends in it, or by the end of it."""
    path = path.removeprefix("./")
    pages = parts.store.pages.all()
    if exact := next((page for page in pages if page.path == path), None):
        return exact
    longer = [page for page in pages if path.endswith(f"/{page.path}")]
    found = [max(longer, key=lambda page: len(page.path))] if longer else []
    found = found or [page for page in pages if page.path.endswith(f"/{path}")]
    if not found:
        raise NotFoundError(f"no page {path!r} in this library", "`sourcebook build` reads pages in")
    if len(found) > 1:
        raise UsageError(f"{path!r} is {len(found)} pages", f"name one of them: {_listed([one.path for one in found])}")
    return found[0]


def _at(parts: Parts, page: Page, line: int, column: int) -> list[_Leaning]:
    """The claims that stand on a line of a page as it was last built, or whose citation does."""
    text = parts.store.pages.text(page.id)
    found = [
        (source_id, citation.claim)
        for citation, source_id in parts.store.pages.citations(page.id)
        if citation.claim is not None
        and source_id
        and (citation.line == line or _line(text, citation.claim.start) <= line <= _line(text, citation.claim.end))
    ]
    if not found:
        raise NotFoundError(
            f"no claim with a source stands on line {line} of {page.path!r} as it was last built",
            "build again when the page has changed since, or name the claim by its id",
        )
    offset = _offset(text, line, column)
    exactly = [one for one in found if column and one[1].start <= offset < one[1].end]
    return exactly or found


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _offset(text: str, line: int, column: int) -> int:
    """Where a line and column are in a text."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start + column - 1


def _named(claim: Claim) -> str:
    words = claim.text if len(claim.text) <= _SHOWN else claim.text[:_SHOWN].rsplit(" ", 1)[0] + " …"
    return f"{claim.id} “{words}”"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
