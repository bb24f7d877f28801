"""What is payable to everybody now, and what the commissions of a payout come to: one question each."""

from collections.abc import Collection, Iterator
from typing import Final

from utfall.money import minor_micros
from utfall.portal.book.accounts import account_of, last_transaction
from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.money import Payable, PayoutRow
from utfall.portal.book.sums import parts, whole


def payables_now(book: Book, publishers: Collection[int] | None = None) -> Iterator[tuple[int, Payable]]:
    """What a payout through the last entry must say, with that entry: of all whose balance is not zero, or of
    some publishers. Who owes has a standing below zero, which carries forward.
    """
    through = last_transaction(book)
    rows = raw(book).execute(
        "SELECT owner_id, currency, balance_micros FROM book_account"
        f" WHERE owner = 'publisher' AND bucket = 'payable' AND balance_micros <> '0' AND {_of(publishers)}"
        " ORDER BY owner_id, currency"
    )
    for number, currency, balance in rows:
        now = -int(balance)
        unit = minor_micros(currency)
        yield through, Payable(number, currency, now, now, max(now, 0) // unit * unit)


def _of(publishers: Collection[int] | None) -> str:
    if publishers is None:
        return "owner_id > 0"
    return f"owner_id IN ({', '.join(str(int(one)) for one in publishers) or 'NULL'})"


_PAID: Final = f"""
    SELECT {parts("-line.amount_micros")} FROM book_commission AS c
    JOIN book_account AS a ON a.owner = 'publisher' AND a.owner_id = c.publisher AND a.bucket = 'payable'
        AND a.currency = c.currency
    JOIN book_line AS line ON line.account_id = a.id AND line.transaction_id = c.released
    WHERE c.paid_by = ?
"""


def paid_sum(book: Book, transaction: int) -> int:
    """What the commissions that a transaction (of a payout or an exchange) paid come to, in micros."""
    return whole(*raw(book).execute(_PAID, (transaction,)).fetchone())


_MOVED: Final = f"""
    SELECT t.kind, {parts("-line.amount_micros")} FROM book_line AS line
    JOIN book_transaction AS t ON t.id = line.transaction_id
    WHERE line.account_id = ? AND line.transaction_id > ? AND line.transaction_id <= ? GROUP BY t.kind
"""


def moved_sums(book: Book, row: PayoutRow, kinds: Collection[str]) -> dict[str, int]:
    """What transactions of some kinds moved of what was payable, between the payout before this and it."""
    connection = raw(book)
    account, _ = account_of(connection, "publisher", row.publisher, "payable", row.currency)
    rows = connection.execute(_MOVED, (account, row.since, row.through))
    return {kind: whole(high, low) for kind, high, low in rows if kind in kinds}
