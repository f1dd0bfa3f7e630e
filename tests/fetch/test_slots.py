"""So many at once."""

import asyncio

from sourcebook.fetch.slots import Slots


def test_no_more_slots_are_taken_than_there_are() -> None:
    slots = Slots(2)

    assert [slots.take() for _ in range(3)] == [True, True, False]
    slots.give_back()
    assert slots.take()
    assert not slots.take()


def test_whoever_waits_longest_is_next() -> None:
    async def run() -> list[str]:
        slots, order = Slots(1), []

        async def one(name: str) -> None:
            await slots.wait()
            order.append(name)
            await asyncio.sleep(0)
            order.append(f"{name} goes")
            slots.give_back()

        await asyncio.gather(*(one(name) for name in "abc"))
        return order

    assert asyncio.run(run()) == ["a", "a goes", "b", "b goes", "c", "c goes"]


def test_a_slot_that_is_left_goes_to_the_one_who_waits_and_not_to_one_who_comes() -> None:
    async def run() -> bool:
        slots = Slots(1)
        slots.take()
        waiting = asyncio.create_task(slots.wait())
        await asyncio.sleep(0)
        slots.give_back()
        taken = slots.take()
        await waiting
        return taken

    assert not asyncio.run(run())


def test_one_who_gives_up_waiting_leaves_its_slot_to_the_next() -> None:
    async def run() -> tuple[bool, bool]:
        slots = Slots(1)
        slots.take()
        early, late = (asyncio.create_task(slots.wait()) for _ in range(2))
        await asyncio.sleep(0)
        slots.give_back()  # to the first, which has not noticed yet
        early.cancel()
        await asyncio.wait((early, late))
        return early.cancelled(), not slots.take()

    assert asyncio.run(run()) == (True, True)
