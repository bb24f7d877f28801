"""The app's page registry, and what its pages share."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect

from utfall.portal.access import Caller, Kind, Pages

pages: Final = Pages("imports")
BUYING: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})


def go(caller: Caller, page: str, **route: int) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"imports:{page}", caller.slug, *route.values())
