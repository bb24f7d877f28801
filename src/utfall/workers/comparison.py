"""Two settlements of the same events compared: per publisher, per rule and order by order."""

from collections.abc import Callable, Iterable, Iterator
from heapq import heappush, heappushpop, merge
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from msgspec import Struct

from utfall.engine import OrderState, earned
from utfall.money import allocate
from utfall.portal.book.facade import Book
from utfall.portal.book.outcomes import TouchSum, orders_by_key, touch_sums
from utfall.workers.compared import (
    Compared,
    OrderChange,
    OrderSide,
    PublisherChange,
    RuleChange,
    Scope,
    Stopped,
    Sums,
    TotalChange,
)

EXAMPLES: Final = 20
_BETWEEN_LOOKS: Final = 1_000


class _Tally(Struct):
    """Both sides of one line of a report, being added up."""

    commission: list[int]
    fee: list[int]
    orders: list[int]
    correction: list[int]
    won: int = 0
    lost: int = 0
    changed: int = 0

    @classmethod
    def empty(cls) -> "_Tally":
        return cls([0, 0], [0, 0], [0, 0], [0, 0])

    def add(self, side: int, commission: int, fee: int, orders: int) -> None:
        self.commission[side] += commission
        self.fee[side] += fee
        self.orders[side] += orders

    def sums(self, side: int) -> Sums:
        return Sums(
            commission_micros=self.commission[side],
            fee_micros=self.fee[side],
            orders=self.orders[side],
            correction_micros=self.correction[side],
        )

    @property
    def moved(self) -> int:
        return abs(sum(self.commission) - 2 * self.commission[0])


Pair = tuple[OrderState | None, OrderState | None]


class Comparison:
    """Adds up two books. Memory grows with publishers and rules, not with orders."""

    def __init__(self, scope: Scope, stop: Callable[[], bool]) -> None:
        self._scope = scope
        self._stop = stop
        self._publishers: dict[tuple[int, str], _Tally] = {}
        self._rules: dict[tuple[int, str], _Tally] = {}
        self._totals: dict[str, _Tally] = {}
        self._counts = dict.fromkeys(("orders", "payer", "commission", "only_before", "only_after"), 0)
        self._examples: list[tuple[int, int, OrderChange]] = []

    def of(self, before: Book, after: Book) -> Compared:
        """Compare what two books say of the scope."""
        span = (self._scope.since_ms or 0, 1 << 62 if self._scope.until_ms is None else self._scope.until_ms)
        for side, book in enumerate((before, after)):
            for one in touch_sums(book, *span):
                self._touches(side, one)
        for number, pair in enumerate(_pairs(self._own(before), self._own(after))):
            if number % _BETWEEN_LOOKS == 0 and self._stop():
                raise Stopped
            self._order(number, pair)
        return self._compared()

    def _own(self, book: Book) -> Iterator[OrderState]:
        return (order for order in orders_by_key(book) if self._scope.holds(order.occurred_at))

    def _counts_here(self, order: OrderState | None) -> bool:
        """Whether an order was attributed, and to the program that is reported, if only one is."""
        return (
            order is not None and order.publisher is not None and self._scope.program in (None, order.program)
        )

    def _touches(self, side: int, one: TouchSum) -> None:
        if self._scope.program in (None, one.program):
            for tally in self._tallies(one.publisher, one.rule, one.currency):
                tally.add(side, one.commission_micros, one.fee_micros, 0)
                if one.kind == "tier":
                    tally.correction[side] += one.commission_micros

    def _tallies(self, publisher: int, rule: int | None, currency: str) -> list[_Tally]:
        found = [
            self._publishers.setdefault((publisher, currency), _Tally.empty()),
            self._totals.setdefault(currency, _Tally.empty()),
        ]
        return found if rule is None else [*found, self._rules.setdefault((rule, currency), _Tally.empty())]

    def _order(self, number: int, pair: Pair) -> None:
        known = pair[0] or pair[1]
        assert known is not None, "a pair has a side"
        here = [order if self._counts_here(order) else None for order in pair]
        if self._scope.program is not None and here == [None, None]:
            return
        payees = [order.publisher if order else None for order in here]
        paid = [order.commission_micros if order else 0 for order in here]
        for side, order in enumerate(here):
            if order is not None:
                self._paid(side, order)
        self._counts["orders"] += 1
        self._counts["payer"] += payees[0] != payees[1]
        self._counts["commission"] += paid[0] != paid[1]
        self._counts["only_before"] += bool(paid[0] and not paid[1])
        self._counts["only_after"] += bool(paid[1] and not paid[0])
        self._moved(payees, paid, known.currency)
        if payees[0] != payees[1] or paid[0] != paid[1]:
            self._keep(number, pair, abs(paid[1] - paid[0]))

    def _paid(self, side: int, order: OrderState) -> None:
        assert order.publisher is not None, "only an attributed order is paid"
        counted = int(order.commission_micros > 0)
        total = self._totals.setdefault(order.currency, _Tally.empty())
        total.add(side, order.commission_micros, order.fee_micros, counted)
        parties = earned(order)
        weights = list(parties.values())
        fees = allocate(order.fee_micros, weights) if sum(weights) else weights
        for (publisher, micros), fee in zip(parties.items(), fees, strict=True):
            tally = self._publishers.setdefault((publisher, order.currency), _Tally.empty())
            tally.add(side, micros, fee, counted if publisher == order.publisher else 0)
        for rule, (commission, fee) in _by_rule(order).items():
            tally = self._rules.setdefault((rule, order.currency), _Tally.empty())
            tally.add(side, commission, fee, int(commission > 0))

    def _moved(self, payees: list[int | None], paid: list[int], currency: str) -> None:
        lost, won = payees
        if lost == won:
            if won is not None:
                self._publishers[won, currency].changed += paid[0] != paid[1]
            return
        if lost is not None:
            self._publishers[lost, currency].lost += 1
        if won is not None:
            self._publishers[won, currency].won += 1

    def _keep(self, number: int, pair: Pair, difference: int) -> None:
        """Keep the orders with the largest differences; of equal ones, the first."""
        rank = (difference, -number)
        if len(self._examples) >= EXAMPLES and rank <= self._examples[0][:2]:
            return
        entry = (*rank, _change(pair))
        if len(self._examples) < EXAMPLES:
            heappush(self._examples, entry)
        else:
            heappushpop(self._examples, entry)

    def _compared(self) -> Compared:
        counts = self._counts
        return Compared(
            totals=tuple(
                TotalChange(currency=currency, before=tally.sums(0), after=tally.sums(1))
                for currency, tally in sorted(self._totals.items())
            ),
            publishers=tuple(
                PublisherChange(
                    publisher=publisher,
                    currency=currency,
                    before=tally.sums(0),
                    after=tally.sums(1),
                    orders_won=tally.won,
                    orders_lost=tally.lost,
                    orders_changed=tally.changed,
                )
                for (publisher, currency), tally in _largest_first(self._publishers)
            ),
            rules=tuple(
                RuleChange(rule=rule, currency=currency, before=tally.sums(0), after=tally.sums(1))
                for (rule, currency), tally in _largest_first(self._rules)
            ),
            orders=counts["orders"],
            orders_with_another_payer=counts["payer"],
            orders_with_another_commission=counts["commission"],
            orders_paid_only_before=counts["only_before"],
            orders_paid_only_after=counts["only_after"],
            examples=tuple(
                change for *_, change in sorted(self._examples, key=itemgetter(0, 1), reverse=True)
            ),
        )


def _largest_first(
    tallies: dict[tuple[int, str], _Tally],
) -> Iterable[tuple[tuple[int, str], _Tally]]:
    return sorted(tallies.items(), key=lambda item: (-item[1].moved, item[0]))


def _by_rule(order: OrderState) -> dict[int, tuple[int, int]]:
    """Commission and fee of an order, rule by rule; the fee is split as the lake splits it over lines."""
    fees = allocate(order.fee_micros, _weights(order))
    sums: dict[int, tuple[int, int]] = {}
    for line, fee in zip(order.lines, fees, strict=True):
        if line.rule is not None:
            commission, fees_so_far = sums.get(line.rule, (0, 0))
            sums[line.rule] = (commission + line.left_micros, fees_so_far + fee)
    return sums


def _weights(order: OrderState) -> list[int]:
    weights = [line.left_micros for line in order.lines]
    return weights if sum(weights) else [1] * len(weights)


class _Keyed(NamedTuple):
    key: tuple[int, str, str]
    side: int
    order: OrderState


def _pairs(before: Iterator[OrderState], after: Iterator[OrderState]) -> Iterator[Pair]:
    """Each order on both sides; other terms may refuse one, or record one that was refused."""
    both = merge(
        (_Keyed((order.advertiser, order.outcome.value, order.order), 0, order) for order in before),
        (_Keyed((order.advertiser, order.outcome.value, order.order), 1, order) for order in after),
        key=itemgetter(0, 1),
    )
    for _, rows in groupby(both, key=itemgetter(0)):
        found = {each.side: each.order for each in rows}
        yield found.get(0), found.get(1)


def _change(pair: Pair) -> OrderChange:
    known = pair[0] or pair[1]
    assert known is not None, "a pair has a side"
    return OrderChange(
        reference=known.order,
        outcome=known.outcome.value,
        currency=known.currency,
        occurred_at=known.occurred_at,
        amount_micros=sum(line.amount_micros - line.refunded_micros for line in known.lines),
        before=_side(pair[0]),
        after=_side(pair[1]),
    )


def _side(order: OrderState | None) -> OrderSide:
    if order is None:
        return OrderSide(status="refused")
    return OrderSide(
        status=order.status.value,
        reason=order.reason,
        program=order.program,
        publisher=order.publisher,
        commission_micros=order.commission_micros,
        fee_micros=order.fee_micros,
        rules=tuple(sorted({line.rule for line in order.lines if line.rule is not None})),
    )
