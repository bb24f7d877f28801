"""By when invoices are to be paid: within the days that were agreed with each advertiser."""

from collections.abc import Collection
from datetime import date, timedelta

from utfall.portal.funding import facade as funding
from utfall.portal.funding.contracts import USUAL_DAYS


def due_days(wanted: Collection[tuple[int, str]], issued_on: date) -> dict[tuple[int, str], date]:
    """The days by which invoices of a day are to be paid, by advertiser and currency."""
    told = {}
    for currency in {currency for _advertiser, currency in wanted}:
        advertisers = {advertiser for advertiser, each in wanted if each == currency}
        agreed = funding.days_of(advertisers, currency)
        for one in advertisers:
            told[one, currency] = issued_on + timedelta(days=agreed.get(one, USUAL_DAYS))
    return told
