"""The pages that a command names, read without a library."""

from collections.abc import Iterator
from pathlib import Path

from sourcebook import corpus
from sourcebook.config import load_config
from sourcebook.errors import UsageError
from sourcebook.types.pages import ParsedPage


def read_named(paths: tuple[Path, ...], *, claims: bool = True) -> Iterator[ParsedPage]:
    """Every page of these files and folders, by the settings of its folder; without `claims`, what it cites alone.

    Raises UsageError when there is none.
    """
    none = True
    for path in paths:
        for page in _read(path, claims=claims):
            none = False
            yield page
    if none:
        raise UsageError(
            "no pages in " + ", ".join(repr(str(path)) for path in paths), "name a page or a folder of pages"
        )


def _read(path: Path, *, claims: bool) -> Iterator[ParsedPage]:
    if path.is_dir():
        settings = load_config(path).config.corpus
        for file in corpus.find_pages(path, settings):
            yield corpus.read(file.path, file.file, settings, claims=claims)
    elif path.exists():
        yield corpus.read(path.name, path, load_config(path.parent).config.corpus, claims=claims)
    else:
        raise UsageError(f"{str(path)!r} does not exist", "name a page or a folder of pages")
