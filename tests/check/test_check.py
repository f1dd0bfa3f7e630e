"""The gate over a library that was really built."""

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sourcebook.check import RULES, Baseline, exit_code, open_gate, read_baseline, write_baseline
from sourcebook.errors import UsageError
from sourcebook.place import Place, place_of_pages, read_config
from sourcebook.types.captures import Outcome
from sourcebook.types.findings import Rule, Severity
from sourcebook.types.verdicts import Support
from tests.check.conftest import NOW

ONE, TWO = "https://one.example/report", "https://two.example/paper"
PAGE = f"""# Safeguards

The council counted forty-seven safeguards in March.[^1] It met on Monday [as minuted]({TWO}).

[^1]: [The report]({ONE})
"""
FAILS = frozenset({Severity.ERROR, Severity.WARNING})


def everything(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file below a folder: what is in it, and when it was last written to."""

    def files() -> Iterator[tuple[str, tuple[str, int]]]:
        for path in sorted(folder.rglob("*")):
            held = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "a folder"
            yield str(path.relative_to(folder)), (held, path.stat().st_mtime_ns)

    return dict(files())


@pytest.fixture
def built(desk):
    desk.write("page.md", PAGE)
    desk.verdicts = {"forty-seven": Support.SUPPORTED, "Monday": Support.SUPPORTED}
    desk.build()
    return desk


def test_a_page_whose_claims_hold_passes(built, rules_of):
    checked = built.check()

    assert set(rules_of(checked)) <= {"no-credibility"}
    assert (checked.claims.found, checked.claims.checked) == (2, 2)
    assert exit_code(checked, FAILS, allow_empty=False) == 0


@pytest.mark.parametrize(
    ("support", "rule", "severity"),
    [
        pytest.param(Support.UNSUPPORTED, "unsupported", "error", id="unsupported"),
        pytest.param(Support.CONTRADICTED, "contradicted", "error", id="contradicted"),
        pytest.param(Support.PARTIAL, "partly-supported", "note", id="partial"),
    ],
)
def test_what_the_judge_says_becomes_a_finding_with_place_claim_and_passage(built, support, rule, severity):
    built.verdicts["forty-seven"] = support
    (built.folder / ".sourcebook" / "library.db").unlink()
    for file in (built.folder / ".sourcebook" / "archive").glob("*"):
        file.unlink()
    built.build()
    (found,) = [one for one in built.check().findings if one.rule.value == rule]

    assert found.severity == severity
    assert (found.file, found.span.line, found.span.column) == ("page.md", 3, 1)
    assert found.claim == "The council counted forty-seven safeguards in March."
    assert "forty-seven safeguards" in found.passage
    assert found.url == ONE
    assert f"the judge says {support.value}" in found.message


# --- nothing checked is no pass -----------------------------------------------------------------------


def test_a_check_of_nothing_is_not_a_pass(desk):
    desk.write("page.md", PAGE)
    desk.unasked = {ONE, TWO}
    desk.build()
    checked = desk.check()

    assert checked.claims.checked == 0
    assert checked.claims.unjudged == {"not captured": 2}
    assert checked.links.skipped == {"nobody was asked yet": 2}
    assert not any(one.severity in FAILS for one in checked.findings)
    assert exit_code(checked, FAILS, allow_empty=False) == 2
    assert exit_code(checked, FAILS, allow_empty=True) == 0


def test_a_page_that_cites_nothing_is_not_a_pass_either(built):
    built.write("bare.md", "Nothing is cited here.\n")
    checked = built.check("bare.md")

    assert (checked.pages.checked, checked.claims.found) == (1, 0)
    assert exit_code(checked, FAILS, allow_empty=False) == 2


def test_an_identifier_scheme_that_nobody_can_ask_is_counted_and_told(built, rules_of):
    built.write("odd.md", f"It was [held so](doi:10.9999/xyz) and [so]({ONE}).\n\nIt [was](http://[bad) too.\n")
    built.build(days=1)
    checked = built.check("odd.md")

    assert checked.claims.adds_up
    assert checked.claims.found == checked.claims.checked + sum(checked.claims.unjudged.values()) + sum(
        checked.claims.skipped.values()
    )
    assert checked.links.found == 3, "an identifier that is no http address is found all the same"
    assert "unusable-address" in rules_of(checked)


def test_what_was_added_since_the_last_build_is_found_and_counted_as_not_built(built):
    built.write("page.md", PAGE + "\nA new thing was said in [a letter](https://three.example/letter).\n")
    checked = built.check()

    assert checked.claims.unjudged == {"not built yet": 1}
    assert checked.links.skipped == {"not built yet": 1}
    assert (checked.claims.found, checked.claims.checked) == (3, 2)


def test_every_count_adds_up(built):
    built.write("other.md", f"An undefined note.[^9] A <R id='feed'>thing</R>. See [it]({ONE}) and [bad](http://).\n")
    built.write("broken.md", "x")
    (built.folder / "latin.md").write_bytes(b"caf\xe9 [x](https://a.example/)")
    checked = built.check()

    assert checked.pages.adds_up
    assert checked.links.adds_up
    assert checked.claims.adds_up
    assert checked.pages.skipped == {"unreadable": 1}


def test_a_renumbered_footnote_moves_no_verdict(built):
    before = built.check()
    built.write("page.md", "A sentence is put in front.[^1]\n\n" + PAGE.replace("[^1]", "[^2]") + f"[^1]: {TWO}\n")
    after = built.check()

    assert after.claims.checked == before.claims.checked == 2
    assert after.claims.unjudged == {"not built yet": 1}


def test_the_fingerprint_of_a_finding_outlives_moved_lines_and_renumbered_footnotes(built):
    built.outcomes[ONE] = Outcome.SOFT_GONE
    built.build(days=40)
    before = {one.rule: one.fingerprint for one in built.check().findings if one.rule.value == "soft-404"}
    built.write("page.md", "\n\nSome words.\n\n" + PAGE.replace("[^1]", "[^7]"))
    after = {one.rule: one.fingerprint for one in built.check().findings if one.rule.value == "soft-404"}

    assert before == after
    assert len(before) == 1


# --- links ------------------------------------------------------------------------------------------


def test_one_failure_is_suspect_and_failures_on_different_days_are_death(built, rules_of):
    built.outcomes[ONE] = Outcome.GONE
    built.build(days=40)
    assert "suspect-link" in rules_of(built.check())

    built.build(days=42)
    checked = built.check()
    (dead,) = [one for one in checked.findings if one.rule.value == "dead-link"]

    assert dead.severity == "error"
    assert dead.span.line == 5, "where the address is written"
    assert "also line 3" in dead.message


def test_an_outage_does_not_fail_a_gate(built, rules_of):
    built.outcomes[ONE] = Outcome.UNREACHABLE
    built.build(days=40)
    checked = built.check()

    assert "no-answer" in rules_of(checked)
    assert exit_code(checked, FAILS, allow_empty=False) == 0


def test_an_address_seen_for_the_first_time_is_still_the_source_that_is_known(built):
    built.write("new.md", f"The council counted forty-seven safeguards in March, [it says]({ONE}?utm_source=mail).\n")
    checked = built.check("new.md")

    assert checked.links.checked == 1
    assert checked.claims.unjudged == {"not built yet": 1}


# --- read-only --------------------------------------------------------------------------------------


def test_a_check_changes_not_one_byte(built):
    before = everything(built.folder)
    built.check()

    assert everything(built.folder) == before


def test_a_check_changes_nothing_where_a_killed_build_left_its_log(built, tmp_path):
    library = built.folder / ".sourcebook" / "library.db"
    writer = sqlite3.connect(library)
    writer.execute("INSERT INTO meta VALUES ('left', 'behind')")
    writer.commit()
    files = {name: (library.parent / name).read_bytes() for name in ("library.db", "library.db-wal", "library.db-shm")}
    writer.close()
    for name, data in files.items():
        (library.parent / name).write_bytes(data)
    before = everything(built.folder)
    checked = built.check()

    assert checked.claims.checked == 2
    assert everything(built.folder) == before


def test_a_check_works_where_nothing_may_be_written(built):
    for path in (built.folder, *built.folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert built.check().claims.checked == 2
    finally:
        for path in (built.folder, *built.folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_library_of_another_version_is_named_and_not_migrated(built):
    connection = sqlite3.connect(built.folder / ".sourcebook" / "library.db")
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.commit()
    connection.close()

    with pytest.raises(UsageError, match="version 0000"):
        built.check()


# --- which pages ------------------------------------------------------------------------------------


def test_only_the_named_pages_are_looked_at(built):
    built.write("sub/other.md", f"It met on Monday, [it says]({TWO}).\n")
    built.write("sub/deep/more.md", "Words.\n")

    assert built.check("page.md").pages.found == 1
    assert built.check("sub").pages.found == 2
    assert built.check("sub", "sub/other.md", "page.md").pages.found == 3
    assert built.check().pages.found == 3


def test_a_named_file_that_is_no_page_is_skipped_and_counted(built):
    built.write("picture.svg", "<svg/>")
    checked = built.check("picture.svg", "page.md")

    assert checked.pages.skipped == {"not a page by corpus.include and corpus.exclude": 1}
    assert checked.pages.adds_up


def test_a_file_is_named_as_one_would_where_the_command_runs_and_in_full_from_elsewhere(built, tmp_path):
    built.outcomes["https://a.example/"] = Outcome.GONE
    page = built.write("near/dead.md", "It [was](https://a.example/) there.\n")
    built.build()

    def files(here):
        return {finding.file for finding in built.check("near/dead.md", here=here).findings}

    assert files(built.folder) == {"near/dead.md"}
    assert files(built.folder / "near") == {"dead.md"}
    assert files(tmp_path / "elsewhere") == {page.as_posix()}


def test_a_path_elsewhere_is_refused(built, tmp_path):
    outside = tmp_path / "elsewhere.md"
    outside.write_text("x")
    with pytest.raises(UsageError, match=r"elsewhere\.md"):
        place_of_pages([outside], None)
    with pytest.raises(UsageError, match="does not exist"):
        place_of_pages([built.folder / "missing.md"], None)
    with pytest.raises(UsageError, match="not in the folder of pages"):
        built.check("../elsewhere.md")


def test_pages_find_the_library_of_their_folder_or_of_one_above(built):
    page = built.write("a/b/page.md", "Words.")

    assert place_of_pages([page], None).library == built.folder / ".sourcebook"


def test_a_library_that_moved_with_its_pages_is_checked_where_it_is(built, tmp_path):
    moved = tmp_path / "moved"
    built.folder.rename(moved)
    place = Place(moved / ".sourcebook", None)
    with open_gate(place, read_config(place, {}).config, lambda: NOW) as gate:
        checked = gate.check([], Baseline(), moved)

    assert checked.pages.checked == 1


def test_every_rule_has_an_entry_with_a_title_and_what_to_do():
    assert set(RULES) == set(Rule)
    assert all(entry.title and entry.advice for entry in RULES.values())


# --- settings ---------------------------------------------------------------------------------------


def test_a_rule_can_be_turned_off_or_made_worse(built, rules_of):
    built.write("page.md", PAGE + "\n[^unused]: Words.\n")
    assert "unused-footnote" in rules_of(built.check())

    built.settings = {"check__rules": {"unused-footnote": "error", "no-credibility": "off"}}
    checked = built.check()

    assert [(one.rule.value, one.severity.value) for one in checked.findings] == [("unused-footnote", "error")]


@pytest.mark.parametrize(
    ("rules", "words", "hint"),
    [
        pytest.param({"dead-lnik": "error"}, "unknown rule 'dead-lnik'", "did you mean 'dead-link'?", id="rule"),
        pytest.param({"dead-link": "eror"}, "unknown severity 'eror'", "did you mean 'error'?", id="severity"),
    ],
)
def test_a_wrong_word_in_the_rules_is_an_error_with_a_guess(built, rules, words, hint):
    built.settings = {"check__rules": rules}
    with pytest.raises(UsageError, match=words) as caught:
        built.check()

    assert caught.value.hint == hint


# --- baseline ---------------------------------------------------------------------------------------


def test_an_accepted_finding_does_not_fail_and_a_new_one_does(built, tmp_path):
    built.write("page.md", PAGE + "\nAn undefined note.[^8]\n")
    file = tmp_path / "accepted.json"
    write_baseline(file, built.check(), Baseline(), "from before we checked", None)
    checked = built.check(baseline=read_baseline(file))
    assert {one.accepted for one in checked.findings} == {"from before we checked"}
    assert exit_code(checked, FAILS, allow_empty=False) == 0

    built.write("page.md", "Moved down.\n\n" + PAGE + "\nAn undefined note.[^8] Another.[^9]\n")
    checked = built.check(baseline=read_baseline(file))

    assert [one.message for one in checked.new if one.severity in FAILS] == ["footnote '9' is not defined"]
    assert exit_code(checked, FAILS, allow_empty=False) == 2


def test_what_was_accepted_until_a_day_is_a_finding_again_from_that_day_on(built, tmp_path):
    built.write("page.md", PAGE + "\nAn undefined note.[^8]\n")
    file = tmp_path / "accepted.json"
    write_baseline(file, built.check(), Baseline(), "until the summer", built.now.date().replace(month=6))
    assert not built.check(baseline=read_baseline(file)).new

    built.now = built.now.replace(month=6)
    (again,) = [one for one in built.check(baseline=read_baseline(file)).new if one.severity in FAILS]

    assert "accepted until 2026-06-07: until the summer" in again.message


def test_a_baseline_written_again_keeps_each_reason_and_forgets_what_is_gone(built, tmp_path):
    built.write("page.md", PAGE + "\nAn undefined note.[^8] Another.[^9]\n")
    file = tmp_path / "accepted.json"
    write_baseline(file, built.check(), Baseline(), "first", None)
    built.write("page.md", PAGE + "\nAn undefined note.[^8] A third.[^10]\n")
    before = read_baseline(file)
    checked = built.check(baseline=before)
    assert [words for words in checked.gone if "'9'" in words]

    write_baseline(file, checked, before, "second", None)
    reasons = {
        one.message: one.reason for one in read_baseline(file).accepted.values() if one.rule == "undefined-footnote"
    }

    assert reasons == {"footnote '8' is not defined": "first", "footnote '10' is not defined": "second"}


def test_a_page_that_is_checked_less_than_its_baseline_is_a_finding(built, tmp_path, rules_of):
    file = tmp_path / "accepted.json"
    write_baseline(file, built.check(), Baseline(), "now", None)
    assert "coverage-dropped" not in rules_of(built.check(baseline=read_baseline(file)))

    built.write("page.md", PAGE.replace("Monday", "Tuesday"))
    (dropped,) = [one for one in built.check(baseline=read_baseline(file)).findings if one.rule == "coverage-dropped"]

    assert "1 of 2 claims have a verdict, 50%; it was 2 of 2, 100%" in dropped.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("{", "cannot read the baseline", id="no JSON"),
        pytest.param('{"version": 9}', "has version 9", id="a newer one"),
        pytest.param('{"version": 1, "accepted": [{"rule": "x"}]}', "cannot read the baseline", id="a wrong field"),
    ],
)
def test_a_baseline_that_cannot_be_read_is_named(tmp_path, text, words):
    (tmp_path / "accepted.json").write_text(text)
    with pytest.raises(UsageError, match=words):
        read_baseline(tmp_path / "accepted.json")
    with pytest.raises(UsageError, match="no baseline"):
        read_baseline(tmp_path / "missing.json")
