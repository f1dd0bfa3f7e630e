"""What a build found, did and left: every count that its report shows."""

from collections import Counter
from dataclasses import dataclass, field

from sourcebook.types import NotAsked


@dataclass(slots=True)
class Tally:
    """Counted while the build runs; turned into a Report at its end."""

    pages: int = 0
    pages_read: int = 0
    pages_gone: int = 0
    sources_new: int = 0
    asked: int = 0
    not_due: int = 0
    sought: int = 0
    found: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    not_asked: list[NotAsked] = field(default_factory=list)
    documents_read: int = 0
    documents_failed: int = 0
    summaries: int = 0
    rated: int = 0
    judged: int = 0
