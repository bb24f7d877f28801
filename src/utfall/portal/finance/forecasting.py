"""Cash to come, week by week, of what is certain: docs/algorithms/funding.md, *Age, and cash to come*."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from utfall.bank import banking_day, days_over
from utfall.portal.book.facade import AdvertiserPaper
from utfall.portal.finance.contracts import BANDS, WEEKS, Forecast, Week
from utfall.portal.funding.contracts import Standing
from utfall.portal.funding.facade import reached
from utfall.portal.payouts.contracts import DueDay

PAYDAY: Final = 15
"""The day of the month on which what comes off hold is taken to be paid."""


class Movement(NamedTuple):
    """Money that is to come (positive) or go on a day."""

    day: date
    micros: int


def forecast(
    *,
    bank_micros: int,
    today: date,
    income: Iterable[Movement],
    outgo: Iterable[Movement],
    unscheduled_micros: int = 0,
    stale_micros: int = 0,
) -> Forecast:
    """Twelve weeks from the Monday of today; what should have come or gone before counts in the first."""
    monday = today - timedelta(days=today.weekday())
    comes, goes = _by_week(income, monday), _by_week(outgo, monday)
    weeks, stands = [], bank_micros
    for place in range(WEEKS):
        stands += comes[place] - goes[place]
        weeks.append(
            Week(
                starts=monday + timedelta(weeks=place),
                in_micros=comes[place],
                out_micros=goes[place],
                ends_micros=stands,
            )
        )
    return Forecast(
        begins_micros=bank_micros,
        weeks=tuple(weeks),
        unscheduled_micros=unscheduled_micros,
        stale_micros=stale_micros,
    )


def _by_week(movements: Iterable[Movement], monday: date) -> list[int]:
    sums = [0] * WEEKS
    for one in movements:
        place = max((one.day - monday).days // 7, 0)
        if place < WEEKS:
            sums[place] += one.micros
    return sums


def incoming(
    papers: Sequence[AdvertiserPaper], standings: Iterable[Standing], today: date
) -> tuple[list[Movement], int]:
    """What advertisers are to pay, in one currency, but what their deposits cover; and what is too old."""
    told, stale = [], 0
    by_party: dict[int, list[AdvertiserPaper]] = {}
    for each in papers:
        by_party.setdefault(each.party, []).append(each)
    for one in standings:
        own = by_party.get(one.advertiser, [])
        covered, left = reached(own, one.deposit_micros)
        for paper in own:
            open_micros = paper.open_micros - covered.get(paper.name, 0)
            if open_micros <= 0:
                continue
            if days_over(one.currency, paper.due_on, today) > BANDS[-1]:
                stale += open_micros
            else:
                told.append(Movement(banking_day(one.currency, paper.due_on or today), open_micros))
        owed = one.owed_micros - max(left, 0)
        if owed > 0:
            due = month_end(today) + timedelta(days=one.terms.days_to_pay)
            told.append(Movement(banking_day(one.currency, due), owed))
    return told, stale


def outgoing(
    currency: str, transfer_micros: int, coming: Iterable[DueDay], holds: Mapping[date, int], today: date
) -> tuple[list[Movement], int]:
    """What publishers are to be paid, in one currency; and what is payable without a day."""
    told = [Movement(today, transfer_micros)]
    told += [Movement(banking_day(currency, payday(day)), micros) for day, micros in holds.items()]
    unscheduled = 0
    for one in coming:
        if one.day is None:
            unscheduled += one.micros
        else:
            told.append(Movement(one.day, one.micros))
    return told, unscheduled


def month_end(day: date) -> date:
    """The last day of its month.

    >>> month_end(date(2026, 11, 22))
    datetime.date(2026, 11, 30)
    """
    return day.replace(day=monthrange(day.year, day.month)[1])


def payday(day: date) -> date:
    """The first 15th on or after a day.

    >>> payday(date(2026, 12, 20)), payday(date(2026, 12, 15))
    (datetime.date(2027, 1, 15), datetime.date(2026, 12, 15))
    """
    return day.replace(day=PAYDAY) if day.day <= PAYDAY else month_end(day) + timedelta(days=PAYDAY)
