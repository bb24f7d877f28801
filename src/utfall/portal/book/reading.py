"""Questions the book answers: balances, what publishers earned, orders, receipts, batches."""

from collections.abc import Iterator
from itertools import islice

import msgspec

from utfall.portal.book.connection import raw, walk
from utfall.portal.book.contracts import (
    Balance,
    BatchRow,
    Book,
    BudgetRow,
    ConversionRow,
    Earned,
    EntryRow,
    ReceiptRow,
    TransactionRow,
    TrialBalance,
    Unknown,
)
from utfall.portal.book.rows import select, select_all
from utfall.portal.book.sums import parts, whole


def trial_balance(book: Book) -> list[TrialBalance]:
    """Debits and credits of all accounts, by currency."""
    sums: dict[str, list[int]] = {}
    for one in balances(book):
        sums.setdefault(one.currency, [0, 0])[one.balance_micros < 0] += one.balance_micros
    return [TrialBalance(currency, *sides) for currency, sides in sorted(sums.items())]


def balances(book: Book) -> list[Balance]:
    """Every account with what stands on it, by owner."""
    rows = raw(book).execute(
        "SELECT owner, owner_id, bucket, currency, balance_micros FROM book_account"
        " ORDER BY owner, owner_id, bucket, currency"
    )
    return [
        Balance(owner, number, bucket, currency, int(micros))
        for owner, number, bucket, currency, micros in rows
    ]


def earned(book: Book) -> list[Earned]:
    """What every publisher earned, by currency and status of the commissions."""
    rows = raw(book).execute(
        f"SELECT publisher, currency, status, {parts('commission_micros')} FROM ("
        " SELECT publisher, currency, status, commission_micros FROM book_commission UNION ALL"
        " SELECT publisher, currency, status, commission_micros FROM book_tier WHERE commission_micros <> 0"
        ") AS one GROUP BY publisher, currency, status ORDER BY publisher, currency, status"
    )
    return [
        Earned(publisher, currency, status, whole(high, low))
        for publisher, currency, status, high, low in rows
    ]


def budgets(book: Book) -> list[BudgetRow]:
    """Every row of every limit."""
    return list(select(book, BudgetRow, "book_budget", "ORDER BY limit_id, period, customer, publisher"))


def conversion(book: Book, advertiser: int, outcome: str, reference: str) -> ConversionRow:
    """An order by what the advertiser calls it; Unknown if the book has none."""
    key = (advertiser, outcome, reference)
    where = "WHERE advertiser = ? AND outcome = ? AND reference = ?"
    for row in select(book, ConversionRow, "book_conversion", where, key):
        return row
    raise Unknown(f"no {outcome} {reference} of advertiser {advertiser}")


def conversions(book: Book) -> Iterator[ConversionRow]:
    """Every order, by number."""
    return select_all(book, ConversionRow, "book_conversion", "ORDER BY id")


def conversions_by_key(book: Book) -> Iterator[ConversionRow]:
    """Every order, by what the advertisers call them: the order in which two books can be compared."""
    return select_all(book, ConversionRow, "book_conversion", "ORDER BY advertiser, outcome, reference")


def transactions_of(book: Book, conversion: int) -> list[TransactionRow]:
    """Every transaction about an order, oldest first."""
    where = "WHERE conversion_id = ? ORDER BY id"
    return list(select(book, TransactionRow, "book_transaction", where, (conversion,)))


def entries_of(book: Book, transaction: int) -> list[EntryRow]:
    """The entries of a transaction, by account."""
    rows = raw(book).execute(
        "SELECT transaction_id, owner, owner_id, bucket, currency, amount_micros"
        " FROM book_entry JOIN book_account ON book_account.id = account_id"
        " WHERE transaction_id = ? ORDER BY account_id",
        (transaction,),
    )
    return [EntryRow(*row) for row in rows]


def receipt(book: Book, number: int) -> ReceiptRow:
    """A receipt by its number; Unknown if there is none."""
    for row in select(book, ReceiptRow, "book_receipt", "WHERE id = ?", (number,)):
        return row
    raise Unknown(f"no receipt {number}")


def fullest_budgets(book: Book) -> list[BudgetRow]:
    """Of every limit and period the row of which most is used: of a publisher, a customer, or of all."""
    rows = raw(book).execute(
        "SELECT limit_id, period, publisher, cap, reserved, settled, customer FROM ("
        " SELECT *, row_number() OVER (PARTITION BY limit_id, period"
        " ORDER BY reserved + settled DESC, customer, publisher) AS place FROM book_budget"
        ") AS one WHERE place = 1 ORDER BY limit_id, period"
    )
    return [BudgetRow(*row) for row in rows]


def sides_of(book: Book, receipt: int) -> dict[int, bytes]:
    """What the further parties of a receipt read, by publisher: who won has its side in the receipt."""
    rows = raw(book).execute("SELECT publisher, side FROM book_side WHERE receipt_id = ?", (receipt,))
    return dict(rows.fetchall())


def sides_from(book: Book, number: int, count: int) -> dict[int, dict[int, bytes]]:
    """The sides of further parties of receipts `[number, number + count)`, by receipt and publisher."""
    found: dict[int, dict[int, bytes]] = {}
    rows = raw(book).execute(
        "SELECT receipt_id, publisher, side FROM book_side WHERE receipt_id >= ? AND receipt_id < ?"
        " ORDER BY receipt_id, publisher",
        (number, number + count),
    )
    for receipt, publisher, side in rows:
        found.setdefault(receipt, {})[publisher] = side
    return found


def receipts_of_conversion(book: Book, conversion: int) -> list[ReceiptRow]:
    """The receipts of an order, oldest first."""
    where = "WHERE conversion_id = ? ORDER BY id"
    return list(select(book, ReceiptRow, "book_receipt", where, (conversion,)))


def receipts_of_transaction(book: Book, transaction: int) -> list[ReceiptRow]:
    """The receipts that explain a transaction: found by its order, where it is about one."""
    where = (
        "WHERE (conversion_id IS NULL AND transaction_id = ?) OR (transaction_id = ? AND conversion_id ="
        " (SELECT conversion_id FROM book_transaction WHERE id = ?)) ORDER BY id"
    )
    return list(select(book, ReceiptRow, "book_receipt", where, (transaction,) * 3))


def receipts_saying(book: Book, field: str, value: str | int, limit: int = 10) -> list[ReceiptRow]:
    """The latest receipts whose body has a value in a field, such as `event` or `reason`.

    It walks the receipts from the newest: meant for a person's question, not for a page.
    """
    looked_for = msgspec.json.encode(value)
    saying = (
        number
        for number, body in walk(book, "SELECT id, body FROM book_receipt ORDER BY id DESC")
        if looked_for in body and msgspec.json.decode(body).get(field) == value
    )
    return [receipt(book, number) for number in islice(saying, limit)]


def receipts_from(book: Book, number: int, count: int) -> Iterator[ReceiptRow]:
    """Receipts `[number, number + count)`, in the order of the chain."""
    where = "WHERE id >= ? AND id < ? ORDER BY id"
    return select_all(book, ReceiptRow, "book_receipt", where, (number, number + count))


def latest_receipt(book: Book) -> int:
    """The number of the last receipt; 0 where there is none."""
    (number,) = raw(book).execute("SELECT max(id) FROM book_receipt").fetchone()
    return number or 0


def receipts_told(book: Book, after: int, count: int) -> list[tuple[int, int | None, bytes]]:
    """The next receipts after a number, oldest first: number, publisher and body, without the sides."""
    found = raw(book).execute(
        "SELECT id, publisher, body FROM book_receipt WHERE id > ? ORDER BY id LIMIT ?", (after, count)
    )
    return found.fetchall()


def batch(book: Book, seq: int) -> BatchRow:
    """A settled batch by its number; Unknown if there is none."""
    for row in select(book, BatchRow, "book_batch", "WHERE seq = ?", (seq,)):
        return row
    raise Unknown(f"no batch {seq}")


def batches(book: Book) -> Iterator[BatchRow]:
    """Every settled batch, in order."""
    return select_all(book, BatchRow, "book_batch", "ORDER BY seq")
