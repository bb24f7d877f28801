"""Pages of a program's feed: its health, its deliveries, its columns, where it comes from."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, NotFound, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.access.roles import BUYERS
from utfall.portal.feeds import facade
from utfall.portal.feeds.contracts import REQUIRED, DeliveryView, FeedView, Outcome
from utfall.portal.feeds.forms import ColumnsForm, SourceForm, UploadForm
from utfall.portal.feeds.listed import OWNING, back, pages
from utfall.portal.feeds.opening import MAX_SENT
from utfall.portal.feeds.words import CAUTIONS, FAULTS, PARTS
from utfall.portal.look.forms import blame, say_why
from utfall.portal.programs import facade as programs
from utfall.portal.programs.tabs import tabs_of
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Task

RING = 339.292
"""The length of the ring's line: a circle of radius 54."""


@pages.page("programs/<int:program>/feed/", name="feed", kinds=BUYERS)
def feed(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """How a program's feed is; without one, the way to it."""
    return _show(request, caller, program)


@pages.page(
    "programs/<int:program>/feed/upload/",
    name="upload",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("POST",),
    takes=MAX_SENT,
)
def upload(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Take a file and have it read."""
    form = UploadForm(request.POST, request.FILES)
    programs.program(caller, program)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            facade.receive(caller, program, facade.Upload(sent.name or "", sent.file))
            messages.success(request, _("The file is here, and is being read."))
            return back(caller, "feed", program=program)
        except Refused as refused:
            blame(form, refused)
    return _show(request, caller, program, upload=form, status=422)


@pages.page(
    "programs/<int:program>/feed/source/",
    name="source",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("POST",),
)
def source(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Say where the feed is fetched from."""
    form = SourceForm(request.POST)
    programs.program(caller, program)
    if form.is_valid():
        try:
            begun = facade.set_source(caller, program, form.source())
            messages.success(request, _("Saved. It is being fetched.") if begun else _("Saved."))
            return back(caller, "feed", program=program)
        except Refused as refused:
            blame(form, refused)
    return _show(request, caller, program, source=form, status=422)


@pages.page(
    "programs/<int:program>/feed/fetch/",
    name="fetch",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("POST",),
)
def fetch(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Fetch it now."""
    try:
        facade.fetch_now(caller, program)
        messages.success(request, _("It is being fetched."))
    except Refused as refused:
        say_why(request, refused)
    return back(caller, "feed", program=program)


@pages.page(
    "programs/<int:program>/feed/remove/",
    name="remove",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("POST",),
)
def remove(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Take the feed and its products away."""
    facade.remove(caller, program)
    messages.success(request, _("The feed and its products are gone."))
    return back(caller, "feed", program=program)


@pages.page(
    "programs/<int:program>/feed/columns/",
    name="columns",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("GET", "POST"),
)
def columns(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Say which column of the file stands for which field."""
    view = facade.feed(caller, program)
    form = ColumnsForm(request.POST if request.method == "POST" else None, feed=view)
    if request.method == "POST" and form.is_valid():
        try:
            facade.set_columns(caller, program, form.cleaned_data)
            messages.success(request, _("Saved. The file is being read again."))
            return back(caller, "feed", program=program)
        except Refused as refused:
            blame(form, refused)
    samples = {column.name: column.samples for column in view.columns}
    rows = [
        (form[name], samples.get(str(form[name].value() or ""), ()), name in REQUIRED) for name in form.fields
    ]
    context = {
        "form": form,
        "rows": rows,
        "feed": view,
        "program": programs.program(caller, program),
    }
    return render(request, "feeds/columns.html", context, status=422 if form.errors else 200)


@pages.page("programs/<int:program>/feed/<int:delivery>/", name="delivery", kinds=BUYERS)
def delivery(request: HttpRequest, caller: Caller, program: int, delivery: int) -> HttpResponse:
    """One delivery: what was refused and why, with examples."""
    view = facade.delivery(caller, program, delivery)
    context = {
        "delivery": view,
        "program": programs.program(caller, program),
        "faults": _faults(view),
        "cautions": [(CAUTIONS.get(code, code), count) for code, count in view.warnings.items()],
    }
    return render(request, "feeds/delivery.html", context)


def _faults(view: DeliveryView) -> list[dict[str, Any]]:
    """Each reason with its words, its count and its examples, the most frequent first."""
    ordered = sorted(view.faults.items(), key=lambda item: -item[1])
    return [
        {
            "code": code,
            "sentence": FAULTS[code][0] if code in FAULTS else code,
            "mend": FAULTS[code][1] if code in FAULTS else "",
            "count": count,
            "examples": [one for one in view.examples if one.fault == code],
        }
        for code, count in ordered
    ]


def _show(
    request: HttpRequest,
    caller: Caller,
    program: int,
    *,
    upload: UploadForm | None = None,
    source: SourceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    view = programs.program(caller, program)
    found = _found(caller, program)
    after = whole(request.GET.get("after", ""))
    context: dict[str, Any] = {
        "program": view,
        "tabs": tabs_of(caller, view, "feed"),
        "feed": found,
        "task": _task(caller, found),
        "may_manage": caller.kind in OWNING and caller.may(Permission.MANAGE),
        "upload": upload or UploadForm(),
        "source": source or _source_form(found),
        "deliveries": facade.deliveries(caller, program, after=after) if found else None,
    }
    if found is not None:
        context |= _health(found)
    return render(request, "feeds/feed.html", context, status=status)


def _health(found: FeedView) -> dict[str, Any]:
    score = found.health.score
    latest = found.latest
    return {
        "dash": f"{RING * score / 100:.1f} {RING}",
        "tone": "good" if score >= 80 else "warn" if score >= 50 else "bad",
        "parts": [
            (*PARTS[part.name], part, "good" if part.share_ppm >= 900_000 else "warn")
            for part in found.health.parts
        ],
        "has_failed": latest is not None and latest.outcome is Outcome.FAILED,
        "faults": _faults(latest) if latest else [],
    }


def _found(caller: Caller, program: int) -> FeedView | None:
    try:
        return facade.feed(caller, program)
    except NotFound:
        return None


def _task(caller: Caller, found: FeedView | None) -> Task | None:
    """What is being done with it now; another organisation's work cannot be seen."""
    if found is None or found.work is None:
        return None
    try:
        task = work.task(caller, found.work)
    except NotFound:
        return None
    return None if task.has_ended else task


def _source_form(found: FeedView | None) -> SourceForm:
    if found is None or not found.url:
        return SourceForm(initial={"every_hours": 24, "vat": found.vat_ppm if found else None})
    return SourceForm(initial={"url": found.url, "every_hours": found.every_hours, "vat": found.vat_ppm})
