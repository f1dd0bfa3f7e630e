"""For a terminal: the worst first, and nothing that needs colour to be understood."""

import textwrap
from collections.abc import Iterator

from sourcebook.check.formats.words import NOTHING, count_lines, plural, summary
from sourcebook.check.result import Checked, Reported

_WIDTH = 100


def render_text(checked: Checked) -> str:
    """Each finding with its place, the statement, the words of the source and what to do; then the counts."""
    return "\n".join(_lines(checked)) + "\n"


def _lines(checked: Checked) -> Iterator[str]:
    for finding in checked.findings:
        yield from _finding(finding)
        yield ""
    if checked.ignored:
        yield "Ignored by a comment on the page:"
        for one in checked.ignored:
            yield f"  {one.page}:{one.line}: {one.rule.value}: {one.why}"
        yield ""
    if checked.gone:
        yield f"{plural(len(checked.gone), 'accepted finding')} no longer there; write the baseline anew to forget:"
        yield from (f"  {words}" for words in checked.gone)
        yield ""
    yield from count_lines(checked)
    yield f"{'Findings':<9} {summary(checked)}"
    if checked.is_empty:
        yield NOTHING


def _finding(finding: Reported) -> Iterator[str]:
    span = finding.span
    place = f"{finding.file}:{span.line}:{span.column}"
    yield f"{place}: {finding.severity.value}: {finding.message} [{finding.rule.value}]"
    for name, words in (
        ("claim", finding.claim),
        ("source", finding.url),
        ("says", f"“{finding.passage}”" if finding.passage else ""),
        ("do", finding.advice),
        ("accepted", finding.accepted),
    ):
        if words:
            yield from textwrap.wrap(
                " ".join(words.split()), _WIDTH, initial_indent=f"    {name:<8} ", subsequent_indent=" " * 13,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
