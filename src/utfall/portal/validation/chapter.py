"""The app's page registry, and what its pages share."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from utfall.portal.access import Caller, Kind, Pages
from utfall.portal.access.paging import whole

pages: Final = Pages("validation")
BUYING: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})


def number(request: HttpRequest, name: str) -> int | None:
    """A number of the address or of a form, if there is one."""
    text = request.POST.get(name) or request.GET.get(name, "")
    return whole(text, digits=14)


def go(caller: Caller, page: str, **route: int) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"validation:{page}", caller.slug, *route.values())
