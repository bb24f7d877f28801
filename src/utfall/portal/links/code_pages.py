"""Pages of promo codes and of tracking domains."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.links import facade
from utfall.portal.links.contracts import CodeDraft
from utfall.portal.links.forms import CodeForm, DomainForm
from utfall.portal.links.listed import (
    BUYING,
    MANY,
    OWNING,
    back,
    cursor,
    number,
    pages,
    program_names,
)
from utfall.portal.links.words import domain_words
from utfall.portal.look.forms import blame, say_why
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs


@pages.page("codes/", name="codes", menu=Menu(gettext_lazy("Codes"), "ticket", 55))
def codes(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Promo codes and whose they are."""
    ended = request.GET.get("state") == "ended"
    found = facade.codes(
        caller,
        program=number(request, "program"),
        search=request.GET.get("q", "").strip()[:40],
        ended=ended,
        after=cursor(request),
    )
    context = {
        "found": found,
        "programs": program_names(caller, {one.program for one in found.items}),
        "publishers": people.party_names(Kind.PUBLISHER, {one.publisher for one in found.items}),
        "ended": ended,
        "is_empty": not found.items and not any(request.GET.get(name) for name in ("q", "state", "after")),
        "may_assign": caller.kind in BUYING and caller.may(Permission.MANAGE),
    }
    return render(request, "links/codes.html", context)


@pages.page("codes/new/", name="new_code", needs=Permission.MANAGE, kinds=BUYING, methods=("GET", "POST"))
def new_code(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Give a code to a partner."""
    form = _code_form(request, caller)
    if request.method == "POST" and form.is_valid():
        try:
            made = facade.assign_code(caller, CodeDraft(**form.cleaned_data))
            messages.success(request, _("Orders with %(code)s are theirs from now on.") % {"code": made.code})
            return back(caller, "codes")
        except Refused as refused:
            blame(form, refused)
    return render(request, "links/new_code.html", {"form": form}, status=422 if form.errors else 200)


@pages.page(
    "codes/<int:code>/end/", name="end_code", needs=Permission.MANAGE, kinds=BUYING, methods=("POST",)
)
def end_code(request: HttpRequest, caller: Caller, code: int) -> HttpResponse:
    """End a code now."""
    try:
        facade.end_code(caller, code)
        messages.success(request, _("The code is ended. Give it out again whenever you like."))
    except Refused as refused:
        say_why(request, refused)
    return back(caller, "codes")


@pages.page("domains/", name="domains", needs=Permission.TRACK, kinds=OWNING, methods=("GET", "POST"))
def domains(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Tracking domains of one's own."""
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.add_domain(caller, form.cleaned_data["host"])
            messages.success(request, _("Added. Point it at the edge, then check it."))
            return back(caller, "domains")
        except Refused as refused:
            blame(form, refused)
    rows = [(one, domain_words(one.problem)) for one in facade.domains(caller)]
    return render(
        request, "links/domains.html", {"form": form, "rows": rows}, status=422 if form.errors else 200
    )


@pages.page(
    "domains/<int:domain>/check/",
    name="check_domain",
    needs=Permission.TRACK,
    kinds=OWNING,
    methods=("POST",),
)
def check_domain(request: HttpRequest, caller: Caller, domain: int) -> HttpResponse:
    """Look whether a domain leads here."""
    view = facade.check_domain(caller, domain)
    if view.verified_at:
        messages.success(request, _("%(host)s leads here. Links can use it.") % {"host": view.host})
    else:
        messages.warning(request, domain_words(view.problem))
    return back(caller, "domains")


@pages.page(
    "domains/<int:domain>/remove/",
    name="remove_domain",
    needs=Permission.TRACK,
    kinds=OWNING,
    methods=("POST",),
)
def remove_domain(request: HttpRequest, caller: Caller, domain: int) -> HttpResponse:
    """Remove a domain."""
    facade.remove_domain(caller, domain)
    messages.success(request, _("Removed. Its links go on under the installation's own address."))
    return back(caller, "domains")


def _code_form(request: HttpRequest, caller: Caller) -> CodeForm:
    approved = partners.partnerships(caller, states=[State.APPROVED], count=MANY).items
    names = people.party_names(Kind.PUBLISHER, {one.publisher for one in approved})
    return CodeForm(
        request.POST or None,
        initial={"program": number(request, "program"), "publisher": number(request, "publisher")},
        programs=programs.choices(caller),
        publishers=sorted(names.items(), key=lambda one: one[1]),
    )
