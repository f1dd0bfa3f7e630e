"""What fetchers are told, and what they bring."""

from datetime import datetime

from msgspec import Struct

from sourcebook.types.captures import Outcome


class Pause(Struct, frozen=True):
    """A host that is left alone for a while, because it said that it is asked too often."""

    host: str
    until: datetime
    times: int  # that it said so in a row; 0 when it answers again
    why: str


class RobotsFile(Struct, frozen=True):
    """What a site's robots.txt said, and when. "" allows everything."""

    site: str  # "https://example.org"
    read_at: datetime
    text: str


Learned = Pause | RobotsFile


class Lull(Struct, frozen=True):
    """Between answers: no other is at hand just now, so those that came had better be kept."""


class Wanted(Struct, frozen=True):
    """A source to ask for, and what we know of the copy that we hold and of its host."""

    source_id: str
    url: str
    etag: str = ""
    last_modified: str = ""
    pause: Pause | None = None
    robots: RobotsFile | None = None
    at: datetime | None = None  # of an archive: the copy nearest to this moment


class Exchange(Struct, frozen=True):
    """One request and its answer, as they went over the wire."""

    url: str
    at: datetime  # when the answer began
    request_head: bytes  # request line and headers, CRLF, with the blank line that ends them; then what was sent
    response_head: bytes  # status line and headers as sent, with the blank line
    body: bytes  # as sent, still content-encoded
    ip: str = ""


class Fetched(Struct, frozen=True):
    """An answer in hand, not yet kept."""

    source_id: str
    url: str  # as asked for
    final_url: str
    checked_at: datetime
    captured_at: datetime
    outcome: Outcome
    reason: str
    origin: str  # "web", BROWSER, the name of the archive file that answered, UPLOAD, or MEMENTO and its host
    status: int | None = None
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    body: bytes = b""  # decoded
    exchanges: tuple[Exchange, ...] = ()  # one for each redirect, or for what a page loaded; the last is the answer
    screenshot: bytes = b""  # JPEG, of a page that a browser showed


class NotAsked(Struct, frozen=True):
    """A source that nobody was asked for, and why. Says nothing about the source."""

    source_id: str
    url: str
    why: str  # "offline", "no network", "not in demo.wacz"
