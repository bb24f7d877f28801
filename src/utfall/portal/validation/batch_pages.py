"""Batches: the list, one with its verdicts and outcomes as they come, files, and what programs ask for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.events import DeclineReason
from utfall.portal.access import Caller, NotFound, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.access.roles import BUYERS
from utfall.portal.look.forms import blame, say_why
from utfall.portal.look.streaming import streamed
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.tabs import tabs_of
from utfall.portal.tracking.words import REASONS
from utfall.portal.validation import facade
from utfall.portal.validation.batches import FILE_TROUBLES
from utfall.portal.validation.chapter import BUYING, go, pages
from utfall.portal.validation.contracts import BatchView, RowState, State
from utfall.portal.validation.forms import PolicyForm, UploadForm
from utfall.portal.validation.words import ROW_STATES
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Task


@pages.page("validation/batches/", name="batches", kinds=BUYERS)
def batches(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Who decided what, when, and what became of it."""
    found = facade.batches(caller, after=whole(request.GET.get("after", "")))
    return render(request, "validation/batches.html", {"found": found})


@pages.page("validation/batches/<int:batch>/", name="batch", kinds=BUYERS)
def batch(request: HttpRequest, caller: Caller, batch: int) -> HttpResponse:
    """One batch with its rows."""
    return render(request, "validation/batch.html", _context(request, caller, batch))


@pages.page("validation/batches/<int:batch>/live/", name="live", kinds=BUYERS)
def live(request: HttpRequest, caller: Caller, batch: int) -> HttpResponse:
    """The part of a batch that changes while it is settled; it asks for itself again until it is over."""
    return render(request, "validation/parts/live.html", _context(request, caller, batch))


def _context(request: HttpRequest, caller: Caller, batch: int) -> dict[str, Any]:
    view = facade.batch(caller, batch)
    wanted = request.GET.get("state", "")
    state = RowState(wanted) if wanted in set(RowState) else None
    after = whole(request.GET.get("after", ""))
    return {
        "batch": view,
        "task": _task(caller, view),
        "found": facade.rows(caller, batch, state=state, after=after),
        "state": wanted if state else "",
        "tabs": [(one, ROW_STATES[one][0], count) for one, count in sorted(view.states.items())],
        "trouble": FILE_TROUBLES.get(view.trouble, ""),
        "may_apply": caller.kind in BUYING and caller.may(Permission.MONEY) and view.state is State.READY,
    }


def _task(caller: Caller, view: BatchView) -> Task | None:
    """The work that moves a batch, where it is the caller's organisation's own."""
    if view.work is None or not view.is_moving:
        return None
    try:
        return work.task(caller, view.work)
    except NotFound:
        return None


@pages.page(
    "validation/batches/<int:batch>/apply/",
    name="apply",
    needs=Permission.MONEY,
    kinds=BUYING,
    methods=("POST",),
)
def apply(request: HttpRequest, caller: Caller, batch: int) -> HttpResponse:
    """Write the good rows."""
    try:
        facade.apply(caller, batch)
        messages.success(
            request, _("The good rows are being written. What settlement makes of them shows here.")
        )
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "batch", batch=batch)


@pages.page(
    "validation/batches/<int:batch>/discard/",
    name="discard",
    needs=Permission.MONEY,
    kinds=BUYING,
    methods=("POST",),
)
def discard(request: HttpRequest, caller: Caller, batch: int) -> HttpResponse:
    """Forget a preview."""
    try:
        facade.discard(caller, batch)
        messages.success(request, _("Discarded. Nothing was written."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "queue")


@pages.page("validation/batches/<int:batch>/verdicts.csv", name="verdicts", kinds=BUYERS)
def verdicts(request: HttpRequest, caller: Caller, batch: int) -> HttpResponse:
    """Every row with its verdict, as a file."""
    facade.batch(caller, batch)
    return streamed(facade.verdicts_csv(caller, batch), f"verdicts-{batch}.csv")


@pages.page("validation/file/", name="file", needs=Permission.MONEY, kinds=BUYING, methods=("GET", "POST"))
def file(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Decisions in a file: what its columns are, and the way to send it."""
    form = UploadForm(
        request.POST or None, request.FILES or None, advertisers=people.advertisers_offered(caller)
    )
    if request.method == "POST" and form.is_valid():
        sent, owner = form.cleaned_data["file"], form.cleaned_data.get("advertiser")
        try:
            made = facade.upload(caller, sent.file, sent.name or "", advertiser=owner)
            return go(caller, "batch", batch=made.id)
        except Refused as refused:
            blame(form, refused)
    context = {"form": form, "reasons": REASONS.items(), "columns": facade.COLUMNS}
    return render(request, "validation/file.html", context, status=422 if form.errors else 200)


@pages.page(
    "programs/<int:program>/validation/",
    name="policy",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("GET", "POST"),
)
def policy(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """For which reasons a program asks its own people for evidence."""
    view, standing = programs.program(caller, program), facade.policy(caller, program)
    form = PolicyForm(request.POST or None, initial={"reasons": [one.value for one in standing.reasons]})
    if request.method == "POST" and form.is_valid():
        facade.set_policy(caller, program, [DeclineReason(one) for one in form.cleaned_data["reasons"]])
        messages.success(request, _("Saved. It holds for decisions from now on."))
        return go(caller, "policy", program=program)
    context = {"form": form, "program": view, "tabs": tabs_of(caller, view, "validation")}
    return render(request, "validation/policy.html", context, status=422 if form.errors else 200)
