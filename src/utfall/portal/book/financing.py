"""What funding and finance ask: the papers of advertisers, what publishers wait for, holds that end, fees."""

from datetime import date
from typing import Final, NamedTuple

from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Balance, Book
from utfall.portal.book.sums import parts, whole

DAY_MS: Final = 86_400_000


class AdvertiserPaper(NamedTuple):
    """A paper of an advertiser, and how far it is paid. `through_at` is when its last entry was settled."""

    id: int
    name: str
    kind: str
    party: int
    currency: str
    due: str | None
    corrects: str | None
    net_micros: int
    tax_micros: int
    settled_micros: int
    credited_micros: int
    through: int
    through_at: int
    at: int

    @property
    def total_micros(self) -> int:
        """Net and tax."""
        return self.net_micros + self.tax_micros

    @property
    def open_micros(self) -> int:
        """What nobody paid yet; of a credit note, below zero, what the deposit has not yet."""
        return self.total_micros - self.settled_micros

    @property
    def due_on(self) -> date | None:
        """The day on which it is due."""
        return date.fromisoformat(self.due) if self.due else None


class Unpaid(NamedTuple):
    """Commission of a publisher that is payable and not paid, by the entry that approved it.

    `advertiser`: None where it is of no order.
    """

    program: int
    advertiser: int | None
    currency: str
    approved: int
    micros: int


class HoldEnding(NamedTuple):
    """What becomes payable on a day; the number of the day since 1970, in UTC."""

    currency: str
    day: int
    micros: int


class Fees(NamedTuple):
    """What the network earned between two entries."""

    currency: str
    micros: int


_PAPERS: Final = """
    SELECT p.id, p.name, p.kind, p.party, p.currency, p.due, p.corrects, p.net_micros, p.tax_micros,
        p.settled_micros, p.credited_micros, p.through, coalesce(b.now, 0), p.at
    FROM book_paper AS p LEFT JOIN book_transaction AS t ON t.id = p.through
    LEFT JOIN book_batch AS b ON b.seq = t.batch
    WHERE p.owner = 'advertiser'
"""


def advertiser_papers(book: Book, advertiser: int | None = None) -> list[AdvertiserPaper]:
    """Every paper of an advertiser, or of none in particular those that are open, in the order of issue."""
    if advertiser is None:
        tail, values = "AND p.settled_micros <> p.net_micros + p.tax_micros ORDER BY p.id", ()
        rows = raw(book).execute(_PAPERS + tail, values)
    else:
        rows = raw(book).execute(_PAPERS + "AND p.party = ? ORDER BY p.id", (advertiser,))
    return [AdvertiserPaper(*row) for row in rows]


def balances_by_owner(book: Book, owner: str) -> list[Balance]:
    """Every account of advertisers, of publishers, or of the operator, with what stands on it."""
    rows = raw(book).execute(
        "SELECT owner, owner_id, bucket, currency, balance_micros FROM book_account"
        " WHERE owner = ? ORDER BY owner_id, bucket, currency",
        (owner,),
    )
    return [
        Balance(one, number, bucket, currency, int(micros)) for one, number, bucket, currency, micros in rows
    ]


_UNPAID: Final = """
    SELECT c.program, o.advertiser, c.currency,
        CASE WHEN c.source = 'conversion' THEN coalesce((
            SELECT min(t.id) FROM book_transaction AS t
            WHERE t.conversion_id = c.number AND t.kind IN ('approve', 'auto_approve')), c.released)
        ELSE c.number END,
        c.commission_micros
    FROM book_commission AS c
    LEFT JOIN book_conversion AS o ON c.source = 'conversion' AND o.id = c.number
    WHERE c.publisher = ? AND c.released IS NOT NULL AND c.paid_by IS NULL
"""


def unpaid_of(book: Book, publisher: int) -> list[Unpaid]:
    """Every commission of a publisher that is payable and in no payout."""
    return [Unpaid(*row) for row in raw(book).execute(_UNPAID, (publisher,))]


_ENDING: Final = f"""
    SELECT c.currency, d.due_at / {DAY_MS}, {parts("c.commission_micros")}
    FROM book_commission AS d JOIN book_commission AS c ON c.source = d.source AND c.number = d.number
    WHERE d.due_at IS NOT NULL AND d.due_at < ? AND d.status = 'approved' AND c.status = 'approved'
    GROUP BY c.currency, d.due_at / {DAY_MS} ORDER BY c.currency, d.due_at / {DAY_MS}
"""


def holds_ending(book: Book, before_ms: int) -> list[HoldEnding]:
    """What is approved and becomes payable before a time, by day; with every party of an order."""
    rows = raw(book).execute(_ENDING, (before_ms,))
    return [HoldEnding(currency, day, whole(high, low)) for currency, day, high, low in rows]


_FEES: Final = f"""
    SELECT a.currency, {parts("-e.amount_micros")}
    FROM book_entry AS e JOIN book_account AS a ON a.id = e.account_id
    WHERE e.transaction_id > ? AND e.transaction_id <= ? AND a.owner = 'operator' AND a.bucket = 'fee'
    GROUP BY a.currency ORDER BY a.currency
"""


def fees_between(book: Book, after: int, through: int) -> list[Fees]:
    """What the network's certain fees grew by, after one entry and through another, by currency."""
    rows = raw(book).execute(_FEES, (after, through))
    return [Fees(currency, whole(high, low)) for currency, high, low in rows]


def first_settled_at(book: Book) -> int | None:
    """When the first batch was settled; None in an empty book."""
    row = raw(book).execute("SELECT now FROM book_batch ORDER BY seq LIMIT 1").fetchone()
    return int(row[0]) if row else None
