"""Accepted findings, in a file that lives in git with the pages: each with a reason, and perhaps until a day."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from sourcebook.check.evidence import Coverage
from sourcebook.check.result import Checked, Reported
from sourcebook.errors import UsageError
from sourcebook.types.findings import Rule

VERSION = 1

_HINT = "write it anew with --write-baseline, or mend it"


class Accepted(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finding that a person can live with."""

    fingerprint: str
    rule: Rule
    page: str
    message: str  # as it was told then, for readers of the file
    reason: str
    expires: date | None = None  # from this day on, it is a finding again


class _File(msgspec.Struct, frozen=True):
    """The file as it stands."""

    version: int
    accepted: tuple[Accepted, ...] = ()
    coverage: dict[str, tuple[int, int]] = {}


class Baseline(Struct, frozen=True):
    """What was accepted, and how much was checked at the time."""

    accepted: Mapping[str, Accepted] = field(default_factory=dict)  # by fingerprint
    coverage: Mapping[str, Coverage] = field(default_factory=dict)  # by page


def read_baseline(file: Path) -> Baseline:
    """Raises UsageError when the file cannot be read, or a newer Sourcebook has written it."""
    try:
        said = msgspec.json.decode(file.read_bytes(), type=_File)
    except FileNotFoundError:
        raise UsageError(f"no baseline in {str(file)!r}", "make one with --write-baseline FILE") from None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the baseline {str(file)!r}: {error}", _HINT) from error
    if said.version != VERSION:
        raise UsageError(f"the baseline {str(file)!r} has version {said.version}, not {VERSION}", _HINT)
    return Baseline(
        {one.fingerprint: one for one in said.accepted},
        {page: Coverage(*numbers) for page, numbers in said.coverage.items()},
    )


def compare(checked: Checked, baseline: Baseline, looked_at: frozenset[str], today: date) -> Checked:
    """The same check with the accepted findings marked. What has expired is new again, and says so.

    Only pages that were looked at can have lost an accepted finding.
    """
    findings = tuple(
        _marked(finding, baseline.accepted.get(finding.fingerprint), today) for finding in checked.findings
    )
    here = {finding.fingerprint for finding in findings}
    gone = tuple(
        f"{one.page}: {one.rule.value}: {one.message}"
        for one in baseline.accepted.values()
        if one.fingerprint not in here and one.page in looked_at
    )
    return replace(checked, findings=findings, gone=gone)


def _marked(finding: Reported, accepted: Accepted | None, today: date) -> Reported:
    if accepted is None:
        return finding
    if accepted.expires is not None and accepted.expires <= today:
        return replace(finding, message=f"{finding.message} (accepted until {accepted.expires}: {accepted.reason})")
    return replace(finding, accepted=accepted.reason)


def write_baseline(file: Path, checked: Checked, before: Baseline, reason: str, expires: date | None) -> int:
    """Accept every finding of a check; how many. What was accepted already keeps its reason and its day."""
    kept = [
        before.accepted.get(finding.fingerprint)
        if finding.accepted
        else Accepted(finding.fingerprint, finding.rule, finding.page, finding.message, reason, expires)
        for finding in checked.findings
    ]
    accepted = sorted((one for one in kept if one is not None), key=_order)
    coverage = {page: (one.found, one.judged) for page, one in sorted(checked.coverage.items())}
    text = msgspec.json.format(msgspec.json.encode(_File(VERSION, tuple(accepted), coverage)), indent=2)
    try:
        file.write_bytes(text + b"\n")
    except OSError as error:
        raise UsageError(f"cannot write the baseline {str(file)!r}: {error.strerror}", "name another file") from error
    return len(accepted)


def _order(one: Accepted) -> tuple[str, str, str]:
    return one.page, one.rule.value, one.fingerprint
