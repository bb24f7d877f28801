"""Decisions being drafted: what a batch has decided so far, over the slice of the book it was given."""

from collections.abc import Iterable

from utfall.engine.batch import Batch, Decisions, Entry, LimitChange, Manifest, ReceiptDraft, Transaction
from utfall.engine.capping import Scope, covering
from utfall.engine.documents import AdvertiserSide, Body, LimitShown, PublisherSide, Sides, write
from utfall.engine.facts import BatchFacts, Fact, Fate
from utfall.engine.receipts import Salts, digest
from utfall.engine.state import Accrual, BookSlice, LimitKey, OrderKey, OrderState, StoredTouch
from utfall.events import Outcome
from utfall.terms import Limit, Snapshot
from utfall.terms.snapshot import QUARTER_MS


class Draft:
    """Collects what is decided; `decisions` hands it over. Numbers are given out in order of decision."""

    def __init__(self, book: BookSlice, batch: Batch, terms: Snapshot, secret: bytes) -> None:
        self.book = book
        self.terms = terms
        self.manifest: Manifest = batch.manifest
        self.transactions: list[Transaction] = []
        self.accruals: list[Accrual] = []
        self.released: list[Accrual] = []
        self.touches: list[StoredTouch] = []
        self.seen: list[str] = []
        self.receipts: list[ReceiptDraft] = []
        self.facts: list[Fact] = []
        self.fates: dict[Fate, int] = {}
        self._orders: dict[OrderKey, OrderState] = {}
        self._covers: dict[tuple[int, int, int | None, Outcome, int], list[tuple[Limit, LimitKey]]] = {}
        self._customers: dict[tuple[int, str], int] = {}
        self._limits_before = {key: (state.reserved, state.settled) for key, state in book.limits.items()}
        self._salts = Salts(secret)

    @property
    def now(self) -> int:
        """The batch's clock."""
        return self.manifest.now

    def covering(self, scope: Scope) -> list[tuple[Limit, LimitKey]]:
        """The limits that cover an outcome, worked out once for all like it in a quarter of an hour."""
        key = (*scope[:4], scope.at // QUARTER_MS)
        held = self._covers.get(key)
        if held is None:
            held = self._covers[key] = covering(scope, self.terms)
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
        """Note that an order is new or changed."""
        key = order.key
        self.book.orders[key] = self._orders[key] = order

    def count_customer(self, advertiser: int, customer: str) -> int:
        """How many orders the customer had before; one more from now on."""
        before = self.book.customers.get((advertiser, customer), 0)
        self.book.customers[advertiser, customer] = self._customers[advertiser, customer] = before + 1
        return before

    def is_repeat(self, name: str) -> bool:
        """Whether an event that is remembered under this name (`repeats`) was accepted before."""
        return name in self.book.seen

    def remember(self, name: str) -> None:
        """Count an event once. What is refused is not remembered: it may be mended and sent again."""
        self.book.seen.add(name)
        self.seen.append(name)

    def receipt(
        self,
        body: Body,
        advertiser_side: AdvertiserSide,
        publisher_side: PublisherSide,
        *,
        order: int | None = None,
    ) -> str:
        """Write a receipt into the chain; returns its hash. The documents are completed in place."""
        counters = self.book.counters
        counters.receipt += 1
        advertiser_side.salt = self._salts.of(counters.receipt, "advertiser")
        publisher_side.salt = self._salts.of(counters.receipt, "publisher")
        sides = write(advertiser_side), write(publisher_side)
        body.receipt, body.previous = counters.receipt, counters.receipt_hash
        body.batch, body.decided_at = self.manifest.seq, self.manifest.now
        body.snapshot = self.manifest.snapshot
        body.sides = Sides(digest(sides[0]), digest(sides[1]))
        written = write(body)
        counters.receipt_hash = digest(written)
        self.receipts.append(
            ReceiptDraft(
                id=counters.receipt,
                hash=counters.receipt_hash,
                prior=body.prior,
                kind=body.kind,
                order=order,
                transaction=body.transaction,
                program=body.program,
                publisher=body.publisher,
                body=written,
                advertiser_side=sides[0],
                publisher_side=sides[1],
            )
        )
        return counters.receipt_hash

    def decisions(self, touches: tuple[bytes, ...], traffic: bytes) -> Decisions:
        """Everything decided, ready to be committed."""
        return Decisions(
            manifest=self.manifest,
            transactions=self.transactions,
            orders=list(self._orders.values()),
            accruals=self.accruals,
            released=self.released,
            limits=self._limit_changes(),
            touches=self.touches,
            seen=self.seen,
            customers=self._customers,
            receipts=self.receipts,
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
        )

    def _limit_changes(self) -> list[LimitChange]:
        return [
            LimitChange(key, state.cap, state.reserved - before[0], state.settled - before[1])
            for key, state in sorted(self.book.limits.items())
            if (before := self._limits_before.get(key, (0, 0))) != (state.reserved, state.settled)
        ]

    def limits_shown(self, keys: Iterable[LimitKey]) -> list[LimitShown]:
        """Limits as a receipt shows them: what is used of what, after this decision."""
        return [
            LimitShown(state.cap, key.limit, key.period, key.publisher or None, state.reserved, state.settled)
            for key in keys
            for state in (self.book.limits[key],)
        ]
