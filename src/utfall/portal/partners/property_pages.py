"""What a publisher owns: adding it, changing it, proving it, and putting it away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, NotFound, Permission, Refused
from utfall.portal.look.forms import blame, say_why
from utfall.portal.partners import facade, verifying, words
from utfall.portal.partners.chapter import SELLING, go, pages
from utfall.portal.partners.contracts import PropertyDraft, PropertyKind, PropertyView
from utfall.portal.partners.forms import PropertyForm
from utfall.portal.programs.words import PROMOTION_TYPES
from utfall.portal.work import facade as work
from utfall.terms import PromotionType


@pages.page("profile/properties/", name="properties", kinds=SELLING)
def properties(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Sites, apps, channels and lists."""
    context = {
        "owned": [shown(one) for one in facade.properties(caller)],
        "archived": [shown(one) for one in facade.properties(caller, archived=True)],
        "may_change": caller.may(Permission.MANAGE),
    }
    return render(request, "partners/properties.html", context)


def shown(view: PropertyView) -> dict[str, Any]:
    """A property as lists and pages show it."""
    return {
        "property": view,
        "kind": words.KINDS[view.kind],
        "icon": words.ICONS[view.kind],
        "type": PROMOTION_TYPES[PromotionType(view.promotion_type)],
        "problem": words.problem_words(view.problem),
    }


@pages.page(
    "profile/properties/new/",
    name="add_property",
    needs=Permission.MANAGE,
    kinds=SELLING,
    methods=("GET", "POST"),
)
def add_property(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Add one."""
    form = PropertyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = facade.add_property(caller, drafted(form.cleaned_data))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Added. Prove next that it is yours."))
            return go(caller, "property", property=made.id)
    context = {"form": form, "own": None}
    return render(request, "partners/edit_property.html", context, status=422 if form.errors else 200)


def drafted(given: dict[str, Any]) -> PropertyDraft:
    """What a form says, as the facade takes it."""
    followers = given["followers"]
    return PropertyDraft(
        kind=PropertyKind(given["kind"]),
        name=given["name"],
        promotion_type=given["promotion_type"],
        url=given["url"],
        audience={"monthly": followers} if followers is not None else {},
    )


@pages.page("profile/properties/<int:property>/", name="property", kinds=SELLING)
def one_property(request: HttpRequest, caller: Caller, property: int) -> HttpResponse:
    """One of them, and how to prove that it is one's own."""
    view = facade.own_property(caller, property)
    context = shown(view) | {
        "file_address": verifying.file_address(view.url, view.token),
        "tag": verifying.tag_of(view.token),
        "is_site": view.kind is PropertyKind.SITE,
        "task": _task(caller, view),
        "may_change": caller.may(Permission.MANAGE),
    }
    return render(request, "partners/property.html", context)


def _task(caller: Caller, view: PropertyView) -> Any:
    """The check that is under way, if one is."""
    if view.work is None:
        return None
    try:
        found = work.task(caller, view.work)
    except NotFound:
        return None
    return None if found.has_ended else found


@pages.page(
    "profile/properties/<int:property>/edit/",
    name="edit_property",
    needs=Permission.MANAGE,
    kinds=SELLING,
    methods=("GET", "POST"),
)
def edit_property(request: HttpRequest, caller: Caller, property: int) -> HttpResponse:
    """Change what it says."""
    view = facade.own_property(caller, property)
    start = {
        "kind": view.kind.value,
        "name": view.name,
        "url": view.url,
        "promotion_type": view.promotion_type,
        "followers": view.audience.get("monthly"),
    }
    form = PropertyForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        try:
            facade.change_property(caller, property, drafted(form.cleaned_data))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Saved."))
            return go(caller, "property", property=property)
    context = {"form": form, "own": view}
    return render(request, "partners/edit_property.html", context, status=422 if form.errors else 200)


@pages.page(
    "profile/properties/<int:property>/verify/",
    name="verify",
    needs=Permission.MANAGE,
    kinds=SELLING,
    methods=("POST",),
)
def verify(request: HttpRequest, caller: Caller, property: int) -> HttpResponse:
    """Look for the mark."""
    try:
        facade.verify_property(caller, property)
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "property", property=property)


@pages.page(
    "profile/properties/<int:property>/archive/",
    name="archive_property",
    needs=Permission.MANAGE,
    kinds=SELLING,
    methods=("POST",),
)
def archive_property(request: HttpRequest, caller: Caller, property: int) -> HttpResponse:
    """Put it away, or take it out again."""
    is_back = "restore" in request.POST
    facade.archive_property(caller, property, restore=is_back)
    messages.success(request, _("It is back.") if is_back else _("Put away. Links on it go on."))
    return go(caller, "properties")
