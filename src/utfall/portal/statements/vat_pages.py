"""Pages of VAT: what is declared of some days, and files of it."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from utfall.accounting import Place, Treatment
from utfall.portal.access import Caller, Refused
from utfall.portal.access.paging import whole
from utfall.portal.book.facade import today
from utfall.portal.look.streaming import streamed
from utfall.portal.statements import facade
from utfall.portal.statements.chapter import BOOKKEEPING, pages
from utfall.portal.statements.days import month_of
from utfall.portal.statements.forms import day_said
from utfall.portal.statements.vat_contracts import Counting, Trade, VatForm, VatNarrowed, VatWanted
from utfall.portal.statements.words import COUNTINGS

MONTHS, QUARTERS, YEARS = 6, 4, 3
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days that people name: a month, a quarter or a year, by its first day."""

    kind: str
    first: date
    last: date

    @property
    def quarter(self) -> int:
        """Which quarter of its year its first day is in."""
        return (self.first.month + 2) // 3


@pages.page("accounting/vat/", name="vat", kinds=BOOKKEEPING)
def vat(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What was sold and bought in some days, by how it is taxed, and the sales list."""
    wanted = _asked(request)
    problems: Any = ()
    view = None
    try:
        view = facade.vat(caller, wanted)
    except Refused as refused:
        problems = refused.problems
    context = {
        "view": view,
        "wanted": wanted,
        "problems": problems,
        "spans": _spans(facade.first_day()),
        "countings": list(COUNTINGS.items()),
    }
    return render(request, "statements/vat.html", context, status=422 if problems else 200)


def _asked(request: HttpRequest) -> VatWanted:
    """The days asked for; last month where none are."""
    told = request.GET
    before = month_of(month_of(today())[0] - _DAY)
    first = day_said(told.get("from", "")) or before[0]
    by = told.get("by", "")
    return VatWanted(
        first=first,
        last=day_said(told.get("to", "")) or month_of(first)[1],
        by=Counting(by) if by in set(Counting) else Counting.BOOKED,
    )


def _spans(begun: date | None) -> list[list[Span]]:
    """The newest months, quarters and years since the book was begun, the newest of each first."""
    return [
        _newest("month", 1, MONTHS, begun),
        _newest("quarter", 3, QUARTERS, begun),
        _newest("year", 12, YEARS, begun),
    ]


def _newest(kind: str, months: int, count: int, begun: date | None) -> list[Span]:
    now, told = today(), list[Span]()
    first = date(now.year, (now.month - 1) // months * months + 1, 1)
    while len(told) < count:
        last = month_of(date(first.year, first.month + months - 1, 1))[1]
        told.append(Span(kind, first, last))
        if first <= (begun or now):
            break
        before = first - _DAY
        first = date(before.year, before.month - months + 1, 1)
    return told


@pages.page("accounting/vat/file/", name="vat_file", kinds=BOOKKEEPING)
def vat_file(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Lines, sales list or papers as CSV: it is in the log."""
    form = request.GET.get("form", "")
    wanted = VatForm(form) if form in set(VatForm) else VatForm.SUMS
    return answer_of(caller, _asked(request), wanted, _narrowed(request))


def answer_of(caller: Caller, wanted: VatWanted, form: VatForm, only: VatNarrowed) -> HttpResponse:
    """A file of VAT, to pages and to the API."""
    return streamed(facade.export_vat(caller, wanted, form, only), facade.vat_file_name(wanted, form))


def _narrowed(request: HttpRequest) -> VatNarrowed:
    """Which papers are asked for; what is not known narrows nothing."""
    told = request.GET
    trade, treatment, place = (told.get(name, "") for name in ("trade", "treatment", "place"))
    return VatNarrowed(
        trade=Trade(trade) if trade in set(Trade) else None,
        treatment=Treatment(treatment) if treatment in set(Treatment) else None,
        rate_ppm=whole(told.get("rate_ppm", ""), digits=7),
        place=Place(place) if place in set(Place) else None,
        currency=told.get("currency", "")[:3].upper(),
        own_currency=told.get("own_currency", "")[:3].upper(),
        vat=told.get("vat", "")[:20].upper(),
    )
