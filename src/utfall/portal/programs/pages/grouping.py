"""Partner groups of a program."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Permission, Refused
from utfall.portal.access.roles import BUYERS
from utfall.portal.look.forms import blame
from utfall.portal.programs import facade
from utfall.portal.programs.forms import GroupForm
from utfall.portal.programs.pages.registry import DOERS, go, pages, show


@pages.page("programs/<int:program>/groups/", name="groups", kinds=BUYERS)
def groups(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Every group of a program."""
    view = facade.program(caller, program)
    context: dict[str, Any] = {"groups": facade.groups(caller, program), "form": GroupForm()}
    return show(request, caller, "groups", view, tab="groups", **context)


@pages.page(
    "programs/<int:program>/groups/new/",
    name="add_group",
    needs=Permission.MANAGE,
    kinds=DOERS,
    methods=("POST",),
)
def add_group(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """One more group."""
    view = facade.program(caller, program)
    form = GroupForm(request.POST)
    if form.is_valid():
        try:
            made = facade.create_group(caller, program, **form.cleaned_data)
            messages.success(
                request, _("%(name)s is there. Move partners into it next.") % {"name": made.name}
            )
            return go(caller, "groups", program=program)
        except Refused as refused:
            blame(form, refused)
    context: dict[str, Any] = {"groups": facade.groups(caller, program), "form": form}
    return show(request, caller, "groups", view, tab="groups", status=422, **context)


@pages.page(
    "programs/<int:program>/groups/<int:group>/",
    name="group",
    needs=Permission.MANAGE,
    kinds=DOERS,
    methods=("GET", "POST"),
)
def group(request: HttpRequest, caller: Caller, program: int, group: int) -> HttpResponse:
    """Rename or describe a group."""
    view = facade.program(caller, program)
    standing = facade.group(caller, program, group)
    start = {"name": standing.name, "description": standing.description}
    form = GroupForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        try:
            facade.change_group(caller, program, group, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return go(caller, "groups", program=program)
        except Refused as refused:
            blame(form, refused)
    context: dict[str, Any] = {"group": standing, "form": form}
    return show(request, caller, "group", view, tab="groups", status=422 if form.errors else 200, **context)
