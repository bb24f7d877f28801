"""Pages of orders: the list with its filters, sums and export, and the order with its story."""

from typing import Final, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Menu, Pages, Problem, Refused, Slice
from utfall.portal.access.paging import whole
from utfall.portal.conversions import columns, facade, words
from utfall.portal.conversions.asking import Asked, is_narrowed
from utfall.portal.conversions.choices import choices_of, numbered
from utfall.portal.conversions.contracts import Filters, OrderView
from utfall.portal.conversions.exporting import csv_lines
from utfall.portal.conversions.finding import party_of

pages: Final = Pages("conversions")
CONVERSIONS: Final = Menu(_("Conversions"), "shopping-cart", 5)


@pages.page("conversions/", name="index", menu=CONVERSIONS)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The orders that fit the filters, the newest first."""
    given, unknown = numbered(caller, request.GET)
    asked, party = facade.asked_of(given), party_of(caller)
    found, problems = _found(request, caller, asked, unknown)
    context = {
        "found": found,
        "filters": asked.filters,
        "problems": problems,
        "is_narrowed": is_narrowed(asked.filters),
        "party": party,
        "columns": columns.chosen(request, party),
        "offered": columns.offered(party),
        "choices": choices_of(caller, asked.filters),
        "picked": [] if asked.filters.tests else facade.picked_actions(caller),
        "export_limit": facade.EXPORTED_AT_MOST,
        "statuses": words.STANDINGS,
        "paid": words.PAID,
        "asked": request.GET,
        "is_buyer": caller.kind is not Kind.PUBLISHER,
    }
    return render(request, "conversions/index.html", context, status=422 if problems else 200)


def _found(
    request: HttpRequest, caller: Caller, asked: Asked, unknown: list[Problem]
) -> tuple[Slice[OrderView], list[Problem]]:
    """What fits, or nothing with what is wrong about the question."""
    problems = [*asked.problems, *unknown]
    if unknown:
        return Slice([]), problems
    try:
        after = whole(request.GET.get("after", ""))
        return facade.conversions(caller, asked.filters, after), problems
    except Refused as refused:
        return Slice([]), [*problems, *refused.problems]


def _filters(request: HttpRequest, caller: Caller) -> Filters:
    """What a part or a file of the list is asked for; Refused where it names nobody."""
    given, unknown = numbered(caller, request.GET)
    if unknown:
        raise Refused(unknown)
    return facade.asked_of(given).filters


@pages.page("conversions/totals/", name="totals")
def totals(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How many orders fit and what they come to: a part of the list, read after it."""
    filters = _filters(request, caller)
    context = {
        "count": facade.counted(caller, filters),
        "totals": facade.totals(caller, filters),
        "party": party_of(caller),
    }
    return render(request, "conversions/totals.html", context)


@pages.page("conversions/columns/", name="columns", methods=("POST",))
def choose_columns(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Remember which columns to show, and go back to the list."""
    back = request.POST.get("back", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    answer = redirect(back) if here else redirect("conversions:index", caller.slug)
    columns.choose(answer, request, party_of(caller), request.POST.getlist("column"))
    return answer


@pages.page("conversions/export/", name="export")
def export(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What fits as a CSV file, up to a limit."""
    filters = _filters(request, caller)
    facade.conversions(caller, filters, limit=1)  # a question that is refused is refused before the file
    return cast(
        HttpResponse,  # a page may be one that is written while it is sent
        StreamingHttpResponse(
            csv_lines(caller, filters),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="conversions.csv"'},
        ),
    )


@pages.page("conversions/<int:conversion>/", name="order")
def order(request: HttpRequest, caller: Caller, conversion: int) -> HttpResponse:
    """One order: where it stands, how it came there, and what it comes to."""
    story = facade.story(caller, conversion, request.GET.get("side", ""))
    context = {"story": story, "order": story.order, "actions": facade.order_actions(caller, story.order)}
    return render(request, "conversions/order.html", context)
