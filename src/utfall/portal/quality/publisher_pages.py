"""Publishers compared: all of a program for its advertiser, one of them, and a publisher's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Menu
from utfall.portal.access.roles import BUYERS
from utfall.portal.quality import facade
from utfall.portal.quality.chapter import SELLING, asked, pages, tabs
from utfall.portal.quality.charting import delays, strips
from utfall.portal.quality.findings import held_count


@pages.page("quality/publishers/", name="publishers", kinds=BUYERS)
def publishers(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The publishers of a program, each against the others."""
    looks = facade.looks(caller)
    wanted = asked(request, "program")
    look = next((one for one in looks if one.program == wanted), looks[0] if looks else None)
    found = facade.profiles(caller, look.program, after=asked(request, "after")) if look else None
    at_stake: dict[int, int] = {}
    for one in facade.findings(caller, program=look.program, limit=200).items if look else ():
        at_stake[one.publisher] = at_stake.get(one.publisher, 0) + 1
    context = {
        "looks": looks,
        "look": look,
        "found": found,
        "rows": [(one, strips(one), at_stake.get(one.publisher, 0)) for one in found.items] if found else [],
        "tabs": tabs(caller, "publishers", findings=facade.open_findings(caller), held=held_count(caller)),
    }
    return render(request, "quality/publishers.html", context)


@pages.page("quality/programs/<int:program>/publishers/<int:publisher>/", name="publisher", kinds=BUYERS)
def publisher(request: HttpRequest, caller: Caller, program: int, publisher: int) -> HttpResponse:
    """One publisher's traffic in a program."""
    profile = facade.profile(caller, program, publisher)
    look = facade.look(caller, program)
    context = {
        "profile": profile,
        "look": look,
        "strips": strips(profile),
        "chart": delays(profile.delays, look.delays, profile.publisher_name),
        "found": facade.findings(caller, state=None, program=program, publisher=publisher).items,
    }
    return render(request, "quality/publisher.html", context)


@pages.page(
    "traffic/",
    name="mine",
    kinds=SELLING,
    menu=Menu(gettext_lazy("Traffic quality"), "shield-search", 13),
)
def mine(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How a publisher's own traffic compares, without names."""
    found = facade.mine(caller)
    return render(request, "quality/mine.html", {"rows": [(one, strips(one)) for one in found]})
