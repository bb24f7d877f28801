"""Pages of runs: drafting papers, looking at them, issuing them."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Refused
from utfall.portal.access.paging import whole
from utfall.portal.book import facade as book
from utfall.portal.invoices import facade
from utfall.portal.invoices.chapter import OPERATING, go, pages
from utfall.portal.invoices.forms import RunForm
from utfall.portal.invoices.paper_contracts import PaperState
from utfall.portal.invoices.words import PAPER_STATES
from utfall.portal.look.forms import blame, say_why
from utfall.portal.look.streaming import streamed
from utfall.portal.work import facade as work


@pages.page("invoices/runs/", name="runs", methods=("GET", "POST"), **OPERATING)
def runs(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Ask for papers, and what was asked for before."""
    form = RunForm(request.POST or None, initial=_last_month())
    if request.method == "POST" and form.is_valid():
        try:
            return go(caller, "run", facade.start(caller, form.wanted()).id)
        except Refused as refused:
            blame(form, refused)
    context = {"form": form, "runs": facade.runs(caller, after=whole(request.GET.get("after", "")))}
    return render(request, "invoices/runs.html", context, status=422 if form.errors else 200)


def _last_month() -> dict[str, date]:
    last = book.today().replace(day=1) - timedelta(days=1)
    return {"since": last.replace(day=1), "until": last}


@pages.page("invoices/runs/<int:paper_run>/", name="run", **OPERATING)
def run(request: HttpRequest, caller: Caller, paper_run: int) -> HttpResponse:
    """A run: what its papers say, who gets none and why."""
    return render(request, "invoices/run.html", _context(request, caller, paper_run))


@pages.page("invoices/runs/<int:paper_run>/live/", name="live", **OPERATING)
def live(request: HttpRequest, caller: Caller, paper_run: int) -> HttpResponse:
    """The part of a run that changes while it is made; it asks for itself again until it is over."""
    return render(request, "invoices/parts/run.html", _context(request, caller, paper_run))


def _context(request: HttpRequest, caller: Caller, number: int) -> dict[str, Any]:
    view = facade.run(caller, number)
    asked = request.GET.get("state", "")
    state = PaperState(asked) if asked in set(PaperState) else None
    after = whole(request.GET.get("after", ""))
    issued = view.count(PaperState.ISSUED)
    return {
        "run": view,
        "found": facade.drafts(caller, number, state=state, after=after),
        "asked": asked if state else "",
        "tabs": [
            ("?", _("All"), state is None, sum(count for _state, count in view.states)),
            *((f"?state={one}", PAPER_STATES[one][0], one is state, count) for one, count in view.states),
        ],
        "has_stopped": facade.has_stopped(caller, view),
        "task": work.task(caller, view.work) if view.work is not None and view.is_moving else None,
        "pdf_parts": facade.parts_of(caller, number, "pdf") if issued and not view.is_moving else [],
        "has_issued": issued > 0,
        "refused": view.count(PaperState.REFUSED),
    }


@pages.page("invoices/runs/<int:paper_run>/issue/", name="issue", methods=("POST",), **OPERATING)
def issue(request: HttpRequest, caller: Caller, paper_run: int) -> HttpResponse:
    """Issue what is drafted."""
    return _done(request, caller, paper_run, "issue", _("Being issued."))


@pages.page("invoices/runs/<int:paper_run>/draft-again/", name="draft_again", methods=("POST",), **OPERATING)
def draft_again(request: HttpRequest, caller: Caller, paper_run: int) -> HttpResponse:
    """Draft what is not issued as things are now."""
    return _done(request, caller, paper_run, "draft_again", _("Being drafted again."))


@pages.page("invoices/runs/<int:paper_run>/go-on/", name="again", methods=("POST",), **OPERATING)
def again(request: HttpRequest, caller: Caller, paper_run: int) -> HttpResponse:
    """Go on where it stopped."""
    return _done(request, caller, paper_run, "again", _("It goes on."))


@pages.page("invoices/runs/<int:paper_run>/cancel/", name="cancel", methods=("POST",), **OPERATING)
def cancel(request: HttpRequest, caller: Caller, paper_run: int) -> HttpResponse:
    """Stop; what is issued stays."""
    return _done(request, caller, paper_run, "cancel", _("Cancelled. What was issued stays."))


def _done(request: HttpRequest, caller: Caller, number: int, deed: str, said: str) -> HttpResponse:
    deeds = {
        "issue": facade.issue,
        "draft_again": facade.draft_again,
        "again": facade.again,
        "cancel": facade.cancel,
    }
    try:
        deeds[deed](caller, number)
        messages.success(request, said)
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "run", number)


@pages.page("invoices/runs/<int:paper_run>/pdf.zip", name="pdf_archive", **OPERATING)
def pdf_archive(request: HttpRequest, caller: Caller, paper_run: int) -> HttpResponse:
    """Its papers to be read; a large run has several archives."""
    after = whole(request.GET.get("after", "")) or 0
    return _archive(caller, paper_run, "pdf", after)


@pages.page("invoices/runs/<int:paper_run>/xml.zip", name="xml_archive", **OPERATING)
def xml_archive(request: HttpRequest, caller: Caller, paper_run: int) -> HttpResponse:
    """Its papers to be imported."""
    return _archive(caller, paper_run, "xml", 0)


def _archive(caller: Caller, number: int, form: str, after: int) -> HttpResponse:
    pieces = facade.archive(caller, number, form, after)
    return streamed(pieces, f"papers-{number}-{form}.zip", "application/zip")
