"""What a program pays a publisher, on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from utfall.portal.access import Caller, Kind
from utfall.portal.commission import facade
from utfall.portal.commission.editor_pages import ROUTE
from utfall.portal.commission.registry import pages
from utfall.portal.programs import facade as programs


@pages.page(f"{ROUTE}offered/", name="offered", kinds=frozenset({Kind.PUBLISHER}))
def offered(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The rules that can apply to the publisher, with their dates."""
    view = programs.program(caller, program)
    context = {"program": view, "offer": facade.offer_for(caller, program)}
    return render(request, "commission/offered.html", context)
