"""What papers ask of the book, in one place."""

from collections.abc import Collection
from datetime import date, timedelta

from utfall.portal.book import facade as book
from utfall.portal.book.facade import Earning, EntryRow, Papering, PaperRow, opened


def bound(until: date) -> int:
    """The last entry of the book at the end of a day; 0 where there is none."""
    with opened() as found:
        if found is None:
            return 0
        if until >= book.today():
            return book.last_transaction(found)
        return book.transaction_at(found, book.begins_ms(until + timedelta(days=1)) - 1)


def parties(owner: str) -> list[int]:
    """All parties that ever had something to be papered, ascending."""
    with opened() as found:
        return book.parties_with_earnings(found, owner) if found is not None else []


def positions(
    owner: str, first: int, last: int, through: int
) -> tuple[list[Papering], dict[tuple[int, str], list[Earning]]]:
    """Where papers of parties between two numbers stand, and what was earned since; by party and currency."""
    earned: dict[tuple[int, str], list[Earning]] = {}
    with opened() as found:
        if found is None:
            return [], {}
        for one in book.earnings_to_paper(found, owner, first, last, through):
            earned.setdefault((one.party, one.currency), []).append(one)
        return book.paperings(found, owner, first, last), earned


def last_numbers(series: Collection[str]) -> dict[str, int]:
    """The last number in the book of each of some series."""
    with opened() as found:
        return book.last_numbers(found, series) if found is not None else {}


def entries(transaction: int | None) -> list[EntryRow]:
    """What a paper did to accounts; a self-billing paper without tax did nothing."""
    if transaction is None:
        return []
    with opened() as found:
        return book.entries_of(found, transaction) if found is not None else []


def named(names: Collection[str]) -> dict[str, PaperRow]:
    """Papers of the book by name, those that are there."""
    with opened() as found:
        return book.papers_named(found, names) if found is not None else {}
