"""Where rows wait to be read: one lane for batches and one for single orders, each with a thread of its own.

A batch of a thousand rows occupies its thread for a while. An order that a postback or a pixel tells of never
waits behind one, and the batches of one sender never take every place.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from utfall.edge.chance import Ids
from utfall.edge.metrics import Counts
from utfall.edge.sender import Sender

T = TypeVar("T")
Party = tuple[int | None, int | None]


class Lane:
    """One thread that reads, and the places before it. How many are taken is counted as `{name}_waiting`."""

    def __init__(self, name: str, counts: Counts, *, places: int, places_each: int) -> None:
        self.ids = Ids()
        self._counts = counts
        self._waiting = (f"{name}_waiting", "")
        self._places = places
        self._places_each = places_each
        self._taken: Counter[Party] = Counter()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    def has_place(self, sender: Sender) -> bool:
        """Whether one more of this sender may wait; all keys of one organisation are one sender."""
        return self._counts[self._waiting] < self._places and self._taken[_party(sender)] < self._places_each

    async def run(self, sender: Sender, work: Callable[[], T]) -> T:
        """Does the work in its turn, in the lane's thread."""
        party = _party(sender)
        self._taken[party] += 1
        self._counts[self._waiting] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._counts[self._waiting] -= 1
            self._taken[party] -= 1
            if not self._taken[party]:
                del self._taken[party]

    def close(self) -> None:
        """Ends the thread when all that waits is done."""
        self._thread.shutdown()


def _party(sender: Sender) -> Party:
    return sender.advertiser, sender.publisher
