"""A book in memory: a fake that gives the engine its slice and keeps what it decides, checking promises."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from tests.unit.engine.purse import Purse
from utfall.engine import (
    Accrual,
    Batch,
    Bond,
    BookSlice,
    Counters,
    CustomerState,
    Decisions,
    Fact,
    Fate,
    LimitKey,
    LimitState,
    Manifest,
    OrderKey,
    OrderState,
    OrderStatus,
    Policy,
    Pool,
    PoolKey,
    Range,
    StoredTouch,
    Traffic,
    bond_needs,
    limit_needs,
    needs,
    needs_of_orders,
    pool_due_at,
    pool_needs,
    settle,
)
from utfall.engine.facts import NO_FATE
from utfall.engine.money.state import MONEY_KINDS
from utfall.engine.receipts import digest
from utfall.events import AnyEvent, Click, Impression, VideoProgress, Viewable
from utfall.terms import Snapshot

SECRET = b"a secret of the test"
TOUCHES = (Click, Impression, Viewable, VideoProgress)

_pack = msgspec.msgpack.Encoder().encode
_unpack_order = msgspec.msgpack.Decoder(OrderState).decode
_unpack_pool = msgspec.msgpack.Decoder(Pool).decode


class Verdict(NamedTuple):
    """What became of one event."""

    reason: str | None
    cost_micros: int


class Account(NamedTuple):
    """One account of the book."""

    currency: str
    owner: str
    owner_id: int
    bucket: str


class Ledger:
    """The book so far. `settle` loads, decides and commits one batch.

    `earned` is what stands on each account, had no money moved outside.
    """

    def __init__(self, terms: Snapshot, policy: Policy | None = None) -> None:
        self.terms = terms
        self.policy = policy or Policy()
        self.seq = 0
        self.balances: Counter[Account] = Counter()
        self.earned: Counter[Account] = Counter()
        self.limits: dict[LimitKey, LimitState] = {}
        self.verdicts: dict[str, list[Verdict]] = {}
        self.decisions: list[Decisions] = []
        self.traffic_changes: list[tuple[int, int, bytes]] = []
        self.traffic = Traffic()
        self.facts: list[Fact] = []
        self.paid_touches: list[tuple[AnyEvent, Fate]] = []
        self._orders: dict[OrderKey, bytes] = {}
        self._pools: dict[PoolKey, bytes] = {}
        self._touches: dict[str, tuple[int, StoredTouch]] = {}
        self._customers: dict[tuple[int, str], CustomerState] = {}
        self._bonds: dict[tuple[int, str], dict[int, Bond]] = {}
        self.party_sides: dict[int, dict[int, bytes]] = {}
        self._seen: set[str] = set()
        self._accruals: dict[int, Accrual] = {}
        self._counters = Counters()
        self.purse = Purse()

    def settle(self, *events: AnyEvent, now: int | None = None, terms: Snapshot | None = None) -> Decisions:
        """Settle one batch; its clock is the last event's unless one is given."""
        self.terms = terms or self.terms
        clock = now if now is not None else max(event.received_at for event in events)
        batch = self.batch(events, clock)
        decided = settle(self.slice(events, clock), batch, self.terms, SECRET)
        self._commit(decided, events)
        return decided

    def order(self, reference: str = "A-1", outcome: str = "sale", advertiser: int = 1) -> OrderState:
        """An order as the book holds it."""
        return _unpack_order(self._orders[OrderKey(advertiser, outcome, reference)])

    def orders(self) -> Iterator[OrderState]:
        """Every order, in order of its key."""
        return (_unpack_order(self._orders[key]) for key in sorted(self._orders))

    def balance(self, owner: str, owner_id: int, bucket: str, currency: str = "SEK") -> int:
        """What stands on one account."""
        return self.balances[Account(currency, owner, owner_id, bucket)]

    def standing(self) -> dict[str, int]:
        """Every account that is not empty, by its words; those in another currency than SEK say so."""
        return {
            f"{account.owner} {account.owner_id} {account.bucket}"
            + (f" {account.currency}" if account.currency != "SEK" else ""): micros
            for account, micros in sorted(self.balances.items())
            if micros
        }

    def verdict(self, event: AnyEvent) -> str | None:
        """Why an event was refused the last time it was seen, or None."""
        return self.verdicts[event.id][-1].reason

    def batch(self, events: Sequence[AnyEvent], now: int) -> Batch:
        """The next batch: its manifest and its events."""
        self.seq += 1
        manifest = Manifest(
            seq=self.seq,
            now=now,
            snapshot=self.terms.hash,
            ranges=(Range(stream="edge-0", start=0, end=len(events)),),
            policy=self.policy,
        )
        return Batch(manifest, (list(events),))

    def slice(self, events: Sequence[AnyEvent], now: int) -> BookSlice:
        """The three rounds of loading, as the shell does them."""
        wanted = needs(events)
        due = [order.key for order in self.orders() if is_due(order, now)]
        orders = {
            key: _unpack_order(self._orders[key]) for key in (*wanted.orders, *due) if key in self._orders
        }
        book = BookSlice(
            counters=msgspec.structs.replace(self._counters),
            traffic=self.traffic,
            orders=orders,
            customers={key: self._customers[key] for key in wanted.customers if key in self._customers},
            seen=self._seen & wanted.event_ids,
            due_orders=due,
            due_accruals=[one for one in self._accruals.values() if one.payable_at <= now],
        )
        book.bonds = {key: dict(self._bonds[key]) for key in bond_needs(book, wanted) if key in self._bonds}
        touches, identities = needs_of_orders(book)
        touches, identities = touches | wanted.touches, identities | wanted.identities
        for advertiser, touch in self._touches.values():
            if touch.id in touches or (advertiser, touch.identity) in identities:
                book.remember(advertiser, (touch,))
        self._load_pools(book, events, now)
        rows, found = limit_needs(book, events, self.terms)
        book.limits = {
            key: msgspec.structs.replace(state)
            for key, state in self.limits.items()
            if key in rows or (key.limit, key.period, key.customer) in found
        }
        if wanted.money:
            book.money = self.purse.slice(wanted.money)
        return book

    def _load_pools(self, book: BookSlice, events: Sequence[AnyEvent], now: int) -> None:
        keys, pairs = pool_needs(book, events, self.terms)
        held = {key: _unpack_pool(packed) for key, packed in self._pools.items()}
        due = [(at, key) for key, pool in held.items() if (at := pool_due_at(pool)) is not None and at <= now]
        book.due_pools = [key for _, key in sorted(due)]
        wanted = {*keys, *book.due_pools}
        book.pools = {
            key: pool for key, pool in held.items() if key in wanted or (key.rule, key.period) in pairs
        }

    def pools(self) -> dict[PoolKey, Pool]:
        """Every pool of a tier, by its key."""
        return {key: _unpack_pool(packed) for key, packed in sorted(self._pools.items())}

    def accruals(self) -> list[Accrual]:
        """Sums of touches and bonuses whose hold has not ended."""
        return list(self._accruals.values())

    def _commit(self, decided: Decisions, events: Sequence[AnyEvent]) -> None:
        self.decisions.append(decided)
        self._post(decided)
        self._orders.update({order.key: _pack(order) for order in decided.orders})
        advertisers = {event.id: event.advertiser for event in events if isinstance(event, TOUCHES)}
        self._touches.update({touch.id: (advertisers[touch.id], touch) for touch in decided.touches})
        self._customers.update(decided.customers)
        self._pools.update({pool.key: _pack(pool) for pool in decided.pools})
        for (advertiser, customer, program), bond in decided.bonds.items():
            held = self._bonds.setdefault((advertiser, customer), {})
            held.pop(program, None)
            held |= {} if bond is None else {program: bond}
        self._remember_ids(decided.seen)
        self._accruals.update({one.transaction: one for one in decided.accruals})
        for one in decided.released:
            self._accruals.pop(one.transaction, None)
        self.purse.commit(decided)
        self._move_limits(decided)
        self._check_receipts(decided)
        self._counters = msgspec.structs.replace(decided.counters)
        self.traffic_changes.append((decided.manifest.seq, decided.manifest.now, decided.traffic))
        self.facts.extend(decided.facts.facts)
        self._judge(decided, events)

    def _post(self, decided: Decisions) -> None:
        """Entries balance, whatever the engine asserts about itself, and numbers follow on each other."""
        numbers = sorted(transaction.id for transaction in decided.transactions)
        first = self._counters.transaction + 1
        assert numbers == list(range(first, first + len(numbers)))
        for transaction in decided.transactions:
            assert sum(entry.amount_micros for entry in transaction.entries) == 0
            assert all(entry.amount_micros for entry in transaction.entries)
            for entry in transaction.entries:
                account = Account(transaction.currency, entry.owner, entry.owner_id, entry.bucket)
                self.balances[account] += entry.amount_micros
                if transaction.kind not in MONEY_KINDS:
                    self.earned[account] += entry.amount_micros

    def _remember_ids(self, seen: Sequence[str]) -> None:
        assert self._seen.isdisjoint(seen)
        self._seen.update(seen)

    def _move_limits(self, decided: Decisions) -> None:
        for change in decided.limits:
            held = self.limits.setdefault(change.key, LimitState(change.cap))
            held.cap = change.cap
            held.reserved += change.reserved
            held.settled += change.settled
            assert held.reserved >= 0
            assert held.settled >= 0
            assert held.reserved + held.settled <= held.cap

    def _check_receipts(self, decided: Decisions) -> None:
        """Every receipt names the one before it, and its sides by their hashes."""
        for side in decided.party_sides:
            self.party_sides.setdefault(side.receipt, {})[side.publisher] = side.side
        previous, number = self._counters.receipt_hash, self._counters.receipt
        for receipt in decided.receipts:
            number += 1
            body = msgspec.json.decode(receipt.body)
            assert receipt.id == body["receipt"] == number
            assert receipt.hash == digest(receipt.body)
            assert body["previous"] == previous
            assert body["prior"] == receipt.prior
            assert body["sides"]["advertiser"] == digest(receipt.advertiser_side)
            assert body["sides"]["publisher"] == digest(receipt.publisher_side)
            parties = [digest(side) for side in self.party_sides.get(receipt.id, {}).values()]
            assert body["sides"].get("parties", []) == sorted(parties)
            previous = receipt.hash
        assert decided.counters.receipt_hash == previous

    def _judge(self, decided: Decisions, events: Sequence[AnyEvent]) -> None:
        fates = memoryview(b"".join(decided.facts.touches)).cast("I")
        assert len(fates) == len(events)
        for event, number in zip(events, fates, strict=True):
            assert (number == NO_FATE) is not isinstance(event, TOUCHES)
            if number != NO_FATE:
                fate = decided.facts.fates[number]
                self.verdicts.setdefault(event.id, []).append(Verdict(fate.reason, fate.cost_micros))
                if fate.reason is None and fate.rule is not None:
                    self.paid_touches.append((event, fate))
        for answer in decided.money.answers:
            self.verdicts.setdefault(answer.event, []).append(Verdict(answer.reason, 0))
        for fact in decided.facts.facts:
            if fact.kind != "bonus" and fact.source != "clock":
                reason = fact.reason if fact.status == "refused" else None
                self.verdicts.setdefault(fact.event, []).append(Verdict(reason, fact.cost_micros))


def is_due(order: OrderState, now: int) -> bool:
    """Whether the clock has something to decide about an order."""
    if order.status is OrderStatus.PENDING:
        return order.approve_at is not None and order.approve_at <= now
    return order.status is OrderStatus.APPROVED and order.payable_at is not None and order.payable_at <= now
