"""Reading the journal for settlement: slices of streams, each a range with its events decoded."""

from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from utfall.engine import Range
from utfall.events import AnyEvent, EventDecodeError, decode, decode_many
from utfall.journal import Batch, CorruptRecord, JournalShorterThanCursor, StreamReader, streams
from utfall.journal.segment import segment_name
from utfall.portal.book.facade import Place

SETTLEMENT: Final = "settlement"


class Slice(NamedTuple):
    """Part of a stream: which records, what they say, and the place after them."""

    range: Range
    events: list[AnyEvent]
    place: Place


class Intake:
    """One reader per stream, each continuing where it stopped."""

    def __init__(self, journal_dir: Path) -> None:
        self._root = journal_dir
        self._readers: dict[str, StreamReader] = {}

    def waiting(self, places: dict[str, Place]) -> dict[str, int]:
        """How many events each stream holds beyond its place; streams that hold none are left out."""
        found = {
            stream: self._reader(stream, places).end() - _position(places, stream)
            for stream in streams(self._root)
            if stream != SETTLEMENT
        }
        return {stream: count for stream, count in found.items() if count}

    def take(
        self, stream: str, places: dict[str, Place], limit_events: int, limit_bytes: int
    ) -> Slice | None:
        """The next events of a stream, at most so many; None when there is none."""
        start = _position(places, stream)
        batches = self._reader(stream, places).read(start, limit_events, limit_bytes=limit_bytes)
        if not batches:
            return None
        return _slice(stream, start, start + limit_events, batches)

    def exactly(self, wanted: Range, places: dict[str, Place]) -> Slice:
        """The events of a range; the journal says so if it has not got them all."""
        reader, batches, end = self._reader(wanted.stream, places), list[Batch](), wanted.start
        while end < wanted.end:
            more = reader.read(end, wanted.end - end)
            if not more:
                raise JournalShorterThanCursor(wanted.stream, wanted.end, end)
            batches += more
            end = more[-1].end
        return _slice(wanted.stream, wanted.start, wanted.end, batches)

    def close(self) -> None:
        """Close every reader."""
        for reader in self._readers.values():
            reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _reader(self, stream: str, places: dict[str, Place]) -> StreamReader:
        """A stream's reader; a new one is told what the book remembers of the journal, and proves it."""
        if stream not in self._readers:
            self._readers[stream] = StreamReader(self._root, stream)
            place = places.get(stream)
            if place is not None and place.checksum is not None:
                self._readers[stream].expect(place.position, place.checksum)
        return self._readers[stream]


def _position(places: dict[str, Place], stream: str) -> int:
    return places[stream].position if stream in places else 0


def _slice(stream: str, start: int, end_at_most: int, batches: list[Batch]) -> Slice:
    events: list[AnyEvent] = []
    for batch in batches:
        events += _decoded(stream, batch, end_at_most)
    last = batches[-1]
    end = start + len(events)
    place = Place(end, last.checksum if end == last.end else None)
    return Slice(Range(stream=stream, start=start, end=end), events, place)


def _decoded(stream: str, batch: Batch, end_at_most: int) -> list[AnyEvent]:
    """A commit's events that lie in the range; CorruptRecord where one cannot be read."""
    try:
        if not batch.skip and batch.end <= end_at_most:
            return decode_many(batch.body)
        wanted = max(end_at_most - batch.first - batch.skip, 0)
        return [decode(bytes(event)) for event in batch.events()[:wanted]]
    except EventDecodeError as error:
        position = batch.first + batch.skip + error.index
        raise CorruptRecord(stream, segment_name(batch.first), position, str(error)) from error


def horizon_of(slices: list[Slice], waiting: dict[str, int]) -> int | None:
    """Up to when everything received is in the slices; None where nothing waits beyond them.

    The clock may not go past it: what still waits, such as the objection to an order, may have come in time.
    """
    behind = [one for one in slices if len(one.events) < waiting[one.range.stream]]
    return min((max(event.received_at for event in one.events) for one in behind), default=None)


def fair_shares(waiting: dict[str, int], limit: int) -> dict[str, int]:
    """Divide room for events between streams: none is starved, and what one leaves the others may use.

    >>> fair_shares({"edge-0": 10, "edge-1": 900, "load": 5000}, 1000)
    {'edge-0': 10, 'edge-1': 495, 'load': 495}
    """
    shares: dict[str, int] = {}
    for done, stream in enumerate(sorted(waiting, key=lambda each: (waiting[each], each))):
        shares[stream] = min(waiting[stream], max(limit // (len(waiting) - done), 1))
        limit -= shares[stream]
    return shares
