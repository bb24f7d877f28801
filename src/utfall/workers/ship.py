"""Shipping to the lake: what was settled, from the book's outbox and the journal, into columnar files.

    with LakeWriter(lake_dir) as lake:
        run(lake, outbox, journal_dir, Pace(interval_ms=1000), stop=stop, now=clock)

It promises: every settled batch is in the lake once, whatever crashes, because the lake itself says which
was the last and a batch leaves the outbox only when the lake has it; a fact is readable within seconds;
memory is bounded.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

import pyarrow as pa

from utfall.engine.facts import BatchFacts, Range, decode_facts
from utfall.events import AnyEvent, decode_many
from utfall.journal import JournalShorterThanCursor, StreamReader
from utfall.lake import BatchOutOfOrder, LakeWriter, Part, Policy, compact, facts_table, touches_table

ROWS: Final = 200_000
"""A shipment ends with the batch that reaches so many rows; what is in memory is bounded by it."""
SLICE_EVENTS: Final = 8192
OUTBOX_BATCHES: Final = 8
_MARK_BYTES: Final = 4


class Outbox(Protocol):
    """Where settlement leaves what each batch tells, in the same transaction as the batch."""

    def after(self, batch: int, limit: int) -> Sequence[tuple[int, bytes]]:
        """The first batches beyond one, in order, with their encoded `BatchFacts`."""

    def forget(self, batch: int) -> None:
        """Removes all batches up to and including one."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to ship and when to merge."""

    interval_ms: int = 1000
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True, slots=True)
class Shipment:
    """Whole batches as one table."""

    first: int
    last: int
    table: pa.Table

    @property
    def rows(self) -> int:
        """How many facts it has."""
        return int(self.table.num_rows)


class Touches:
    """Reads touches again from the journal; one open reader per stream."""

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._readers: dict[str, StreamReader] = {}

    def read(self, stream: str, start: int, end: int) -> list[AnyEvent]:
        """The events of records `[start, end)`; JournalShorterThanCursor when the journal has lost some."""
        if stream not in self._readers:
            self._readers[stream] = StreamReader(self._journal, stream)
        events: list[AnyEvent] = []
        while len(events) < end - start:
            cursor = start + len(events)
            commits = self._readers[stream].read(cursor, end - cursor)
            if not commits:
                raise JournalShorterThanCursor(stream, end, cursor)
            for commit in commits:
                events += decode_many(commit.body)[commit.skip :]
        return events[: end - start]

    def close(self) -> None:
        """Closes every reader."""
        for reader in self._readers.values():
            reader.close()


class Shipper:
    """Ships what waits in the outbox. One per lake, since a lake has one writer."""

    def __init__(self, lake: LakeWriter, outbox: Outbox, journal: Path, *, rows: int = ROWS) -> None:
        self._lake = lake
        self._outbox = outbox
        self._touches = Touches(journal)
        self._rows = rows

    def ship(self, now_ms: int) -> int:
        """Puts the next whole batches into the lake, up to about `rows` rows; how many rows it were."""
        shipment = self._gather()
        if shipment is None:
            return 0
        self._lake.write_part(
            shipment.table, first_batch=shipment.first, last_batch=shipment.last, now_ms=now_ms
        )
        self._outbox.forget(shipment.last)
        return shipment.rows

    def forget_shipped(self) -> None:
        """Clears the outbox of what the lake has; a crash may have come between the two."""
        self._outbox.forget(self._lake.catalog.shipped)

    def close(self) -> None:
        """Closes the journal."""
        self._touches.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _gather(self) -> Shipment | None:
        shipped = self._lake.catalog.shipped
        batches: list[int] = []
        tables: list[pa.Table] = []
        for batch, body in self._waiting(shipped):
            if batches and batch != batches[-1] + 1:
                raise BatchOutOfOrder(shipped=batches[-1], first=batch, last=batch)
            batches.append(batch)
            tables += self._tables(decode_facts(body))
            if sum(table.num_rows for table in tables) >= self._rows:
                break
        return Shipment(batches[0], batches[-1], pa.concat_tables(tables)) if batches else None

    def _waiting(self, batch: int) -> Iterator[tuple[int, bytes]]:
        while waiting := self._outbox.after(batch, OUTBOX_BATCHES):
            yield from waiting
            batch = waiting[-1][0]

    def _tables(self, told: BatchFacts) -> Iterator[pa.Table]:
        yield facts_table(told.facts, batch=told.batch)
        for records, marks in zip(told.ranges, told.touches, strict=True):
            yield from self._touch_tables(told, records, marks)

    def _touch_tables(self, told: BatchFacts, records: Range, marks: bytes) -> Iterator[pa.Table]:
        for start in range(records.start, records.end, SLICE_EVENTS):
            end = min(start + SLICE_EVENTS, records.end)
            some = marks[(start - records.start) * _MARK_BYTES : (end - records.start) * _MARK_BYTES]
            if some.strip(b"\xff"):  # else no record of the slice is a touch
                events = self._touches.read(records.stream, start, end)
                yield touches_table(events, some, told.fates, batch=told.batch, decided_at=told.now)


def run(
    lake: LakeWriter,
    outbox: Outbox,
    journal: Path,
    pace: Pace,
    *,
    stop: threading.Event,
    now: Callable[[], int],
) -> None:
    """Ships and merges until `stop` is set; merging has a thread of its own, so that it delays no fact."""
    merging: Future[Part | None] | None = None
    with Shipper(lake, outbox, journal) as shipper, ThreadPoolExecutor(1) as pool:
        shipper.forget_shipped()
        while not stop.is_set():
            rows = shipper.ship(now())
            if merging is None or merging.done():
                if merging is not None:
                    merging.result()
                merging = pool.submit(compact, lake, pace.policy, now())
            if rows < ROWS:  # else more is waiting
                stop.wait(pace.interval_ms / 1000)
