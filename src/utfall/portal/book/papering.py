"""Papers as the book knows them, and what the next one of a party must say."""

from collections.abc import Iterator
from typing import Any, Final

from utfall.money import minor_micros, round_ratio
from utfall.portal.book.accounts import MONEY_KINDS, account_of, quoted, sum_of_lines
from utfall.portal.book.connection import Connection, raw
from utfall.portal.book.contracts import Book, Unknown
from utfall.portal.book.money import PaperRow, Unpapered

PAPERED: Final = {"advertiser": ("owed", 1), "publisher": ("payable", -1)}
"""The account whose earned lines papers are about, and the sign of what is owed there."""
_COLUMNS: Final = ", ".join(PaperRow._fields[:-1]) + ", transaction_id"


def paper(book: Book, name: str) -> PaperRow:
    """A paper by its name (`A-2026-000017`); Unknown if there is none."""
    for row in raw(book).execute(f"SELECT {_COLUMNS} FROM book_paper WHERE name = ?", (name,)):
        return PaperRow(*row)
    raise Unknown(f"no paper {name}")


def papers(
    book: Book,
    *,
    owner: str | None = None,
    party: int | None = None,
    currency: str | None = None,
    series: str | None = None,
    is_open: bool = False,
    before: int | None = None,
    count: int = 100,
) -> list[PaperRow]:
    """The newest papers first; `before` is the id of the last of the page before. `is_open`: not yet paid."""
    asked: dict[str, Any] = {"owner": owner, "party": party, "currency": currency, "series": series}
    held = {name: value for name, value in asked.items() if value is not None}
    where = [f"{name} = :{name}" for name in held]
    if is_open:
        where.append("owner = 'advertiser' AND settled_micros <> net_micros + tax_micros")
    if before is not None:
        where.append("id < :before")
    rows = raw(book).execute(
        f"SELECT {_COLUMNS} FROM book_paper WHERE {' AND '.join(where) or 'TRUE'}"
        " ORDER BY id DESC LIMIT :count",
        {**held, "before": before, "count": count},
    )
    return [PaperRow(*row) for row in rows]


def next_number(book: Book, series: str) -> int:
    """The number that the next paper of a series must have."""
    return last_number(raw(book), series) + 1


def last_number(connection: Connection, series: str) -> int:
    """The last number given out in a series, 0 before the first."""
    (number,) = connection.execute(
        "SELECT max(number) FROM book_paper WHERE series = ?", (series,)
    ).fetchone()
    return number or 0


def last_paper(connection: Connection, owner: str, party: int, currency: str) -> PaperRow | None:
    """The paper of a party that was issued last."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM book_paper WHERE owner = ? AND party = ? AND currency = ?"
        " ORDER BY id DESC LIMIT 1",
        (owner, party, currency),
    ).fetchone()
    return PaperRow(*row) if row else None


def unpapered(book: Book, owner: str, party: int, currency: str, through: int) -> Unpapered:
    """What a paper of a party through an entry must say."""
    connection = raw(book)
    last = last_paper(connection, owner, party, currency)
    since, left = (last.through, last.left_micros) if last else (0, 0)
    standing = left + earned_through(connection, owner, party, currency, since, through)
    unit = minor_micros(currency)
    whole = round_ratio(standing, unit, "down") * unit
    return Unpapered(owner, party, currency, since, left, standing, whole)


def earned_through(
    connection: Connection, owner: str, party: int, currency: str, after: int, through: int
) -> int:
    """What was earned after one entry and through another: owed by an advertiser, payable to a publisher."""
    bucket, sign = PAPERED[owner]
    account, _ = account_of(connection, owner, party, bucket, currency)
    return sign * sum_of_lines(connection, account, after, through, quoted(MONEY_KINDS))


def all_unpapered(book: Book, through: int) -> Iterator[Unpapered]:
    """The same of every party and currency that has anything, advertisers first."""
    rows = raw(book).execute(
        "SELECT owner, owner_id, currency FROM book_account"
        " WHERE (owner, bucket) IN (('advertiser', 'owed'), ('publisher', 'payable'))"
        " ORDER BY owner, owner_id, currency"
    )
    for owner, party, currency in rows.fetchall():
        yield unpapered(book, owner, party, currency, through)
