"""The app's page registry, and what its pages share."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, Pages
from utfall.portal.access.paging import whole
from utfall.portal.programs import facade as programs

pages: Final = Pages("quality")
BUYING: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
SELLING: Final = frozenset({Kind.PUBLISHER})
MANY: Final = 200


def go(caller: Caller, page: str, **route: int) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"quality:{page}", caller.slug, *route.values())


def asked(request: HttpRequest, name: str) -> int | None:
    """A number of the address, if there is one."""
    return whole(request.GET.get(name, ""), digits=14)


def tabs(
    caller: Caller, current: str, *, findings: int, held: int
) -> list[tuple[str, str, bool, int | None]]:
    """The parts of quality, as `{% tabs %}` takes them."""
    told = (
        ("index", _("Findings"), findings),
        ("held", _("Review queue"), held),
        ("publishers", _("Publishers"), None),
    )
    return [
        (reverse(f"quality:{page}", args=[caller.slug]), words, page == current, count)
        for page, words, count in told
    ]


def own_programs(caller: Caller) -> list[tuple[int, str]]:
    """The programs that a page can be narrowed to."""
    return programs.choices(caller)
