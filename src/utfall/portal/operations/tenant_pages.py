"""The pages of tenants: at a glance, their limits, and looking as one of their people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, Permission, Refused, Role
from utfall.portal.look.forms import blame
from utfall.portal.operations import facade
from utfall.portal.operations.forms import LimitsForm, LookForm
from utfall.portal.operations.listed import OPERATE, cursor_of, pages, surroundings
from utfall.portal.operations.looking import KNOWN
from utfall.portal.people import facade as people

STATES = ("pending", "active", "suspended", "closed")


@pages.page("operations/tenants/", name="tenants", **OPERATE)
def tenants(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Every organisation with what it did of late."""
    asked = request.GET
    kind, state = asked.get("kind", ""), asked.get("state", "")
    found = facade.tenants(
        caller,
        words=asked.get("q", ""),
        kind=Kind(kind) if kind in set(Kind) else None,
        state=state if state in STATES else "",
        after=cursor_of(request),
    )
    told = {"rows": found, "kinds": list(Kind), "states": STATES, "chosen": {"kind": kind, "state": state}}
    return render(request, "operations/tenants.html", surroundings(caller, "tenants") | told)


@pages.page(
    "operations/tenants/<int:organisation>/limits/", name="limits", methods=("GET", "POST"), **OPERATE
)
def limits(request: HttpRequest, caller: Caller, organisation: int) -> HttpResponse:
    """How much a tenant is allowed."""
    found = facade.allowances(caller, organisation)
    form = LimitsForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.allow(caller, organisation, form.wanted())
            messages.success(request, _("Saved. It holds at once."))
            return redirect("operations:tenants", org=caller.slug)
        except Refused as refused:
            blame(form, refused)
    told = {"form": form, "tenant": people.tenant(caller, organisation)}
    return render(request, "operations/limits.html", told, status=422 if form.errors else 200)


@pages.page("operations/tenants/<int:organisation>/look/", name="look_as", methods=("GET", "POST"), **OPERATE)
def look_as(request: HttpRequest, caller: Caller, organisation: int) -> HttpResponse:
    """See the portal as one of the tenant's people does: for a reason, for half an hour, changing nothing."""
    form = LookForm(request.POST or None)
    found = people.tenant(caller, organisation)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            begun = facade.look_as(
                caller,
                organisation,
                role=Role(told["role"]),
                why=told["why"],
                session=request.session.session_key,
            )
        except Refused as refused:
            blame(form, refused)
        else:
            request.session[KNOWN] = begun.id
            return redirect("home:index", org=begun.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "operations/look_as.html", {"form": form, "tenant": found}, status=status)


@pages.page("operations/look/end/", name="end_looking", methods=("POST",), **OPERATE)
def end_looking(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Look no longer."""
    ended = facade.end_looking(caller)
    request.session.pop(KNOWN, None)
    if ended is None:
        return redirect("operations:impersonations", org=caller.slug)
    messages.success(request, _("You look as %(name)s no longer.") % {"name": ended.name})
    return redirect("people:tenant", org=caller.slug, organisation=ended.organisation)


@pages.page("operations/looked-at/", name="impersonations", needs=Permission.AUDIT)
def impersonations(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Who of the operator's looked at a tenant's portal: the tenant's own, or all for overseers."""
    told = {"rows": facade.impersonations(caller, after=cursor_of(request)), "here": "impersonations"}
    if caller.kind is Kind.OPERATOR and caller.may(Permission.OPERATE):
        told |= surroundings(caller, "impersonations")
    return render(request, "operations/impersonations.html", told)
