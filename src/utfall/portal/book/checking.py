"""What an auditor asks of the book: rows that contradict each other. Every question walks whole tables."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from utfall.engine import OrderState, OrderStatus, Pool, PoolKey
from utfall.portal.book import reading
from utfall.portal.book.connection import raw, walk
from utfall.portal.book.contracts import Book
from utfall.portal.book.money_checking import balances_earned
from utfall.portal.book.stored import decode_order, decode_pool
from utfall.portal.book.sums import parts, whole

_MOST: Final = 20
_BUCKETS: Final = ("pending", "approved", "payable")

MEASURES: Final = ("commission_pending_micros", "commission_approved_micros", "fee_micros", "cost_micros")
"""What can be compared with the lake, by currency."""

_ACCOUNTS: Final = {
    ("publisher", "pending"): ("commission_pending_micros", -1),
    ("publisher", "approved"): ("commission_approved_micros", -1),
    ("publisher", "payable"): ("commission_approved_micros", -1),
    ("operator", "fee_pending"): ("fee_micros", -1),
    ("operator", "fee"): ("fee_micros", -1),
    ("advertiser", "accrued"): ("cost_micros", 1),
    ("advertiser", "owed"): ("cost_micros", 1),
}


class Held(NamedTuple):
    """What orders hold of one row of a limit. Reversed ones hold a count, reserved or settled."""

    reserved: int
    settled: int
    reversed: int


def unbalanced_transactions(book: Book) -> list[int]:
    """Transactions whose entries do not sum to zero, are fewer than two or of another currency.

    The sum is asked for in halves (see `sums`): in a broken book it need not fit into 64 bits.
    """
    rows = raw(book).execute(
        """
        SELECT book_transaction.id FROM book_transaction
        LEFT JOIN book_entry ON transaction_id = book_transaction.id
        LEFT JOIN book_account ON book_account.id = account_id
        GROUP BY book_transaction.id
        HAVING count(amount_micros) < 2
            OR CAST(sum(amount_micros & 4294967295) AS BIGINT) & 4294967295 <> 0
            OR sum(amount_micros >> 32) + (CAST(sum(amount_micros & 4294967295) AS BIGINT) >> 32) <> 0
            OR count(CASE WHEN book_account.currency <> book_transaction.currency THEN 1 END) > 0
        LIMIT ?
        """,
        (_MOST,),
    )
    return [number for (number,) in rows]


def wrong_balances(book: Book) -> list[int]:
    """Accounts whose balance is not the sum of their entries."""
    rows = raw(book).execute(
        f"SELECT account_id, {parts('amount_micros')} FROM book_entry GROUP BY account_id"
    )
    sums = {account: whole(high, low) for account, high, low in rows}
    stand = raw(book).execute("SELECT id, balance_micros FROM book_account ORDER BY id")
    wrong = (number for number, micros in stand if int(micros) != sums.get(number, 0))
    return list(islice(wrong, _MOST))


def wrong_commissions(book: Book) -> list[tuple[int, str, str, int, int]]:
    """Publisher, currency and bucket where the commissions are not what stands on the account, with both.

    What was paid, taxed or exchanged left the account, and is counted as if it had not.
    """
    told = {
        (one.publisher, one.currency, one.status): one.commission_micros
        for one in reading.earned(book)
        if one.status in _BUCKETS
    }
    stands = {
        (one.owner_id, one.currency, one.bucket): -one.balance_micros
        for one in balances_earned(book)
        if one.owner == "publisher" and one.bucket in _BUCKETS
    }
    both = ((*key, told.get(key, 0), stands.get(key, 0)) for key in sorted({*told, *stands}))
    return list(islice((one for one in both if one[3] != one[4]), _MOST))


def orders(book: Book) -> Iterator[OrderState]:
    """Every order as the engine knows it."""
    rows = walk(book, "SELECT state FROM book_conversion ORDER BY id")
    return (decode_order(state) for (state,) in rows)


def held_of_limits(book: Book) -> dict[tuple[int, str, int, str], Held]:
    """What orders hold of each row of a limit, keyed as the rows are: limit, period, publisher, customer."""
    sums: dict[tuple[int, str, int, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for order in orders(book):
        kind = 2 if order.status is OrderStatus.REVERSED else order.status is not OrderStatus.PENDING
        for hold in order.holds:
            sums[hold.limit, hold.period, hold.publisher, hold.customer][kind] += hold.amount
    for pool in pools(book):
        kind = pool.status is not OrderStatus.PENDING
        for hold in pool.holds:
            sums[hold.limit, hold.period, hold.publisher, hold.customer][kind] += hold.amount
    return {key: Held(*amounts) for key, amounts in sums.items()}


def pools(book: Book) -> Iterator[Pool]:
    """Every pool of a tier as the engine knows it."""
    rows = walk(book, "SELECT state FROM book_tier ORDER BY rule, period, publisher")
    return (decode_pool(state) for (state,) in rows)


def miscounted_pools(book: Book) -> list[PoolKey]:
    """Pools that count something else than their orders do."""
    told: dict[PoolKey, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for order in orders(book):
        for share in order.tiers:
            own = share.counted
            amounts = (own.orders, own.amount_micros, own.commission_micros, sum(own.at_steps))
            sums = told[PoolKey(share.rule, order.publisher or 0, share.period)]
            sums[:] = [held + more for held, more in zip(sums, amounts, strict=True)]
    for pool in pools(book):
        held = pool.counted
        counted = (held.orders, held.amount_micros, held.commission_micros, sum(held.at_steps))
        sums = told[pool.key]
        sums[:] = [stood - less for stood, less in zip(sums, counted, strict=True)]
    return [key for key, sums in sorted(told.items()) if any(sums)][:_MOST]


def touch_programs(book: Book) -> set[int]:
    """Programs that paid for touches; their limits hold more than their orders do."""
    rows = raw(book).execute("SELECT DISTINCT program FROM book_commission WHERE source = 'touches'")
    return {program for (program,) in rows}


def standing_sums(book: Book) -> dict[str, dict[str, int]]:
    """By currency, what the lake can compare: commission pending and approved (or payable), fee and cost.

    It was earned, whatever was paid of it since.
    """
    sums: dict[str, dict[str, int]] = {}
    for one in balances_earned(book):
        if (one.owner, one.bucket) not in _ACCOUNTS:
            continue
        name, sign = _ACCOUNTS[one.owner, one.bucket]
        of_currency = sums.setdefault(one.currency, dict.fromkeys(MEASURES, 0))
        of_currency[name] += sign * one.balance_micros
    return sums
