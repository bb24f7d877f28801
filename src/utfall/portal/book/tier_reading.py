"""What stands of the corrections of tiers."""

from typing import NamedTuple

from utfall.engine import Pool
from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.reading import receipts_of_transaction
from utfall.portal.book.stored import decode_pool
from utfall.portal.book.sums import parts, whole


class CorrectionRow(NamedTuple):
    """A correction as it stands, and its latest receipt."""

    rule: int
    period: str
    publisher: int
    status: str
    currency: str
    orders: int
    commission_micros: int
    fee_micros: int
    receipt: int


def correction_of(book: Book, rule: int, period: str, publisher: int) -> CorrectionRow | None:
    """What a rule corrected for a publisher in a period; None where it corrects nothing there."""
    row = (
        raw(book)
        .execute(
            "SELECT state FROM book_tier WHERE rule = ? AND period = ? AND publisher = ?",
            (rule, period, publisher),
        )
        .fetchone()
    )
    if row is None:
        return None
    pool = decode_pool(row[0])
    receipts = receipts_of_transaction(book, pool.transaction) if pool.transaction is not None else []
    return _row(pool, receipts[-1].id) if receipts else None


def corrections(book: Book) -> dict[str, int]:
    """What all corrections together come to, in micros, by currency; without those where there is none."""
    rows = raw(book).execute(
        f"SELECT currency, {parts('commission_micros')} FROM book_tier"
        " WHERE commission_micros <> 0 GROUP BY currency ORDER BY currency"
    )
    return {currency: whole(high, low) for currency, high, low in rows}


def _row(pool: Pool, receipt: int) -> CorrectionRow:
    return CorrectionRow(
        rule=pool.rule,
        period=pool.period,
        publisher=pool.publisher,
        status=pool.status.value,
        currency=pool.currency,
        orders=pool.counted.orders,
        commission_micros=pool.correction_micros,
        fee_micros=pool.fee_micros,
        receipt=receipt,
    )
