"""The tails of the journal, read from a cursor: what came since, at most so much at a time.

Each look opens its own read-only connections and closes them again: it never waits for the edge or the
settler, and neither ever waits for it. Where more came than a look may read, the oldest is left out and
counted.
"""

import re
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.events import AnyEvent, EventDecodeError
from utfall.events.codec import decode_many
from utfall.journal import JournalError, StreamReader, streams
from utfall.portal.access import refuse

SETTLEMENT: Final = "settlement"
"""The settler's own stream, which holds manifests and no events."""
MOST: Final = 10_000
"""Events that one look reads of one stream."""
MOST_BYTES: Final = 8 << 20
LOOKED_BACK_MS: Final = 15 * 60_000
"""What a first look goes back."""
CURSOR_CHARS: Final = 2000
_CURSOR: Final = re.compile(r"([0-9]{1,18})((?:,[a-z][a-z0-9-]{0,63}:[0-9]{1,18})*)")


@dataclass(frozen=True, slots=True)
class Tail:
    """What came since a cursor, oldest first."""

    events: tuple[AnyEvent, ...]
    places: Mapping[str, int]
    skipped: int = 0
    problem: str = ""


def cursor_of(places: Mapping[str, int], receipt: int) -> str:
    """A place in every stream and among the receipts, as a text that says nothing to its reader."""
    told = "".join((str(receipt), *(f",{name}:{place}" for name, place in sorted(places.items()))))
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def places_in(cursor: str) -> tuple[dict[str, int], int]:
    """The places in a cursor, and the last receipt seen; Refused where it is none of ours.

    >>> places_in(cursor_of({"edge-0": 12, "load": 0}, 7))
    ({'edge-0': 12, 'load': 0}, 7)
    """
    try:
        told = urlsafe_b64decode(cursor[:CURSOR_CHARS] + "=" * (-len(cursor) % 4)).decode("ascii")
    except (NotBase64, UnicodeError, ValueError):
        told = ""
    found = _CURSOR.fullmatch(told)
    if found is None:
        refuse("cursor_unfit", _("This cursor is none of ours; look again without one."), "cursor")
    pairs = (one.partition(":") for one in found[2].split(",") if one)
    return {name: int(place) for name, _colon, place in pairs}, int(found[1])


def first_look(journal: Path) -> Tail:
    """The last few minutes of every stream."""
    tail = look(journal, {})
    since = time.time_ns() // 1_000_000 - LOOKED_BACK_MS
    recent = tuple(event for event in tail.events if event.received_at >= since)
    return Tail(recent, tail.places, 0, tail.problem)


def look(journal: Path, places: Mapping[str, int], most: int = MOST) -> Tail:
    """What every stream got since its place; of a stream without a place, its end."""
    found: list[AnyEvent] = []
    reached, skipped, problem = dict(places), 0, ""
    for stream in streams(journal):
        if stream == SETTLEMENT:
            continue
        try:
            events, end, missed = _read(journal, stream, places.get(stream), most)
        except (JournalError, EventDecodeError) as error:
            problem = str(error)
            continue
        found += events
        reached[stream] = end
        skipped += missed
    found.sort(key=lambda event: (event.received_at, event.id))
    return Tail(tuple(found), reached, skipped, problem)


def _read(journal: Path, stream: str, place: int | None, most: int) -> tuple[list[AnyEvent], int, int]:
    """The last events of a stream since its place, where they end, and how many before them were left out."""
    with StreamReader(journal, stream) as reader:
        end = reader.end()
        earliest = max(end - most, 0)
        # A place beyond the end is one of another journal, or of one that was put back: begin anew.
        begin = earliest if place is None or place > end else max(place, earliest)
        missed = 0 if place is None or place > end else begin - place
        found, reached = _events(reader, begin, most)
    return found, reached, missed


def read_on(journal: Path, stream: str, place: int | None, most: int) -> tuple[list[AnyEvent], int]:
    """The next events of a stream, and where they end; without a place, from `most` before its end."""
    with StreamReader(journal, stream) as reader:
        end = reader.end()
        begin = max(end - most, 0) if place is None or place > end else place
        return _events(reader, begin, most)


def _events(reader: StreamReader, begin: int, most: int) -> tuple[list[AnyEvent], int]:
    """Whole commits from a place on, about as many events as asked for."""
    found: list[AnyEvent] = []
    while len(found) < most and (batches := reader.read(begin, most, limit_bytes=MOST_BYTES)):
        for batch in batches:
            found += decode_many(batch.body)[batch.skip :]
        begin = batches[-1].end
    return found, begin
