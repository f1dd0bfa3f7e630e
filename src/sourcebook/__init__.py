"""Sourcebook: a source library for knowledge bases."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from sourcebook.client import OpenLibrary

__version__ = "0.1.0"
__all__ = ["__version__", "open_library"]


def open_library(path: "str | os.PathLike[str]" = ".") -> "OpenLibrary":
    """Open the library of a folder of pages, or a library folder, for reading.

    Raises sourcebook.errors.UsageError where there is none.
    """
    # whoever imports this package to ask for its version need not wait for the database library to load
    from sourcebook.client import opened  # noqa: PLC0415

    return opened(path)
