"""Where else finance shows: invoices that are overdue, or due within a week, on the first page."""

from datetime import date, timedelta
from typing import Final

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.bank import days_over
from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.home.cards import Attention, card
from utfall.portal.invoices import facade as invoices

FRESH_SECONDS: Final = 30
SOON: Final = timedelta(days=7)


@card(kinds=frozenset({Kind.ADVERTISER}), order=8, needs=Permission.MONEY)
def invoices_to_pay(caller: Caller) -> Attention | None:
    """Invoices that are overdue; where none is, those that are due within a week."""
    key = f"finance-to-pay:{caller.number}"
    found = cache.get_or_set(key, lambda: _to_pay(caller.number, book.today()), FRESH_SECONDS)
    overdue, soon = found or (0, 0)
    if not overdue and not soon:
        return None
    return Attention(
        words=_("Invoices are overdue") if overdue else _("Invoices are due within a week"),
        count=overdue or soon,
        icon="file-text",
        tone="bad" if overdue else "warn",
        url=reverse("invoices:papers", args=[caller.slug]) + "?standing=open",
        action=_("See how to pay"),
    )


def _to_pay(advertiser: int, today: date) -> tuple[int, int]:
    """How many invoices are overdue, and how many are due within a week."""
    found = [one for one in invoices.open_papers(advertiser=advertiser) if one.open_micros > 0]
    late = sum(one.is_overdue(today) for one in found)
    return late, sum(bool(one.due_on and one.due_on <= today + SOON) for one in found) - late


@card(kinds=frozenset({Kind.OPERATOR}), order=25, needs=Permission.MONEY)
def late_in_paying(caller: Caller) -> Attention | None:
    """How many advertisers have not paid an invoice though it was due."""
    count = cache.get_or_set("finance-late", lambda: _late(book.today()), FRESH_SECONDS)
    if not count:
        return None
    return Attention(
        words=_("Advertisers are late in paying their invoices"),
        count=count,
        icon="hourglass",
        url=reverse("invoices:papers", args=[caller.slug]) + "?standing=overdue",
        action=_("See which"),
    )


def _late(today: date) -> int:
    with opened() as found:
        papers = book.advertiser_papers(found) if found is not None else []
    late = (one for one in papers if one.open_micros > 0 and days_over(one.currency, one.due_on, today))
    return len({one.party for one in late})
