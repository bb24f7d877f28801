"""Mandates: an advertiser's agencies, and an agency's advertisers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.people import facade
from utfall.portal.people.listed import back_to, pages

SIDES = frozenset({Kind.ADVERTISER, Kind.AGENCY})


@pages.page(
    "agencies/",
    name="agencies",
    kinds=frozenset({Kind.ADVERTISER}),
    menu=Menu(gettext_lazy("Agencies"), "briefcase", 82),
)
def agencies(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Who acts for this advertiser, and who asks to."""
    return _listed(request, caller, "agencies")


@pages.page(
    "agencies/give/",
    name="give",
    needs=Permission.PEOPLE,
    kinds=frozenset({Kind.ADVERTISER}),
    methods=("POST",),
)
def give(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Let an agency act from now on."""
    try:
        given = facade.give(caller, request.POST.get("party", ""))
    except Refused as refused:
        return _listed(request, caller, "agencies", refused)
    messages.success(request, _("%(name)s acts for you from now on.") % {"name": given.agency})
    return back_to("agencies", caller)


@pages.page(
    "clients/",
    name="clients",
    kinds=frozenset({Kind.AGENCY}),
    menu=Menu(gettext_lazy("Advertisers"), "briefcase", 82),
)
def clients(request: HttpRequest, caller: Caller) -> HttpResponse:
    """For whom this agency acts, and whom it asked."""
    return _listed(request, caller, "clients")


@pages.page(
    "clients/ask/",
    name="ask",
    needs=Permission.PEOPLE,
    kinds=frozenset({Kind.AGENCY}),
    methods=("POST",),
)
def ask(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Ask an advertiser for its mandate."""
    try:
        asked = facade.ask(caller, request.POST.get("party", ""))
    except Refused as refused:
        return _listed(request, caller, "clients", refused)
    messages.success(request, _("%(name)s has to say yes now.") % {"name": asked.advertiser_name})
    return back_to("clients", caller)


@pages.page(
    "mandates/<int:mandate>/grant/",
    name="grant",
    needs=Permission.PEOPLE,
    kinds=frozenset({Kind.ADVERTISER}),
    methods=("POST",),
)
def grant(request: HttpRequest, caller: Caller, mandate: int) -> HttpResponse:
    """Say yes to an agency."""
    granted = facade.grant(caller, mandate)
    messages.success(request, _("%(name)s acts for you from now on.") % {"name": granted.agency})
    return back_to("agencies", caller)


@pages.page(
    "mandates/<int:mandate>/letters/",
    name="letters",
    needs=Permission.MANAGE,
    kinds=frozenset({Kind.AGENCY}),
    methods=("POST",),
)
def letters(request: HttpRequest, caller: Caller, mandate: int) -> HttpResponse:
    """Be written to about an advertiser, or no longer."""
    found = facade.write_of(caller, mandate, request.POST.get("wanted") == "yes")
    name = {"name": found.advertiser_name}
    told = _("You get the letters about %(name)s.") if found.letters else _("No more letters about %(name)s.")
    messages.success(request, told % name)
    return back_to("clients", caller)


@pages.page(
    "mandates/<int:mandate>/end/", name="end", needs=Permission.PEOPLE, kinds=SIDES, methods=("POST",)
)
def end(request: HttpRequest, caller: Caller, mandate: int) -> HttpResponse:
    """End a mandate, or turn one down."""
    facade.end(caller, mandate)
    messages.success(request, _("Ended."))
    return back_to("clients" if caller.kind is Kind.AGENCY else "agencies", caller)


def _listed(request: HttpRequest, caller: Caller, page: str, refused: Refused | None = None) -> HttpResponse:
    told = {
        "mandates": facade.mandates(caller),
        "problems": refused.problems if refused else (),
        "wanted": request.POST.get("party", ""),
    }
    return render(request, f"people/{page}.html", told, status=422 if refused else 200)
