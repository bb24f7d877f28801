"""Fetching a feed from its address: guarded, and only where it has changed since."""

from typing import IO, Final

from utfall.portal.feeds.keeping import file_of, incoming
from utfall.portal.feeds.models import Feed
from utfall.portal.feeds.opening import MAX_BYTES, Unreadable
from utfall.portal.outside import Limits, Unreachable, fetch
from utfall.portal.site import site

LIMITS: Final = Limits(max_bytes=MAX_BYTES, timeout_s=300.0)


class NotChanged(Exception):
    """The server says that the feed is as it was."""


def fetched(feed: Feed) -> None:
    """Fetch a feed's file and keep it; NotChanged where there is nothing new, Unreadable where it failed."""
    asked = {"Accept-Encoding": "identity"}
    if file_of(feed.program).exists() and feed.version:
        asked |= {"If-None-Match": feed.etag} if feed.etag else {}
        asked |= {"If-Modified-Since": feed.last_modified} if feed.last_modified else {}
    building = incoming(feed.program)
    try:
        with building.open("xb") as target:
            building.chmod(0o600)
            answer = fetch(
                feed.url,
                LIMITS,
                reachable=site().reachable,
                headers=asked,
                store=lambda piece: _put(target, piece),
            )
        if answer.status == 304:
            raise NotChanged
        if answer.status != 200:
            raise Unreadable("answered", str(answer.status))
        building.replace(file_of(feed.program))
    except Unreachable as unreachable:
        raise Unreadable(f"fetch_{unreachable.code}", unreachable.detail) from unreachable
    finally:
        building.unlink(missing_ok=True)
    feed.etag = answer.headers.get("etag", "")[:300]
    feed.last_modified = answer.headers.get("last-modified", "")[:60]


def _put(target: IO[bytes], piece: bytes) -> None:
    target.write(piece)
