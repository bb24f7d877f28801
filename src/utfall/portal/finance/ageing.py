"""How old open invoices are: docs/algorithms/funding.md, *Age, and cash to come*."""

from collections.abc import Iterable, Mapping
from datetime import date

from utfall.bank import days_over
from utfall.portal.book.facade import AdvertiserPaper, OpenThen
from utfall.portal.finance.contracts import BANDS, Receivable


def band_of(days: int) -> int:
    """The place of an age among the five.

    >>> [band_of(days) for days in (0, 1, 30, 31, 60, 61, 90, 91)]
    [0, 1, 1, 2, 2, 3, 3, 4]
    """
    return next((place for place, end in enumerate(BANDS) if days <= end), len(BANDS))


def receivables(
    papers: Iterable[AdvertiserPaper | OpenThen], names: Mapping[int, str], today: date
) -> tuple[Receivable, ...]:
    """What each advertiser has not paid, by age; who owes the most for the longest first."""
    told: dict[int, list[int]] = {}
    for one in papers:
        ages = told.setdefault(one.party, [0] * (len(BANDS) + 1))
        due = date.fromisoformat(one.due) if one.due else None
        ages[band_of(days_over(one.currency, due, today))] += one.open_micros
    found = [
        Receivable(
            advertiser=number,
            name=names.get(number, f"#{number}"),
            ages=(ages[0], ages[1], ages[2], ages[3], ages[4]),
        )
        for number, ages in told.items()
    ]
    return tuple(sorted(found, key=lambda one: one.ages[::-1], reverse=True))
