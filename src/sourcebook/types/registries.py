"""What registries of works say."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field


class NoticeKind(StrEnum):
    """What was made known of a work after it was published."""

    RETRACTION = "retraction"
    WITHDRAWAL = "withdrawal"  # by its authors
    CONCERN = "expression of concern"
    CORRECTION = "correction"


WITHDRAWN = frozenset({NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL})  # nothing should lean on the work any more


class Notice(Struct, frozen=True):
    """One notice about a work."""

    kind: NoticeKind
    date: str  # ISO 8601; "" when the registry does not say
    identifier: str  # of the notice itself, "doi:10.5555/x"; "" when the registry does not say
    origin: str  # the registry


class RegistryEntry(Struct, frozen=True):
    """What registries say of a work. `origins` tells which of them said each field."""

    source_id: str
    keys: tuple[str, ...]  # that it was asked for by
    asked_at: datetime
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    venue: str = ""  # as the registry writes it
    peer_reviewed: bool | None = None  # None when no registry says
    notices: tuple[Notice, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)

    @property
    def is_retracted(self) -> bool:
        """Does a registry say that the work was retracted, or withdrawn by its authors?"""
        return any(notice.kind in WITHDRAWN for notice in self.notices)
