"""The pages of announcements."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Refused
from utfall.portal.look.forms import blame, say_why
from utfall.portal.operations import facade
from utfall.portal.operations.contracts import Level
from utfall.portal.operations.forms import AnnouncementForm
from utfall.portal.operations.listed import OPERATE, cursor_of, pages, surroundings
from utfall.portal.operations.words import LEVELS


@pages.page("operations/announcements/", name="announcements", **OPERATE)
def announcements(request: HttpRequest, caller: Caller) -> HttpResponse:
    """All that was ever announced."""
    told = surroundings(caller, "announcements") | {
        "rows": facade.announcements(caller, after=cursor_of(request))
    }
    return render(request, "operations/announcements.html", told)


@pages.page("operations/announcements/new/", name="announce", methods=("GET", "POST"), **OPERATE)
def announce(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Write one: first to look at it, then to everybody."""
    form = AnnouncementForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "operations/announce.html", {"form": form}, status=status)
    if request.POST.get("do") == "preview":
        return render(request, "operations/announce.html", {"form": form, "preview": _preview(form)})
    try:
        made = facade.announce(caller, form.draft())
    except Refused as refused:
        blame(form, refused)
        return render(request, "operations/announce.html", {"form": form}, status=422)
    messages.success(request, _("It is on their pages when its time comes."))
    return redirect("operations:announcement", org=caller.slug, announcement=made.id)


@pages.page("operations/announcements/<int:announcement>/", name="announcement", **OPERATE)
def announcement(request: HttpRequest, caller: Caller, announcement: int) -> HttpResponse:
    """One announcement, as each reads it."""
    found = facade.announcement(caller, announcement)
    told = {"one": found, "preview": _shown(found.level, found.text)}
    return render(request, "operations/announcement.html", told)


@pages.page(
    "operations/announcements/<int:announcement>/withdraw/", name="withdraw", methods=("POST",), **OPERATE
)
def withdraw(request: HttpRequest, caller: Caller, announcement: int) -> HttpResponse:
    """Take it from every page."""
    try:
        facade.withdraw_announcement(caller, announcement)
        messages.success(request, _("Withdrawn: it is on no page any more."))
    except Refused as refused:
        say_why(request, refused)
    return redirect("operations:announcement", org=caller.slug, announcement=announcement)


@pages.page("announcements/<int:announcement>/dismiss/", name="dismiss", methods=("POST",))
def dismiss(request: HttpRequest, caller: Caller, announcement: int) -> HttpResponse:
    """Show it to me no more."""
    facade.dismiss(caller, announcement)
    if request.headers.get("HX-Request"):
        return HttpResponse("")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else f"/{caller.slug}/")


def _preview(form: AnnouncementForm) -> list[dict[str, object]]:
    told = form.cleaned_data
    return _shown(Level(told["level"]), {name: told[f"text_{name}"] for name in ("sv", "nb", "en")})


def _shown(level: Level, text: Mapping[str, str]) -> list[dict[str, object]]:
    """The banner in each language that it was written in."""
    shown = LEVELS[level]
    return [
        {"language": name, "words": text[name], "tone": shown.tone, "icon": shown.icon, "level": shown.words}
        for name in ("sv", "nb", "en")
        if text.get(name)
    ]
