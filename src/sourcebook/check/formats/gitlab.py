"""For GitLab: a Code Quality report, which marks the lines of a merge request."""

import msgspec

from sourcebook.check.formats.words import NOTHING
from sourcebook.check.result import Checked, Reported
from sourcebook.types.findings import Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render_gitlab(checked: Checked) -> str:
    """One entry a new finding. A check of nothing is an entry too: an empty report would read as a pass."""
    entries = [_entry(finding) for finding in checked.new]
    if checked.is_empty:
        place = {"path": "sourcebook.toml", "lines": {"begin": 1}}
        entries.append(
            {
                "description": NOTHING,
                "check_name": "sourcebook-check",
                "fingerprint": "nothing-checked",
                "severity": "blocker",
                "location": place,
            }
        )
    return msgspec.json.format(msgspec.json.encode(entries), indent=2).decode() + "\n"


def _entry(finding: Reported) -> dict[str, object]:
    claim = f" Claim: {finding.claim}" if finding.claim else ""
    return {
        "description": f"{finding.message}.{claim}",
        "check_name": finding.rule.value,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.file, "lines": {"begin": finding.span.line, "end": finding.span.end_line}},
    }
