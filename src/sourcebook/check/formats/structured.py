"""For programs: one JSON object, or one a line."""

from typing import Any

import msgspec

from sourcebook.check.result import Checked, Counts


def render_json(checked: Checked) -> str:
    """Everything in one object."""
    value = {
        "findings": msgspec.to_builtins(checked.findings),
        "ignored": msgspec.to_builtins(checked.ignored),
        **_summary(checked),
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def render_jsonl(checked: Checked) -> str:
    """One finding a line, `kind` first; what was ignored; and the counts in the last line."""
    lines: list[dict[str, Any]] = [{"kind": "finding"} | msgspec.to_builtins(one) for one in checked.findings]
    lines += [{"kind": "ignored"} | msgspec.to_builtins(one) for one in checked.ignored]
    lines.append({"kind": "summary"} | _summary(checked))
    return "".join(msgspec.json.encode(line).decode() + "\n" for line in lines)


def _summary(checked: Checked) -> dict[str, Any]:
    return {
        "counts": {
            name: _counts(counts)
            for name, counts in (("pages", checked.pages), ("links", checked.links), ("claims", checked.claims))
        },
        "severities": {severity.value: number for severity, number in checked.by_severity.items()},
        "accepted": sum(bool(one.accepted) for one in checked.findings),
        "gone": list(checked.gone),
        "empty": checked.is_empty,
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "found": counts.found,
        "checked": counts.checked,
        "skipped": dict(counts.skipped),
        "unjudged": dict(counts.unjudged),
    }
