"""What an auditor asks of papers, payouts and deposits: what they say against what stands on accounts."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from utfall.portal.book import reading
from utfall.portal.book.accounts import MONEY_KINDS, quoted
from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Balance, Book
from utfall.portal.book.rows import chunks, marks
from utfall.portal.book.sums import parts, whole

_MOST: Final = 20
Key = tuple[str, int, str, str]
"""Owner, number, bucket and currency of an account."""

_MOVED: Final = f"""
    SELECT account_id, {parts("amount_micros")}
    FROM book_transaction AS t INDEXED BY book_transaction_money
    CROSS JOIN book_entry ON transaction_id = t.id
    WHERE kind IN ({quoted(MONEY_KINDS)}) GROUP BY account_id
"""


def balances_earned(
    book: Book, owner: str | None = None, numbers: Collection[int] | None = None
) -> list[Balance]:
    """Accounts with what somebody earned on them, billed, paid or exchanged or not: everybody's by owner, all
    of one kind of owner, or those of some numbers.
    """
    if owner is None:
        return _earned(book, "", ())
    if numbers is None:
        return _earned(book, "WHERE owner = ?", (owner,))
    return [
        one
        for keys in chunks(sorted(numbers))
        for one in _earned(book, f"WHERE owner = ? AND owner_id IN ({marks(keys)})", (owner, *keys))
    ]


def _earned(book: Book, asked: str, values: Sequence[str | int]) -> list[Balance]:
    rows = raw(book).execute(
        "SELECT owner, owner_id, bucket, currency, balance_micros, outside_micros FROM book_account"
        f" {asked} ORDER BY owner, owner_id, bucket, currency",
        values,
    )
    return [
        Balance(owner, number, bucket, currency, int(stands) - int(outside))
        for owner, number, bucket, currency, stands, outside in rows
    ]


def wrong_moves(book: Book) -> Iterator[tuple[Key, int, int]]:
    """Accounts that say otherwise than their entries what money that moved outside did to them, with both."""
    moved = {account: whole(high, low) for account, high, low in raw(book).execute(_MOVED)}
    rows = raw(book).execute(
        "SELECT id, owner, owner_id, bucket, currency, outside_micros FROM book_account ORDER BY id"
    )
    for account, owner, number, bucket, currency, outside in rows:
        if int(outside) != (told := moved.get(account, 0)):
            yield (owner, number, bucket, currency), told, int(outside)


def wrong_lines(book: Book) -> Iterator[tuple[Key, int, int]]:
    """Accounts whose lines do not lead to what stands on them, with both."""
    rows = raw(book).execute(
        "SELECT owner, owner_id, bucket, currency, balance_micros,"
        f" {parts('amount_micros')} FROM book_line JOIN book_account AS a ON a.id = account_id GROUP BY a.id"
    )
    for owner, number, bucket, currency, stands, high, low in rows:
        if int(stands) != whole(high, low):
            yield (owner, number, bucket, currency), whole(high, low), int(stands)


_TOLD: Final = {
    "receivable": "SELECT 'advertiser', party, currency, net_micros + tax_micros - settled_micros"
    " FROM book_paper WHERE owner = 'advertiser'",
    "transfer": "SELECT 'publisher', publisher, currency, -amount_micros"
    " FROM book_payout WHERE status = 'sent'",
    "suspense": "SELECT 'operator', 1, currency, -amount_micros FROM book_funding WHERE status = 'suspense'",
}
"""By bucket: what open papers, payouts on their way and unknown payments say must stand there."""


def wrong_standings(book: Book) -> list[tuple[Key, int, int]]:
    """Accounts on which not that stands which papers, payouts and deposits say, with both."""
    told: defaultdict[Key, int] = defaultdict(int)
    for bucket, ask in _TOLD.items():
        for owner, number, currency, micros in raw(book).execute(ask):
            told[owner, number, bucket, currency] += micros
    stands = {
        (one.owner, one.owner_id, one.bucket, one.currency): one.balance_micros
        for one in reading.balances(book)
        if one.bucket in _TOLD
    }
    both = ((key, told.get(key, 0), stands.get(key, 0)) for key in sorted({*told, *stands}))
    return [one for one in both if one[1] != one[2]][:_MOST]


_OVERPAID: Final = """
    SELECT number FROM (
        SELECT t.event, t.kind,
            sum(amount_micros) OVER (PARTITION BY account_id ORDER BY transaction_id) AS after
        FROM book_line JOIN book_transaction AS t ON t.id = transaction_id
        WHERE account_id IN (SELECT id FROM book_account WHERE bucket = 'payable')
    ) AS line JOIN book_payout AS p ON p.event = line.event
    WHERE line.kind = 'payout' AND line.after > 0 ORDER BY number LIMIT ?
"""


def overpaid(book: Book) -> list[int]:
    """Payouts that took more than was payable when they were sent."""
    return [number for (number,) in raw(book).execute(_OVERPAID, (_MOST,))]


_WRONGLY_PAID: Final = """
    SELECT source, number FROM book_commission AS c WHERE paid_by IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM book_payout AS p WHERE p.transaction_id = c.paid_by AND p.publisher = c.publisher
            AND p.currency = c.currency AND c.released <= p.through AND p.status IN ('sent', 'completed')
        UNION ALL
        SELECT 1 FROM book_exchange AS e WHERE e.transaction_id = c.paid_by AND e.owner = 'publisher'
            AND e.party = c.publisher AND e.currency = c.currency AND c.released <= e.through
            AND e.undone IS NULL
    )
    LIMIT ?
"""


def wrongly_paid(book: Book) -> list[tuple[str, int]]:
    """Commissions that are said to be paid by what did not pay them, or before their hold had ended."""
    return raw(book).execute(_WRONGLY_PAID, (_MOST,)).fetchall()


def broken_series(book: Book) -> list[str]:
    """Series of papers with a gap."""
    rows = raw(book).execute(
        "SELECT series FROM book_paper GROUP BY series HAVING min(number) <> 1 OR max(number) <> count(*)"
        " ORDER BY series LIMIT ?",
        (_MOST,),
    )
    return [series for (series,) in rows]


def wrong_papers(book: Book) -> list[str]:
    """Papers that do not take up where the one before of their party left off."""
    rows = raw(book).execute(
        """
        SELECT name FROM (
            SELECT name, since,
                lag(through, 1, 0) OVER (PARTITION BY owner, party, currency ORDER BY id) AS before
            FROM book_paper
        ) AS one WHERE since <> before LIMIT ?
        """,
        (_MOST,),
    )
    return [name for (name,) in rows]
