"""Invalid traffic that shows only over time: repeated clicks and speed, per visitor, address and link.

The memory is a pure function of the batches so far. It forgets a batch's keys once the batch before the
present one ended two hours later, or earlier when more than `MAX_KEYS` are held (the oldest batch first). So
it is bounded, and can be rebuilt exactly from the changes that each batch leaves: docs/algorithms/traffic.md.
"""

from collections import deque
from typing import Final

import msgspec
from msgspec import Struct

from utfall.events import Click, Reason

MEMORY_MS: Final = 2 * 3_600_000
MAX_KEYS: Final = 2_000_000
MINUTE_MS: Final = 60_000


class TrafficPolicy(Struct, frozen=True, kw_only=True):
    """Limits on clicks. Zero switches a check off."""

    repeat_window_ms: int = 3_600_000
    address_clicks_per_minute: int = 60
    link_clicks_per_minute: int = 6_000


class Generation(Struct):
    """What one batch remembered: last click per visitor and link, clicks per address or link and minute."""

    number: int
    now: int
    last: dict[str, int]
    counts: dict[str, int]


class Traffic:
    """The memory of recent clicks."""

    def __init__(self, max_keys: int = MAX_KEYS) -> None:
        self._max_keys = max_keys
        self._held = 0
        self._clock = 0
        self._last: dict[str, Generation] = {}
        self._counts: dict[str, Generation] = {}
        self._generations: deque[Generation] = deque()
        self._open = Generation(0, 0, {}, {})

    def __len__(self) -> int:
        """How many keys are held, each counted once for every batch that remembered it."""
        return self._held

    def begin(self, number: int, now: int) -> None:
        """Start a batch: its events came after the last one ended, so forget what was too old by then."""
        self._open = Generation(number, now, {}, {})
        while self._generations and (
            self._generations[0].now < self._clock - MEMORY_MS or self._held > self._max_keys
        ):
            self._forget(self._generations.popleft())
        self._clock = now

    def judge(self, click: Click, policy: TrafficPolicy) -> Reason | None:
        """Why a click is not billed, or None; remembers it either way."""
        at = click.occurred_at
        minute = at // MINUTE_MS
        reason = None
        if self._exceeds(f"l{click.link}:{minute}", policy.link_clicks_per_minute):
            reason = Reason.LINK_TOO_FAST
        if click.address and self._exceeds(f"a{click.address}:{minute}", policy.address_clicks_per_minute):
            reason = Reason.ADDRESS_TOO_FAST
        if policy.repeat_window_ms and self._repeats(click, at, policy.repeat_window_ms):
            reason = Reason.REPEATED_CLICK
        return reason

    def close(self) -> bytes:
        """End the batch: the changes to keep, so that the memory can be rebuilt."""
        if self._open.last or self._open.counts:
            self._generations.append(self._open)
            self._held += len(self._open.last) + len(self._open.counts)
        return msgspec.msgpack.encode((self._open.last, self._open.counts))

    def recall(self, number: int, now: int, changes: bytes) -> None:
        """Apply the kept changes of a batch of the past, in order."""
        self.begin(number, now)
        last, counts = msgspec.msgpack.decode(changes, type=tuple[dict[str, int], dict[str, int]])
        for key, at in last.items():
            self._set_last(key, at)
        for key, count in counts.items():
            self._counts[key] = self._open
            self._open.counts[key] = count
        self.close()

    def _exceeds(self, key: str, most: int) -> bool:
        if not most:
            return False
        now, held = self._open, self._counts.get(key)
        if held is not now:
            self._counts[key] = now
        count = now.counts[key] = held.counts[key] + 1 if held is not None else 1
        return count > most

    def _repeats(self, click: Click, at: int, window_ms: int) -> bool:
        """Whether the same visitor clicked this link less than a window ago; the window runs from the
        counted click.
        """
        identity = click.visitor or (
            click.address and f"{click.address}/{click.device}/{click.os}/{click.browser}"
        )
        if not identity:
            return False
        key = f"{click.link}:{identity}"
        held = self._last.get(key)
        if held is not None and abs(at - held.last[key]) < window_ms:
            return True
        self._set_last(key, at)
        return False

    def _set_last(self, key: str, at: int) -> None:
        self._last[key] = self._open
        self._open.last[key] = at

    def _forget(self, generation: Generation) -> None:
        self._held -= len(generation.last) + len(generation.counts)
        for memory, keys in ((self._last, generation.last), (self._counts, generation.counts)):
            for key in keys:
                if memory.get(key) is generation:
                    del memory[key]
