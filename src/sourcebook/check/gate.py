"""The gate as commands use it: paths in, what was found and looked at out."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sourcebook import corpus
from sourcebook.check.baseline import Baseline, compare
from sourcebook.check.checking import check
from sourcebook.check.chosen import choose
from sourcebook.check.result import Checked
from sourcebook.config import Config
from sourcebook.store import Store


@dataclass(frozen=True, slots=True)
class Gate:
    """A library, and the folder of the pages that it knows. Built in `wiring.py`."""

    store: Store
    config: Config
    folder: Path
    clock: Callable[[], datetime]

    def check(self, paths: Sequence[Path], baseline: Baseline, here: Path) -> Checked:
        """Check pages as they are now. Files are named as one would from `here`."""
        settings = self.config.corpus
        chosen = choose(self.folder, paths, settings)
        pages = (corpus.read(page.path, page.file, settings) for page in chosen.files)
        checked = check(self.store, self.config, pages, chosen.skipped, baseline)
        names = {page.path: _as_named(page.file, here) for page in chosen.files}
        findings = tuple(replace(one, file=names[one.page]) for one in checked.findings)
        return compare(replace(checked, findings=findings), baseline, frozenset(names), self.clock().date())


def _as_named(file: Path, here: Path) -> str:
    """A file from where the command runs, with forward slashes; bytes that are not UTF-8 are written with U+FFFD."""
    name = Path(os.path.relpath(file.absolute(), here)).as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
