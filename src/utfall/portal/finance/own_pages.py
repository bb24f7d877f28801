"""Pages of an advertiser's own money: deposit, limit, what is open, and what comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission
from utfall.portal.access.paging import whole
from utfall.portal.finance import facade
from utfall.portal.finance.chapter import BUYING, PAYING, pages
from utfall.portal.people import facade as people


@pages.page(
    "deposit/",
    name="own",
    needs=Permission.MONEY,
    kinds=BUYING,
    menu=Menu(gettext_lazy("Deposit and credit"), "scale", 42),
)
def own(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The caller's own, or that of an advertiser whom an agency chose."""
    choices = people.advertiser_choices(caller) if caller.kind is Kind.AGENCY else []
    chosen = whole(request.GET.get("advertiser", "")) or (choices[0][0] if choices else None)
    return _shown(request, caller, chosen, choices)


@pages.page("finance/advertisers/<int:advertiser>/", name="advertiser", **PAYING)
def advertiser(request: HttpRequest, caller: Caller, advertiser: int) -> HttpResponse:
    """The same of one advertiser, as the operator or an agency looks at it."""
    return _shown(request, caller, advertiser, [])


def _shown(
    request: HttpRequest, caller: Caller, chosen: int | None, choices: list[tuple[int, str]]
) -> HttpResponse:
    context = {
        "view": facade.own(caller, chosen),
        "choices": choices,
        "chosen": chosen,
        "is_house": caller.kind is Kind.OPERATOR,
    }
    return render(request, "finance/own.html", context)
