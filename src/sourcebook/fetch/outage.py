"""Tell an outage of ours from a dead link. Pure: answers in, answers out.

A machine without a network sees every host fail. Kept as findings, these failures would make every source of a library
suspect in one run and dead in three. So a failure that an outage could explain is held back until something, anything,
has answered in the same run; if nothing ever does, nobody was asked.
"""

from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct

from sourcebook.types.fetching import Fetched, Learned, NotAsked

MOST_SILENT_HOSTS = 20  # so many in a row without one answer: there is no network, and no point in asking on
FEW_HOSTS = 3  # fewer than this prove nothing: they may be gone one and all


class Sign(Enum):
    """What an answer tells about our own network."""

    LIFE = auto()  # something answered
    SILENCE = auto()  # an outage would look the same
    NEITHER = auto()  # nobody was asked


class Asked(Struct, frozen=True):
    """An answer, and what it tells about our network."""

    answer: Fetched | NotAsked
    sign: Sign
    host: str
    seconds: float = 0.0  # that the visit took, our own waiting included
    learned: tuple[Learned, ...] = ()  # about hosts, on the way
    rendered: Fetched | None = None  # the same page as a browser showed it


class Outage:
    """Holds answers back until it is known whether there is a network."""

    def __init__(self) -> None:
        self._alive = False
        self._held: list[Fetched] = []
        self._hosts: set[str] = set()

    @property
    def certain(self) -> bool:
        """Is there no network, for certain enough to stop asking?"""
        return not self._alive and len(self._hosts) >= MOST_SILENT_HOSTS

    def sort(self, asked: Asked) -> Iterator[Fetched | NotAsked]:
        """Take an answer in; give those that may be believed now."""
        answer = asked.answer
        if asked.sign is Sign.LIFE:
            self._alive = True
            yield from self._held
            self._held.clear()
        if asked.sign is Sign.SILENCE and not self._alive and isinstance(answer, Fetched):
            self._held.append(answer)
            self._hosts.add(asked.host)
        else:
            yield answer

    def rest(self) -> Iterator[NotAsked]:
        """The answers still held when all is over: nobody was asked, as far as anybody can tell."""
        for answer in self._held:
            yield NotAsked(answer.source_id, answer.url, self.why(answer.reason))
        self._held.clear()

    def why(self, reason: str = "") -> str:
        """Why nobody was asked, in words."""
        if len(self._hosts) >= FEW_HOSTS or not reason:
            return "no network: no host name could be looked up and no host answered"
        return f"no network, or no such host: {reason}"
