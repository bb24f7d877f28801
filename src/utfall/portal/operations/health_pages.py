"""The page of health, which asks itself again every few seconds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Menu
from utfall.portal.operations import facade
from utfall.portal.operations.listed import OPERATE, pages, surroundings


@pages.page(
    "operations/",
    name="health",
    menu=Menu(_("Operations"), "heartbeat", 89, facade.troubles),
    **OPERATE,
)
def health(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How every process and queue is now."""
    told = surroundings(caller, "health") | {"health": facade.health(caller)}
    return render(request, "operations/health.html", told)


@pages.page("operations/now/", name="now", **OPERATE)
def now(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The same without anything around it: what the page asks for every few seconds."""
    return render(request, "operations/now.html", {"health": facade.health(caller)})
