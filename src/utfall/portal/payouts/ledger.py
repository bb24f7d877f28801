"""What payouts ask of the book, in one place, and whether settlement has answered what was told."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from utfall.portal.book import facade as book
from utfall.portal.book.facade import Answer
from utfall.portal.payouts.contracts import Payable
from utfall.portal.site import site


@contextmanager
def opened() -> Iterator[book.Book | None]:
    """The book as it now stands; None where nothing was settled yet."""
    with book.standing(Path(site().book_path)) as found:
        yield found


def answers(events: Collection[str]) -> dict[str, Answer]:
    """What settlement answered, by event; what it has not read yet is absent."""
    with opened() as found:
        return {} if found is None else book.answers(found, events)


def payables(publisher: int | None = None) -> list[Payable]:
    """What stands payable now, of one publisher or of all; below zero is owed by the publisher."""
    with opened() as found:
        if found is None:
            return []
        through = book.last_transaction(found)
        if publisher is None:
            rows = list(book.payables(found, through))
        else:
            currencies = [
                one.currency
                for one in book.balances_of(found, "publisher", publisher)
                if one.bucket == "payable"
            ]
            rows = [book.payable(found, publisher, one, through) for one in currencies]
    return [
        Payable(
            publisher=one.publisher,
            currency=one.currency,
            micros=one.standing_micros,
            whole_micros=one.whole_micros,
            up_to=through,
        )
        for one in rows
        if one.standing_micros
    ]


def earned(publisher: int) -> dict[str, dict[str, int]]:
    """What stands on a publisher's accounts, by currency and bucket; positive is owed to the publisher."""
    told: dict[str, dict[str, int]] = {}
    with opened() as found:
        for one in book.balances_of(found, "publisher", publisher) if found is not None else ():
            told.setdefault(one.currency, {})[one.bucket] = -one.balance_micros
    return told


def commissions(payout: int, after: tuple[str, int], count: int) -> list[book.PaidCommission]:
    """The commissions that a payout paid, by source and number; none before settlement has read of it."""
    with opened() as found:
        if found is None:
            return []
        try:
            return book.commissions_of_payout(found, payout, after=after, count=count)
        except book.Unknown:
            return []


def lines(payout: int, count: int) -> list[book.Line]:
    """What else adds up to a payout: everything but commissions that became payable."""
    with opened() as found:
        if found is None:
            return []
        try:
            return book.lines_of_payout(found, payout, count=count)
        except book.Unknown:
            return []
