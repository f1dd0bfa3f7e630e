"""`sourcebook check`, as a shell or a CI job runs it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Ran, Site

Run = Callable[..., Ran]


@pytest.fixture
def built(run: Run, docs: Path) -> Path:
    assert run("build", docs).code == 0
    return docs


def test_findings_end_with_2_and_are_told_where_an_editor_finds_them(run: Run, built: Path) -> None:
    checked = run("check", built)

    assert checked.code == 2
    assert "docs/gone.md:3:" in checked.out
    assert "error: footnote '9' is not defined [undefined-footnote]" in checked.out
    assert "Claims    3 found: " in checked.out


def test_a_clean_check_ends_with_0_only_when_something_was_checked(run: Run, built: Path) -> None:
    nothing = run("check", built / "counting.md")
    allowed = run("check", built / "counting.md", "--allow-empty")

    if "Claims    2 found: 0 checked" in nothing.out:
        assert nothing.code == 2
        assert "Nothing was checked" in nothing.out
    assert allowed.code == 0, allowed.out


def test_usage_errors_end_with_3(run: Run, built: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for arguments in (["missing.md"], [outside], [built, "--new-only"], [built, "--baseline", "no.json"]):
        ended = run("check", *arguments)
        assert ended.code == 3, arguments
        assert "hint: " in ended.err

    (built / "sourcebook.toml").write_text('[check.rules]\n"dead-lnik" = "off"\n')
    ended = run("check", built)
    assert (ended.code, "did you mean 'dead-link'?" in ended.err) == (3, True)


def test_fail_on_and_severity_are_thresholds_of_their_own(run: Run, built: Path) -> None:
    (built / "gone.md").write_text((built / "gone.md").read_text().replace("[^9]", ""))
    notes = run("check", built, "--allow-empty", "--fail-on", "error")
    warnings = run("check", built, "--allow-empty", "--fail-on", "warning")
    shown = run("check", built, "--allow-empty", "--severity", "error")

    assert "warning: suspect link" in notes.out
    assert (notes.code, warnings.code) == (0, 2)
    assert "suspect link" not in shown.out
    assert shown.code == 2, "what is not shown still counts"


def test_one_run_writes_several_formats(run: Run, built: Path, tmp_path: Path) -> None:
    ran = run("check", built, "--format", "github", "--also", "sarif=check.sarif", "--also", "junit=check.xml")

    assert "::error file=docs/gone.md,line=3," in ran.out
    assert json.loads((tmp_path / "check.sarif").read_text())["version"] == "2.1.0"
    assert (tmp_path / "check.xml").read_text().startswith("<?xml")
    assert run("check", built, "--also", "sarfi=x").code == 3


def test_a_format_that_cannot_be_written_is_told_as_a_mistake_of_the_command(run: Run, built: Path) -> None:
    ran = run("check", built, "--also", "sarif=nowhere/check.sarif")

    assert ran.code == 3
    assert "cannot write 'nowhere/check.sarif'" in ran.err


def test_a_baseline_is_written_with_a_reason_and_then_only_news_fails(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("check", built, "--write-baseline", "accepted.json").code == 3
    wrote = run("check", built, "--write-baseline", "accepted.json", "--reason", "from before we checked")
    assert wrote.code == 0, wrote.err

    again = run("check", built, "--baseline", "accepted.json", "--new-only", "--allow-empty")
    assert again.code == 0, again.out
    assert "not defined" not in again.out

    (built / "gone.md").write_text((built / "gone.md").read_text() + "\nAnother.[^8]\n")
    (built / "sourcebook.toml").write_text('[check]\nbaseline = "../accepted.json"\n')
    found = run("check", built, "--new-only", "--json", "--allow-empty")
    assert found.code == 2
    assert [row["message"] for row in found.rows if row.get("severity") == "error"] == ["footnote '8' is not defined"]


def test_a_check_asks_nobody(run: Run, built: Path, site: Site) -> None:
    asked = list(site.asked)
    (built / "new.md").write_text(f"A new [claim]({site.url('/article/new')}).\n")
    run("check", built)

    assert site.asked == asked


def test_a_source_that_is_not_the_work_cited_is_told_and_judges_nothing(run: Run, docs: Path, site: Site) -> None:
    (docs / "doubt.md").write_text(
        "# In doubt\n\nThe committee counted forty-one safeguards "
        f"([Quantum Sensors for Deep Sea Navigation]({site.url('/article/spring-report')})).\n"
    )
    assert run("build", docs).code == 0
    checked = run("check", docs / "doubt.md", "--allow-empty")

    assert "[wrong-work]" in checked.out
    assert "not the work cited: cited as 'Quantum Sensors for Deep Sea Navigation'" in checked.out
    assert "1 unjudged" in checked.out


ROOT = Path(__file__).parents[2]


def test_the_hook_and_the_action_use_options_that_there_are(run: Run) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    known = set(re.findall(r"--[a-z-]+", run("check", "--help").out + run("build", "--help").out))
    used = set(
        re.findall(r"(?<=[\s(])--[a-z-]+", " ".join([hook["entry"], *(one for one in scripts if "sourcebook" in one)]))
    )

    assert "--allow-empty" in used
    assert used <= known | {"--"}, used - known
    assert hook["entry"].startswith("sourcebook check ")
    assert all("${{" not in script for script in scripts), "an input must not become a part of a script"


def test_the_script_of_the_action_annotates_and_summarises(run: Run, built: Path, tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    script = action["runs"]["steps"][-1]["run"].replace("sourcebook check", f"{sys.executable} -m sourcebook check")
    said = dict.fromkeys(("PATHS", "FAIL_ON", "BASELINE", "SARIF", "ALLOW_EMPTY"), "")
    summary = tmp_path / "summary.md"
    environment = {**os.environ, **said, "FOLDER": "docs", "SARIF": "a b.sarif", "GITHUB_STEP_SUMMARY": str(summary)}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert done.returncode == 2, done.stderr
    assert "::error file=docs/gone.md" in done.stdout
    assert summary.read_text().startswith("## Sourcebook check")
    assert json.loads((tmp_path / "a b.sarif").read_text())["version"] == "2.1.0"
