"""Deposits, exchanges, and what was said of events of money."""

from collections.abc import Collection
from typing import Any, Final

from utfall.portal.book.connection import raw
from utfall.portal.book.contracts import Book, Unknown
from utfall.portal.book.money import Answer, ExchangeRow, FundingRow, FundingStatus

_CHUNK: Final = 500
_FUNDING: Final = ", ".join(FundingRow._fields[:-1]) + ", transaction_id"
_EXCHANGE: Final = ", ".join(
    {"transaction": "transaction_id", "into_transaction": "into_transaction_id", "into": '"into"'}.get(
        name, name
    )
    for name in ExchangeRow._fields
)


def answers(book: Book, events: Collection[str]) -> dict[str, Answer]:
    """What was said of events, by their ids; those that are not settled yet are absent."""
    wanted = list(events)
    found: dict[str, Answer] = {}
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        rows = raw(book).execute(
            f"SELECT event, receipt, reason FROM book_answer WHERE event IN ({', '.join('?' * len(some))})",
            some,
        )
        found.update((row[0], Answer(*row)) for row in rows)
    return found


def funding(book: Book, event: str) -> FundingRow:
    """A deposit by its event; Unknown if there is none."""
    for row in raw(book).execute(f"SELECT {_FUNDING} FROM book_funding WHERE event = ?", (event,)):
        return FundingRow(*row)
    raise Unknown(f"no funding {event}")


def is_known_movement(book: Book, identity: str) -> bool:
    """Whether a movement of the bank is in the book already, by the bank's own name of it."""
    asked = raw(book).execute("SELECT 1 FROM book_funding WHERE identity = ?", (identity,))
    return asked.fetchone() is not None


def fundings(
    book: Book,
    *,
    advertiser: int | None = None,
    status: FundingStatus | None = None,
    before: int | None = None,
    count: int = 100,
) -> list[FundingRow]:
    """The newest deposits first; `before` is the id of the last of the page before."""
    asked: dict[str, Any] = {"advertiser": advertiser, "status": status}
    held = {name: value for name, value in asked.items() if value is not None}
    where = [f"{name} = :{name}" for name in held]
    if before is not None:
        where.append("id < :before")
    rows = raw(book).execute(
        f"SELECT {_FUNDING} FROM book_funding WHERE {' AND '.join(where) or 'TRUE'}"
        " ORDER BY id DESC LIMIT :count",
        {**held, "before": before, "count": count},
    )
    return [FundingRow(*row) for row in rows]


def exchanges(
    book: Book,
    *,
    owner: str | None = None,
    party: int | None = None,
    before: int | None = None,
    count: int = 100,
) -> list[ExchangeRow]:
    """The newest exchanges first; `before` is the transaction of the last of the page before."""
    asked: dict[str, Any] = {"owner": owner, "party": party}
    held = {name: value for name, value in asked.items() if value is not None}
    where = [f"{name} = :{name}" for name in held]
    if before is not None:
        where.append("transaction_id < :before")
    rows = raw(book).execute(
        f"SELECT {_EXCHANGE} FROM book_exchange WHERE {' AND '.join(where) or 'TRUE'}"
        " ORDER BY transaction_id DESC LIMIT :count",
        {**held, "before": before, "count": count},
    )
    return [ExchangeRow(*row) for row in rows]


def exchanges_of(book: Book, transactions: Collection[int]) -> dict[int, ExchangeRow]:
    """The exchanges that transactions belong to, in either currency; others are left out."""
    wanted = list(transactions)
    found: dict[int, ExchangeRow] = {}
    for start in range(0, len(wanted), _CHUNK):
        some = wanted[start : start + _CHUNK]
        # The transaction in the other currency corrects the one that an exchange is known by.
        firsts = dict(
            raw(book).execute(
                "SELECT id, coalesce(corrects_id, id) FROM book_transaction"
                f" WHERE kind = 'exchange' AND id IN ({', '.join('?' * len(some))})",
                some,
            )
        )
        known = sorted(set(firsts.values()))
        rows = raw(book).execute(
            f"SELECT {_EXCHANGE} FROM book_exchange WHERE transaction_id IN ({', '.join('?' * len(known))})",
            known,
        )
        by_first = {one.transaction: one for one in (ExchangeRow(*row) for row in rows)}
        found |= {one: by_first[first] for one, first in firsts.items() if first in by_first}
    return found


def exchanges_of_payout(book: Book, transaction: int) -> list[ExchangeRow]:
    """The exchanges into a payout's currency that it paid; ask `paid_by` for the commissions of each."""
    rows = raw(book).execute(
        f"SELECT {_EXCHANGE} FROM book_exchange WHERE paid_by = ? ORDER BY transaction_id", (transaction,)
    )
    return [ExchangeRow(*row) for row in rows]
