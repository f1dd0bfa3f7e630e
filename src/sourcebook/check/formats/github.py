"""For GitHub Actions: workflow commands, which become annotations on the lines of a pull request."""

from collections.abc import Iterator

from sourcebook.check.formats.words import NOTHING, count_lines, summary
from sourcebook.check.result import Checked, Reported
from sourcebook.types.findings import Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render_github(checked: Checked) -> str:
    """One command a new finding, the worst first: GitHub shows ten of each kind a step. Then the counts, as log."""
    return "\n".join(_lines(checked)) + "\n"


def _lines(checked: Checked) -> Iterator[str]:
    for finding in checked.new:
        yield _command(finding)
    if checked.is_empty:
        yield f"::error title=sourcebook check::{_data(NOTHING)}"
    yield from map(_log, count_lines(checked))
    yield _log(summary(checked))


def _command(finding: Reported) -> str:
    span = finding.span
    places = {"file": finding.file, "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:  # GitHub refuses columns over several lines
        places |= {"col": str(span.column), "endColumn": str(span.end_column)}
    places["title"] = finding.rule.value
    words = [finding.message]
    words += [f"claim: {finding.claim}"] * bool(finding.claim)
    words += [f"source: “{finding.passage}”"] * bool(finding.passage)
    words.append(f"do: {finding.advice}")
    options = ",".join(f"{name}={_property(value)}" for name, value in places.items())
    return f"::{_COMMANDS[finding.severity]} {options}::{_data(chr(10).join(words))}"


def _data(text: str) -> str:
    """A message as a workflow command takes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _log(text: str) -> str:
    """A line beside the commands, which must not be one."""
    escaped = _data(text)
    return f" {escaped}" if escaped.startswith("::") else escaped


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
