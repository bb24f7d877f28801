"""The app's registers: of its pages and of its operations."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Pages, Refused
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


def say_why(request: HttpRequest, refused: Refused) -> None:
    """What was refused by a button that has no field to blame."""
    for problem in refused.problems:
        messages.error(request, str(problem.sentence))


def number_of(request: HttpRequest, name: str) -> int | None:
    """A number of the query; None where there is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
