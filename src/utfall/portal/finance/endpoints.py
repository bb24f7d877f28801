"""Finance by API: everything that the pages do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.finance import facade
from utfall.portal.finance.chapter import OPERATING, PAYING
from utfall.portal.finance.schemas import (
    FeesAnswer,
    FeesWanted,
    FiguresAnswer,
    FiguresWanted,
    OwnAnswer,
    fees_shown,
    figures_shown,
    own_shown,
)
from utfall.portal.funding.schemas import AdvertiserWanted
from utfall.portal.rest.facade import ApiRequest, Endpoints, Query

endpoints = Endpoints("finance", _("Finance"))


@endpoints.get("/finance", answers=FiguresAnswer, summary="The house's money in a currency", **OPERATING)
def figures(request: ApiRequest, wanted: Query[FiguresWanted]) -> dict[str, Any]:
    """Balances, the age of invoices, credit, payables, fees and the cash to come, as of one entry; or what of
    these stood at the end of a past day. A day that may still grow is refused (`day_not_over`), and so is one
    before anything was settled (`before_the_book`).
    """
    return figures_shown(facade.figures(request.caller, wanted.currency, wanted.as_of))


@endpoints.get("/finance/fees", answers=FeesAnswer, summary="The network's fees by advertiser", **OPERATING)
def fees(request: ApiRequest, wanted: Query[FeesWanted]) -> dict[str, Any]:
    """The fees of a month, those that were taken back taken off, by advertiser."""
    return fees_shown(facade.month_fees(request.caller, wanted.currency, wanted.month, wanted.as_of))


@endpoints.get("/finance/own", answers=OwnAnswer, summary="An advertiser's own money", **PAYING)
def own(request: ApiRequest, wanted: Query[AdvertiserWanted]) -> dict[str, Any]:
    """Deposit, limit, what is open, and what the deposit paid."""
    return own_shown(facade.own(request.caller, wanted.advertiser))
