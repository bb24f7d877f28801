"""The money plane of an installation: its book, its settler, its way to the lake, made of the settings."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utfall.cli.failures import Failure
from utfall.engine import Policy, TrafficPolicy
from utfall.settings import Settings

if TYPE_CHECKING:
    from utfall.portal.book.facade import Book
    from utfall.workers.batches import Told
    from utfall.workers.settle import SettlerConfig
    from utfall.workers.ship import Pace


def now_ms() -> int:
    """UTC in milliseconds."""
    return time.time_ns() // 1_000_000


def open_existing_book(settings: Settings) -> "Book":
    """The book, to read in; a Failure where nothing was ever settled."""
    from utfall.portal.book import facade

    if not facade.is_begun(settings.book_path.absolute()):
        raise Failure(f"there is no book in {settings.data_dir} yet: utfall up, or utfall settle --once")
    return facade.open_book(settings.book_path.absolute())


def policy_of(settings: Settings) -> Policy:
    """The installation's own choices that decide verdicts."""
    return Policy(
        traffic=TrafficPolicy(
            repeat_window_ms=settings.click_repeat_window_s * 1000,
            address_clicks_per_minute=settings.address_clicks_per_minute,
            link_clicks_per_minute=settings.link_clicks_per_minute,
        ),
        future_tolerance_ms=settings.future_tolerance_s * 1000,
    )


def settler_config(settings: Settings) -> "SettlerConfig":
    """What the settler is handed."""
    from utfall.workers.settle import SettlerConfig

    return SettlerConfig(
        journal_dir=settings.journal_dir.absolute(),
        book_path=settings.book_path.absolute(),
        snapshots_dir=settings.snapshots_dir.absolute(),
        keys_dir=settings.keys_dir.absolute(),
        batch_events=settings.settle_batch_events,
        interval_ms=settings.settle_interval_ms,
        policy=policy_of(settings),
    )


def pace_of(settings: Settings) -> "Pace":
    """How often the lake is written and merged."""
    from utfall.lake import Policy as Merging
    from utfall.workers.ship import Pace

    merging = Merging(after_ms=settings.lake_compact_after_s * 1000)
    return Pace(interval_ms=settings.lake_interval_ms, policy=merging)


class BookOutbox:
    """The book's outbox as the lake's shipper wants it."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def after(self, batch: int, limit: int) -> Sequence[tuple[int, bytes]]:
        """The first batches beyond one, in order, with what they tell."""
        from utfall.portal.book import facade

        return facade.read_outbox(self._book, batch, limit)

    def forget(self, batch: int) -> None:
        """Removes all batches up to and including one."""
        from utfall.portal.book import facade

        facade.acknowledge(self._book, batch)


def ship_forever(settings: Settings, stop: threading.Event) -> None:
    """Ship to the lake until told to stop."""
    from utfall.lake import LakeWriter
    from utfall.portal.book import facade
    from utfall.workers.ship import run

    settings.lake_dir.mkdir(parents=True, exist_ok=True)
    outbox = BookOutbox(facade.open_book(settings.book_path.absolute()))
    with LakeWriter(settings.lake_dir) as lake:
        run(lake, outbox, settings.journal_dir.absolute(), pace_of(settings), stop=stop, now=now_ms)


class CaughtUp(NamedTuple):
    """What catching up amounted to."""

    batches: int
    events: int
    rows: int


def catch_up(settings: Settings, on_batch: Callable[["Told", int], None]) -> CaughtUp:
    """Settle and ship what waits, in this process; `on_batch` hears each batch, and how many events wait."""
    from utfall.workers.settle import Settler

    batches = events = 0
    with Settler(settler_config(settings)) as settler:
        while (told := settler.step()) is not None:
            batches, events = batches + 1, events + told.events
            on_batch(told, settler.waiting)
    return CaughtUp(batches, events, ship_once(settings))


def ship_once(settings: Settings) -> int:
    """Ship whatever waits in the outbox; how many rows it were."""
    from utfall.lake import LakeWriter
    from utfall.portal.book import facade
    from utfall.workers.ship import Shipper

    settings.lake_dir.mkdir(parents=True, exist_ok=True)
    outbox = BookOutbox(facade.open_book(settings.book_path.absolute()))
    rows = 0
    with (
        LakeWriter(settings.lake_dir) as lake,
        Shipper(lake, outbox, Path(settings.journal_dir).absolute()) as shipper,
    ):
        shipper.forget_shipped()
        while more := shipper.ship(now_ms()):
            rows += more
    return rows


class Lag(NamedTuple):
    """How far settlement and the lake are behind the journal."""

    unsettled: int
    untold: int
    batch: int
    clock_ms: int


def lag_of(settings: Settings) -> Lag:
    """What waits, without disturbing those who work on it."""
    from utfall.journal import StreamReader, streams
    from utfall.portal.book import facade

    book = open_existing_book(settings)
    progress = facade.progress(book)
    unsettled = 0
    for stream in streams(settings.journal_dir):
        if stream != "settlement":
            with StreamReader(settings.journal_dir, stream) as reader:
                place = progress.places.get(stream)
                unsettled += reader.end() - (place.position if place else 0)
    return Lag(unsettled, facade.untold(book), progress.seq, progress.now)
