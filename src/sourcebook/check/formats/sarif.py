"""SARIF 2.1.0, the OASIS format that GitHub's code scanning and many editors read."""

from typing import Any
from urllib.parse import quote

import msgspec

from sourcebook import __version__
from sourcebook.check.formats.words import NOTHING, counts_words
from sourcebook.check.result import Checked, Reported
from sourcebook.check.rules import RULES
from sourcebook.types.findings import Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_PLACES = {rule: place for place, rule in enumerate(RULES)}


def render_sarif(checked: Checked) -> str:
    """One run, with a stable fingerprint a finding, so that a moved line is not a new alert."""
    run = {
        "tool": {"driver": _driver()},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the folder that the check ran in"}}},
        "invocations": [_invocation(checked)],
        "results": [_result(finding) for finding in checked.findings],
        "properties": {
            "pages": counts_words(checked.pages),
            "links": counts_words(checked.links),
            "claims": counts_words(checked.claims),
        },
    }
    value = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def _driver() -> dict[str, Any]:
    return {
        "name": "Sourcebook",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": rule.value,
                "name": "".join(word.capitalize() for word in rule.value.split("-")),
                "shortDescription": {"text": entry.title},
                "help": {"text": entry.advice},
                "defaultConfiguration": {"level": _LEVELS[entry.severity]},
            }
            for rule, entry in RULES.items()
        ],
    }


def _invocation(checked: Checked) -> dict[str, Any]:
    said: dict[str, Any] = {"executionSuccessful": True}
    if checked.is_empty:
        said["toolExecutionNotifications"] = [{"level": "error", "message": {"text": NOTHING}}]
    return said


def _result(finding: Reported) -> dict[str, Any]:
    words = [finding.message]
    words += [f"Claim: {finding.claim}"] * bool(finding.claim)
    words += [f"Source: “{finding.passage}”"] * bool(finding.passage)
    words.append(f"What to do: {finding.advice}")
    result: dict[str, Any] = {
        "ruleId": finding.rule.value,
        "ruleIndex": _PLACES[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(words)},
        "locations": [{"physicalLocation": _location(finding)}],
        "partialFingerprints": {"sourcebook/v1": finding.fingerprint},
    }
    if finding.accepted:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.accepted}]
    return result


def _location(finding: Reported) -> dict[str, Any]:
    span = finding.span
    uri = quote(finding.file.encode("utf-8", "replace"))
    artifact = {"uri": f"file://{uri}"} if finding.file.startswith("/") else {"uri": uri, "uriBaseId": "%SRCROOT%"}
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"artifactLocation": artifact, "region": region}
