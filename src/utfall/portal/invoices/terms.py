"""By when an invoice is to be paid: within the days that were agreed with the advertiser."""

from datetime import date, timedelta

from utfall.portal.funding import facade as funding


def due_on(advertiser: int, currency: str, issued_on: date) -> date:
    """The day by which an invoice of a day is to be paid."""
    return issued_on + timedelta(days=funding.days_to_pay(advertiser, currency))
