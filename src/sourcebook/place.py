"""Where a library is kept, and which folder its pages are in."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from sourcebook.config import FILE_NAME, LIBRARY_FOLDER, LoadedConfig, load_config
from sourcebook.errors import UsageError


class Place(Struct, frozen=True):
    """Where a library is kept, and the folder of its pages when that was named."""

    library: Path
    corpus: Path | None

    @property
    def settings_folder(self) -> Path:
        """The folder whose settings and venues hold: that of the pages, else the one around the library."""
        return self.corpus or self.library.parent


def place_of(folder: Path | None, library: Path | None) -> Place:
    """Where to work: `--library`, else the named folder's own, else the one library in sight from here.

    Raises UsageError when a named folder does not exist, or when no library or several are in sight.
    """
    if folder is not None:
        if not folder.is_dir():
            kind = "is not a folder" if folder.exists() else "does not exist"
            raise UsageError(f"{str(folder)!r} {kind}", "name the folder that holds your pages")
        return Place(library or folder / LIBRARY_FOLDER, folder)
    return Place(library or _in_sight(Path.cwd()), None)


def place_of_pages(paths: Sequence[Path], library: Path | None) -> Place:
    """Where to look pages up: `--library`, else the library of the folder that the pages are in, or of one above it.

    Raises UsageError when a path does not exist, or when the paths belong to no library or to several.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"{str(path)!r} does not exist", "name pages, or folders of pages")
    if library is not None:
        return Place(library, next((one for path in paths if (one := _above(path, FILE_NAME))), None))
    if not paths:
        return place_of(None, None)
    folders = {path: _above(path, LIBRARY_FOLDER) for path in paths}
    for path, folder in folders.items():
        if folder is None:
            raise UsageError(
                f"no library is kept for {str(path)!r}", "make one: sourcebook build FOLDER, or name it: --library DIR"
            )
    found = {folder for folder in folders.values() if folder is not None}
    if len(found) > 1:
        names = ", ".join(sorted(repr(str(folder)) for folder in found))
        raise UsageError(f"these pages belong to several libraries: {names}", "check one library at a time")
    return Place(found.pop() / LIBRARY_FOLDER, None)


def place_for_import(library: Path | None) -> Place:
    """Where to import to: a library in sight, else a new one in this folder."""
    if library is not None:
        return Place(library, None)
    try:
        return place_of(None, None)
    except UsageError:
        return Place(Path.cwd() / LIBRARY_FOLDER, None)


def read_config(place: Place, environ: Mapping[str, str] | None = None, **flags: object) -> LoadedConfig:
    """The settings that hold for a library."""
    return load_config(place.settings_folder, os.environ if environ is None else environ, **flags)


def _above(path: Path, name: str) -> Path | None:
    """The nearest folder at or above a path that holds something of that name."""
    path = path.resolve()
    return next((folder for folder in (path, *path.parents) if (folder / name).exists()), None)


def _in_sight(here: Path) -> Path:
    """The library of this folder or of one above it, else the only one in a folder directly below."""
    for folder in (here, *here.parents):
        if (folder / LIBRARY_FOLDER).is_dir():
            return folder / LIBRARY_FOLDER
    below = sorted(folder for folder in here.glob(f"*/{LIBRARY_FOLDER}") if folder.is_dir())
    if len(below) == 1:
        return below[0]
    if below:
        names = ", ".join(repr(str(folder.relative_to(here).parent)) for folder in below[:5])
        raise UsageError(f"several libraries are in sight: {names}", "say which: --library FOLDER/.sourcebook")
    raise UsageError("no library in sight", "make one: sourcebook build FOLDER, or say where it is: --library DIR")
