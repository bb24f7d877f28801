"""Which orders were paid out, as the banks answer for payouts.

    queue(answers)                   # with the receipts that say so; in the projection's transaction
    for answer in waiting(500): …    # the oldest first
    keep([Paid(answer, orders, 3)])  # these orders of it are told, and all of it where that was the last

A payout may have paid a hundred thousand orders, so its answer waits here until each of them knows: told a
part at a time, after which whoever does it may die.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connections, transaction
from django.db.models import Exists, OuterRef

from utfall.engine import OrderState
from utfall.portal.access import Caller, Kind
from utfall.portal.access.times import from_ms
from utfall.portal.conversions.models import Answered, Conversion, PaidOut
from utfall.portal.databases import CONVERSIONS

TABLES: Final = (PaidOut, Answered)


class Answer(NamedTuple):
    """What a bank said of a payout, by which receipt; `is_paid`, else it came back. `at`: milliseconds."""

    receipt: int
    hash: str
    payout: int
    is_paid: bool
    at: int
    done: int = 0


class Told(NamedTuple):
    """Orders of an answered payout, by their numbers, with its publisher; `is_last`: there are no more."""

    answer: Answer
    publisher: int
    orders: Sequence[int]
    is_last: bool


class PaidBy(NamedTuple):
    """When an order was paid out, and by which payout."""

    at: datetime
    payout: int


def queue(answers: Iterable[Answer]) -> None:
    """Keep answers until their orders know."""
    rows = [
        Answered(id=one.receipt, hash=one.hash, payout=one.payout, is_paid=one.is_paid, at=one.at)
        for one in answers
    ]
    Answered.objects.system().bulk_create(rows, ignore_conflicts=True)


def waiting(count: int) -> list[Answer]:
    """Answers that not all their orders know, the oldest first."""
    rows = Answered.objects.system().order_by("pk")[:count]
    return [Answer(row.pk, row.hash, row.payout, row.is_paid, row.at, row.done) for row in rows]


def paid_by(payout: int, after: int, count: int) -> list[int]:
    """The orders that a payout paid, after a number."""
    rows = PaidOut.objects.system().filter(payout=payout, conversion__gt=after).order_by("conversion")
    return list(rows.values_list("conversion", flat=True)[:count])


def keep(told: Iterable[Told], orders: Mapping[int, OrderState]) -> None:
    """Note that these orders were paid out, or no longer are, and how far each answer is; all or nothing."""
    with transaction.atomic(using=CONVERSIONS):
        for one in told:
            if one.answer.is_paid:
                _pay(one, orders)
            else:
                rows = PaidOut.objects.system().filter(payout=one.answer.payout)
                rows.filter(conversion__in=one.orders).delete()
            _note(one)


def _pay(told: Told, orders: Mapping[int, OrderState]) -> None:
    answer = told.answer
    rows = [
        (order.id, told.publisher, order.advertiser, order.occurred_at, answer.payout, answer.at)
        for order in map(orders.get, told.orders)
        if order is not None
    ]
    with connections[CONVERSIONS].cursor() as cursor:
        cursor.executemany(_PAID, rows)


def _note(told: Told) -> None:
    rows = Answered.objects.system().filter(pk=told.answer.receipt)
    if told.is_last:
        rows.delete()
    else:
        rows.update(done=told.orders[-1])


def is_paid(caller: Caller) -> Exists:
    """Of an order, whether it was paid out: to the caller where it is a publisher, else to who won it."""
    rows = PaidOut.objects.system().filter(conversion=OuterRef("pk"))
    if caller.kind is Kind.PUBLISHER:
        return Exists(rows.filter(publisher__in=caller.publishers))
    return Exists(rows.filter(publisher=OuterRef("publisher")))


def paid_of(caller: Caller, rows: Collection[Conversion]) -> dict[int, PaidBy]:
    """Which of these orders were paid out: to the caller where it has a part, else to who won them."""
    winners = {row.pk: row.publisher for row in rows}
    mine = caller.publishers if caller.kind is Kind.PUBLISHER else frozenset[int]()
    found = PaidOut.objects.system().filter(conversion__in=winners)
    return {
        one.conversion: PaidBy(from_ms(one.at), one.payout)
        for one in found
        if one.publisher in mine or (not mine and one.publisher == winners[one.conversion])
    }


_PAID: Final = (
    f"INSERT INTO {PaidOut._meta.db_table} (conversion, publisher, advertiser, occurred_at, payout, at)"
    " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (conversion, publisher)"
    " DO UPDATE SET payout = excluded.payout, at = excluded.at"
)
