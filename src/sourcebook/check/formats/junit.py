"""JUnit XML: a suite a page, a case a finding, in the shape that CI servers have in common."""

import re
from html import escape
from itertools import groupby

from sourcebook.check.formats.words import NOTHING, counts_words
from sourcebook.check.result import Checked, Reported

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BREAKS = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(checked: Checked) -> str:
    """New findings fail, accepted ones are skipped; a page without findings, and that anything was checked, passes."""
    by_page = sorted(checked.findings, key=lambda one: (one.page, one.span.line, one.span.column))
    found = {page: list(some) for page, some in groupby(by_page, key=lambda one: one.page)}
    pages = sorted({*checked.coverage, *found})
    suites = [_suite("sourcebook check", [_something(checked)], _properties(checked))]
    suites += [_suite(page, [_case(one) for one in found.get(page, [])] or [_pass(page)]) for page in pages]
    cases = sum(suite.count("<testcase ") for suite in suites)
    failures = len(checked.new) + checked.is_empty
    head = f'<testsuites name="sourcebook check" tests="{cases}" failures="{failures}" errors="0">\n'
    return f"{_HEAD}{head}{''.join(suites)}</testsuites>\n"


def _suite(name: str, cases: list[str], properties: str = "") -> str:
    failures = sum("<failure " in case for case in cases)
    skipped = sum("<skipped " in case for case in cases)
    numbers = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="{skipped}"'
    return f"  <testsuite name={_value(name)} {numbers}>\n{properties}{''.join(cases)}  </testsuite>\n"


def _properties(checked: Checked) -> str:
    rows = "".join(
        f"      <property name={_value(name)} value={_value(counts_words(counts))}/>\n"
        for name, counts in (("pages", checked.pages), ("links", checked.links), ("claims", checked.claims))
    )
    return f"    <properties>\n{rows}    </properties>\n"


def _something(checked: Checked) -> str:
    if not checked.is_empty:
        return _pass("something was checked")
    failure = f'      <failure message={_value(NOTHING)} type="error"/>\n'
    return f'    <testcase classname="sourcebook" name="something was checked">\n{failure}    </testcase>\n'


def _pass(name: str) -> str:
    return f'    <testcase classname="sourcebook" name={_value(name)}/>\n'


def _case(finding: Reported) -> str:
    span = finding.span
    name = f"{finding.rule.value} at {span.line}:{span.column} ({finding.fingerprint})"
    if finding.accepted:
        inside = f"      <skipped message={_value(f'accepted: {finding.accepted}')}/>\n"
    else:
        words = [f"{finding.file}:{span.line}:{span.column}", finding.message]
        words += [f"claim: {finding.claim}"] * bool(finding.claim)
        words += [f"source: {finding.passage}"] * bool(finding.passage)
        words.append(f"do: {finding.advice}")
        kind = _value(finding.severity.value)
        text = escape(_clean("\n".join(words)))
        inside = f"      <failure message={_value(finding.message)} type={kind}>{text}</failure>\n"
    return f"    <testcase classname={_value(finding.page)} name={_value(name)}>\n{inside}    </testcase>\n"


def _value(text: str) -> str:
    return f'"{escape(_clean(text)).translate(_BREAKS)}"'


def _clean(text: str) -> str:
    """What XML 1.0 can hold."""
    return _NOT_XML.sub("\ufffd", text)
