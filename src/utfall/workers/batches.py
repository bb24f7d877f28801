"""Settling one manifest: load what it needs, let the engine decide, commit everything in one transaction.

Settlement, replay and what-if all go through here; they differ in where manifests come from, under which
snapshot they are settled, and into which book.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from utfall.engine import Batch, Counters, Decisions, Manifest, encode_facts, encode_manifest, settle
from utfall.portal.book import facade
from utfall.portal.book.facade import Book, Place, Settled
from utfall.terms import Snapshot
from utfall.workers.intake import Slice
from utfall.workers.signing import Signer, sign_root


class OutOfOrder(Exception):
    """A manifest that does not follow the last batch in the book: settling it would lose or repeat events."""


class Told(NamedTuple):
    """What one settled batch amounted to."""

    seq: int
    now: int
    events: int
    transactions: int
    orders: int
    receipts: int


class Desk:
    """Settles manifests one after the other into one book. After an exception it is not used again."""

    def __init__(
        self,
        book: Book,
        load_terms: Callable[[str], Snapshot],
        *,
        epoch: int,
        salt: bytes,
        signer: Signer | None,
        tells_lake: bool = True,
    ) -> None:
        held = facade.progress(book)
        self.seq, self.now, self.places = held.seq, held.now, held.places
        self._counters: Counters = held.counters
        self._book = book
        self._load_terms = load_terms
        self._salt = salt
        self._signer = signer
        self._tells_lake = tells_lake
        self._traffic = facade.recall_traffic(book)
        self._committer = facade.Committer(book, epoch)

    def settle(self, manifest: Manifest, slices: list[Slice]) -> Told:
        """Decide a manifest's events and commit what was decided, with the cursor."""
        with uncollected():
            return self._settle(manifest, slices)

    def _settle(self, manifest: Manifest, slices: list[Slice]) -> Told:
        self._check(manifest, slices)
        terms = self._load_terms(manifest.snapshot)
        events = [event for one in slices for event in one.events]
        book = facade.load_slice(
            self._book, events, manifest.now, terms, counters=self._counters, traffic=self._traffic
        )
        decisions = settle(book, Batch(manifest, tuple(one.events for one in slices)), terms, self._salt)
        places = {one.range.stream: one.place for one in slices}
        self._commit(decisions, len(events), places, terms)
        return Told(
            manifest.seq,
            manifest.now,
            len(events),
            len(decisions.transactions),
            len(decisions.orders),
            len(decisions.receipts),
        )

    def _check(self, manifest: Manifest, slices: list[Slice]) -> None:
        if manifest.seq != self.seq + 1 or manifest.now < self.now:
            raise OutOfOrder(f"batch {manifest.seq} cannot follow batch {self.seq}")
        if tuple(one.range for one in slices) != manifest.ranges:
            raise OutOfOrder(f"batch {manifest.seq} was read otherwise than its manifest says")
        for one in manifest.ranges:
            place = self.places.get(one.stream, Place(0, None))
            if one.start != place.position:
                raise OutOfOrder(
                    f"batch {manifest.seq} takes {one.stream} up at {one.start}, not {place.position}"
                )

    def _commit(self, decisions: Decisions, events: int, places: dict[str, Place], terms: Snapshot) -> None:
        manifest = decisions.manifest
        root = sign_root(self._signer, manifest.seq, [one.body for one in decisions.receipts])
        self._committer.commit(
            Settled(
                decisions=decisions,
                manifest=encode_manifest(manifest),
                events=events,
                places=places,
                root=root,
                advertisers={program.id: program.advertiser for program in terms.programs.values()},
                facts=encode_facts(decisions.facts) if self._tells_lake else None,
            )
        )
        self.seq, self.now = manifest.seq, manifest.now
        self.places = {**self.places, **places}


def under(manifest: Manifest, snapshot: str) -> Manifest:
    """The same batch under other terms."""
    return msgspec.structs.replace(manifest, snapshot=snapshot)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles: a batch makes a million objects and no cycle, and then is gone."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()
