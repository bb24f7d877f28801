"""The app's register of pages, and what its pages read of a request."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from utfall.portal.access import Caller, Kind, Pages
from utfall.portal.access.paging import whole

pages = Pages("tracking")
OWNING: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
"""Those who set tracking up: an advertiser, and who may act for one."""


def number(request: HttpRequest, name: str) -> int | None:
    """A number that was asked for, in the address or in a form."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    return whole(text)


def must_choose(caller: Caller, wanted: int | None) -> bool:
    """Whether nobody knows yet which advertiser this is about."""
    return wanted is None and len(caller.advertisers) != 1


def back_to(page: str, caller: Caller, **asked: int | None) -> HttpResponse:
    """After a change: look again, at the same advertiser."""
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    response = redirect(
        reverse(f"tracking:{page}", kwargs={"org": caller.slug}) + (f"?{query}" if query else "")
    )
    response.status_code = 303
    return response
