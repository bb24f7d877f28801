"""Which accounts move when: every change of a commission as a balanced set of entries.

| step    | advertiser, what it owes | publisher, the commission | operator, the fee    |
|---------|--------------------------|---------------------------|----------------------|
| accrue  | accrued                  | pending                   | fee_pending          |
| approve | accrued to owed          | pending to approved       | fee_pending to fee   |
| release |                          | approved to payable       |                      |
| reverse | the mirror image, on the accounts where the commission stands            |||

A touch (impression, click) is certain at once: it goes straight to owed, approved and fee.
"""

from typing import Final

from utfall.engine.batch import Entry
from utfall.engine.state import OrderStatus

Entries = tuple[Entry, ...]

BUCKETS: Final[dict[OrderStatus, tuple[str, str, str]]] = {
    OrderStatus.PENDING: ("accrued", "pending", "fee_pending"),
    OrderStatus.APPROVED: ("owed", "approved", "fee"),
    OrderStatus.PAYABLE: ("owed", "payable", "fee"),
}
"""Where a commission stands: the advertiser's, the publisher's and the operator's account."""

OPERATOR: Final = 1


def standing(
    status: OrderStatus, *, advertiser: int, publisher: int, commission_micros: int, fee_micros: int
) -> Entries:
    """The entries that put a commission on the accounts of a status; negative amounts take it off again."""
    advertiser_bucket, publisher_bucket, fee_bucket = BUCKETS[status]
    return nonzero(
        Entry("advertiser", advertiser, advertiser_bucket, commission_micros + fee_micros),
        Entry("publisher", publisher, publisher_bucket, -commission_micros),
        Entry("operator", OPERATOR, fee_bucket, -fee_micros),
    )


def moved(
    source: OrderStatus,
    target: OrderStatus,
    *,
    advertiser: int,
    publisher: int,
    commission_micros: int,
    fee_micros: int,
) -> Entries:
    """The entries that move a commission from one status to another; accounts that do not change are left
    out.
    """
    away = standing(
        source,
        advertiser=advertiser,
        publisher=publisher,
        commission_micros=-commission_micros,
        fee_micros=-fee_micros,
    )
    there = standing(
        target,
        advertiser=advertiser,
        publisher=publisher,
        commission_micros=commission_micros,
        fee_micros=fee_micros,
    )
    return netted((*away, *there))


def netted(entries: Entries) -> Entries:
    """One entry per account, accounts that come to nothing left out."""
    sums: dict[tuple[str, int, str], int] = {}
    for entry in entries:
        account = (entry.owner, entry.owner_id, entry.bucket)
        sums[account] = sums.get(account, 0) + entry.amount_micros
    return nonzero(*(Entry(*account, micros) for account, micros in sums.items()))


def nonzero(*entries: Entry) -> Entries:
    """The entries that move something; what is left always balances."""
    amounts = [entry.amount_micros for entry in entries]
    assert sum(amounts) == 0, "a transaction balances"
    return entries if all(amounts) else tuple([entry for entry in entries if entry.amount_micros])
