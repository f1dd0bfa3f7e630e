"""The works that the keys of a page can mean. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sourcebook.corpus.entries import Entry, named_entry


class Flaw(NamedTuple):
    """What is wrong with a bibliography; told on each page that cites from it."""

    file: str  # as it is named
    line: int  # 0: the file as a whole
    message: str
    advice: str
    key: str = ""  # matters to pages that cite this key alone; "" to all


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What is in force for one page."""

    entries: tuple[Mapping[str, Entry], ...] = ()  # the first that has a key counts
    files: tuple[str, ...] = ()  # as they are named, those that are not there too
    flaws: tuple[Flaw, ...] = ()
    watched: tuple[str, ...] = ()  # files and folders that decided it

    @property
    def in_force(self) -> bool:
        """Is there any, broken or not?"""
        return bool(self.files)

    def entry(self, key: str) -> Entry | None:
        """The entry that has a key."""
        return next((entries[key] for entries in self.entries if key in entries), None)

    def find(self, key: str) -> Entry | None:
        """The same or, where none has it, the work that the key names by itself."""
        return self.entry(key) or named_entry(key)


NONE = Bibliography()
