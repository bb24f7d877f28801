"""The settler: it writes down which events it will settle, when and under which terms, and then settles them.

    stop = threading.Event()
    run_settler(SettlerConfig(...), stop)

Load, decide, commit. A manifest is durable in the stream `settlement` before anything is decided, so a
restart and a replay process the very same batches; a batch, its receipts and the cursor are one transaction,
so each takes effect exactly once. It refuses to go on past a damaged journal, beside another settler, or
without its terms.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from utfall.engine import ENGINE_VERSION, Manifest, Policy, Range, decode_manifest, encode_manifest
from utfall.journal import CorruptRecord, JournalShorterThanCursor, StreamBusy, StreamReader, StreamWriter
from utfall.journal.segment import segment_name
from utfall.portal.book import facade
from utfall.portal.book.facade import Fenced
from utfall.workers.batches import Desk, OutOfOrder, Told, uncollected
from utfall.workers.intake import SETTLEMENT, Intake, Slice, fair_shares, horizon_of
from utfall.workers.publish import Shelf, SnapshotMissing
from utfall.workers.signing import load_or_create_salt, load_or_create_signer

DAMAGED: Final = 65
TAKEN_OVER: Final = 75
EXIT_CODES: Final[dict[type[Exception], int]] = {
    CorruptRecord: DAMAGED,
    JournalShorterThanCursor: DAMAGED,
    SnapshotMissing: DAMAGED,
    OutOfOrder: DAMAGED,
    StreamBusy: TAKEN_OVER,
    Fenced: TAKEN_OVER,
}
"""Exit codes of a settler that stops (sysexits.h): something needs a person, or another settles."""

Clock = Callable[[], int]


def wall_clock() -> int:
    """UTC in milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, kw_only=True)
class SettlerConfig:
    """Where everything is, and how much is settled at once."""

    journal_dir: Path
    book_path: Path
    snapshots_dir: Path
    keys_dir: Path
    batch_events: int = 20_000
    batch_bytes: int = 8 << 20
    interval_ms: int = 200
    policy: Policy = field(default_factory=Policy)


def run_settler(
    config: SettlerConfig,
    stop: threading.Event,
    *,
    clock: Clock = wall_clock,
    say: Callable[[Told], None] = lambda told: None,
) -> None:
    """Settle whatever comes until told to stop; what it raises is in EXIT_CODES, or a bug."""
    with Settler(config, clock) as settler:
        while not stop.is_set():
            told = settler.step()
            if told is None:
                stop.wait(config.interval_ms / 1000)
            else:
                say(told)


class Settler:
    """The one settler of a book. Making one takes the stream's lock and a new epoch."""

    def __init__(self, config: SettlerConfig, clock: Clock = wall_clock) -> None:
        self._config = config
        self._clock = clock
        self._shelf = Shelf(config.snapshots_dir)
        self._manifests = StreamWriter(config.journal_dir, SETTLEMENT)
        try:
            self._book = facade.open_book(config.book_path)
            epoch = facade.acquire(self._book, f"{socket.gethostname()} process {os.getpid()}")
            self._desk = Desk(
                self._book,
                self._shelf.load,
                epoch=epoch,
                salt=load_or_create_salt(config.keys_dir),
                signer=load_or_create_signer(config.keys_dir),
            )
            self._intake = Intake(config.journal_dir)
            self._pending = manifests(config.journal_dir, self._desk.seq)
        except BaseException:
            self._manifests.close()
            raise

    def step(self) -> Told | None:
        """Settle one batch, written down before or new; None when there is nothing to do."""
        with uncollected():
            return self._step()

    def _step(self) -> Told | None:
        for manifest in self._pending:
            return self._desk.settle(manifest, [self._read(one) for one in manifest.ranges])
        # The clock first: what comes while the journal is read is not older than it.
        clock = self._clock()
        slices, horizon = self._choose()
        now = max(clock if horizon is None else min(clock, horizon), self._desk.now)
        if not slices and not facade.is_due(self._book, now):
            return None
        snapshot = self._shelf.current()
        if snapshot is None:
            return None
        self._shelf.load(snapshot)
        manifest = Manifest(
            seq=self._desk.seq + 1,
            now=now,
            snapshot=snapshot,
            ranges=tuple(one.range for one in slices),
            policy=self._config.policy,
            engine=ENGINE_VERSION,
        )
        self._manifests.append([encode_manifest(manifest)])
        return self._desk.settle(manifest, slices)

    def settle_all(self) -> int:
        """Settle until nothing is left to do; how many batches that took."""
        return sum(1 for _ in iter(self.step, None))

    @property
    def waiting(self) -> int:
        """How many events of the journal are not settled yet."""
        return sum(self._intake.waiting(self._desk.places).values())

    def close(self) -> None:
        """Give the stream free; everything settled is in the book already."""
        self._intake.close()
        facade.close_book(self._book)
        self._manifests.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, wanted: Range) -> Slice:
        return self._intake.exactly(wanted, self._desk.places)

    def _choose(self) -> tuple[list[Slice], int | None]:
        """The next events of all streams, in fair shares, within the limits of a batch; and their horizon."""
        places, room = self._desk.places, self._config.batch_bytes
        waiting = self._intake.waiting(places)
        shares = fair_shares(waiting, self._config.batch_events)
        taken = (
            self._intake.take(stream, places, share, max(room // len(shares), 1))
            for stream, share in sorted(shares.items())
        )
        slices = [one for one in taken if one is not None]
        return slices, horizon_of(slices, waiting)


def manifests(journal_dir: Path, after: int, upto: int | None = None) -> Iterator[Manifest]:
    """The manifests after a batch, in order: record `n` of the stream is batch `n + 1`."""
    with StreamReader(journal_dir, SETTLEMENT) as reader:
        while upto is None or after < upto:
            found = reader.read(after, 256)
            if not found:
                return
            for batch in found:
                for stored in batch.events():
                    yield _manifest(bytes(stored), after, batch.first)
                    after += 1
                    if after == upto:
                        return


def _manifest(stored: bytes, position: int, first: int) -> Manifest:
    try:
        manifest = decode_manifest(stored)
    except msgspec.MsgspecError as error:
        raise CorruptRecord(SETTLEMENT, segment_name(first), position, str(error)) from error
    if manifest.seq != position + 1:
        raise CorruptRecord(SETTLEMENT, segment_name(first), position, f"it says batch {manifest.seq}")
    return manifest
