"""The app's page registry, and what its pages about one program share."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from utfall.portal.access import Caller, Kind, Pages, Permission
from utfall.portal.programs.contracts import ProgramView, State
from utfall.portal.programs.tabs import tabs_of

pages: Final = Pages("commission")
DOERS: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
"""Those who may change rules; publishers and auditors never."""


def may_edit(caller: Caller, view: ProgramView) -> bool:
    """Whether the caller can change a program's rules."""
    return caller.kind in DOERS and caller.may(Permission.PRICE) and view.state is not State.CLOSED


def go(caller: Caller, page: str, *route: Any) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"commission:{page}", caller.slug, *route)


def show(
    request: HttpRequest,
    caller: Caller,
    template: str,
    view: ProgramView,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """A page about one program, with its tabs."""
    context = {
        "program": view,
        "tabs": tabs_of(caller, view, "commission"),
        "may_edit": may_edit(caller, view),
        **more,
    }
    return render(request, f"commission/{template}.html", context, status=status)
