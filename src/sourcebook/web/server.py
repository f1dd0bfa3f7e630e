"""Serving the web app from this process."""

import contextlib
import errno
import socket
from collections.abc import Callable

import uvicorn
from msgspec import Struct

from sourcebook.errors import UsageError
from sourcebook.records import Records
from sourcebook.web.access import SignedIn, is_this_machine
from sourcebook.web.app import make_app
from sourcebook.web.corrections import Desk

_ANY = {"0.0.0.0": "localhost", "::": "localhost"}  # noqa: S104  # what a browser on this machine asks for instead
_WAIT_S = 3  # for answers under way, when asked to stop


class _Server(uvicorn.Server):
    """A uvicorn server that says when it answers."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


class Writing(Struct, frozen=True):
    """Where what people write is taken in, and from whom; without `access` only while nobody but this machine can reach
    the server."""

    desk: Desk
    access: SignedIn | None = None


def serve(
    records: Records, host: str, port: int, on_ready: Callable[[str], None], writing: Writing | None = None
) -> None:
    """Answer until Ctrl-C; `on_ready` gets the address as soon as it answers. Port 0 takes any free port.

    Raises UsageError when nothing can listen there.
    """
    with _listen(host, port) as listening:
        address = _address(host, listening.getsockname()[1])
        # Our own log settings are the caller's: uvicorn would write its own to the terminal.
        open_ = writing is not None and (writing.access is not None or is_this_machine(host))
        app = make_app(records, writing.desk, writing.access) if writing and open_ else make_app(records)
        config = uvicorn.Config(
            app, access_log=False, log_config=None, server_header=False, timeout_graceful_shutdown=_WAIT_S
        )
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it anew once all answers are given
            _Server(config, lambda: on_ready(address)).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    where = f"{port} on {host!r}"
    if not 0 <= port <= 65535:  # the system would take the remainder and listen there
        raise UsageError(f"there is no port {port}", "choose a port from 1 to 65535 with --port")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(
            f"cannot listen on port {where}: {error}", "give an address of this machine with --host"
        ) from error
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise _cannot_listen(error, where) from error
    return listening


def _cannot_listen(error: OSError, where: str) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(
            f"port {where} is in use already", "stop the other server, or choose another port with --port"
        )
    if error.errno == errno.EACCES:
        return UsageError(f"port {where} is not ours to use", "choose a port above 1023 with --port")
    if error.errno == errno.EADDRNOTAVAIL:
        return UsageError(f"{where} is no address of this machine", "give one of its addresses with --host")
    return UsageError(f"cannot listen on port {where}: {error}", "choose another port with --port")


def _address(host: str, port: int) -> str:
    shown = _ANY.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
