"""A person's word on a finding of a parser: that there is nothing to mend; added to what was said, never edited."""

import re

from sourcebook import ids
from sourcebook.errors import NotFoundError, UsageError
from sourcebook.library.corrections import Signed
from sourcebook.library.parts import Parts
from sourcebook.library.reviewing import page_named
from sourcebook.types.reviews import DISMISSED, Review, ReviewField

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?")


def dismiss(parts: Parts, finding: str, signed: Signed) -> Review:
    """Take a finding out of what waits, named as it is or by where it stands: FILE:LINE or FILE:LINE:COLUMN.

    The word holds for as long as the page has the same finding, wherever on it. Raises UsageError, or NotFoundError for
    a finding that is not there.
    """
    name = _name(parts, finding)
    if not signed.why.strip():
        raise UsageError("a finding is dismissed for a reason", "say why, for whoever reads the page after you")
    return _add(parts, name, DISMISSED, signed)


def take_back(parts: Parts, finding: str, signed: Signed) -> Review:
    """Have a finding wait again, by adding to what was said of it. Raises UsageError where nobody has dismissed it."""
    said = parts.store.reviews.findings()
    name = finding if finding in said else _name(parts, finding)
    if name not in said:
        raise UsageError("nobody has dismissed this finding", "`/problems` in the browser lists those that wait")
    return _add(parts, name, "", signed)


def _add(parts: Parts, name: str, value: str, signed: Signed) -> Review:
    if not signed.who.strip():
        raise UsageError("nobody says who says it", "give a name: --who on the command line, Who in the browser")
    at = parts.clock()
    review_id = ids.fingerprint(name, signed.who, value, at.isoformat())
    made = Review(review_id, "", ReviewField.FINDING, value, signed.who, at, signed.why.strip(), finding=name)
    parts.store.reviews.add([made])
    return made


def _name(parts: Parts, finding: str) -> str:
    if parts.store.findings.exists(finding):
        return finding
    place = _PLACE.fullmatch(finding.strip())
    if place is None:
        raise NotFoundError(f"no finding {finding!r} in the pages", "name it by where it stands: FILE:LINE")
    page = page_named(parts, place["path"])
    line, column = int(place["line"]), int(place["column"] or 0)
    found = [
        name
        for name, one in parts.store.findings.on_page(page.id).items()
        if one.line == line and column in {0, one.column}
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFoundError(
            f"nothing was found on line {line} of {page.path!r} as it was last built", "build again when it has changed"
        )
    raise UsageError(f"line {line} of {page.path!r} has {len(found)} findings", "say which: FILE:LINE:COLUMN")
