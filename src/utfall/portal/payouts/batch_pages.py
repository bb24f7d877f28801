"""Pages of the operator: who is due and who is not, batches, their release, their file, and single payees."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.events import PayoutEnd
from utfall.portal.access import Caller, Menu, Refused
from utfall.portal.access.paging import whole
from utfall.portal.book import facade as book
from utfall.portal.look.forms import blame, say_why
from utfall.portal.payouts import facade
from utfall.portal.payouts.chapter import OPERATING, go, pages
from utfall.portal.payouts.contracts import BatchState, DueSum
from utfall.portal.payouts.forms import OutcomeForm, PrepareForm, ReleaseForm, WhyForm
from utfall.portal.payouts.own_pages import shown
from utfall.portal.payouts.words import DUE_SHOWN

SHOWN = 5
"""Batches under who is due; their own page has all of them."""


@pages.page("payouts/", name="index", menu=Menu(gettext_lazy("Payouts"), "cash-banknote", 41), **OPERATING)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Who is due today, why others are not paid, and the batches so far."""
    wanted = request.GET.get("show", "")
    show = facade.DueShow(wanted) if wanted in set(facade.DueShow) else facade.DueShow.ALL
    sums = facade.known_sums(caller)
    context = {
        "sums": None if sums is None else _cards(sums),
        "found": facade.due_page(caller, show, after=whole(request.GET.get("after", ""))),
        "show": show,
        "today": book.today(),
        "tabs": [(one, DUE_SHOWN[one]) for one in facade.DueShow],
        "came_back": facade.came_back_count(caller),
        "old_rates": facade.old_rates(),
        "batches": facade.batches(caller, limit=SHOWN),
    }
    return render(request, "payouts/index.html", context)


@pages.page("payouts/sums/", name="sums", **OPERATING)
def sums(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What everybody's verdicts come to, for the page that did not wait for them."""
    return render(request, "payouts/parts/sums.html", {"sums": _cards(facade.due_sums(caller))})


def _cards(sums: Sequence[DueSum]) -> list[tuple[DueSum, PrepareForm]]:
    """Each currency with the form that prepares its batch."""
    return [(one, _form(one.currency)) for one in sums]


def _form(currency: str) -> PrepareForm:
    proposed = {"currency": currency, "pay_on": facade.first_day(currency)}
    return PrepareForm(initial=proposed, auto_id=f"{currency}_%s")


@pages.page("payouts/batches/", name="batches", **OPERATING)
def batches(request: HttpRequest, caller: Caller) -> HttpResponse:
    """All batches."""
    found = facade.batches(caller, after=whole(request.GET.get("after", "")))
    return render(request, "payouts/batches.html", {"batches": found})


@pages.page("payouts/prepare/", name="prepare", methods=("POST",), **OPERATING)
def prepare(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Freeze who is due in a currency."""
    form = PrepareForm(request.POST)
    if form.has_error("pay_on", "invalid"):
        messages.error(request, str(form.errors["pay_on"][0]))
        return go(caller, "index")
    pay_on: date | None = form.cleaned_data.get("pay_on")
    try:
        view = facade.prepare(caller, request.POST.get("currency", "")[:3], pay_on=pay_on)
    except Refused as refused:
        say_why(request, refused)
        return go(caller, "index")
    return go(caller, "batch", view.id)


@pages.page("payouts/came-back/", name="came_back", **OPERATING)
def came_back(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What the bank or the book refused, or came back: why, and what happens next."""
    is_all = request.GET.get("all") == "1"
    after = whole(request.GET.get("after", ""))
    found = facade.came_back(caller, is_open=not is_all, after=after)
    return render(request, "payouts/came_back.html", {"found": found, "is_all": is_all})


@pages.page("payouts/batches/<int:payout_batch>/", name="batch", **OPERATING)
def batch(request: HttpRequest, caller: Caller, payout_batch: int) -> HttpResponse:
    """A batch: who is in it, and what can be done with it."""
    return render(request, "payouts/batch.html", _context(request, caller, payout_batch))


@pages.page("payouts/batches/<int:payout_batch>/live/", name="live", **OPERATING)
def live(request: HttpRequest, caller: Caller, payout_batch: int) -> HttpResponse:
    """The part of a batch that changes while it is settled; it asks for itself again until it is over."""
    return render(request, "payouts/parts/batch.html", _context(request, caller, payout_batch))


def _context(request: HttpRequest, caller: Caller, number: int) -> dict[str, object]:
    view = facade.batch(caller, number)
    after = whole(request.GET.get("after", ""))
    return {
        "batch": view,
        "found": facade.payouts_of_batch(caller, number, after=after),
        "form": ReleaseForm(),
        "is_draft": view.state is BatchState.DRAFT,
        "parts": range(1, view.files + 1) if view.files > 1 else (),
    }


@pages.page("payouts/batches/<int:payout_batch>/release/", name="release", methods=("POST",), **OPERATING)
def release(request: HttpRequest, caller: Caller, payout_batch: int) -> HttpResponse:
    """Pay it, or ask a second person."""
    try:
        view = facade.release(caller, payout_batch, why=request.POST.get("why", "")[:500])
        waits = view.state is BatchState.PROPOSED
        messages.success(request, _("A second person has to agree.") if waits else _("Released."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "batch", payout_batch)


@pages.page("payouts/batches/<int:payout_batch>/discard/", name="discard", methods=("POST",), **OPERATING)
def discard(request: HttpRequest, caller: Caller, payout_batch: int) -> HttpResponse:
    """Forget it."""
    try:
        facade.discard(caller, payout_batch)
        messages.success(request, _("Discarded. Everybody in it is due again."))
        return go(caller, "index")
    except Refused as refused:
        say_why(request, refused)
        return go(caller, "batch", payout_batch)


@pages.page(
    "payouts/batches/<int:payout_batch>/without/<int:payout>/",
    name="take_out",
    methods=("POST",),
    **OPERATING,
)
def take_out(request: HttpRequest, caller: Caller, payout_batch: int, payout: int) -> HttpResponse:
    """Leave somebody out."""
    try:
        facade.take_out(caller, payout_batch, payout)
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "batch", payout_batch)


@pages.page("payouts/batches/<int:payout_batch>/send/", name="send", methods=("POST",), **OPERATING)
def send(request: HttpRequest, caller: Caller, payout_batch: int) -> HttpResponse:
    """Hand the file out; whoever downloads it has it from the page that follows."""
    try:
        view = facade.send(caller, payout_batch, request.POST.get("way", ""))
    except Refused as refused:
        say_why(request, refused)
        return go(caller, "batch", payout_batch)
    said = _("The file lies in the directory.") if view.way == "directory" else _("The file is ready.")
    messages.success(request, said)
    answer = go(caller, "batch", payout_batch)
    if view.way == "download" and view.files == 1:
        answer["Location"] += "?fetch=1"
    return answer


@pages.page("payouts/batches/<int:payout_batch>/file/", name="file", **OPERATING)
def file(request: HttpRequest, caller: Caller, payout_batch: int) -> HttpResponse:
    """The bank's file, or one of several, as a download."""
    try:
        found = facade.bank_file(caller, payout_batch, whole(request.GET.get("part", "")) or 1)
    except Refused as refused:
        say_why(request, refused)
        return go(caller, "batch", payout_batch)
    answer = HttpResponse(found.content, content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@pages.page("payouts/<int:payout>/outcome/", name="outcome", methods=("POST",), **OPERATING)
def outcome(request: HttpRequest, caller: Caller, payout: int) -> HttpResponse:
    """Note by hand what became of a payout."""
    form = OutcomeForm(request.POST)
    if form.is_valid():
        try:
            end = PayoutEnd(form.cleaned_data["end"])
            facade.note_by_hand(caller, payout, end, why=form.cleaned_data["why"])
            messages.success(request, _("Noted. The book says so within a moment."))
            return go(caller, "payout", payout)
        except Refused as refused:
            blame(form, refused)
    return shown(request, caller, payout, form)


@pages.page("payouts/publishers/<int:publisher>/", name="publisher", **OPERATING)
def publisher(request: HttpRequest, caller: Caller, publisher: int) -> HttpResponse:
    """How one publisher is paid, what it earned, and stopping or letting go on."""
    view = facade.details(caller, publisher)
    context = {
        "view": view,
        "earnings": facade.earnings(caller, publisher),
        "payouts": facade.payouts(caller, publisher=publisher, after=whole(request.GET.get("after", ""))),
        "why": WhyForm(),
    }
    return render(request, "payouts/publisher.html", context)


@pages.page("payouts/publishers/<int:publisher>/stop/", name="stop_publisher", methods=("POST",), **OPERATING)
def stop_publisher(request: HttpRequest, caller: Caller, publisher: int) -> HttpResponse:
    """Stop, or let go on."""
    why = request.POST.get("why", "")
    try:
        if request.POST.get("resume"):
            facade.resume(caller, publisher, why)
            messages.success(request, _("Payouts go on."))
        else:
            facade.stop(caller, why, publisher=publisher)
            messages.success(request, _("Stopped."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "publisher", publisher)
