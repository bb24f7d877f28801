"""What an auditor asks of the book: rows that contradict each other. Every question walks whole tables."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from utfall.engine import OrderState, OrderStatus
from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.stored import decode_order

_MOST: Final = 20

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
    """Transactions whose entries do not sum to zero, are fewer than two or of another currency."""
    rows = raw(book).execute(
        """
        SELECT book_transaction.id FROM book_transaction
        LEFT JOIN book_entry ON transaction_id = book_transaction.id
        LEFT JOIN book_account ON book_account.id = account_id
        GROUP BY book_transaction.id
        HAVING count(amount_micros) < 2 OR sum(amount_micros) <> 0
            OR sum(book_account.currency <> book_transaction.currency) > 0
        LIMIT ?
        """,
        (_MOST,),
    )
    return [number for (number,) in rows]


def wrong_balances(book: Book) -> list[int]:
    """Accounts whose balance is not the sum of their entries."""
    rows = raw(book).execute(
        """
        SELECT book_account.id FROM book_account LEFT JOIN book_entry ON account_id = book_account.id
        GROUP BY book_account.id HAVING balance_micros <> coalesce(sum(amount_micros), 0) LIMIT ?
        """,
        (_MOST,),
    )
    return [number for (number,) in rows]


def wrong_commissions(book: Book) -> list[tuple[int, str, str, int, int]]:
    """Publisher, currency and bucket where the commissions are not what stands on the account, with both."""
    rows = raw(book).execute(
        """
        WITH told AS (
            SELECT publisher, currency, status AS bucket, sum(commission_micros) AS micros
            FROM book_commission
            WHERE status IN ('pending', 'approved', 'payable') GROUP BY publisher, currency, status
        ), stands AS (
            SELECT owner_id AS publisher, currency, bucket, -balance_micros AS micros FROM book_account
            WHERE owner = 'publisher'
        ), keys AS (
            SELECT publisher, currency, bucket FROM told UNION SELECT publisher, currency, bucket FROM stands
        )
        SELECT publisher, currency, bucket, coalesce(told.micros, 0), coalesce(stands.micros, 0) FROM keys
        LEFT JOIN told USING (publisher, currency, bucket)
        LEFT JOIN stands USING (publisher, currency, bucket)
        WHERE coalesce(told.micros, 0) <> coalesce(stands.micros, 0) LIMIT ?
        """,
        (_MOST,),
    )
    return list(rows)


def orders(book: Book) -> Iterator[OrderState]:
    """Every order as the engine knows it."""
    rows = raw(book).execute("SELECT state FROM book_conversion ORDER BY id")
    return (decode_order(state) for (state,) in rows)


def held_of_limits(book: Book) -> dict[tuple[int, str, int], Held]:
    """What orders hold of each row of a limit, keyed as the rows are: limit, period, publisher."""
    sums: dict[tuple[int, str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for order in orders(book):
        kind = 2 if order.status is OrderStatus.REVERSED else order.status is not OrderStatus.PENDING
        for hold in order.holds:
            sums[hold.limit, hold.period, hold.publisher][kind] += hold.amount
    return {key: Held(*amounts) for key, amounts in sums.items()}


def touch_programs(book: Book) -> set[int]:
    """Programs that paid for touches; their limits hold more than their orders do."""
    rows = raw(book).execute("SELECT DISTINCT program FROM book_commission WHERE source = 'touches'")
    return {program for (program,) in rows}


def standing_sums(book: Book) -> dict[str, dict[str, int]]:
    """By currency, what the lake can compare: commission pending and approved (or payable), fee and cost."""
    sums: dict[str, dict[str, int]] = {}
    rows = raw(book).execute(
        "SELECT currency, owner, bucket, sum(balance_micros) FROM book_account GROUP BY 1, 2, 3"
    )
    for currency, owner, bucket, micros in rows:
        name, sign = _ACCOUNTS[owner, bucket]
        sums.setdefault(currency, dict.fromkeys(MEASURES, 0))[name] += sign * micros
    return sums
