"""Rate limits: a bucket of tokens for each key, and for each address that has none.

A bucket is full at first, gives a token to each request and is refilled steadily. The portal is served by one
process with many threads (`utfall.portal.server.WORKERS`), so the buckets of that process are all there are.
Where it is begun again, it begins with full ones: a limit for fairness, not a quota.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple

from django.http import HttpRequest

from utfall.portal.site import site

BUCKETS_AT_MOST: Final = 20_000


class Rate(NamedTuple):
    """How many requests at once, and how many a second in the long run."""

    burst: int
    per_second: float


PER_KEY: Final = Rate(burst=200, per_second=20.0)
PER_ADDRESS: Final = Rate(burst=30, per_second=0.5)
"""For those who have no valid key: enough to read the document, too few to guess keys."""


class Taken(NamedTuple):
    """What a bucket says: whether there was a token, how many are left, when it gives one again."""

    granted: bool
    limit: int
    remaining: int
    full_in: int
    next_in: int

    def headers(self) -> dict[str, str]:
        """As every answer says it."""
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.full_in),
        }
        return told if self.granted else {**told, "Retry-After": str(self.next_in)}


class Buckets:
    """The buckets of one process; those not used for longest are forgotten when there are too many."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> Taken:
        """Take a token, if there is one."""
        with self._lock:
            now = self._clock()
            left, at = self._left.pop(who, (float(self.rate.burst), now))
            left = min(self.rate.burst, left + (now - at) * self.rate.per_second)
            granted = left >= 1
            left -= granted
            self._left[who] = (left, now)
            if len(self._left) > BUCKETS_AT_MOST:
                self._left.popitem(last=False)
        return self._taken(granted, left)

    def forget(self) -> None:
        """Fill every bucket again."""
        with self._lock:
            self._left.clear()

    def _taken(self, granted: bool, left: float) -> Taken:
        full_in = math.ceil((self.rate.burst - left) / self.rate.per_second)
        next_in = max(1, math.ceil((1 - left) / self.rate.per_second))
        return Taken(granted, self.rate.burst, int(left), full_in, next_in)


keys = Buckets(PER_KEY)
addresses = Buckets(PER_ADDRESS)


def address_of(request: HttpRequest) -> str:
    """The client's address: what the nearest proxy we trust says, else who is connected."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    trusted = site().trusted_proxies
    named = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    while peer in trusted and named:
        peer = named.pop()
    return peer
