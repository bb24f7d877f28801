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

from utfall.portal.access.allowances import USUAL, Allowed, allowed
from utfall.portal.site import site

BUCKETS_AT_MOST: Final = 20_000


class Rate(NamedTuple):
    """How many requests at once, and how many a second in the long run."""

    burst: int
    per_second: float


PER_KEY: Final = Rate(
    burst=USUAL[Allowed.API_BURST].usual, per_second=float(USUAL[Allowed.API_PER_SECOND].usual)
)
"""The usual one; the operator may allow an organisation another (`rate_of`)."""
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

    def take(self, who: str, rate: Rate | None = None) -> Taken:
        """Take a token, if there is one; at the usual rate unless another is said."""
        rate = rate or self.rate
        with self._lock:
            now = self._clock()
            left, at = self._left.pop(who, (float(rate.burst), now))
            left = min(rate.burst, left + (now - at) * rate.per_second)
            granted = left >= 1
            left -= granted
            self._left[who] = (left, now)
            if len(self._left) > BUCKETS_AT_MOST:
                self._left.popitem(last=False)
        return _taken(rate, granted, left)

    def forget(self) -> None:
        """Fill every bucket again."""
        with self._lock:
            self._left.clear()


def _taken(rate: Rate, granted: bool, left: float) -> Taken:
    full_in = math.ceil((rate.burst - left) / rate.per_second)
    next_in = max(1, math.ceil((1 - left) / rate.per_second))
    return Taken(granted, rate.burst, int(left), full_in, next_in)


def rate_of(organisation: int) -> Rate:
    """How often the keys of an organisation may ask."""
    return Rate(
        allowed(organisation, Allowed.API_BURST), float(allowed(organisation, Allowed.API_PER_SECOND))
    )


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
