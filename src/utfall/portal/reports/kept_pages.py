"""Pages of what is kept: saved reports, when they are sent, and files that were made."""

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, Permission, Refused, refuse
from utfall.portal.access.paging import whole
from utfall.portal.look.forms import say_why
from utfall.portal.reports import facade
from utfall.portal.reports.builder_pages import show
from utfall.portal.reports.contracts import Form, Rhythm, ScheduleDraft
from utfall.portal.reports.files import TYPES
from utfall.portal.reports.listed import back, pages
from utfall.portal.reports.wanted import Wanted, from_address, from_data


@pages.page("reports/saved/<int:report>/", name="saved")
def saved(request: HttpRequest, caller: Caller, report: int) -> HttpResponse:
    """A report that is kept, as it is now."""
    kept = facade.saved(caller, report)
    return show(request, caller, from_data(kept.wanted), kept)


@pages.page("reports/save/", name="save", methods=("POST",))
def save(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Keep the report that was put together."""
    wanted = _wanted(request)
    try:
        shared = bool(request.POST.get("shared"))
        kept = facade.save(caller, request.POST.get("name", ""), wanted, shared=shared)
    except Refused as refused:
        say_why(request, refused)
        return redirect(f"{reverse('reports:index', args=[caller.slug])}?{wanted.address}")
    messages.success(request, _("The report is kept."))
    return back(caller, "saved", report=kept.id)


@pages.page("reports/saved/<int:report>/change/", name="change", methods=("POST",))
def change(request: HttpRequest, caller: Caller, report: int) -> HttpResponse:
    """Call a kept report otherwise, or share it, or no longer."""
    kept = facade.saved(caller, report)
    try:
        facade.change(
            caller,
            report,
            name=request.POST.get("name", ""),
            wanted=from_data(kept.wanted),
            shared=bool(request.POST.get("shared")),
        )
        messages.success(request, _("Saved."))
    except Refused as refused:
        say_why(request, refused)
    return back(caller, "saved", report=report)


@pages.page("reports/saved/<int:report>/remove/", name="remove", methods=("POST",))
def remove(request: HttpRequest, caller: Caller, report: int) -> HttpResponse:
    """Keep a report no longer."""
    facade.remove(caller, report)
    messages.success(request, _("The report is gone, and no longer sent."))
    return back(caller, "index")


@pages.page("reports/saved/<int:report>/schedule/", name="schedule", methods=("POST",))
def schedule(request: HttpRequest, caller: Caller, report: int) -> HttpResponse:
    """Have a report sent to oneself."""
    try:
        facade.schedule(caller, report, _draft(request))
        messages.success(request, _("The report is sent to you from now on."))
    except Refused as refused:
        say_why(request, refused)
    return back(caller, "saved", report=report)


@pages.page("reports/schedules/<int:schedule>/end/", name="end_schedule", methods=("POST",))
def end_schedule(request: HttpRequest, caller: Caller, schedule: int) -> HttpResponse:
    """No longer have it sent."""
    facade.end_schedule(caller, schedule)
    messages.success(request, _("It is no longer sent."))
    return back(caller, "index")


@pages.page(
    "reports/differences/", name="differences", needs=Permission.OPERATE, kinds=frozenset({Kind.OPERATOR})
)
def differences(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Sums that reports and book tell differently, whose they are and since when."""
    return render(request, "reports/differences.html", {"rows": facade.differences(caller)})


@pages.page("reports/files/", name="files")
def files(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Files that were made of reports, and those being made."""
    found = facade.files(caller, after=whole(request.GET.get("after", "")))
    return render(request, "reports/files.html", {"rows": found})


@pages.page("reports/files/make/", name="export", methods=("POST",))
def export(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Have a file made of a report."""
    wanted, form = _wanted(request), request.POST.get("form", "")
    try:
        made = facade.export(
            caller,
            wanted,
            Form(form) if form in set(Form) else Form.CSV,
            request.POST.get("name", ""),
        )
    except Refused as refused:
        say_why(request, refused)
        return redirect(f"{reverse('reports:index', args=[caller.slug])}?{wanted.address}")
    return back(caller, "file", file=made.id)


@pages.page("reports/files/<int:file>/", name="file")
def file(request: HttpRequest, caller: Caller, file: int) -> HttpResponse:
    """A file, or how far it is."""
    from utfall.portal.reports.files import view
    from utfall.portal.work import facade as work

    found = view(caller, file)
    task = work.task(caller, found.work) if found.work else None
    return render(request, "reports/file.html", {"file": found, "task": task})


@pages.page("reports/files/<int:file>/fetch/", name="fetch")
def fetch(request: HttpRequest, caller: Caller, file: int) -> HttpResponse:
    """The file itself."""
    try:
        found, path = facade.fetch(caller, file)
    except Refused as refused:
        say_why(request, refused)
        return back(caller, "file", file=file)
    return _sent(found.name, found.form, path)  # type: ignore[return-value]


def _sent(name: str, form: Form, path: Path) -> HttpResponseBase:
    called = f"{slugify(name) or 'report'}.{form.value}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=called, content_type=TYPES[form])


def _wanted(request: HttpRequest) -> Wanted:
    found = from_address(request.POST)
    if found is None:
        refuse("metrics_missing", _("Choose at least one metric."), "m")
    return found


def _draft(request: HttpRequest) -> ScheduleDraft:
    told = request.POST
    rhythm = told.get("rhythm", "")
    return ScheduleDraft(
        rhythm=Rhythm(rhythm) if rhythm in set(Rhythm) else Rhythm.WEEKLY,
        hour=_whole(told.get("hour"), 7),
        weekday=_whole(told.get("weekday"), 0),
        day=_whole(told.get("day"), 1),
        zone=(told.get("zone") or "").strip()[:60],
    )


def _whole(text: str | None, usual: int) -> int:
    found = whole(text or "", digits=2)
    return usual if found is None else found
