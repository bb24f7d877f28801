"""Pages of papers: the list of each side with what is open and how to pay it, one paper, its files."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.bank import ocr_reference, rf_reference
from utfall.events import PaperKind
from utfall.papers import own_tax
from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.book import facade as book
from utfall.portal.invoices import facade, ledger
from utfall.portal.invoices.chapter import OPERATING, READING, go, pages
from utfall.portal.invoices.forms import CreditForm
from utfall.portal.invoices.paper_contracts import PaperView, Standing
from utfall.portal.invoices.words import KINDS, STANDINGS
from utfall.portal.look.forms import blame
from utfall.portal.look.streaming import streamed
from utfall.portal.people import facade as people


class Asked(NamedTuple):
    """What a list is narrowed to."""

    kind: PaperKind | None
    standing: Standing | None
    party: int | None
    search: str
    month: str
    since: date | None
    until: date | None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for."""
        return any((self.kind, self.standing, self.party, self.search, self.month))

    @property
    def wanted(self) -> dict[str, Any]:
        """As the facade takes it."""
        return {
            "kind": self.kind,
            "standing": self.standing,
            "party": self.party,
            "search": self.search,
            "since": self.since,
            "until": self.until,
        }


def _asked(request: HttpRequest) -> Asked:
    told = request.GET
    kind, standing = told.get("kind", ""), told.get("standing", "")
    since, until = _month(told.get("month", ""))
    return Asked(
        kind=PaperKind(kind) if kind in set(PaperKind) else None,
        standing=Standing(standing) if standing in set(Standing) else None,
        party=whole(told.get("party", "")),
        search=told.get("q", "").strip()[:40],
        month=f"{since:%Y-%m}" if since else "",
        since=since,
        until=until,
    )


def _month(text: str) -> tuple[date | None, date | None]:
    """The first day of a month and of the next; None for what is none."""
    try:
        first = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None, None
    if first.year >= date.max.year:
        return None, None
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


@pages.page("invoices/", name="papers", kinds=READING, menu=Menu(gettext_lazy("Invoices"), "file-text", 44))
def papers(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Papers that were issued; of a buyer what is open, and how to pay it."""
    asked = _asked(request)
    found = facade.papers(caller, **asked.wanted, after=whole(request.GET.get("after", "")))
    is_buyer = caller.kind in (Kind.ADVERTISER, Kind.AGENCY)
    context = {
        "found": found,
        "asked": asked,
        "kinds": [(one, words) for one, words in KINDS.items() if _has(caller, PaperKind(one))],
        "standings": [(one, words) for one, words in STANDINGS.items()],
        "is_publisher": caller.kind is Kind.PUBLISHER,
        "is_buyer": is_buyer,
        "may_issue": caller.kind is Kind.OPERATOR and caller.may(Permission.MONEY),
        "sums": _sums(facade.all_papers(caller, standing=Standing.OPEN)) if is_buyer else [],
        "references": references(caller) if is_buyer else [],
        "accounts": facade.all_house_accounts() if is_buyer else [],
        "shows_party": caller.sees_all or len(caller.advertisers) > 1,
        "months": _months(),
    }
    return render(request, "invoices/papers.html", context)


def _has(caller: Caller, kind: PaperKind) -> bool:
    if caller.kind is Kind.PUBLISHER:
        return kind.owner == "publisher"
    return caller.sees_all or kind.owner == "advertiser"


def _months() -> list[date]:
    """The months that the filter offers, newest first."""
    today = book.today()
    newest = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(newest, newest - 18, -1)]


def _sums(views: Iterable[PaperView]) -> list[dict[str, object]]:
    """By currency: what is open, what of it is overdue, and what is due first."""
    today, told = book.today(), dict[str, list[PaperView]]()
    for one in views:
        told.setdefault(one.currency, []).append(one)
    return [
        {
            "currency": currency,
            "open": sum(one.open_micros for one in some),
            "overdue": sum(one.open_micros for one in some if one.is_overdue(today)),
            "due_on": min((one.due_on for one in some if one.due_on and one.open_micros > 0), default=None),
        }
        for currency, some in sorted(told.items())
    ]


@pages.page("invoices/list.csv", name="list", kinds=READING)
def listed(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The same list as a file."""
    return streamed(facade.listed(facade.all_papers(caller, **_asked(request).wanted)), "invoices.csv")


@pages.page("invoices/<int:paper>/", name="paper", kinds=READING)
def paper(request: HttpRequest, caller: Caller, paper: int) -> HttpResponse:
    """One paper: what stands on it, what is open, what it did to accounts."""
    return _shown(request, caller, paper)


def _shown(request: HttpRequest, caller: Caller, number: int, form: CreditForm | None = None) -> HttpResponse:
    view = facade.paper(caller, number)
    document, entries = facade.own_document(caller, number), ledger.entries(view.transaction)
    is_operator = caller.kind is Kind.OPERATOR and caller.may(Permission.MONEY)
    own = document.paper.own_rate
    context = {
        "view": view,
        "paper": document.paper,
        "digest": document.digest,
        "net": abs(view.net_micros),
        "tax": abs(view.tax_micros),
        "total": abs(view.total_micros),
        "tax_percent": document.paper.tax.rate_ppm,
        "own_rate": own,
        "own_tax": own_tax(document.paper, own) if own else 0,
        "form": form or CreditForm(),
        "may_credit": is_operator and view.creditable_micros > 0,
        "is_buyer": caller.kind in (Kind.ADVERTISER, Kind.AGENCY),
        "entries": [(one.bucket, abs(one.amount_micros), one.amount_micros > 0) for one in entries],
        "corrects": facade.paper_view(view.corrects) if view.corrects else None,
    }
    return render(request, "invoices/paper.html", context, status=422 if form and form.errors else 200)


@pages.page("invoices/<int:paper>/pdf/", name="pdf", kinds=READING)
def pdf(request: HttpRequest, caller: Caller, paper: int) -> HttpResponse:
    """To be read and printed."""
    return _file(caller, paper, "pdf")


@pages.page("invoices/<int:paper>/xml/", name="xml", kinds=READING)
def xml(request: HttpRequest, caller: Caller, paper: int) -> HttpResponse:
    """To be imported: UBL."""
    return _file(caller, paper, "xml")


@pages.page("invoices/<int:paper>/frozen/", name="frozen", kinds=READING)
def frozen(request: HttpRequest, caller: Caller, paper: int) -> HttpResponse:
    """What was frozen when it was issued."""
    return _file(caller, paper, "json")


def _file(caller: Caller, number: int, form: str) -> HttpResponse:
    file = facade.file_of(caller, number, form)
    answer = HttpResponse(file.content, content_type=file.kind)
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@pages.page("invoices/<int:paper>/credit/", name="credit", methods=("POST",), **OPERATING)
def credit(request: HttpRequest, caller: Caller, paper: int) -> HttpResponse:
    """Take it back, or a part of it."""
    form = CreditForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            facade.correct(caller, paper, why=told["why"], net_micros=told["amount"])
            messages.success(request, _("A credit note is on its way. What it takes back is invoiced anew."))
            return go(caller, "paper", paper)
        except Refused as refused:
            blame(form, refused)
    return _shown(request, caller, paper, form)


def references(caller: Caller) -> list[tuple[str, str, str]]:
    """Under which references the caller's advertisers pay: their names, OCR, and ISO 11649."""
    named = people.parties(Kind.ADVERTISER, caller.advertisers)
    numbers = [(one.name, ocr_reference(number)) for number, one in sorted(named.items())]
    return [(name, reference, rf_reference(reference)) for name, reference in numbers]
