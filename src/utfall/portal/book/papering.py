"""Papers as the book knows them, and what the next one of a party must say."""

from typing import Final

from utfall.money import minor_micros, round_ratio
from utfall.portal.book.accounts import MONEY_KINDS, account_of, sum_of_lines
from utfall.portal.book.connection import Connection, raw
from utfall.portal.book.contracts import Book, Unknown
from utfall.portal.book.money import PaperRow, Unpapered
from utfall.portal.book.rows import columns, select

PAPERED: Final = {"advertiser": ("owed", 1), "publisher": ("payable", -1)}
"""The account whose earned lines papers are about, and the sign of what is owed there."""


def paper(book: Book, name: str) -> PaperRow:
    """A paper by its name (`A-2026-000017`); Unknown if there is none."""
    for row in select(book, PaperRow, "book_paper", "WHERE name = ?", (name,)):
        return row
    raise Unknown(f"no paper {name}")


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
        f"SELECT {columns(PaperRow)} FROM book_paper WHERE owner = ? AND party = ? AND currency = ?"
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
    return sign * sum_of_lines(connection, account, after, through, but=MONEY_KINDS)
