"""A library whose source was filed by hand: words to judge and to find, without a network."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Run = Callable[..., Ran]


def filed(run: Run, beside: Path, page: str, url: str, words: str) -> Path:
    """The folder of one page, built, with a copy of what it cites."""
    folder, copy = beside / "docs", beside / "copy.txt"
    folder.mkdir()
    copy.write_text(words, "utf-8")
    (folder / "page.md").write_text(page, "utf-8")
    assert run("build", folder, "--offline").code == 0
    done = run("capture", url, "--file", copy, "--library", folder / ".sourcebook")
    assert done.code == 0, done.err
    return folder
