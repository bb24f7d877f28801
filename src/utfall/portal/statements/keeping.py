"""Sums of days: kept once a day is over, so that a year's books are not read from every entry of the book.

What is kept is compared with the book whenever it is used, and made anew where it differs: a book may have
been put back from a copy.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Sum

from utfall.accounting import Moved
from utfall.portal.book import facade as book
from utfall.portal.book.facade import begins_ms, day_of
from utfall.portal.statements.days import is_over
from utfall.portal.statements.models import DaySum, KeptDay

_DAY: Final = timedelta(days=1)
Balances = Counter[tuple[str, str]]
"""Micros by bucket and currency."""


def keep(found: book.Book) -> int:
    """Keep the sums of all days that are over; how many days were added."""
    last = KeptDay.objects.system().order_by("-day").first()
    day, through = _begin(found, last)
    newest, added = day_of(book.settled_until(found)), 0
    while day is not None and day <= newest and is_over(found, day):
        through = _keep(found, day, through)
        day, added = day + _DAY, added + 1
    return added


def _begin(found: book.Book, last: KeptDay | None) -> tuple[date | None, int]:
    """The first day that is not kept, and the last entry before it."""
    if last is not None:
        return last.day + _DAY, last.through
    settled = book.first_settled_at(found)
    return (None if settled is None else day_of(settled)), 0


@transaction.atomic
def _keep(found: book.Book, day: date, after: int) -> int:
    through = book.transaction_at(found, begins_ms(day + _DAY) - 1)
    _kept, is_new = KeptDay.objects.system().get_or_create(day=day, defaults={"through": through})
    if is_new:
        DaySum.objects.system().bulk_create(_row(one, day) for one in book.movements(found, after, through))
    return through


def _row(one: book.Movement, day: date) -> DaySum:
    return DaySum(
        day=day,
        happening=one.happening,
        bucket=one.bucket,
        currency=one.currency,
        micros=one.amount_micros,
    )


@transaction.atomic
def forget() -> None:
    """Keep nothing: it is made anew."""
    DaySum.objects.system().delete()
    KeptDay.objects.system().delete()


def moved(found: book.Book, currency: str, last: date) -> list[Moved]:
    """All that moved in a currency from the book's first day through `last`, kept or not."""
    rows = DaySum.objects.system().filter(currency=currency, day__lte=last)
    told = [Moved(*one) for one in rows.values_list("day", "happening", "bucket", "micros")]
    return [*told, *(one for its, one in _since(found, last) if its == currency)]


def moved_between(found: book.Book, buckets: Collection[str], first: date, last: date) -> Balances:
    """What some buckets moved from one day through another, kept or not; a debit is positive."""
    told: Balances = Counter()
    rows = DaySum.objects.system().filter(bucket__in=buckets, day__gte=first, day__lte=last)
    for bucket, currency, micros in rows.values_list("bucket", "currency").annotate(total=Sum("micros")):
        told[bucket, currency] += int(micros)
    for currency, one in _since(found, last):
        if one.day >= first and one.bucket in buckets:
            told[one.bucket, currency] += one.micros
    return told


def _since(found: book.Book, last: date) -> Iterator[tuple[str, Moved]]:
    """What moved on days that are not kept, with its currency: today, as a rule."""
    day, after = _begin(found, KeptDay.objects.system().order_by("-day").first())
    newest = min(last, day_of(book.settled_until(found)))
    while day is not None and day <= newest:
        through = book.transaction_at(found, begins_ms(day + _DAY) - 1)
        for one in book.movements(found, after, through):
            yield one.currency, Moved(day, one.happening, one.bucket, one.amount_micros)
        day, after = day + _DAY, through


def agrees(found: book.Book) -> bool:
    """Whether the sums of all days come to what the book's accounts say."""
    told: Balances = Counter()
    rows = DaySum.objects.system().values_list("bucket", "currency").annotate(total=Sum("micros"))
    for bucket, currency, micros in rows:
        told[bucket, currency] += micros
    for currency, one in _since(found, date.max):
        told[one.bucket, currency] += one.micros
    for balance in book.balances(found):
        told[balance.bucket, balance.currency] -= balance.balance_micros
    return not any(told.values())
