"""An advertiser's own money on one page."""

from datetime import date
from typing import Final

from utfall.bank import days_over
from utfall.portal.access import Caller, NotFound, Permission
from utfall.portal.banking import facade as banking
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.finance.contracts import OpenPaper, Own
from utfall.portal.funding import facade as funding
from utfall.portal.invoices import facade as invoices

LATEST: Final = 10


def own(caller: Caller, advertiser: int | None = None) -> Own:
    """Where an advertiser stands: the caller's own, or one that an agency or the operator names."""
    caller.require(Permission.MONEY)
    if advertiser is not None and not (caller.sees_all or advertiser in caller.advertisers):
        raise NotFound
    number = caller.advertiser(advertiser)
    today = book.today()
    with opened() as found:
        entry = book.last_transaction(found) if found is not None else 0
        papers = book.advertiser_papers(found, number) if found is not None else []
        standings = funding.standings(number)
    pay_in = banking.pay_in(caller, number)
    pages = {one.name: one.id for one in invoices.open_papers(advertiser=number)}
    return Own(
        advertiser=number,
        name=pay_in.advertiser_name,
        entry=entry,
        standings=tuple(sorted(standings, key=lambda one: (not one.used_micros, one.currency))),
        papers=tuple(_paper(one, today, pages.get(one.name)) for one in funding.in_order(papers)),
        history=tuple(funding.history(caller, number)),
        settlings=tuple(funding.settlings(caller, advertiser=number, limit=LATEST).items),
        pay_in=pay_in,
    )


def _paper(one: book.AdvertiserPaper, today: date, page: int | None) -> OpenPaper:
    return OpenPaper(
        id=page,
        name=one.name,
        currency=one.currency,
        total_micros=one.total_micros,
        open_micros=one.open_micros,
        due=one.due_on,
        days_over=days_over(one.currency, one.due_on, today),
    )
