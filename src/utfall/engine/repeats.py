"""The same event counts once: under which name its id is remembered.

Senders choose their own ids, so an id means something only among the events that one sender may speak for:
the touches of one publisher with one advertiser, or all else of one advertiser. Otherwise anybody could use
up the ids of others, and two honest shops that number alike would lose each other's orders.
"""

from hashlib import blake2b
from typing import Final

from utfall.events import Amendment, Conversion, Cost, Touch

_TIME_CHARS: Final = 12
_DIGEST_BYTES: Final = 10


def remembered_as(event: Touch | Conversion | Amendment | Cost) -> str:
    """A name like an id: it begins with the same time, so that the book still finds neighbours together."""
    publisher = getattr(event, "publisher", 0)
    owned = f"{event.advertiser}.{publisher}.{event.id}".encode()
    return event.id[:_TIME_CHARS] + blake2b(owned, digest_size=_DIGEST_BYTES).hexdigest()
