"""The app's page registry, and what its pages share."""

from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from utfall.portal.access import Caller, Kind, Pages
from utfall.portal.access.paging import LARGEST
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import ProposalView
from utfall.portal.audit.contracts import State as Waiting
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.programs.tabs import tabs_of

pages: Final = Pages("programs")
DOERS: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
"""Those who may change a program; publishers and auditors never."""


def go(caller: Caller, page: str, **route: Any) -> HttpResponse:
    """On to another page of this organisation, by GET."""
    return redirect(f"programs:{page}", caller.slug, *route.values())


def proposed(caller: Caller, view: ProgramView) -> list[ProposalView]:
    """Changes of this program that wait for a second person."""
    if caller.kind is Kind.PUBLISHER:
        return []
    waiting = audit.proposals(caller, Waiting.WAITING, limit=LARGEST).items
    return [one for one in waiting if one.subject == f"program {view.id}"]


def show(
    request: HttpRequest,
    caller: Caller,
    template: str,
    view: ProgramView,
    *,
    tab: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """A page about one program, with its tabs; its times are on the program's own clock."""
    context = {
        "program": view,
        "tabs": tabs_of(caller, view, tab),
        "ways_on": facade.ways_on(caller, view),
        "proposed": proposed(caller, view),
        **more,
    }
    with timezone.override(ZoneInfo(view.zone)):
        return render(request, f"programs/{template}.html", context, status=status)
