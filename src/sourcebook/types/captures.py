"""What was there when a source was asked for."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Outcome(StrEnum):
    """What happened when we asked for a source. Only OK is read further."""

    OK = "ok"
    GONE = "gone"  # the server says that it is not there (404, 410)
    WALLED = "walled"  # a login, a consent page, a site that answers nobody
    PAYWALLED = "paywalled"
    BLOCKED = "blocked"  # a bot challenge or 401/403: says nothing about the source
    LIMITED = "limited"  # 429 or 503: asked too often, or not now
    UNREACHABLE = "unreachable"  # no answer, or an answer that broke off
    SOFT_GONE = "soft_gone"  # status 200 over a "not found" page
    PARKED = "parked"
    THIN = "thin"  # an answer with next to no words in it
    WRONG_TYPE = "wrong_type"  # a kind of file that we do not read
    REFUSED_BY_POLICY = "refused_by_policy"
    REFUSED_BY_ROBOTS = "refused_by_robots"


class LinkState(StrEnum):
    """Is a source still there? Decided over its captures by `freshness.py`."""

    ALIVE = "alive"
    SUSPECT = "suspect"
    DEAD = "dead"
    UNKNOWN = "unknown"


UPLOAD = "upload"  # origin of a copy that a person filed
MEMENTO = "memento "  # origin of a copy that somebody else's archive gave, before the archive's host
MERGED = "merged "  # before the id of the source, merged with this one, of which it is a copy, and its own origin
BROWSER = "browser"  # origin of a copy that was taken from a page after its scripts had run
NEEDS_SCRIPT = "it asks for JavaScript"  # in the reason of a page that shows next to nothing without


class WarcPosition(Struct, frozen=True):
    """Where a response record stands in the archive."""

    file: str  # name within the archive folder
    offset: int
    length: int  # bytes of the compressed member


class Capture(Struct, frozen=True):
    """One attempt to get a source at one moment. Never edited."""

    id: str  # `ids.capture_id(source_id, checked_at)`
    source_id: str
    url: str  # as asked for
    final_url: str  # after redirects
    checked_at: datetime  # when we asked
    captured_at: datetime  # when the bytes were served: earlier than checked_at for an archived copy
    outcome: Outcome
    reason: str  # in words, with the evidence: "status 404", "title says 'Just a moment…'"
    origin: str  # "web", BROWSER, the name of the archive file that answered, UPLOAD, MEMENTO and its host, or MERGED
    status: int | None = None
    media_type: str = ""  # without parameters, lower case
    charset: str = ""  # as the server said
    etag: str = ""
    last_modified: str = ""
    size_bytes: int = 0  # of the decoded body
    body_digest: str = ""  # SHA-256 of the decoded body, hex; "" without one
    position: WarcPosition | None = None

    @property
    def asked(self) -> bool:
        """Was the source itself asked? A copy that somebody else gave says nothing of whether it is still there."""
        return self.origin != UPLOAD and not self.origin.startswith((MEMENTO, MERGED))

    @property
    def rendered(self) -> bool:
        """Is it the page as its scripts made it, rather than as it was sent?"""
        return self.origin == BROWSER

    @property
    def needs_script(self) -> bool:
        """Does it show next to nothing because no script was run?"""
        return self.outcome is Outcome.THIN and not self.rendered and NEEDS_SCRIPT in self.reason
