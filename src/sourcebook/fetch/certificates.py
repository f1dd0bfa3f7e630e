"""Loads aiohttp so that it reads whom the system trusts when an https address is asked for, and not before.

It does so twice while it is loaded, which takes 40 ms: as long as asking for 150 pages.
"""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _Unread(ssl.SSLContext):
    """Trusts whom the system trusts, as soon as anything is asked of it. Then it is an `ssl.SSLContext` like any other:
    aiohttp's own belongs to all of a process, and another part of it may use it before we do."""

    def wrap_bio(self, *arguments: Any, **named: Any) -> ssl.SSLObject:
        """Begin to speak, in a loop."""
        return self._read().wrap_bio(*arguments, **named)

    def wrap_socket(self, *arguments: Any, **named: Any) -> ssl.SSLSocket:
        """Begin to speak, over a socket."""
        return self._read().wrap_socket(*arguments, **named)

    def cert_store_stats(self) -> dict[str, int]:
        """How many certificates there are."""
        return self._read().cert_store_stats()

    def get_ca_certs(self, binary_form: bool = False) -> Any:
        """What they say."""
        return self._read().get_ca_certs(binary_form)

    def _read(self) -> ssl.SSLContext:
        if self.__class__ is _Unread:  # not yet, by another thread
            self.load_default_certs()
            self.__class__ = ssl.SSLContext  # type: ignore[assignment]
        return self


@contextmanager
def _read_later() -> Iterator[None]:
    """What trusts the system's certificates reads them when it is used; what trusts everybody, never."""
    here = threading.get_ident()
    load, add = ssl.SSLContext.load_default_certs, ssl.SSLContext.set_default_verify_paths

    def load_later(self: ssl.SSLContext, purpose: ssl.Purpose = ssl.Purpose.SERVER_AUTH) -> None:
        if threading.get_ident() == here and type(self) is ssl.SSLContext and purpose is ssl.Purpose.SERVER_AUTH:
            self.__class__ = _Unread
        else:
            load(self, purpose)

    def add_where_needed(self: ssl.SSLContext) -> None:
        if threading.get_ident() != here or self.verify_mode is not ssl.CERT_NONE:
            add(self)

    ssl.SSLContext.load_default_certs = load_later  # type: ignore[method-assign]
    ssl.SSLContext.set_default_verify_paths = add_where_needed  # type: ignore[method-assign]
    try:
        yield
    finally:
        ssl.SSLContext.load_default_certs = load  # type: ignore[method-assign]
        del ssl.SSLContext.set_default_verify_paths  # inherited


with _read_later():
    import aiohttp

__all__ = ["aiohttp"]
