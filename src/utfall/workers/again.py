"""One advertiser's past settled again, twice: as a baseline and under other terms, batch by batch."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from utfall.engine import ENGINE_VERSION, Manifest, Range
from utfall.events import AnyEvent, Outcome
from utfall.portal.book import facade
from utfall.portal.book.facade import Book, Place
from utfall.terms import (
    AllOf,
    AnyOf,
    Condition,
    Market,
    Not,
    Period,
    Snapshot,
    Tiered,
    TierPeriod,
    load_snapshot,
    seal,
)
from utfall.workers.batches import Desk, Told
from utfall.workers.compared import Caution, Scope, Stopped
from utfall.workers.intake import Slice
from utfall.workers.publish import Shelf
from utfall.workers.replay import ReplaySource, Say
from utfall.workers.selection import Selection
from utfall.workers.settle import manifests
from utfall.workers.signing import load_or_create_salt

DAY_MS: Final = 86_400_000
DAY_SECONDS: Final = 86_400
CLOCKS_DIFFER_MS: Final = 3_600_000
"""A batch may hold what was received, by another machine's clock, so long after the batch's own time."""

MONTH_DAYS: Final = 31
FOREVER_MS: Final = 1 << 62
_DAYS_OF: Final[dict[Period, int]] = {Period.DAY: 2, Period.WEEK: 8, Period.MONTH: 32, Period.TOTAL: 0}


_TIER_DAYS: Final[dict[TierPeriod, int]] = {
    TierPeriod.MONTH: 32,
    TierPeriod.QUARTER: 93,
    TierPeriod.YEAR: 367,
    TierPeriod.TOTAL: 0,
}


def warm_up_days(scope: Scope, markets: list[Market]) -> int:
    """How many days before the span can bear on it: the longest window, bond or period of a limit or tier."""
    if scope.warm_up_days is not None:
        return scope.warm_up_days
    days = [0]
    for market in markets:
        own = {program.id for program in market.programs if program.advertiser == scope.advertiser}
        for program in market.programs:
            for version in program.versions if program.id in own else ():
                windows = (getattr(version.windows, name) for name in version.windows.__struct_fields__)
                days.append(-(-max(windows) // DAY_SECONDS))
                days.append(version.recurring_months * MONTH_DAYS)
                days.append(version.lapsed_after_days or 0)
        tiers = [rule.price for rule in market.rules if rule.program in own]
        days += [_TIER_DAYS[price.period] for price in tiers if isinstance(price, Tiered)]
        days += [_DAYS_OF[limit.period] for limit in market.limits if limit.program in own]
    return max(days)


def starts_at(scope: Scope, markets: list[Market]) -> int:
    """From when on events are settled again."""
    if scope.since_ms is None:
        return 0
    return max(scope.since_ms - warm_up_days(scope, markets) * DAY_MS, 0)


def batches_from(book: Book, start_ms: int) -> range:
    """The numbers of the batches that may hold what happened from a time on."""
    last = facade.progress(book).seq
    numbers = range(1, last + 1)
    return numbers[
        bisect_left(numbers, start_ms - CLOCKS_DIFFER_MS, key=lambda seq: facade.batch(book, seq).now) :
    ]


class Terms:
    """Snapshots by hash: those of the past from their shelf, and the supposed ones from memory."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._supposed: dict[str, Snapshot] = {}

    def suppose(self, market: Market) -> str:
        """Seal a market without keeping it; its hash."""
        data = seal(market)
        snapshot = load_snapshot(data)
        self._supposed[snapshot.hash] = snapshot
        return snapshot.hash

    def load(self, name: str) -> Snapshot:
        """A snapshot by its hash."""
        return self._supposed.get(name) or self._shelf.load(name)

    def in_force(self) -> Market | None:
        """The market in force now."""
        current = self._shelf.current()
        return self._shelf.load(current).market if current else None


class Side:
    """One of the two books, with the terms its batches are settled under (None: each batch's own)."""

    def __init__(self, source: ReplaySource, book: Book, terms: Terms, snapshot: str | None) -> None:
        self._snapshot = snapshot
        self._desk = Desk(
            book,
            terms.load,
            epoch=facade.acquire(book, "what-if"),
            salt=load_or_create_salt(source.keys_dir),
            signer=None,
            tells_lake=False,
        )
        self._settled = 0

    def settle(self, manifest: Manifest, events: list[AnyEvent]) -> Told:
        """Settle a part of a batch as a batch of its own, at the clock it had."""
        part = Range(stream="what-if", start=self._settled, end=self._settled + len(events))
        self._settled = part.end
        own = msgspec.structs.replace(
            manifest,
            seq=self._desk.seq + 1,
            snapshot=self._snapshot or manifest.snapshot,
            ranges=(part,),
        )
        return self._desk.settle(own, [Slice(part, events, Place(part.end, None))])


class Again:
    """Reads the past once and settles it on both sides."""

    def __init__(
        self,
        source: ReplaySource,
        scope: Scope,
        terms: Terms,
        markets: list[Market],
        stop: Callable[[], bool],
    ) -> None:
        self.batches = 0
        self.events = 0
        self._source = source
        self._scope = scope
        self._terms = terms
        self._markets = markets
        self._stop = stop
        self._engines: set[int] = set()
        self._judges_addresses = False

    def run(self, numbers: range, sides: tuple[Side, Side], say: Say) -> None:
        """Settle what is selected of some batches; Stopped when told to stop."""
        for manifest, events in self._selected(numbers):
            if self._stop():
                raise Stopped
            told = Told(manifest.seq, manifest.now, 0, 0, 0, 0)
            if events:
                for side in sides:
                    told = side.settle(manifest, events)
            self._engines.add(manifest.engine)
            self._judges_addresses |= manifest.policy.traffic.address_clicks_per_minute > 0
            self.batches += 1
            self.events += len(events)
            say(told._replace(seq=manifest.seq))

    def _selected(self, numbers: range) -> Iterator[tuple[Manifest, list[AnyEvent]]]:
        journal = self._source.journal_dir
        with Selection(
            journal,
            advertiser=self._scope.advertiser,
            since_ms=starts_at(self._scope, self._markets),
            until_ms=FOREVER_MS if self._scope.until_ms is None else self._scope.until_ms,
            links=self._links(),
        ) as selection:
            for manifest in manifests(journal, numbers.start - 1, numbers.stop - 1) if numbers else ():
                yield manifest, selection.events(manifest)

    def _links(self) -> set[int]:
        return {
            link.id
            for market in self._markets
            for own in ({one.id for one in market.programs if one.advertiser == self._scope.advertiser},)
            for link in market.links
            if link.program in own
        }

    def cautions(self) -> tuple[Caution, ...]:
        """What this comparison cannot know."""
        own = {
            one.id
            for market in self._markets
            for one in market.programs
            if one.advertiser == self._scope.advertiser
        }
        rules = [rule for market in self._markets for rule in market.rules if rule.program in own]
        limits = [limit for market in self._markets for limit in market.limits if limit.program in own]
        cut = self._scope.since_ms is not None
        held = {
            Caution.OTHER_ENGINE: bool(self._engines - {ENGINE_VERSION}),
            Caution.TOTAL_LIMITS_START_EMPTY: cut and any(one.period is Period.TOTAL for one in limits),
            Caution.TOTAL_TIERS_START_EMPTY: cut
            and any(
                isinstance(rule.price, Tiered) and rule.price.period is TierPeriod.TOTAL for rule in rules
            ),
            Caution.CUSTOMERS_COUNT_FROM_WARM_UP: cut
            and any(_asks(rule.when, field) for rule in rules for field in _OF_HISTORY),
            Caution.ADDRESSES_OF_OTHERS_NOT_SEEN: self._judges_addresses
            and any(rule.outcome is Outcome.CLICK for rule in rules),
        }
        return tuple(caution for caution, holds in held.items() if holds)


_OF_HISTORY: Final = ("customer.orders_before", "customer.status")


def _asks(condition: Condition | None, field: str) -> bool:
    match condition:
        case None:
            return False
        case AllOf(of=parts) | AnyOf(of=parts):
            return any(_asks(part, field) for part in parts)
        case Not(of=part):
            return _asks(part, field)
    return condition.field == field
