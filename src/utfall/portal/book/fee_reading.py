"""What the network earned with each advertiser."""

from typing import Final, NamedTuple

from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.sums import parts, whole


class AdvertiserFees(NamedTuple):
    """What the network earned with an advertiser between two entries; 0 where entries name none."""

    currency: str
    advertiser: int
    micros: int


_FEES: Final = f"""
    SELECT currency, advertiser, {parts("micros")} FROM (
        SELECT a.currency AS currency, -e.amount_micros AS micros, coalesce((
            SELECT max(payer.owner_id) FROM book_entry AS side
            JOIN book_account AS payer ON payer.id = side.account_id AND payer.owner = 'advertiser'
            WHERE side.transaction_id = e.transaction_id), 0) AS advertiser
        FROM book_entry AS e JOIN book_account AS a ON a.id = e.account_id
        WHERE e.transaction_id > ? AND e.transaction_id <= ? AND a.owner = 'operator' AND a.bucket = 'fee'
    ) AS told GROUP BY currency, advertiser ORDER BY currency, advertiser
"""


def fees_by_advertiser(book: Book, after: int, through: int) -> list[AdvertiserFees]:
    """What the network's certain fees grew by, after one entry and through another, by currency and
    advertiser: of the entries of a fee, another is on an account of who pays it.
    """
    rows = raw(book).execute(_FEES, (after, through))
    return [AdvertiserFees(currency, advertiser, whole(*halves)) for currency, advertiser, *halves in rows]
