"""Standard rates of VAT in parts per million, each with the day from which it holds, and the currency in
which each country wants its VAT said.

Sources: the European Commission's "Taxes in Europe" database; Skatteetaten (NO); ESTV (CH); HMRC (GB);
Skatturinn (IS). What changes later is given to `rate_on` as a table of one's own.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

Rates = Mapping[str, tuple[tuple[date, int], ...]]

_FIRST: Final = date(2021, 1, 1)
_STEADY: Final = {
    180_000: "MT",
    190_000: "CY DE",
    200_000: "AT BG FR GB",
    210_000: "BE CZ ES LT LV NL",
    220_000: "IT SI",
    230_000: "IE PL PT",
    240_000: "GR IS",
    250_000: "DK HR NO SE",
    270_000: "HU",
}
_MOVED: Final[dict[str, tuple[tuple[date, int], ...]]] = {
    "CH": ((_FIRST, 77_000), (date(2024, 1, 1), 81_000)),
    "EE": ((_FIRST, 200_000), (date(2024, 1, 1), 220_000), (date(2025, 7, 1), 240_000)),
    "FI": ((_FIRST, 240_000), (date(2024, 9, 1), 255_000)),
    "LU": ((_FIRST, 170_000), (date(2023, 1, 1), 160_000), (date(2024, 1, 1), 170_000)),
    "RO": ((_FIRST, 190_000), (date(2025, 8, 1), 210_000)),
    "SK": ((_FIRST, 200_000), (date(2025, 1, 1), 230_000)),
}
RATES: Final[Rates] = {
    **{country: ((_FIRST, ppm),) for ppm, countries in _STEADY.items() for country in countries.split()},
    **_MOVED,
}
_OWN: Final = {
    "CH": "CHF",
    "CZ": "CZK",
    "DK": "DKK",
    "GB": "GBP",
    "HU": "HUF",
    "IS": "ISK",
    "NO": "NOK",
    "PL": "PLN",
    "RO": "RON",
    "SE": "SEK",
}
_JOINED: Final = {"BG": ("BGN", date(2026, 1, 1)), "HR": ("HRK", date(2023, 1, 1))}
"""Since when the euro is theirs, and what they had before."""


def currency_on(country: str, day: date) -> str:
    """The currency of a country that has a rate here.

    >>> last, first = date(2025, 12, 31), date(2026, 1, 1)
    >>> currency_on("SE", first), currency_on("FI", first), currency_on("BG", last), currency_on("BG", first)
    ('SEK', 'EUR', 'BGN', 'EUR')
    """
    before, since = _JOINED.get(country, ("", date.min))
    return before if day < since else _OWN.get(country, "EUR")


def rate_on(country: str, day: date, rates: Rates = RATES) -> int | None:
    """The country's standard rate on a day; None where it is not known.

    >>> rate_on("FI", date(2024, 8, 31)), rate_on("FI", date(2024, 9, 1)), rate_on("US", date(2026, 1, 1))
    (240000, 255000, None)
    """
    return next((ppm for since, ppm in reversed(rates.get(country, ())) if since <= day), None)
