"""For a comment on a pull request, or the summary of a job."""

import re
from collections.abc import Iterator
from itertools import groupby

from sourcebook.check.formats.words import NOTHING, counts_words, summary
from sourcebook.check.result import Checked, Reported

_MARKS = {"error": "❌", "warning": "⚠️", "note": "ℹ️"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def render_markdown(checked: Checked) -> str:
    """A table of what was looked at, then the findings by page."""
    return "\n".join(_lines(checked)) + "\n"


def _lines(checked: Checked) -> Iterator[str]:
    yield "## Sourcebook check"
    yield ""
    yield f"**{summary(checked)}**"
    yield ""
    if checked.is_empty:
        yield f"{_MARKS['error']} {NOTHING}."
        yield ""
    yield "| | |"
    yield "|---|---|"
    for name, counts in (("Pages", checked.pages), ("Links", checked.links), ("Claims", checked.claims)):
        yield f"| {name} | {counts_words(counts)} |"
    by_file = sorted(checked.findings, key=lambda one: (one.file, one.span.line, one.span.column))
    for file, findings in groupby(by_file, key=lambda one: one.file):
        yield ""
        yield f"### {_escaped(file)}"
        yield ""
        for finding in findings:
            yield from _finding(finding)


def _finding(finding: Reported) -> Iterator[str]:
    mark = _MARKS[finding.severity.value]
    place = f"line {finding.span.line}"
    yield f"- {mark} {finding.severity.value} `{finding.rule.value}` {place}: {_escaped(finding.message)}"
    if finding.claim:
        yield f"  > {_escaped(finding.claim)}"
        yield ""
    if finding.passage:
        yield f"  The source: “{_escaped(finding.passage)}”"
        yield ""
    yield f"  {_escaped(finding.advice)}" + (f" (accepted: {_escaped(finding.accepted)})" if finding.accepted else "")


def _escaped(text: str) -> str:
    """Words that came from outside, as words: no markup, no mention of anybody, one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("@", "@\u200b")
