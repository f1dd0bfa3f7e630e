"""What a check found, written for people and for programs: one file a format, each a pure function to text."""

from collections.abc import Callable

from sourcebook.check.formats.github import render_github
from sourcebook.check.formats.gitlab import render_gitlab
from sourcebook.check.formats.junit import render_junit
from sourcebook.check.formats.markdown import render_markdown
from sourcebook.check.formats.sarif import render_sarif
from sourcebook.check.formats.structured import render_json, render_jsonl
from sourcebook.check.formats.text import render_text
from sourcebook.check.result import Checked

__all__ = ["FORMATS"]

FORMATS: dict[str, Callable[[Checked], str]] = {
    "text": render_text,
    "json": render_json,
    "jsonl": render_jsonl,
    "markdown": render_markdown,
    "junit": render_junit,
    "sarif": render_sarif,
    "github": render_github,
    "gitlab": render_gitlab,
}
