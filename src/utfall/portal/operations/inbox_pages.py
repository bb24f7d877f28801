"""The page of what waits for the operator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Menu, NotFound, Refused
from utfall.portal.access.paging import whole
from utfall.portal.look.forms import say_why
from utfall.portal.operations import facade
from utfall.portal.operations.contracts import Matter
from utfall.portal.operations.listed import OPERATE, pages, surroundings
from utfall.portal.operations.words import MATTERS


@pages.page(
    "to-decide/",
    name="waiting",
    methods=("GET", "POST"),
    menu=Menu(gettext_lazy("To decide"), "inbox", 4, facade.waiting_count),
    **OPERATE,
)
def waiting(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Everything that waits, of whatever kind; decided here, or looked at where it lives."""
    if request.method == "POST":
        return _decide(request, caller)
    asked = request.GET.get("matter", "")
    chosen = Matter(asked) if asked in set(Matter) else None
    told = surroundings(caller, "waiting") | {
        "rows": facade.waiting(caller, chosen),
        "matters": [(one, MATTERS[one].words) for one in Matter],
        "chosen": asked,
    }
    return render(request, "operations/waiting.html", told)


def _decide(request: HttpRequest, caller: Caller) -> HttpResponse:
    sent = request.POST
    number = whole(sent.get("id", ""))
    if sent.get("matter") not in set(Matter) or number is None:
        raise NotFound
    approve = sent.get("do") == "approve"
    try:
        facade.decide(caller, Matter(sent["matter"]), number, approve=approve, why=sent.get("why", ""))
        messages.success(request, _("Approved.") if approve else _("Refused, and they are told why."))
    except Refused as refused:
        say_why(request, refused)
    return redirect("operations:waiting", org=caller.slug)
