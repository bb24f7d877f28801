"""The organisation itself: what it says of itself, what it asks of its people, and its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.look.forms import blame, say_why
from utfall.portal.people import facade
from utfall.portal.people.contracts import OrganisationView
from utfall.portal.people.forms import ParticularsForm
from utfall.portal.people.listed import back_to, pages
from utfall.portal.people.own import PARTICULARS
from utfall.portal.people.words import SECOND_FACTORS


@pages.page(
    "organisation/", name="organisation", menu=Menu(gettext_lazy("Organisation"), "building-store", 86)
)
def organisation(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What it says of itself."""
    return _shown(request, caller, None)


@pages.page("organisation/change/", name="change", needs=Permission.MANAGE, methods=("POST",))
def change(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Change what it says of itself."""
    form = ParticularsForm(request.POST)
    if form.is_valid():
        wanted = {name: value for name, value in form.cleaned_data.items() if name in request.POST}
        try:
            facade.change_organisation(caller, facade.Particulars(**wanted))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Saved."))
            return back_to("organisation", caller)
    return _shown(request, caller, form, status=422)


@pages.page("organisation/second-factor/", name="second_factor", needs=Permission.PEOPLE, methods=("POST",))
def second_factor(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Ask people for more than a password."""
    try:
        facade.require_second_factor(caller, request.POST.get("second_factor", ""))
        messages.success(request, _("Saved."))
    except Refused as refused:
        say_why(request, refused)
    return back_to("organisation", caller)


@pages.page("organisation/close/", name="close", needs=Permission.PEOPLE, methods=("GET", "POST"))
def close(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Close the organisation for good, once its name was typed."""
    problem = ""
    if request.method == "POST":
        if request.POST.get("name", "").strip() == caller.name:
            try:
                facade.close_organisation(caller, request.POST.get("why", ""))
            except Refused as refused:
                problem = str(refused.problems[0].sentence)
            else:
                messages.success(request, _("%(name)s is closed.") % {"name": caller.name})
                return redirect("/?choose")
        else:
            problem = _("Type the name exactly as it stands above.")
    return render(request, "people/close.html", {"problem": problem}, status=422 if problem else 200)


def _shown(
    request: HttpRequest, caller: Caller, form: ParticularsForm | None, status: int = 200
) -> HttpResponse:
    own = facade.organisation(caller)
    told: dict[str, Any] = {
        "own": own,
        "form": form or _filled(own),
        "second_factors": SECOND_FACTORS.items(),
        "is_publisher": own.kind is Kind.PUBLISHER,
    }
    return render(request, "people/organisation.html", told, status=status)


def _filled(own: OrganisationView) -> ParticularsForm:
    return ParticularsForm(initial={name: getattr(own, name) for name in PARTICULARS})
