"""Pages of the tracking set-up: the checklist, the secret, and the snippets."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.tracking import facade
from utfall.portal.tracking.contracts import Setup
from utfall.portal.tracking.listed import OWNING, back_to, must_choose, number, pages
from utfall.portal.tracking.snippets import TABS, Place

FOUND_AT_MOST = 100
FIXES = {
    "snippets": "tracking:snippets",
    "debugger": "tracking:debugger",
    "keys": "people:keys",
    "domains": "links:domains",
}
"""Where each line of the checklist is mended; the others are forms on the page itself."""


@pages.page("tracking/", name="setup", kinds=OWNING, menu=Menu(gettext_lazy("Tracking"), "radar-2", 70))
def setup(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How an advertiser's tracking stands."""
    wanted = number(request, "advertiser")
    if must_choose(caller, wanted):
        return _choose(request, caller, "tracking:setup")
    return _shown(request, caller, wanted)


@pages.page("tracking/secret/", name="secret", needs=Permission.TRACK, kinds=OWNING, methods=("POST",))
def secret(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Make a new postback secret and show it, this once."""
    wanted = number(request, "advertiser")
    made = facade.renew_postback_secret(caller, wanted)
    response = _shown(request, caller, wanted, made)
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.page("tracking/pixel/", name="pixel", needs=Permission.TRACK, kinds=OWNING, methods=("POST",))
def pixel(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Listen to browsers, or to servers only."""
    wanted = number(request, "advertiser")
    accepts = request.POST.get("accepts") == "yes"
    facade.accept_pixel(caller, accepts, wanted)
    messages.success(
        request,
        _("Browsers may tell of orders again.")
        if accepts
        else _("Orders are taken from servers only, from now on."),
    )
    return back_to("setup", caller, advertiser=wanted)


@pages.page("tracking/snippets/", name="snippets", kinds=OWNING)
def snippets(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Code to copy, with the advertiser's own ids."""
    wanted = number(request, "advertiser")
    if must_choose(caller, wanted):
        return _choose(request, caller, "tracking:snippets")
    told = facade.setup(caller, wanted)
    found = programs.programs(caller, advertiser=told.advertiser, count=100).items
    program = _chosen(found, number(request, "program"))
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "tag"
    place = _place(told, program)
    context = {
        "setup": told,
        "advertisers": people.advertiser_choices(caller),
        "programs": found,
        "program": program,
        "tab": tab,
        "tabs": [(_tab_address(request, one), words, one == tab) for one, words in TABS.items()],
        "snippets": facade.snippets(place, tab),
        "consents": facade.consent_snippets(place) if tab == "tag" else (),
    }
    return render(request, "tracking/snippets.html", context)


def _place(told: Setup, program: ProgramView | None) -> Place:
    place = {"advertiser": told.advertiser, "edge": told.edge, "has_secret": told.has_postback_secret}
    if program is None:
        return Place(**place, currency="EUR")  # type: ignore[arg-type]
    return Place(**place, currency=program.currency, outcome=program.outcome)  # type: ignore[arg-type]


def _tab_address(request: HttpRequest, tab: str) -> str:
    asked = request.GET.copy()
    asked["tab"] = tab
    return f"?{asked.urlencode()}"


def _chosen(found: object, wanted: int | None) -> ProgramView | None:
    listed: list[ProgramView] = list(found)  # type: ignore[call-overload]
    return next((one for one in listed if one.id == wanted), listed[0] if listed else None)


def _choose(request: HttpRequest, caller: Caller, page: str) -> HttpResponse:
    words = request.GET.get("q", "")[:80]
    if caller.kind is Kind.OPERATOR:
        found = people.find_parties(Kind.ADVERTISER, words, limit=FOUND_AT_MOST)
        advertisers = [(one.number, one.name) for one in found]
    else:
        advertisers = people.advertiser_choices(caller)
    context = {
        "advertisers": advertisers,
        "address": reverse(page, kwargs={"org": caller.slug}),
        "may_search": caller.kind is Kind.OPERATOR and (words or len(advertisers) == FOUND_AT_MOST),
        "most": FOUND_AT_MOST,
    }
    return render(request, "tracking/choose.html", context)


def _shown(request: HttpRequest, caller: Caller, wanted: int | None, made: str = "") -> HttpResponse:
    told = facade.setup(caller, wanted)
    fixes = {
        one.key: reverse(FIXES[one.page], kwargs={"org": caller.slug})
        for one in told.checks
        if one.page in FIXES
    }
    context = {
        "setup": told,
        "fixes": fixes,
        "made": made,
        "advertisers": people.advertiser_choices(caller),
        "asked": f"?advertiser={wanted}" if wanted is not None else "",
    }
    return render(request, "tracking/setup.html", context)
