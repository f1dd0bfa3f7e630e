"""Where answers are made. The records are synchronous, so each answer is made in a thread; the way there that Starlette
takes by itself costs a tenth of what a record does."""

from asyncio import get_running_loop
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import Response

Endpoint = Callable[[Request], Response]


class Threads:
    """A few threads that answer. Each begins when it is needed first."""

    def __init__(self, number: int) -> None:
        self._pool = ThreadPoolExecutor(number, "answers")

    def answering(self, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        """The same in one of them."""

        async def answer(request: Request) -> Response:
            return await get_running_loop().run_in_executor(self._pool, endpoint, request)

        return answer
