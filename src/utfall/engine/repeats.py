"""The same event counts once: under which name its id is remembered.

Senders choose their own ids, so an id means something only among the events that one sender may speak for:
the touches of one publisher with one advertiser, or all else of one advertiser. Otherwise anybody could use
up the ids of others, and two honest shops that number alike would lose each other's orders.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import Final

from utfall.events import Amendment, Conversion, Cost, Funding, MoneyEvent, Touch

_TIME_CHARS: Final = 12
_DIGEST_BYTES: Final = 10
_NAMES_KEPT: Final = 1 << 15


def remembered_as(event: Touch | Conversion | Amendment | Cost) -> str:
    """A name like an id: it begins with the same time, so that the book still finds neighbours together."""
    return _named(event.advertiser, getattr(event, "publisher", 0), event.id)


def names_of(event: MoneyEvent) -> tuple[str, ...]:
    """The names of an event of money, which only the network tells: its own, and that of the bank's movement.

    A movement's name begins with no time: it comes before all ids of events, among which nobody looks for it.
    """
    own = _named(0, 0, event.id)
    if not isinstance(event, Funding):
        return (own,)
    movement = blake2b(f"movement.{event.identity}".encode(), digest_size=_DIGEST_BYTES).hexdigest()
    return (own, "0" * _TIME_CHARS + movement)


@lru_cache(maxsize=_NAMES_KEPT)
def _named(advertiser: int, publisher: int, event: str) -> str:
    """Kept, for it is asked twice: when the batch is loaded, and when the event is decided."""
    owned = f"{advertiser}.{publisher}.{event}".encode()
    return event[:_TIME_CHARS] + blake2b(owned, digest_size=_DIGEST_BYTES).hexdigest()
