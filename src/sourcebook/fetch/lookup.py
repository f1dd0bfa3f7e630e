"""Names to addresses, behind the address policy."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sourcebook.fetch.certificates import aiohttp
from sourcebook.fetch.failures import RefusedError
from sourcebook.fetch.policy import AddressPolicy


class GuardedResolver(aiohttp.abc.AbstractResolver):
    """Names to addresses, those that may be asked."""

    def __init__(self, policy: AddressPolicy, threads: int) -> None:
        self._policy = policy
        # threads of our own: those of the loop are waited for when it closes, and a look-up can take half a minute
        self._threads = ThreadPoolExecutor(threads, "lookup")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[aiohttp.abc.ResolveResult]:
        """All allowed addresses of a host. Raises RefusedError when it has others only."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host, port, family)
        refusals = [self._policy.refusal(str(where[0]), port) for *_, where in found]
        allowed = [info for info, refusal in zip(found, refusals, strict=True) if not refusal]
        if not allowed:
            raise RefusedError(refusals[0])
        return [
            aiohttp.abc.ResolveResult(
                hostname=host, host=str(where[0]), port=port, family=kind, proto=proto, flags=socket.AI_NUMERICHOST
            )
            for kind, _, proto, _, where in allowed
        ]

    async def close(self) -> None:
        """Leave look-ups that still run to themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[Any]:
    try:
        return socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
    except UnicodeError as error:  # a label that is too long
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from error
