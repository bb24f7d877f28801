"""The app's registries of pages and operations, and what they share."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Pages, Permission
from utfall.portal.rest.facade import Endpoints

pages: Final = Pages("invoices")
endpoints: Final = Endpoints("invoices", _("Invoices"))
PARTIES: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY, Kind.PUBLISHER})
HOUSE: Final = frozenset({Kind.OPERATOR})
READING: Final = PARTIES | {Kind.AUDITOR}
OPERATING: Final[dict[str, Any]] = {"needs": Permission.MONEY, "kinds": HOUSE}


def go(caller: Caller, page: str, *route: int) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"invoices:{page}", caller.slug, *route)
