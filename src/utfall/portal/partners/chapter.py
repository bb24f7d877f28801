"""The app's registers: of its pages and of its operations."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Pages
from utfall.portal.access.paging import whole
from utfall.portal.rest.facade import Endpoints

pages: Final = Pages("partners")
endpoints: Final = Endpoints("partners", _("Partners"))
BUYING: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
"""Those who may decide about partners; auditors only look."""
SELLING: Final = frozenset({Kind.PUBLISHER})


def go(caller: Caller, page: str, **route: int) -> HttpResponse:
    """On to another page, by GET."""
    address = reverse(f"partners:{page}", kwargs={"org": caller.slug, **route})
    return HttpResponseRedirect(address, status=303)


def number_of(request: HttpRequest, name: str) -> int | None:
    """A number of the query; None where there is none."""
    return whole(request.GET.get(name, ""))
