"""The same event counts once: under which name its id is remembered.

Senders choose their own ids, so an id means something only among the events that one sender may speak for:
the touches of one publisher with one advertiser, or all else of one advertiser. Otherwise anybody could use
up the ids of others, and two honest shops that number alike would lose each other's orders.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import Final

from utfall.events import Amendment, Conversion, Cost, Touch

_TIME_CHARS: Final = 12
_DIGEST_BYTES: Final = 10
_NAMES_KEPT: Final = 1 << 15


def remembered_as(event: Touch | Conversion | Amendment | Cost) -> str:
    """A name like an id: it begins with the same time, so that the book still finds neighbours together."""
    return _named(event.advertiser, getattr(event, "publisher", 0), event.id)


@lru_cache(maxsize=_NAMES_KEPT)
def _named(advertiser: int, publisher: int, event: str) -> str:
    """Kept, for it is asked twice: when the batch is loaded, and when the event is decided."""
    owned = f"{advertiser}.{publisher}.{event}".encode()
    return event[:_TIME_CHARS] + blake2b(owned, digest_size=_DIGEST_BYTES).hexdigest()
