"""Pages of accounting: the trial balance of some days, files for the accountant, and the chart."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.accounting import HEADS
from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.book.facade import today
from utfall.portal.look.forms import blame, say_why
from utfall.portal.statements import facade
from utfall.portal.statements.chapter import BOOKKEEPING, HOUSE, pages
from utfall.portal.statements.contracts import BooksForm, File
from utfall.portal.statements.days import month_of
from utfall.portal.statements.forms import BooksFileForm, ChartForm, day_said, initial_of
from utfall.portal.statements.words import HEADS as HEAD_WORDS


@pages.page(
    "accounting/",
    name="accounting",
    kinds=BOOKKEEPING,
    menu=Menu(gettext_lazy("Accounting"), "file-spreadsheet", 47),
)
def accounting(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The trial balance of some days, in the accounts of the chart."""
    currencies = facade.currencies(caller)
    currency = _currency(request, currencies)
    first, last = _days(request)
    problems: Any = ()
    books = None
    try:
        books = facade.books(caller, currency, first, last)
    except Refused as refused:
        problems = refused.problems
    context = {
        "books": books,
        "problems": problems,
        "currency": currency,
        "currencies": currencies,
        "first": first,
        "last": last,
        "months": _months(),
        "is_over": facade.days_are_over(last),
        "may_change": caller.kind is Kind.OPERATOR and caller.may(Permission.MONEY),
    }
    return render(request, "statements/accounting.html", context, status=422 if problems else 200)


def _currency(request: HttpRequest, known: list[str]) -> str:
    """The currency that is asked for, else SEK where the book has it, else its first."""
    wanted = (request.GET.get("currency", "").upper(), "SEK", *known)
    return next((one for one in wanted if one in known), "SEK")


def _days(request: HttpRequest) -> tuple[date, date]:
    """The days asked for; last month where none are."""
    before = month_of(month_of(today())[0] - timedelta(days=1))
    first = day_said(request.GET.get("from", "")) or before[0]
    return first, day_said(request.GET.get("to", "")) or month_of(first)[1]


def _months() -> list[tuple[date, date]]:
    """The last six months, the newest first."""
    told = [month_of(today())]
    while len(told) < 6:
        told.append(month_of(told[-1][0] - timedelta(days=1)))
    return told


@pages.page("accounting/file/", name="accounting_file", kinds=BOOKKEEPING, methods=("POST",))
def accounting_file(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Take a file for the accountant away: it is in the log."""
    form = BooksFileForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a currency, the days and the kind of file."))
        return redirect("statements:accounting", caller.slug)
    told = form.cleaned_data
    try:
        made = facade.export_books(
            caller, BooksForm(told["form"]), told["currency"].upper(), told["first"], told["last"]
        )
    except Refused as refused:
        say_why(request, refused)
        return redirect("statements:accounting", caller.slug)
    return sent(made)


def sent(file: File) -> HttpResponse:
    """A file as the browser saves it."""
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
    return HttpResponse(file.content, content_type=file.kind, headers=headers)


@pages.page(
    "accounting/chart/",
    name="chart",
    needs=Permission.MONEY,
    kinds=HOUSE,
    methods=("GET", "POST"),
)
def chart(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Which account each place of the book has."""
    form = ChartForm(request.POST or None, initial=initial_of(facade.chart(caller)))
    if request.method == "POST" and form.is_valid():
        try:
            facade.set_chart(caller, form.draft())
            messages.success(request, _("Saved. The next files use it."))
            return redirect("statements:accounting", caller.slug)
        except Refused as refused:
            blame(form, refused)
    rows = [(HEAD_WORDS[head], form[head], form[f"{head}_name"]) for head in HEADS]
    context = {"form": form, "rows": rows}
    return render(request, "statements/chart.html", context, status=422 if form.errors else 200)
