"""Income of publishers, for the yearly report on sellers: who is reported, and sums as reports write them."""

from enum import StrEnum
from typing import Final, NamedTuple

from utfall.money import minor_micros, round_ratio
from utfall.papers.parties import EU

REPORTED: Final = EU | {"NO"}
"""Where a seller is established whom an operator in the EU or Norway reports."""


class Reporting(StrEnum):
    """Whether a seller is reported."""

    REPORTED = "reported"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class Quarter(NamedTuple):
    """What a publisher was credited in a quarter and currency; positive is the publisher's.

    `activities` is how many times something was credited, `tax_micros` what self-billing papers added,
    `paid_micros` payouts less those that came back. Nothing is withheld: fees are the advertiser's.
    """

    number: int
    currency: str
    consideration_micros: int = 0
    activities: int = 0
    tax_micros: int = 0
    paid_micros: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.consideration_micros or self.activities or self.tax_micros or self.paid_micros)


def reporting_of(country: str) -> Reporting:
    """Whether a seller established in a country is reported; an empty country is not known.

    >>> [reporting_of(one).value for one in ("SE", "NO", "US", "")]
    ['reported', 'reported', 'outside', 'unknown']
    """
    if not country:
        return Reporting.UNKNOWN
    return Reporting.REPORTED if country in REPORTED else Reporting.OUTSIDE


def units_of(micros: int, currency: str) -> int:
    """An amount in minor units, half to even."""
    return round_ratio(micros, minor_micros(currency), "half_even")
