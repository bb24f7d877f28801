"""The app's page registry, and what its pages share."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect

from utfall.portal.access import Caller, Kind, Pages, Permission

pages: Final = Pages("payouts")
HOUSE: Final = frozenset({Kind.OPERATOR})
EARNING: Final = frozenset({Kind.PUBLISHER})
SEEING: Final = frozenset({Kind.OPERATOR, Kind.AUDITOR, Kind.PUBLISHER})
OPERATING: Final[dict[str, Any]] = {"needs": Permission.MONEY, "kinds": HOUSE}
OWN: Final[dict[str, Any]] = {"needs": Permission.MONEY, "kinds": EARNING}


def go(caller: Caller, page: str, *route: int) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"payouts:{page}", caller.slug, *route)
