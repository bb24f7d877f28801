"""Measuring the queues: each by the app it is of, or in the files that it is between; unknown is None."""

import logging
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from utfall.events import decode_many
from utfall.journal import JournalError, StreamReader, streams
from utfall.portal.access import Caller
from utfall.portal.access.backlogs import Backlog
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.conversions import facade as conversions
from utfall.portal.drivers import failures
from utfall.portal.feeds import facade as feeds
from utfall.portal.operations.processes import written_at
from utfall.portal.post import facade as post
from utfall.portal.sealing import facade as sealing
from utfall.portal.site import site
from utfall.portal.webhooks import facade as webhooks
from utfall.portal.work import facade as work

logger = logging.getLogger(__name__)
SETTLEMENTS_OWN: Final = "settlement"
"""The one stream that settlement writes and does not read."""


class Measured(NamedTuple):
    """A queue as it was found; None is unknown. `problem`: what keeps it from moving, if that is known."""

    waiting: int | None = None
    oldest_at: datetime | None = None
    failed: int | None = None
    progress_at: datetime | None = None
    problem: str = ""


class _Decided(msgspec.Struct):
    decided_at: int


def measure(caller: Caller) -> dict[str, Measured]:
    """Every queue, by name. One that cannot be asked is unknown, and the log says why."""
    found: dict[str, Measured] = {}
    for look in _LOOKS:
        try:
            found |= look(caller)
        except failures(OSError, JournalError, book.BookError, msgspec.MsgspecError):
            logger.exception("a queue could not be looked at")
    return found


def progress_of(found: Mapping[str, Measured]) -> dict[str, datetime | None]:
    """When each process last got something done, as far as queues and files tell."""
    unknown = Measured()
    lake, own = Path(site().lake_dir), Path(site().conversions_path)
    return {
        "settle": found.get("outbox", unknown).progress_at,
        "edge": found.get("journal", unknown).progress_at,
        "follow": written_at(own, own.with_name(own.name + "-wal")),
        "ship": written_at(lake / "catalog.json"),
        "seal": found.get("seal", unknown).progress_at,
        "work": found.get("duties", unknown).progress_at,
        "deliver": found.get("deliveries", unknown).progress_at,
    }


def free_bytes() -> int | None:
    """How much room is left where the installation keeps its data."""
    try:
        return shutil.disk_usage(Path(site().database_path).parent).free
    except OSError:
        return None


def _money_plane(caller: Caller) -> dict[str, Measured]:
    """Journal, outbox and the list of orders: three distances, measured against one view of the book."""
    with book.opened() as found:
        if found is None:
            return {"journal": _unsettled({}), "outbox": Measured(), "orders": Measured()}
        progress = book.progress(found)
        untold, last = book.untold(found), book.latest_receipt(found)
        oldest = _batch_at(found, progress.seq - untold + 1) if untold else None
        outbox = Measured(untold, oldest, None, from_ms(progress.now) if progress.seq else None)
        read = conversions.followed().receipt
        behind = max(last - read, 0)
        orders = Measured(behind, _receipt_at(found, read + 1) if behind else None)
    places = {stream: place.position for stream, place in progress.places.items()}
    return {"journal": _unsettled(places), "outbox": outbox, "orders": orders}


def _batch_at(found: book.Book, number: int) -> datetime | None:
    try:
        return from_ms(book.batch(found, number).now)
    except book.Unknown:
        return None


def _receipt_at(found: book.Book, number: int) -> datetime | None:
    for row in book.receipts_from(found, number, 1):
        return from_ms(msgspec.json.decode(row.body, type=_Decided).decided_at)
    return None


def _unsettled(places: Mapping[str, int]) -> Measured:
    """What no batch has taken yet, stream by stream; the newest event is the edge's progress."""
    waiting, oldest, newest = 0, None, None
    journal = Path(site().journal_dir)
    for stream in streams(journal):
        if stream == SETTLEMENTS_OWN:
            continue
        with StreamReader(journal, stream) as reader:
            end, place = reader.end(), places.get(stream, 0)
            waiting += max(end - place, 0)
            if end > place:
                oldest = _earlier(oldest, _received(reader, place))
            if end and stream.startswith("edge"):
                newest = _later(newest, _received(reader, end - 1))
    return Measured(waiting, oldest, None, newest)


def _received(reader: StreamReader, position: int) -> datetime | None:
    for commit in reader.read(position, 1):
        event = decode_many(commit.body)[commit.skip]
        return from_ms(event.received_at)
    return None


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other) if one and other else one or other


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _sealing(caller: Caller) -> dict[str, Measured]:
    state = sealing.state()
    since = state.changed_at if state.waiting else None
    return {"seal": Measured(state.waiting, since, int(bool(state.problem)), state.sealed_at, state.problem)}


def _portal(caller: Caller) -> dict[str, Measured]:
    """What the apps say of their own."""
    return {
        "deliveries": _of(webhooks.backlog(caller)),
        "changes": Measured(webhooks.unfollowed(caller)),
        "tasks": _of(work.backlog(caller)),
        "duties": _of(work.duties_seen_to(caller)),
        "letters": _of(post.backlog(caller)),
        "feeds": _of(feeds.backlog(caller)),
    }


def _of(told: Backlog) -> Measured:
    return Measured(told.waiting, told.oldest_at, told.failed, told.progress_at)


_LOOKS: Final[tuple[Callable[[Caller], dict[str, Measured]], ...]] = (_money_plane, _sealing, _portal)
