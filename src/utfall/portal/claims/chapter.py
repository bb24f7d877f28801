"""The app's page registry, and what its pages share."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect

from utfall.portal.access import Caller, Kind, Pages

pages: Final = Pages("claims")
BUYING: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
SELLING: Final = frozenset({Kind.PUBLISHER})


def go(caller: Caller, page: str, **route: int) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"claims:{page}", caller.slug, *route.values())
