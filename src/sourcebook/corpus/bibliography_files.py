"""Which bibliography is in force for a page, read from its files. Only pages that may cite by key come here.

A page's own are those that its front matter names or holds. With them count those of the project around it: of every
folder up to the one that holds the pages, and of the nearest few above. Where neither names any, the `.bib` files of
the nearest folder count.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from sourcebook import ids
from sourcebook.corpus import csl, projects
from sourcebook.corpus.bibliography import NONE, Bibliography, Flaw
from sourcebook.corpus.bibtex import read_bibtex
from sourcebook.corpus.entries import Entry
from sourcebook.corpus.front_matter import front_matter_table

_READERS = {
    ".bib": read_bibtex, ".bibtex": read_bibtex, ".biblatex": read_bibtex,
    ".json": csl.read_json, ".yaml": csl.read_yaml, ".yml": csl.read_yaml,
}  # fmt: skip
_LOOSE = (".bib", ".bibtex")
_ABOVE = 3  # folders above the pages that may hold the project's settings
_MOST_BYTES = 50_000_000
_NOTHING = "-"  # the stamp of what is not there
_IN_FRONT = "the front matter"


class _Read(NamedTuple):
    """What a file gave."""

    entries: Mapping[str, Entry]
    flaws: tuple[Flaw, ...]


class _Named(NamedTuple):
    """A bibliography as somebody named it, and from which folders that may be meant."""

    name: str
    folders: tuple[Path, ...]


class BibliographyFiles:
    """The bibliographies of one folder of pages, each file of them looked at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[Path, _Read] = {}
        self._listings: dict[Path, dict[str, str]] = {}
        self._stamps: dict[str, str] = {}
        self._projects: dict[Path, tuple[list[_Named], list[Flaw]]] = {}

    def of(self, path: str, body: bytes) -> Bibliography:
        """What is in force for the page at a path, with what is in its file."""
        folder = self._root.joinpath(path).parent
        own = front_matter_table(body)
        around, above = self._folders(path)
        named = [_Named(name, (folder, *around[1:])) for name in projects.names_of(own.get("bibliography"))]
        flaws: list[Flaw] = []
        for place in (*around, *above):
            more, troubles = self._project(place)
            named += more
            flaws += troubles
        if not named and "references" not in own:
            named = self._loose(around)
        reads, files, watched = self._all(named)
        if "references" in own:
            reads.insert(0, _Read(csl.items(own["references"], PurePosixPath(path).name), ()))
            files.insert(0, _IN_FRONT)
        flaws += (flaw for read in reads for flaw in read.flaws)
        watched += (f"{self._relative(place)}/" for place in (*around, *above))
        entries = tuple(read.entries for read in reads)
        return Bibliography(entries, tuple(dict.fromkeys(files)), tuple(flaws), tuple(dict.fromkeys(watched)))

    def stamp(self, watched: Iterable[str]) -> str:
        """What changes when any of these files and folders does."""
        return ids.fingerprint(*(f"{one}:{self._stamp(one)}" for one in watched))

    # --- which files

    def _folders(self, path: str) -> tuple[list[Path], list[Path]]:
        """The folders of a page, from its own up to the root; and the nearest above that."""
        around = [self._root.joinpath(parent) for parent in PurePosixPath(path).parents]
        above: list[Path] = []
        place = self._root.absolute()
        while len(above) < _ABOVE and place.parent != place and _stamp_of(place / ".git") == _NOTHING:
            place = place.parent
            above.append(place)
        return around, above

    def _project(self, folder: Path) -> tuple[list[_Named], list[Flaw]]:
        """What the settings in a folder name."""
        if folder not in self._projects:
            named: list[_Named] = []
            flaws: list[Flaw] = []
            for file in sorted(self._listing(folder)):
                names, troubles = self._named_in(folder / file)
                named += (_Named(name.lstrip("/"), (folder,)) for name in names)
                flaws += troubles
            self._projects[folder] = named, flaws
        return self._projects[folder]

    def _named_in(self, file: Path) -> tuple[tuple[str, ...], list[Flaw]]:
        if file.name not in projects.FILES | projects.FRONT_PAGES:
            return (), []
        name = self._relative(file)
        data = _bytes(file, name)
        if isinstance(data, Flaw):
            return (), [data]
        if file.name in projects.FRONT_PAGES:
            return projects.names_of(front_matter_table(data).get("bibliography")), []
        return projects.named_in(file.name, data.decode("utf-8", "replace"), name)

    def _loose(self, folders: Iterable[Path]) -> list[_Named]:
        for folder in folders:
            names = [name for name in sorted(self._listing(folder)) if name.lower().endswith(_LOOSE)]
            if names:
                return [_Named(name, (folder,)) for name in names]
        return []

    def _listing(self, folder: Path) -> dict[str, str]:
        """The files of a folder that can matter, each with its time and size."""
        if folder not in self._listings:
            self._listings[folder] = dict(_listed(folder))
        return self._listings[folder]

    # --- what is in them

    def _all(self, named: Iterable[_Named]) -> tuple[list[_Read], list[str], list[str]]:
        reads: list[_Read] = []
        files: list[str] = []
        watched: list[str] = []
        seen: set[Path] = set()
        for one in named:
            if one.name.startswith(("https://", "http://")):
                advice = "save it beside the pages and name the file: bibliographies are not asked for"
                reads.append(_Read({}, (Flaw(one.name, 0, "it is on the web", advice),)))
                files.append(one.name)
                continue
            places = [folder / one.name for folder in one.folders]
            file = next((place for place in places if _is_file(place)), places[0])
            watched += (self._relative(place) for place in places)
            if file not in seen:
                seen.add(file)
                self._stamp(self._relative(file))  # before it is read: what changes meanwhile is seen next time
                reads.append(self._file(file))
                files.append(self._relative(file))
        return reads, files, watched

    def _file(self, file: Path) -> _Read:
        if file not in self._read:
            self._read[file] = self._opened(file)
        return self._read[file]

    def _opened(self, file: Path) -> _Read:
        name = self._relative(file)
        reader = _READERS.get(file.suffix.lower())
        if reader is None:
            kinds = ", ".join(_READERS)
            return _Read({}, (Flaw(name, 0, "nobody here reads such a file", f"name one that ends with {kinds}"),))
        data = _bytes(file, name)
        if isinstance(data, Flaw):
            return _Read({}, (data,))
        flaws: list[Flaw] = []
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            flaws = [Flaw(name, line, f"byte {error.start} is not UTF-8", "save it as UTF-8")]
            text = data.decode("utf-8", "replace")
        entries, more = reader(text, name)
        return _Read(entries, (*flaws, *more))

    # --- stamps

    def _stamp(self, watched: str) -> str:
        if watched not in self._stamps:
            place = self._root / watched
            if watched.endswith("/"):
                self._stamps[watched] = ids.fingerprint(
                    *(f"{name}:{stamp}" for name, stamp in self._listing(place).items())
                )
            else:
                self._stamps[watched] = _stamp_of(place)
        return self._stamps[watched]

    def _relative(self, place: Path) -> str:
        said = Path(os.path.relpath(place, self._root)).as_posix()
        return said.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def own_bibliography(path: str, body: bytes) -> Bibliography:
    """What a page holds itself, without a look at any file."""
    own = front_matter_table(body)
    if "references" not in own:
        return NONE
    return Bibliography((csl.items(own["references"], PurePosixPath(path).name),), (_IN_FRONT,))


def _bytes(file: Path, name: str) -> bytes | Flaw:
    if not _is_file(file) and _stamp_of(file) != _NOTHING:  # a pipe would never end
        return Flaw(name, 0, "it is no file", "name a file")
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return Flaw(name, 0, "there is no such file", "put it there, or mend the name")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        return Flaw(name, 0, f"it cannot be opened: {why}", "see that it can be read")
    if len(data) > _MOST_BYTES:
        return Flaw(name, 0, f"it is larger than {_MOST_BYTES // 1_000_000} MB", "leave out what no page cites")
    return data


def _listed(folder: Path) -> Iterator[tuple[str, str]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    wanted = projects.FILES | projects.FRONT_PAGES
    for entry in entries:
        if entry.name in wanted or entry.name.lower().endswith(_LOOSE):
            yield entry.name, _stamp_of(Path(entry.path))


def _is_file(place: Path) -> bool:
    try:
        return place.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _stamp_of(file: Path) -> str:
    try:
        status = file.stat()
    except (OSError, ValueError):
        return _NOTHING
    return f"{status.st_mtime_ns}:{status.st_size}"
