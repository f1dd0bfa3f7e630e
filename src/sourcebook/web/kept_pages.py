"""Pages that were made already, for as long as the library stays as it was: most readers read what others have read."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST = 1_000  # pages; at some 20 KB each
MOST_S = 30.0  # a page says what is due by the clock, so that it ages even where nothing changes


class KeptPages:
    """Answers by address. Threads may share them."""

    def __init__(self, stamp: Callable[[], str], clock: Callable[[], float] = time.monotonic) -> None:
        self._stamp = stamp
        self._clock = clock
        self._kept: OrderedDict[str, tuple[str, float, bytes]] = OrderedDict()
        self._lock = Lock()

    def find(self, address: str, stamp: str) -> bytes | None:
        """The page of an address, as long as it still holds; `stamp` is the library's now."""
        with self._lock:
            kept = self._kept.get(address)
            if kept is None or not stamp or kept[0] != stamp or self._clock() - kept[1] > MOST_S:
                return None
            self._kept.move_to_end(address)
            return kept[2]

    def keep(self, address: str, page: bytes, stamp: str) -> None:
        """Keep a page that was made while the library had a stamp; nothing where it has none."""
        if not stamp:
            return
        with self._lock:
            self._kept[address] = (stamp, self._clock(), page)
            self._kept.move_to_end(address)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def stamp(self) -> str:
        """The library's stamp now: asked before a page is made, so that what changes meanwhile is seen."""
        return self._stamp()
