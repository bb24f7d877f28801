"""Pages of yearly income: what each publisher was credited, and a publisher's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from utfall.portal.access import Caller, Refused
from utfall.portal.access.paging import whole
from utfall.portal.book.facade import today
from utfall.portal.look.forms import say_why
from utfall.portal.statements import facade
from utfall.portal.statements.accounting_pages import sent
from utfall.portal.statements.chapter import EARNING, pages

YEARS = 7


@pages.page("income/", name="income", kinds=EARNING)
def income(request: HttpRequest, caller: Caller) -> HttpResponse:
    """A year by publisher, or a publisher's own by quarter."""
    year = _year(request)
    publisher = whole(request.GET.get("publisher", ""))
    if not caller.sees_all or publisher is not None:
        view = facade.income(caller, year, publisher)
        context = {"view": view, "year": year, "years": facade.years(view.publisher)[:YEARS]}
        return render(request, "statements/income.html", context)
    found = facade.incomes(caller, year, after=whole(request.GET.get("after", "")))
    context = {"found": found, "year": year, "years": facade.years()[:YEARS]}
    return render(request, "statements/incomes.html", context)


def _year(request: HttpRequest) -> int:
    """The year that is asked for; this one where none is, or where it has not begun."""
    asked = whole(request.GET.get("year", ""), digits=4)
    return asked if asked and 2000 <= asked <= today().year else today().year


@pages.page("income/file/", name="income_file", kinds=EARNING, methods=("POST",))
def income_file(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Take a year away as CSV: everybody's, which is in the log, or a publisher's own."""
    year = whole(request.POST.get("year", ""), digits=4) or 0
    publisher = whole(request.POST.get("publisher", ""))
    try:
        if caller.sees_all and publisher is None:
            return sent(facade.export_incomes(caller, year))
        return sent(facade.export_income(caller, year, publisher))
    except Refused as refused:
        say_why(request, refused)
        return redirect("statements:income", caller.slug)
