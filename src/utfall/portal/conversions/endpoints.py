"""The API's operations of orders."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from utfall.portal.conversions import facade
from utfall.portal.conversions.schemas import ListWanted, OrderAnswer, StoryAnswer, TotalsAnswer, Wanted
from utfall.portal.conversions.story_contracts import Story
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Query, listed

endpoints = Endpoints("conversions", _("Orders"))


@endpoints.get("/conversions", answers=Listed[OrderAnswer], summary="Orders")
def conversions(request: ApiRequest, wanted: Query[ListWanted]) -> HttpResponse:
    """Those that fit, each by your side of it; the newest first, or as `sort` says."""
    filters = wanted.filters(wanted.sort)
    part = facade.conversions(request.caller, filters, wanted.after, wanted.limit)
    # Written as it stands: to go through the schema takes longer than everything else together.
    return HttpResponse(msgspec.json.encode(listed(part)), content_type="application/json; charset=utf-8")


@endpoints.get("/conversions/totals", answers=TotalsAnswer, summary="Sums of orders")
def totals(request: ApiRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """How many orders fit and what they come to, by currency."""
    filters = wanted.filters()
    found = facade.totals(request.caller, filters)
    count = facade.counted(request.caller, filters)
    return {"count": count, "sums": list(found.sums), "is_more": found.is_more}


@endpoints.get("/conversions/{int:conversion}", answers=StoryAnswer, summary="One order and its story")
def conversion(request: ApiRequest, conversion: int) -> Story:
    """One order, every touch that was considered and every decision since, in order of time."""
    return facade.story(request.caller, conversion)
