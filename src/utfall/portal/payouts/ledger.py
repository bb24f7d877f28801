"""What payouts ask of the book, in one place."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.payouts.contracts import Payable

OTHERS: Final = ("paper", "refund", "tier", "tier_release", "clawback")
"""What moves what is payable besides commissions, exchanges and payouts."""


Paid = tuple[int, book.PaidCommission]
"""A commission, and the place of the exchange that brought it into the payout's currency; 0: none did."""


def payables(publishers: Collection[int] | None = None) -> list[Payable]:
    """What stands payable now, of some publishers or of all; below zero is owed by the publisher."""
    with opened() as found:
        rows = () if found is None else book.payables_now(found, publishers)
        return [
            Payable(
                publisher=one.publisher,
                currency=one.currency,
                micros=one.standing_micros,
                whole_micros=one.whole_micros,
                up_to=through,
            )
            for through, one in rows
        ]


def latest_receipt() -> int:
    """The number of the last receipt: whatever is payable changes with one."""
    with opened() as found:
        return 0 if found is None else book.latest_receipt(found)


def earned(publisher: int) -> dict[str, dict[str, int]]:
    """What stands on a publisher's accounts, by currency and bucket; positive is owed to the publisher."""
    told: dict[str, dict[str, int]] = {}
    with opened() as found:
        for one in book.balances_of(found, "publisher", publisher) if found is not None else ():
            told.setdefault(one.currency, {})[one.bucket] = -one.balance_micros
    return told


def commissions(payout: int, after: tuple[int, str, int], count: int) -> list[Paid]:
    """The commissions that a payout paid, its own first and then those of each of its exchanges; none before
    settlement has read of it. `after`: of which exchange (0: of none), source and number of the last before.
    """
    with _settled(payout) as settled:
        if settled is None:
            return []
        found, row = settled
        told: list[Paid] = []
        first, source, number = after
        for place, transaction in enumerate(_transactions(found, row)):
            if place >= first and len(told) < count:
                start = (source, number) if place == first else ("", 0)
                rows = book.paid_by(found, transaction, start, count - len(told))
                told += [(place, one) for one in rows]
        return told


def _transactions(found: book.Book, row: book.PayoutRow) -> list[int]:
    """The transactions that took the commissions of a payout: its own, and those of its exchanges."""
    turned = book.exchanges_of_payout(found, row.transaction)
    return [row.transaction, *(one.transaction for one in turned)]


class Sums(NamedTuple):
    """What adds up to a payout. `carried_micros`: what stood there before, whatever it is of."""

    commissions_micros: int
    others: tuple[tuple[str, int], ...]
    exchanged_micros: int
    carried_micros: int


def sums(payout: int) -> Sums | None:
    """What adds up to a payout, in its currency; None before settlement has read of it, and once it came
    back: what was in it is payable again.
    """
    with _settled(payout) as settled:
        if settled is None or settled[1].status in ("failed", "returned"):
            return None
        found, row = settled
        commissions = book.paid_sum(found, row.transaction)
        turned = sum(one.into_amount_micros for one in book.exchanges_of_payout(found, row.transaction))
        others = book.moved_sums(found, row, OTHERS)
        rest = row.amount_micros - commissions - turned - sum(others.values())
        told = tuple((kind, others[kind]) for kind in OTHERS if others.get(kind))
        return Sums(commissions, told, turned, rest)


@contextmanager
def _settled(payout: int) -> Iterator[tuple[book.Book, book.PayoutRow] | None]:
    with opened() as found:
        try:
            yield None if found is None else (found, book.payout(found, payout))
        except book.Unknown:
            yield None
