"""Replay: the book rebuilt elsewhere from journal, snapshots and keys, and compared row by row with the
first.

    report = replay(ReplaySource.of(config), path)      # report.difference is None: the same bytes

The same manifests go through the same code into another file. A rebuilt book tells the lake nothing.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from utfall.engine import ENGINE_VERSION, Manifest
from utfall.portal.book import facade
from utfall.portal.book.facade import Book, Difference
from utfall.workers.batches import Desk, Told
from utfall.workers.intake import Intake
from utfall.workers.publish import Shelf
from utfall.workers.settle import SettlerConfig, manifests
from utfall.workers.signing import PRIVATE_KEY, Signer, load_or_create_salt, load_signer

Say = Callable[[Told], None]


@dataclass(frozen=True, kw_only=True)
class ReplaySource:
    """What a book is rebuilt from, and the book it is compared with."""

    journal_dir: Path
    snapshots_dir: Path
    keys_dir: Path
    book_path: Path

    @classmethod
    def of(cls, config: SettlerConfig) -> Self:
        """Everything a settler works with."""
        return cls(
            journal_dir=config.journal_dir,
            snapshots_dir=config.snapshots_dir,
            keys_dir=config.keys_dir,
            book_path=config.book_path,
        )


@dataclass(frozen=True, kw_only=True)
class ReplayReport:
    """What was rebuilt, its digest, and the first row that differs (None: every row is the same).

    `caution` says, in words, when other versions of the engine settled some of it: only within a version are
    the bytes the same.
    """

    batches: int
    events: int
    digest: str
    difference: Difference | None
    caution: str | None = None

    @property
    def identical(self) -> bool:
        """Whether the rebuilt book is the first, byte for byte."""
        return self.difference is None


def replay(source: ReplaySource, path: Path, say: Say = lambda told: None) -> ReplayReport:
    """Rebuild the book in a new file and compare the two. The first may go on settling meanwhile."""
    first, second = facade.open_book(source.book_path), new_book(path)
    try:
        rebuilding = Rebuilding(source, second, signer=load_signer(source.keys_dir / PRIVATE_KEY))
        rebuilding.run(facade.progress(first).seq, say)
        # What was settled meanwhile is rebuilt too; from here on the first is seen as it stands now.
        with facade.reading(first):
            rebuilding.run(facade.progress(first).seq, say)
            return ReplayReport(
                batches=rebuilding.batches,
                events=rebuilding.events,
                digest=facade.book_digest(second),
                difference=facade.first_difference(first, second),
                caution=rebuilding.caution,
            )
    finally:
        facade.close_book(first)
        facade.close_book(second)


def new_book(path: Path) -> Book:
    """An empty book in a file that is not there yet."""
    if path.exists():
        raise FileExistsError(f"{path} exists; a book is rebuilt into a new file")
    return facade.open_book(path, durable=False)


class Rebuilding:
    """Manifests of the past settled into another book, under their own terms or others."""

    def __init__(
        self,
        source: ReplaySource,
        book: Book,
        *,
        signer: Signer | None,
        change: Callable[[Manifest], Manifest] = lambda manifest: manifest,
    ) -> None:
        self.batches = 0
        self.events = 0
        self._others: Counter[int] = Counter()
        self._source = source
        self._change = change
        self._desk = Desk(
            book,
            Shelf(source.snapshots_dir).load,
            epoch=facade.acquire(book, "replay"),
            salt=load_or_create_salt(source.keys_dir),
            signer=signer,
            tells_lake=False,
        )

    def run(self, upto: int, say: Say) -> None:
        """Settle every manifest up to a batch that is not settled yet."""
        with Intake(self._source.journal_dir) as intake:
            for manifest in manifests(self._source.journal_dir, self._desk.seq, upto):
                slices = [intake.exactly(one, self._desk.places) for one in manifest.ranges]
                if manifest.engine != ENGINE_VERSION:
                    self._others[manifest.engine] += 1
                told = self._desk.settle(self._change(manifest), slices)
                self.batches += 1
                self.events += told.events
                say(told)

    @property
    def caution(self) -> str | None:
        """Which other versions of the engine settled some of these batches; None if none did."""
        if not self._others:
            return None
        others = ", ".join(f"{count} by version {engine}" for engine, count in sorted(self._others.items()))
        return (
            f"{self._others.total()} of {self.batches} batches were settled by another engine than this one"
            f" (version {ENGINE_VERSION}): {others}. They need not come out the same."
        )
