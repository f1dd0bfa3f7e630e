"""What each format promises to those who read it."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from sourcebook.check import RULES, Checked, Counts, Ignored, Reported
from sourcebook.check.evidence import Coverage, Span
from sourcebook.check.formats import FORMATS
from sourcebook.types.findings import Rule, Severity

SCHEMAS = Path(__file__).parent / "schemas"
SARIF = jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.json").read_text()))
JUNIT = etree.XMLSchema(etree.parse(SCHEMAS / "junit.xsd"))

WRONG = Reported(
    rule=Rule.CONTRADICTED,
    severity=Severity.ERROR,
    page="policy/compute.md",
    file="docs/policy/compute.md",
    span=Span(12, 3, 13, 40),
    message="contradicted: the source says nine, not nineteen",
    advice="correct the statement, or cite what bears it out",
    claim="The cost has fallen by half about every nineteen months.",
    passage="has fallen by half about every nine months",
    source_id="294f55e1e8c8ecbb",
    url="https://oti.gov.example/thresholds",
    fingerprint="0123456789abcdef",
)
DOUBTFUL = replace(
    WRONG, rule=Rule.LOW_CREDIBILITY, severity=Severity.WARNING, span=Span(20, 1, 20, 9), message="credibility 1 of 5",
    claim="", passage="", fingerprint="fedcba9876543210",
)  # fmt: skip
KNOWN = replace(DOUBTFUL, accepted="from before we checked", fingerprint="00ff00ff00ff00ff")
FULL = Checked(
    findings=(WRONG, DOUBTFUL, KNOWN),
    ignored=(Ignored(Rule.DEAD_LINK, "index.md", 4, "kept on purpose"),),
    pages=Counts(2, 2),
    links=Counts(9, 7, {"not built yet": 2}),
    claims=Counts(10, 6, {"no source": 1}, {"walled": 3}),
    coverage={"policy/compute.md": Coverage(9, 6), "index.md": Coverage(1, 0)},
    gone=("index.md: dead-link: dead link: status 404",),
)
EMPTY = Checked((), (), Counts(1, 1), Counts(0, 0), Counts(3, 0, {}, {"not captured": 3}), {"index.md": Coverage(3, 0)})

HOSTILE = "%0A::error::x\r\n::warning file=a,line=1::y <b>&\"' ]]> \x00\x1b[31m `|[x](y) @team\n## h -->"


@pytest.mark.parametrize("name", FORMATS)
def test_a_check_of_nothing_says_so_in_every_format(name):
    text = FORMATS[name](EMPTY)

    assert "othing was checked" in text or '"empty": true' in text or '"empty":true' in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_of_every_new_finding(name):
    text = FORMATS[name](FULL)

    for finding in FULL.new:
        assert finding.rule.value in text
        assert finding.message in text


def test_text_begins_with_the_worst_and_has_place_claim_passage_and_what_to_do():
    first, *rest = FORMATS["text"](FULL).split("\n\n")

    assert first.splitlines()[0] == (
        "docs/policy/compute.md:12:3: error: contradicted: the source says nine, not nineteen [contradicted]"
    )
    assert "claim    The cost has fallen by half about every nineteen months." in first
    assert "says     “has fallen by half about every nine months”" in first
    assert "do       correct the statement" in first
    assert "1 error, 1 warning; 1 ignored, 1 accepted" in rest[-1]
    assert "10 found: 6 checked, 1 skipped (1 no source), 3 unjudged (3 walled)" in rest[-1]
    assert "\x1b" not in "".join([first, *rest])


def test_json_and_json_lines_hold_the_same():
    whole = json.loads(FORMATS["json"](FULL))
    lines = [json.loads(line) for line in FORMATS["jsonl"](FULL).splitlines()]

    assert [line["kind"] for line in lines] == ["finding", "finding", "finding", "ignored", "summary"]
    assert [{"kind": "finding"} | one for one in whole["findings"]] == lines[:3]
    assert whole["counts"] == lines[-1]["counts"]
    assert whole["counts"]["claims"] == {
        "found": 10, "checked": 6, "skipped": {"no source": 1}, "unjudged": {"walled": 3}
    }  # fmt: skip


@pytest.mark.parametrize("checked", [pytest.param(FULL, id="full"), pytest.param(EMPTY, id="empty")])
def test_sarif_is_valid_and_keeps_its_fingerprints(checked):
    log = json.loads(FORMATS["sarif"](checked))
    SARIF.validate(log)
    results = log["runs"][0]["results"]

    assert [one["partialFingerprints"]["sourcebook/v1"] for one in results] == [
        one.fingerprint for one in checked.findings
    ]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in results)
    assert [bool(one.get("suppressions")) for one in results] == [bool(one.accepted) for one in checked.findings]


def test_sarif_names_every_rule_with_its_help():
    rules = json.loads(FORMATS["sarif"](EMPTY))["runs"][0]["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == [rule.value for rule in RULES]
    assert all(rule["help"]["text"] for rule in rules)


@pytest.mark.parametrize("checked", [pytest.param(FULL, id="full"), pytest.param(EMPTY, id="empty")])
def test_junit_has_the_common_shape_and_its_sums_are_right(checked):
    tree = etree.fromstring(FORMATS["junit"](checked).encode())
    JUNIT.assertValid(tree)

    assert int(tree.get("tests")) == len(tree.findall(".//testcase"))
    assert int(tree.get("failures")) == len(tree.findall(".//failure")) == len(checked.new) + checked.is_empty
    for suite in tree.findall("testsuite"):
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))


def test_gitlab_has_the_fields_that_its_report_asks_for():
    entries = json.loads(FORMATS["gitlab"](FULL))

    assert len(entries) == len(FULL.new)
    for entry in entries:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["path"] == "docs/policy/compute.md"
        assert entry["location"]["lines"]["begin"] > 0
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_github_gets_one_command_a_new_finding_with_its_place():
    first, second, *rest = FORMATS["github"](FULL).splitlines()

    assert first.startswith("::error file=docs/policy/compute.md,line=12,endLine=13,title=contradicted::contradicted: ")
    assert second.startswith("::warning file=docs/policy/compute.md,line=20,endLine=20,col=1,endColumn=9,title=low-")
    assert not any(line.startswith("::") for line in rest)


def unescaped(text):
    for code, sign in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


@given(st.text(max_size=200), st.text(st.characters(exclude_characters="\0/"), min_size=1, max_size=30))
def test_no_words_of_a_page_become_a_workflow_command(words, name):
    hostile = replace(WRONG, message=words, claim=words, passage=words, file=f"docs/{name}")
    text = FORMATS["github"](replace(FULL, findings=(hostile,)))
    commands = [line for line in re.split(r"[\r\n]", text) if line.startswith("::")]

    assert len(commands) == 1
    options, _, message = commands[0].removeprefix("::error ").partition("::")
    assert unescaped(options.split(",")[0].removeprefix("file=")) == hostile.file
    assert unescaped(message).startswith(words)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_words_break_no_format(name):
    hostile = replace(WRONG, message=HOSTILE, claim=HOSTILE, passage=HOSTILE, page=HOSTILE, file=HOSTILE, accepted="")
    checked = replace(FULL, findings=(hostile, replace(hostile, accepted=HOSTILE, fingerprint="1" * 16)), coverage={})
    text = FORMATS[name](checked)

    if name in {"json", "sarif", "gitlab"}:
        json.loads(text)
    if name == "sarif":
        SARIF.validate(json.loads(text))
    if name == "jsonl":
        assert len([json.loads(line) for line in text.splitlines()]) == 4
    if name == "junit":
        JUNIT.assertValid(etree.fromstring(text.encode()))
    if name == "markdown":
        assert "\n## h" not in text
        assert "@team" not in text
        assert "<b>" not in text


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_what_is_accepted_is_not_annotated(name):
    text = FORMATS[name](replace(FULL, findings=(KNOWN,)))

    assert KNOWN.message not in text
