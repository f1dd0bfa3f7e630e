"""The gate as commands use it: paths in, what was found and looked at out."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sourcebook import corpus
from sourcebook.check.baseline import Baseline, compare
from sourcebook.check.checking import check
from sourcebook.check.chosen import choose
from sourcebook.check.result import Checked
from sourcebook.config import Config
from sourcebook.corpus import PageFile
from sourcebook.errors import UsageError
from sourcebook.place import Place
from sourcebook.store import CORPUS, Store, read_store
from sourcebook.types.pages import ParsedPage


class Gate(Struct, frozen=True):
    """A library, and the folder of the pages that it knows."""

    store: Store
    config: Config
    folder: Path
    clock: Callable[[], datetime]

    def check(self, paths: Sequence[Path], baseline: Baseline, here: Path) -> Checked:
        """Check pages as they are now. Files are named as one would from `here`."""
        chosen = choose(self.folder, paths, self.config.corpus)
        checked = check(self.store, self.config, self._pages(chosen.files), chosen.skipped, baseline)
        names = {page.path: _as_named(page.file, here) for page in chosen.files}
        findings = tuple(replace(one, file=names[one.page]) for one in checked.findings)
        return compare(replace(checked, findings=findings), baseline, frozenset(names), self.clock().date())

    def _pages(self, files: Sequence[PageFile]) -> Iterator[ParsedPage]:
        """Pages as they are now: as the last build read them where nothing has changed since, else read again."""
        settings = self.config.corpus
        stamps, known = corpus.stamps(files, settings), self.store.pages.stamps()
        bibliographies = corpus.Bibliographies(self.folder)
        same = {path for path, stamp in stamps.items() if corpus.still_holds(known.get(path), stamp, bibliographies)}
        how = corpus.Reading(bibliographies=bibliographies)
        yield from self.store.pages.parsed_many(sorted(same))
        yield from (corpus.read(file.path, file.file, settings, how) for file in files if file.path not in same)


@contextmanager
def open_gate(place: Place, config: Config, clock: Callable[[], datetime]) -> Iterator[Gate]:
    """A library to check pages against. Raises UsageError where there is none.

    Here rather than in `wiring.py`: an editor that checks at each save must not wait for what a build is made of.
    """
    with read_store(place.library, config.store.database) as store:
        yield Gate(store, config, _pages_folder(store, place), clock)


def _pages_folder(store: Store, place: Place) -> Path:
    """The folder of pages: around the library where its pages are there, else as remembered. A library may have moved
    with its pages, to another machine for one."""
    around = place.library.resolve().parent
    if any((around / path).is_file() for path in islice(store.pages.stamps(), 100)):
        return around
    remembered = store.meta.read(CORPUS)
    if remembered is None or not Path(remembered).is_dir():
        raise UsageError(
            f"the pages of the library in {str(place.library)!r} are not in {remembered or str(around)!r}",
            "run `sourcebook build FOLDER` to say where they are",
        )
    return Path(remembered)


def _as_named(file: Path, here: Path) -> str:
    """A file from where the command runs, or in full where it is not below; forward slashes, and U+FFFD for bytes that
    are not UTF-8."""
    name = Path(os.path.relpath(file.absolute(), here)).as_posix()
    if name.startswith("../"):  # nobody wants to count the steps up
        name = file.absolute().as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
