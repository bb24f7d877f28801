"""The app's page registry, and what its pages share."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from utfall.portal.access import Caller, Kind, Pages
from utfall.portal.feeds.contracts import Order, ProductFilter

pages: Final = Pages("feeds")
OWNING: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
"""Those who may have feeds: publishers use their products, auditors look."""


def back(caller: Caller, page: str, **route: Any) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"feeds:{page}", caller.slug, *route.values())


def wanted_of(request: HttpRequest, usual: Order) -> ProductFilter:
    """The filter that an address names."""
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("q", "category", "brand", "stock")}
    order = request.GET.get("order", "")
    return ProductFilter(
        search=asked["q"],
        category=asked["category"],
        brand=asked["brand"],
        stock=asked["stock"],
        order=Order(order) if order in set(Order) else usual,
    )
