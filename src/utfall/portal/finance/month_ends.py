"""What stood on every account at the ends of months, kept so that a past day is never far from what is known.

What is kept is of one history: where the book was put back from elsewhere it is not used, and kept anew.
"""

from datetime import date, timedelta
from typing import Final

from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.finance.forecasting import month_end
from utfall.portal.finance.models import MonthEnd
from utfall.portal.statements import facade as statements

_DAY: Final = timedelta(days=1)


def keep() -> date | None:
    """Keep the next end of a month that is over; which it was. One at a time: it reads a month's entries."""
    with opened() as found:
        settled = book.first_settled_at(found) if found is not None else None
        if found is None or settled is None:
            return None
        last = _last(found)
        end = month_end((last.day + _DAY) if last else book.day_of(settled))
        if end >= book.today() or not statements.days_are_over(end):
            return None
        _keep(found, end, last)
    return end


def nearest(found: book.Book, through: int) -> book.Known | None:
    """What is kept of the nearest end of a month; None where nothing is, or not of this book."""
    kept = MonthEnd.objects.system().defer("balances")
    sides = (kept.filter(through__lte=through).last(), kept.filter(through__gte=through).first())
    told = [one for one in sides if one is not None and _is_of(found, one)]
    chosen = min(told, key=lambda one: abs(one.through - through), default=None)
    return _known(chosen) if chosen else None


def _last(found: book.Book) -> MonthEnd | None:
    """The last end that is kept; what is of another history is forgotten."""
    last = MonthEnd.objects.system().defer("balances").last()
    while last is not None and not _is_of(found, last):
        last.delete()
        last = MonthEnd.objects.system().defer("balances").last()
    return last


def _keep(found: book.Book, end: date, last: MonthEnd | None) -> None:
    through = book.transaction_at(found, book.begins_ms(end + _DAY) - 1)
    known = _known(last) if last else book.Known(0, {})
    sums = dict(known.micros)
    for account, micros in book.moved_by_account(found, known.through, through).items():
        sums[account] = sums.get(account, 0) + micros
    history = book.history_through(found, through)
    told = {"through": through, "history": history, "balances": {one: sums[one] for one in sums if sums[one]}}
    MonthEnd.objects.system().get_or_create(day=end, defaults=told)


def _known(row: MonthEnd) -> book.Known:
    """What is kept; JSON has texts for numbers."""
    return book.Known(row.through, {int(number): micros for number, micros in row.balances.items()})


def _is_of(found: book.Book, row: MonthEnd) -> bool:
    through = book.transaction_at(found, book.begins_ms(row.day + _DAY) - 1)
    return (row.through, row.history) == (through, book.history_through(found, through))
