"""Banking days: on which days a currency is paid: docs/algorithms/payouts.md, *Banking days*."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


def is_banking_day(currency: str, day: date) -> bool:
    """Whether banks settle payments in a currency on a day.

    >>> [is_banking_day(one, date(2026, 12, 24)) for one in ("EUR", "SEK", "NOK", "DKK")]
    [True, False, False, False]
    """
    return day.weekday() < _SATURDAY and day not in _closed(currency, day.year)


def banking_day(currency: str, day: date) -> date:
    """The first banking day of a currency on or after a day: when banks make a payment dated for it.

    >>> banking_day("SEK", date(2026, 12, 24)), banking_day("EUR", date(2026, 12, 24))
    (datetime.date(2026, 12, 28), datetime.date(2026, 12, 24))
    """
    while not is_banking_day(currency, day):
        day += _DAY
    return day


def banking_day_before(currency: str, day: date) -> date:
    """The last banking day of a currency before a day: what was due until then is overdue on the day.

    >>> banking_day_before("SEK", date(2026, 11, 23))
    datetime.date(2026, 11, 20)
    """
    day -= _DAY
    while not is_banking_day(currency, day):
        day -= _DAY
    return day


def days_over(currency: str, due: date | None, today: date) -> int:
    """How many days after its due date something is; 0 as long as it can be paid in time: through the due
    date, or through the next banking day where that is none; and where it has no due date.

    >>> [days_over("SEK", date(2026, 11, 22), date(2026, 11, day)) for day in (22, 23, 24)]
    [0, 0, 2]
    """
    if due is None or due >= today or banking_day(currency, due) >= today:
        return 0
    return (today - due).days


@lru_cache(maxsize=512)
def _closed(currency: str, year: int) -> frozenset[date]:
    """The days of a year, but weekends, on which a currency is not paid.

    >>> sorted(_closed("DKK", 2026) - _closed("NOK", 2026))
    [datetime.date(2026, 5, 15), datetime.date(2026, 6, 5), datetime.date(2026, 12, 31)]
    """
    import holidays  # takes a tenth of a second: whoever needs no banking day does not wait for it

    match currency:
        case "EUR":
            return frozenset(holidays.financial_holidays("ECB", years=year))
        case "SEK":
            return frozenset(holidays.country_holidays("SE", years=year, categories=("public", "de_facto")))
        case "NOK":
            return frozenset(holidays.country_holidays("NO", years=year)) | {date(year, 12, 24)}
        case "DKK":
            found = holidays.country_holidays("DK", years=year, language="en_US")
            ascension = found.get_named("Ascension Day")
            own = {date(year, 6, 5), date(year, 12, 24), date(year, 12, 31)}
            return frozenset(found) | own | {day + _DAY for day in ascension}
        case _:
            return _of_country(currency[:2], year)


def _of_country(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country; of England where it is the United Kingdom; none of what is none."""
    import holidays

    try:
        part = "ENG" if country == "GB" else None
        return frozenset(holidays.country_holidays(country, subdiv=part, years=year))
    except NotImplementedError:
        return frozenset()
