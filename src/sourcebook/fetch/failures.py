"""Why a request has no answer: the many exceptions of the network in the few kinds that matter, with words."""

import errno
import socket
import ssl
from enum import Enum, auto

from msgspec import Struct

from sourcebook.fetch.certificates import aiohttp


class Failure(Enum):
    """Why there is no answer."""

    LOOKUP = auto()  # the name has no address
    SILENT = auto()  # nobody is there, or no way leads there
    BROKEN = auto()  # somebody is there, and it went wrong
    REFUSED = auto()  # by our own policy: nobody was asked
    TOO_LARGE = auto()


class NoAnswer(Struct, frozen=True):
    """A request without a whole answer."""

    failure: Failure
    words: str


class RefusedError(OSError):
    """The policy forbids an address."""


def no_answer(error: Exception, host: str, connect_timeout_s: float) -> NoAnswer:
    """What went wrong while asking `host`."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, RefusedError):
        return NoAnswer(Failure.REFUSED, str(cause))
    if isinstance(cause, socket.gaierror):
        return NoAnswer(Failure.LOOKUP, f"name lookup of {host!r} failed: {cause.strerror or cause}")
    if isinstance(error, TimeoutError):
        return NoAnswer(Failure.SILENT, f"no connection within {connect_timeout_s:g} s")
    if isinstance(cause, OSError) and cause.errno in _NO_WAY:
        return NoAnswer(Failure.SILENT, f"no way to {host!r}: {cause.strerror or cause}")
    return NoAnswer(Failure.BROKEN, _broken_words(error, cause))


_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.ETIMEDOUT}


def _broken_words(error: Exception, cause: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"TLS: {_certificate_words(error.certificate_error)}"
    if isinstance(error, aiohttp.ClientSSLError) or isinstance(cause, ssl.SSLError):
        return f"TLS: {getattr(cause, 'reason', None) or cause}"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "the connection was closed without an answer"
    return next(words for kind, words in _WORDS if isinstance(cause, kind)) + _first_line(cause)


_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (ConnectionRefusedError, "connection refused: "),
    (aiohttp.ClientPayloadError, "the answer broke off: "),
    (aiohttp.ClientResponseError, "an answer that is not HTTP: "),
    (aiohttp.InvalidURL, "not an address that can be asked: "),
    (Exception, "the connection failed: "),
)


def _certificate_words(error: Exception) -> str:
    return str(getattr(error, "verify_message", "") or error)


def _first_line(words: object) -> str:
    text = str(words).strip() or type(words).__name__
    return text.splitlines()[0][:160]
