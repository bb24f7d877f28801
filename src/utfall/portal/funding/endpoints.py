"""Funding by API: everything that the pages do, for all sides."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission
from utfall.portal.funding import facade
from utfall.portal.funding.chapter import BUYING, EARNING, HOUSE, OPERATING
from utfall.portal.funding.contracts import TermsDraft
from utfall.portal.funding.schemas import (
    AdvertiserWanted,
    FundedAnswer,
    PublisherWanted,
    SettledAnswer,
    SettlingAnswer,
    SettlingsWanted,
    StandingAnswer,
    TermsAnswer,
    TermsSent,
    funded_shown,
    settling_shown,
    standing_shown,
    terms_shown,
)
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Query, listed

endpoints = Endpoints("funding", _("Deposits and credit"))
PAYING: dict[str, Any] = {"needs": Permission.MONEY, "kinds": BUYING | HOUSE}


@endpoints.get(
    "/funding", answers=list[StandingAnswer], summary="What is used of a deposit and credit", **PAYING
)
def standing(request: ApiRequest, wanted: Query[AdvertiserWanted]) -> list[dict[str, Any]]:
    """By currency, from the book at one of its entries."""
    return [standing_shown(one) for one in facade.own_standings(request.caller, wanted.advertiser)]


@endpoints.get(
    "/funding/advertisers",
    answers=list[StandingAnswer],
    summary="Where every advertiser stands",
    **OPERATING,
)
def all_standings(request: ApiRequest) -> list[dict[str, Any]]:
    """By number and currency."""
    return [standing_shown(one) for one in facade.all_standings()]


@endpoints.get(
    "/funding/terms", answers=list[TermsAnswer], summary="What was agreed on with an advertiser", **PAYING
)
def history(request: ApiRequest, wanted: Query[AdvertiserWanted]) -> list[dict[str, Any]]:
    """The newest first; of each currency the newest holds."""
    return [terms_shown(one) for one in facade.history(request.caller, wanted.advertiser)]


@endpoints.put(
    "/funding/advertisers/{int:advertiser}/terms",
    answers=TermsAnswer,
    summary="Agree on terms of payment",
    **OPERATING,
)
def set_terms(request: ApiRequest, advertiser: int, sent: TermsSent) -> dict[str, Any]:
    """From now on; invoices that were issued keep their day."""
    return terms_shown(facade.set_terms(request.caller, advertiser, TermsDraft(**sent.dict())))


@endpoints.post(
    "/funding/advertisers/{int:advertiser}/settle",
    answers=SettledAnswer,
    summary="Pay open invoices from a deposit",
    **OPERATING,
)
def settle(request: ApiRequest, advertiser: int) -> dict[str, Any]:
    """Oldest due first; a duty does it by itself every quarter of a minute."""
    return {"papers": facade.settle_now(request.caller, advertiser)}


@endpoints.get("/funding/settlings", answers=Listed[SettlingAnswer], summary="What deposits paid", **PAYING)
def settlings(request: ApiRequest, wanted: Query[SettlingsWanted]) -> dict[str, Any]:
    """Newest first."""
    return listed(facade.settlings(request.caller, **wanted.dict()), settling_shown)


@endpoints.get(
    "/funding/funded",
    kinds=EARNING | HOUSE,
    answers=list[FundedAnswer],
    summary="How much of a publisher's commission is funded",
)
def funded(request: ApiRequest, wanted: Query[PublisherWanted]) -> list[dict[str, Any]]:
    """By program, currency and status; nothing of the advertisers' balances."""
    return [funded_shown(one) for one in facade.own_funded(request.caller, wanted.publisher, wanted.program)]
