"""The app's page registry, and what its pages share."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect

from utfall.portal.access import Caller, Kind, Pages, Permission

pages: Final = Pages("funding")
HOUSE: Final = frozenset({Kind.OPERATOR})
BUYING: Final = frozenset({Kind.ADVERTISER, Kind.AGENCY})
EARNING: Final = frozenset({Kind.PUBLISHER})
OPERATING: Final[dict[str, Any]] = {"needs": Permission.MONEY, "kinds": HOUSE}


def go(caller: Caller, page: str, *route: int) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"funding:{page}", caller.slug, *route)
