"""The review queue: held orders by the day on which silence would approve them."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Permission, Refused
from utfall.portal.access.roles import BUYERS
from utfall.portal.look.forms import say_why
from utfall.portal.quality import facade
from utfall.portal.quality.chapter import BUYING, asked, go, pages, tabs
from utfall.portal.quality.findings import held_count

PLACES: Final = ("held", "finding")


@pages.page("quality/held/", name="held", kinds=BUYERS)
def held(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What is held, the nearest day first."""
    context = {
        "found": facade.held(caller, after=asked(request, "after")),
        "may_decide": caller.kind in BUYING and caller.may(Permission.MONEY),
        "tabs": tabs(caller, "held", findings=facade.open_findings(caller), held=held_count(caller)),
    }
    return render(request, "quality/held.html", context)


@pages.page(
    "quality/orders/<int:conversion>/undo/",
    name="undo",
    needs=Permission.MONEY,
    kinds=BUYING,
    methods=("GET", "POST"),
)
def undo(request: HttpRequest, caller: Caller, conversion: int) -> HttpResponse:
    """Take back that an order was held or released."""
    facade.handled(caller, conversion)
    if request.method == "POST":
        try:
            facade.undo(caller, conversion)
            messages.success(request, _("Taken back: the order is undecided again."))
        except Refused as refused:
            say_why(request, refused)
        if request.POST.get("finding", "").isdecimal():
            return go(caller, "finding", finding=int(request.POST["finding"][:14]))
    return go(caller, "held")
