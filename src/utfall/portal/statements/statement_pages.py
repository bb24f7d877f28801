"""Pages of statements: what stood, what moved, what stands, line by line, and files of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Menu, Problem, Refused
from utfall.portal.access.errors import Words
from utfall.portal.access.paging import whole
from utfall.portal.book.facade import today
from utfall.portal.look.streaming import streamed
from utfall.portal.people import facade as people
from utfall.portal.statements import facade
from utfall.portal.statements.accounting_pages import sent
from utfall.portal.statements.asking import ACCOUNTS
from utfall.portal.statements.chapter import PARTIES, pages
from utfall.portal.statements.contracts import Account, File, Form, Wanted
from utfall.portal.statements.days import month_of
from utfall.portal.statements.forms import day_said

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = ((Form.PDF, "PDF"), (Form.XLSX, "XLSX"), (Form.CSV, "CSV"))
FOUND_AT_MOST = 30


@pages.page("statements/", name="index", kinds=PARTIES, menu=Menu(_("Statements"), "list-details", 45))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """A statement; or, to who sees everybody, whose there are."""
    if caller.sees_all and not (request.GET.get("publisher") or request.GET.get("advertiser")):
        return _parties(request)
    problems: Sequence[Problem] = ()
    try:
        wanted = _asked(request, caller)
    except Refused as refused:
        wanted, problems = _asked_plainly(request, caller), refused.problems
    view = facade.statement(caller, wanted)
    spots = facade.spots(wanted.kind, wanted.party)
    context = {
        "view": view,
        "wanted": wanted,
        "lines": facade.lines(caller, view, after=whole(request.GET.get("after", ""))),
        "accounts": ACCOUNTS[wanted.kind],
        "currencies": sorted({wanted.currency, *(one.currency for one in spots)}),
        "forms": FORMS,
        "file_url": reverse("statements:file", args=[caller.slug]),
        "spans": _spans(wanted),
        "problems": problems,
        "choices": people.advertiser_choices(caller) if caller.kind is Kind.AGENCY else [],
        "is_own": not caller.sees_all,
    }
    return render(request, "statements/index.html", context, status=422 if problems else 200)


def _parties(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:80]
    found = [
        one
        for kind in (Kind.PUBLISHER, Kind.ADVERTISER)
        for one in people.find_parties(kind, words, limit=FOUND_AT_MOST)
    ]
    return render(request, "statements/parties.html", {"parties": found, "most": FOUND_AT_MOST})


def _asked(request: HttpRequest, caller: Caller) -> Wanted:
    told = request.GET
    publisher, advertiser = _whose(request, caller)
    account, currency = told.get("account", ""), told.get("currency", "")[:3]
    return facade.asked(
        caller,
        publisher=publisher,
        advertiser=advertiser,
        account=Account(account) if account in set(Account) else None,
        currency=currency if currency.isascii() and currency.isalpha() else "",
        first=day_said(told.get("from", "")),
        last=day_said(told.get("to", "")),
    )


def _asked_plainly(request: HttpRequest, caller: Caller) -> Wanted:
    """The same party's statement of this month, beside what was wrong with the question."""
    publisher, advertiser = _whose(request, caller)
    return facade.asked(caller, publisher=publisher, advertiser=advertiser)


def _whose(request: HttpRequest, caller: Caller) -> tuple[int | None, int | None]:
    """The publisher or the advertiser that is named; an agency's first advertiser where none is."""
    publisher, advertiser = (whole(request.GET.get(name, "")) for name in ("publisher", "advertiser"))
    if caller.kind is Kind.AGENCY and advertiser is None:
        advertiser = min(caller.advertisers, default=None)
    return publisher, advertiser


def _spans(wanted: Wanted) -> list[tuple[Words, date, date, bool]]:
    """Days that people name, and whether they are the ones shown."""
    now = today()
    this, before = month_of(now), month_of(month_of(now)[0] - timedelta(days=1))
    named: list[tuple[Words, date, date]] = [
        (_("This month"), this[0], now),
        (_("Last month"), *before),
        (_("This year"), date(now.year, 1, 1), now),
        (_("Last year"), date(now.year - 1, 1, 1), date(now.year - 1, 12, 31)),
    ]
    return [
        (words, first, last, (first, last) == (wanted.first, wanted.last)) for words, first, last in named
    ]


@pages.page("statements/file/", name="file", kinds=PARTIES)
def file(request: HttpRequest, caller: Caller) -> HttpResponse:
    """A statement as CSV, a workbook or PDF: it is in the log."""
    wanted = request.GET.get("form", "")
    return answer_of(caller, _asked(request, caller), Form(wanted) if wanted in set(Form) else Form.CSV)


def answer_of(caller: Caller, wanted: Wanted, form: Form) -> HttpResponse:
    """The file of a statement, to pages and to the API."""
    view = facade.statement(caller, wanted)
    name = facade.name_of(view, form.value)
    facade.note_export(caller, view, form.value)
    if form is Form.CSV:
        return streamed(facade.csv_lines(caller, view), name)
    if form is Form.XLSX:
        content, headers = facade.open_xlsx(caller, view), {"Cache-Control": "no-store"}
        told = FileResponse(content, as_attachment=True, filename=name, content_type=XLSX, headers=headers)
        return cast(HttpResponse, told)  # a page may be one that is sent as it is read
    return sent(File(name, "application/pdf", facade.write_pdf(caller, view)))
