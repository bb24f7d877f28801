"""Deposits, exchanges, and what was said of events of money."""

from collections.abc import Collection

from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.money import Answer, ExchangeRow, FundingRow, FundingStatus
from utfall.portal.book.rows import chunks, marks, newest, select


def answers(book: Book, events: Collection[str]) -> dict[str, Answer]:
    """What was said of events, by their ids; those that are not settled yet are absent."""
    found: dict[str, Answer] = {}
    for some in chunks(events):
        rows = select(book, Answer, "book_answer", f"WHERE event IN ({marks(some)})", tuple(some))
        found.update((row.event, row) for row in rows)
    return found


def fundings(
    book: Book,
    *,
    advertiser: int | None = None,
    status: FundingStatus | None = None,
    before: int | None = None,
    count: int = 100,
) -> list[FundingRow]:
    """The newest deposits first; `before` is the id of the last of the page before."""
    asked = {"advertiser": advertiser, "status": status}
    return newest(book, FundingRow, "book_funding", "id", asked, before=before, count=count)


def exchanges(
    book: Book,
    *,
    owner: str | None = None,
    party: int | None = None,
    before: int | None = None,
    count: int = 100,
) -> list[ExchangeRow]:
    """The newest exchanges first; `before` is the transaction of the last of the page before."""
    asked = {"owner": owner, "party": party}
    return newest(book, ExchangeRow, "book_exchange", "transaction_id", asked, before=before, count=count)


def exchanges_of(book: Book, transactions: Collection[int]) -> dict[int, ExchangeRow]:
    """The exchanges that transactions belong to, in either currency; others are left out."""
    found: dict[int, ExchangeRow] = {}
    for some in chunks(transactions):
        # The transaction in the other currency corrects the one that an exchange is known by.
        firsts = dict(
            raw(book).execute(
                "SELECT id, coalesce(corrects_id, id) FROM book_transaction"
                f" WHERE kind = 'exchange' AND id IN ({marks(some)})",
                some,
            )
        )
        known = sorted(set(firsts.values()))
        where = f"WHERE transaction_id IN ({marks(known)})"
        rows = select(book, ExchangeRow, "book_exchange", where, tuple(known))
        by_first = {one.transaction: one for one in rows}
        found |= {one: by_first[first] for one, first in firsts.items() if first in by_first}
    return found


def exchanges_of_payout(book: Book, transaction: int) -> list[ExchangeRow]:
    """The exchanges into a payout's currency that it paid; ask `paid_by` for the commissions of each."""
    where = "WHERE paid_by = ? ORDER BY transaction_id"
    return list(select(book, ExchangeRow, "book_exchange", where, (transaction,)))
