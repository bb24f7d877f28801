"""Overdue: invoices of an advertiser that are not paid though they were due (docs/algorithms/alerts.md)."""

from typing import Final

from utfall.bank import days_over
from utfall.portal.alerts.contracts import Judgement
from utfall.portal.alerts.measuring import Wanted
from utfall.portal.book import facade as book
from utfall.portal.book.facade import AdvertiserPaper, opened

MOST: Final = 50


def invoices_overdue(wanted: Wanted) -> list[Judgement]:
    """Each open invoice whose day is over, those that were due first."""
    today = book.today()
    with opened() as found:
        papers = book.advertiser_papers(found, wanted.caller.number) if found is not None else []
    late = [one for one in papers if one.open_micros > 0 and days_over(one.currency, one.due_on, today)]
    return [_told(one) for one in sorted(late, key=lambda one: (one.due or "", one.id))[:MOST]]


def _told(one: AdvertiserPaper) -> Judgement:
    return Judgement(
        subject=one.name,
        raises=True,
        keeps=True,
        facts={"paper": one.name, "due": one.due, "open": one.open_micros, "currency": one.currency},
    )
