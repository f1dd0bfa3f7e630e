"""Deadlines of many requests, watched by one timer."""

import asyncio

import pytest

from sourcebook.fetch.deadline import Watch


def test_what_takes_too_long_is_interrupted_and_what_does_not_is_left_alone() -> None:
    async def main() -> list[str]:
        watch, ends = Watch(), []

        async def work(name: str, takes: float, within: float) -> None:
            try:
                with watch.within(within) as deadline:
                    await asyncio.sleep(takes)
            except TimeoutError:
                assert deadline.expired
                ends.append(f"{name} was interrupted")
            else:
                assert not deadline.expired
                ends.append(f"{name} was done")

        await asyncio.gather(work("slow", 30, 0.05), work("quick", 0, 30), work("late", 30, 0), work("again", 30, 0.3))
        return ends

    assert sorted(asyncio.run(main())) == [
        "again was interrupted",
        "late was interrupted",
        "quick was done",
        "slow was interrupted",
    ]


def test_a_cancelling_from_outside_goes_through() -> None:
    async def main() -> None:
        watch = Watch()

        async def work() -> None:
            with watch.within(30):
                await asyncio.sleep(30)

        task = asyncio.ensure_future(work())
        await asyncio.sleep(0)
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())


def test_what_fails_by_itself_fails_as_it_would_without_a_deadline() -> None:
    async def main() -> None:
        with Watch().within(30):
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(main())
