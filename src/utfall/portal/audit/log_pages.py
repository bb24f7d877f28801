"""The log in a browser: who changed what, what it was before, whether the chain holds, and files of it."""

from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Menu, Permission
from utfall.portal.access.paging import whole
from utfall.portal.audit import facade
from utfall.portal.audit.contracts import Filters
from utfall.portal.audit.listed import pages
from utfall.portal.look.streaming import streamed


@pages.page("audit/", name="index", needs=Permission.AUDIT, menu=Menu(_("Audit log"), "history", 88))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The changes that concern the caller, newest first."""
    rows = facade.entries(caller, filters_of(request), after=cursor_of(request))
    actions = sorted(((facade.action_words(one), one) for one in facade.actions(caller)), key=itemgetter(0))
    told = {
        "rows": rows,
        "deeds": facade.deeds(caller, rows.items),
        "actions": actions,
        "asked": request.GET,
    }
    return render(request, "audit/index.html", told)


@pages.page("audit/<int:entry>/", name="entry", needs=Permission.AUDIT)
def entry(request: HttpRequest, caller: Caller, entry: int) -> HttpResponse:
    """One change in full, with its place in the chain."""
    found = facade.entry(caller, entry)
    (deed,) = facade.deeds(caller, [found])
    told = {
        "entry": found,
        "deed": deed,
        "changes": facade.told_changes(caller, found),
        "hashed": facade.hashed_text(found),
    }
    return render(request, "audit/entry.html", told)


@pages.page("audit/check/", name="check", needs=Permission.AUDIT)
def check(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Whether the chain holds, now."""
    return render(request, "audit/verdict.html", {"verdict": facade.check(caller)})


@pages.page("audit/export/<slug:form>/", name="export", needs=Permission.AUDIT)
def export(request: HttpRequest, caller: Caller, form: str) -> HttpResponse:
    """What the filters show, as a file."""
    writers = {"csv": (facade.export_csv, "text/csv"), "jsonl": (facade.export_lines, "application/jsonl")}
    if form not in writers:
        raise Http404
    write, kind = writers[form]
    lines, name = write(caller, filters_of(request)), f"audit-{caller.slug}.{form}"
    return streamed(lines, name, f"{kind}; charset=utf-8")


def filters_of(request: HttpRequest) -> Filters:
    """What the address asks for; a day that is none is left out."""
    asked = request.GET
    until = day_of(asked.get("until", ""))
    return Filters(
        action=asked.get("action", ""),
        subject=asked.get("subject", ""),
        words=asked.get("q", "")[:100],
        since=day_of(asked.get("since", "")),
        until=until + timedelta(days=1) if until else None,
    )


def cursor_of(request: HttpRequest) -> int | None:
    """Where the list goes on."""
    return whole(request.GET.get("after", ""))


def day_of(text: str) -> datetime | None:
    """The beginning of a day, in UTC."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except (ValueError, OverflowError):
        return None
