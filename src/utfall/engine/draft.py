"""Decisions being drafted: what a batch has decided so far, over the slice of the book it was given."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import UNSET, Raw

from utfall.engine.batch import (
    Batch,
    Decisions,
    Entry,
    LimitChange,
    Manifest,
    PartySide,
    ReceiptDraft,
    Transaction,
)
from utfall.engine.capping import covering, scope_of
from utfall.engine.documents import AdvertiserSide, Body, LimitShown, PublisherSide, Sides, write
from utfall.engine.facts import BatchFacts, Fact, Fate
from utfall.engine.money.documents import MoneyBody, MoneySide
from utfall.engine.money.state import MoneyDecisions
from utfall.engine.receipts import Salts, canonical, digest
from utfall.engine.state import (
    Accrual,
    Bond,
    BookSlice,
    CustomerState,
    Hold,
    LimitKey,
    OrderKey,
    OrderState,
    Pool,
    PoolKey,
    Released,
    StoredTouch,
)
from utfall.events import Outcome
from utfall.terms import Limit, Snapshot
from utfall.terms.snapshot import QUARTER_MS

_NOBODY: Final = CustomerState()
"""What a customer has ordered before the first time."""


class Draft:
    """Collects what is decided; `decisions` hands it over. Numbers are given out in order of decision."""

    def __init__(self, book: BookSlice, batch: Batch, terms: Snapshot, secret: bytes) -> None:
        self.book = book
        self.terms = terms
        self.manifest: Manifest = batch.manifest
        self.transactions: list[Transaction] = []
        self.accruals: list[Accrual] = []
        self.released: list[Accrual] = []
        self.payable: list[Released] = []
        self.money = MoneyDecisions()
        self.touches: list[StoredTouch] = []
        self.seen: list[str] = []
        self.receipts: list[ReceiptDraft] = []
        self.facts: list[Fact] = []
        self.fates: dict[Fate, int] = {}
        self._orders: dict[int, OrderState] = {}
        self._pools: dict[PoolKey, Pool] = {}
        self._covers: dict[
            tuple[int | None, int | None, int | None, Outcome, int, str | None], list[tuple[Limit, LimitKey]]
        ] = {}
        self._customers: dict[tuple[int, str], CustomerState] = {}
        self._bonds: dict[tuple[int, str, int], Bond | None] = {}
        self.party_sides: list[PartySide] = []
        self._limits_before = {key: (state.reserved, state.settled) for key, state in book.limits.items()}
        self._prices: dict[int | None, Raw | None] = {}
        self._salts = Salts(secret)

    @property
    def now(self) -> int:
        """The batch's clock."""
        return self.manifest.now

    def covering(self, order: OrderState) -> list[tuple[Limit, LimitKey]]:
        """The limits that cover an order, worked out once for all like it in a quarter of an hour."""
        quarter = order.occurred_at // QUARTER_MS
        customer = order.customer if order.program in self.terms.limits_customers else None
        key = (order.program, order.publisher, order.group, order.outcome, quarter, customer)
        held = self._covers.get(key)
        if held is None:
            held = self._covers[key] = covering(scope_of(order), self.terms)
        return held

    def next_transaction(self) -> int:
        """The number of the next transaction."""
        self.book.counters.transaction += 1
        return self.book.counters.transaction

    def next_order(self) -> int:
        """The number of the next order."""
        self.book.counters.order += 1
        return self.book.counters.order

    def post(self, kind: str, order: OrderState, entries: tuple[Entry, ...], event: str | None) -> int | None:
        """Post entries about an order; None when nothing moves."""
        if not entries:
            return None
        assert order.program is not None
        assert order.publisher is not None
        transaction = Transaction(
            id=self.next_transaction(),
            kind=kind,
            currency=order.currency,
            occurred_at=order.occurred_at,
            program=order.program,
            publisher=order.publisher,
            entries=entries,
            event=event,
            order=order.id,
        )
        self.transactions.append(transaction)
        return transaction.id

    def keep(self, order: OrderState) -> None:
        """Note that an order changed."""
        self._orders[order.id] = order

    def keep_pool(self, pool: Pool) -> None:
        """Note that a pool of a tier changed."""
        self._pools[pool.key] = pool

    def open(self, key: OrderKey, order: OrderState) -> None:
        """Note a new order, under the key by which the next event finds it."""
        self.book.orders[key] = self._orders[order.id] = order

    def count_customer(self, advertiser: int, customer: str, at: int) -> CustomerState:
        """What the customer had ordered before; one more, placed at a time, from now on."""
        key = (advertiser, customer)
        before = self.book.customers.get(key) or _NOBODY
        last = before.last_at
        if last is None or at > last:
            last = at
        self.book.customers[key] = self._customers[key] = CustomerState(before.orders + 1, last)
        return before

    def customer_of(self, advertiser: int, customer: str) -> CustomerState:
        """What the customer has ordered so far."""
        return self.book.customers.get((advertiser, customer)) or _NOBODY

    def bond(self, advertiser: int, customer: str, program: int, bond: Bond | None) -> None:
        """Note that a customer is bonded in a program, or is no more."""
        held = self.book.bonds.setdefault((advertiser, customer), {})
        if bond is None:
            del held[program]
        else:
            held[program] = bond
        self._bonds[advertiser, customer, program] = bond

    def is_repeat(self, name: str) -> bool:
        """Whether an event that is remembered under this name (`repeats`) was accepted before."""
        return name in self.book.seen

    def remember(self, name: str) -> None:
        """Count an event once. What is refused is not remembered: it may be mended and sent again."""
        self.book.seen.add(name)
        self.seen.append(name)

    def receipt(
        self,
        body: Body | MoneyBody,
        advertiser_side: AdvertiserSide | MoneySide,
        publisher_side: PublisherSide | MoneySide,
        *,
        order: int | None = None,
        parties: Sequence[PublisherSide] = (),
    ) -> str:
        """Write a receipt into the chain; returns its hash. The documents are completed in place."""
        counters, manifest = self.book.counters, self.manifest
        counters.receipt = number = counters.receipt + 1
        advertiser_side.salt = self._salts.of(number, "advertiser")
        publisher_side.salt = self._salts.of(number, "publisher")
        advertiser, publisher = write(advertiser_side), write(publisher_side)
        body.receipt, body.previous = number, counters.receipt_hash
        body.batch, body.decided_at, body.snapshot = manifest.seq, manifest.now, manifest.snapshot
        others = self._party_sides(number, parties) if parties else UNSET
        body.sides = Sides(digest(advertiser), others, digest(publisher))
        written = write(body)
        counters.receipt_hash = hash_ = digest(written)
        self.receipts.append(
            ReceiptDraft(
                id=number,
                hash=hash_,
                prior=body.prior,
                kind=body.kind,
                order=order,
                transaction=body.transaction,
                program=body.program,
                publisher=body.publisher,
                body=written,
                advertiser_side=advertiser,
                publisher_side=publisher,
            )
        )
        return hash_

    def _party_sides(self, receipt: int, parties: Sequence[PublisherSide]) -> list[str]:
        """Write the sides of further parties; their hashes, sorted, so that their order tells nothing."""
        hashes = []
        for party in parties:
            assert isinstance(party.publisher, int), "the side of a further party names it"
            party.salt = self._salts.of(receipt, f"publisher {party.publisher}")
            side = write(party)
            self.party_sides.append(PartySide(receipt, party.publisher, side))
            hashes.append(digest(side))
        return sorted(hashes)

    def decisions(self, touches: tuple[bytes, ...], traffic: bytes) -> Decisions:
        """Everything decided, ready to be committed."""
        return Decisions(
            manifest=self.manifest,
            transactions=self.transactions,
            orders=list(self._orders.values()),
            accruals=self.accruals,
            released=self.released,
            payable=self.payable,
            limits=self._limit_changes(),
            touches=self.touches,
            seen=self.seen,
            customers=self._customers,
            bonds=self._bonds,
            receipts=self.receipts,
            party_sides=self.party_sides,
            traffic=traffic,
            facts=BatchFacts(
                batch=self.manifest.seq,
                now=self.now,
                snapshot=self.manifest.snapshot,
                ranges=self.manifest.ranges,
                touches=touches,
                fates=tuple(self.fates),
                facts=tuple(self.facts),
            ),
            counters=self.book.counters,
            money=self.money,
            pools=list(self._pools.values()),
        )

    def _limit_changes(self) -> list[LimitChange]:
        return [
            LimitChange(key, state.cap, state.reserved - before[0], state.settled - before[1])
            for key, state in sorted(self.book.limits.items())
            if (before := self._limits_before.get(key, (0, 0))) != (state.reserved, state.settled)
        ]

    def price_shown(self, rule: int | None) -> Raw | None:
        """A rule's price as a document holds it, written once for all lines that have it."""
        if rule not in self._prices:
            held = self.terms.rules.get(rule) if rule is not None else None
            self._prices[rule] = Raw(canonical(held.price)) if held is not None else None
        return self._prices[rule]

    def holds_shown(self, holds: Iterable[Hold]) -> list[LimitShown]:
        """The same of what an order holds."""
        limits, shown = self.book.limits, []
        for one in holds:
            # A plain tuple equals the key, and is made in a third of its time.
            state = limits[one.limit, one.publisher, one.period, one.customer]  # type: ignore[index]
            publisher = one.publisher or None
            shown.append(
                LimitShown(state.cap, one.limit, one.period, publisher, state.reserved, state.settled)
            )
        return shown

    def limits_shown(self, keys: Iterable[LimitKey]) -> list[LimitShown]:
        """Limits as a receipt shows them: what is used of what, after this decision."""
        limits = self.book.limits
        return [
            LimitShown(state.cap, key.limit, key.period, key.publisher or None, state.reserved, state.settled)
            for key in keys
            for state in (limits[key],)
        ]
