"""Who waits for whom: nobody behind one sender's batches, no order behind a batch."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from utfall.edge.lanes import Lane
from utfall.edge.metrics import no_counts
from utfall.edge.sender import Sender
from utfall.events import Source

SHOP = Sender(Source.API, advertiser=1)
OTHER = Sender(Source.API, advertiser=2)
BLOG = Sender(Source.API, publisher=1)


@asynccontextmanager
async def held(lane: Lane, *senders: Sender) -> AsyncIterator[None]:
    """The lane while work of these senders waits in it; done when the block ends."""
    gate = threading.Event()
    waiting = [asyncio.ensure_future(lane.run(sender, gate.wait)) for sender in senders]
    await asyncio.sleep(0)
    try:
        yield
    finally:
        gate.set()
        assert await asyncio.gather(*waiting) == [True] * len(senders)


def test_one_sender_leaves_places_for_the_others_until_all_are_taken() -> None:
    counts = no_counts()
    lane = Lane("batches", counts, places=4, places_each=2)

    async def crowd() -> None:
        async with held(lane, SHOP, SHOP):
            assert not lane.has_place(SHOP)
            assert lane.has_place(OTHER)
            assert lane.has_place(BLOG)

    async def full() -> None:
        async with held(lane, SHOP, SHOP, OTHER, OTHER):
            assert counts["batches_waiting", ""] == 4
            assert not lane.has_place(BLOG)
        assert counts["batches_waiting", ""] == 0
        assert lane.has_place(SHOP)

    asyncio.run(crowd())
    asyncio.run(full())
    lane.close()


def test_a_place_is_free_again_when_the_work_failed() -> None:
    lane = Lane("orders", no_counts(), places=1, places_each=1)

    def broken() -> None:
        raise OSError("no disk")

    async def fail() -> None:
        try:
            await lane.run(SHOP, broken)
        except OSError:
            assert lane.has_place(SHOP)

    asyncio.run(fail())
    lane.close()
