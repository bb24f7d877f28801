"""Pages that show creatives: the gallery, one creative with its preview, and the code to show it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Menu, Permission, Refused
from utfall.portal.access import Kind as Party
from utfall.portal.access.paging import whole
from utfall.portal.access.roles import BUYERS
from utfall.portal.creatives import facade
from utfall.portal.creatives.contracts import CreativeFilter, CreativeView, Kind, State
from utfall.portal.creatives.forms import RejectForm
from utfall.portal.creatives.listed import MANY, OWNING, pages, program_names
from utfall.portal.creatives.words import KIND_ICONS, KINDS, language_words, shown_state
from utfall.portal.links import facade as links
from utfall.portal.programs import facade as programs
from utfall.portal.programs.tabs import tabs_of

ON_A_PAGE = 24
FILTERS = ("q", "program", "kind", "state", "size", "language", "after")


@pages.page("creatives/", name="index", menu=Menu(gettext_lazy("Creatives"), "photo", 57))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The gallery, with filters; without any creative, the way to the first."""
    return _gallery(request, caller, whole(request.GET.get("program", "")))


@pages.page("programs/<int:program>/creatives/", name="of_program", kinds=BUYERS)
def of_program(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The gallery of one program, among its tabs."""
    view = programs.program(caller, program)
    return _gallery(request, caller, program, view=view, tabs=tabs_of(caller, view, "creatives"))


@pages.page("creatives/<int:creative>/", name="creative")
def creative(request: HttpRequest, caller: Caller, creative: int) -> HttpResponse:
    """One creative: how it looks, what is known of it, and for a partner the code."""
    view = facade.creative(caller, creative)
    return one(request, caller, view)


@pages.page("creatives/<int:creative>/code/", name="code", kinds=frozenset({Party.PUBLISHER}))
def code(request: HttpRequest, caller: Caller, creative: int) -> HttpResponse:
    """The code for one link, as a part of the creative's page."""
    view = facade.creative(caller, creative)
    context = {"view": view, **_code(request, caller, view)}
    if not request.headers.get("HX-Request"):
        return one(request, caller, view)
    return render(request, "creatives/code.html", context)


def one(
    request: HttpRequest, caller: Caller, view: CreativeView, *, reject: RejectForm | None = None
) -> HttpResponse:
    """The page of one creative."""
    program = programs.program(caller, view.program)
    context: dict[str, Any] = {
        "view": view,
        "state": shown_state(view),
        "kind_words": KINDS[view.kind],
        "spoken": language_words(view.language),
        "program": program,
        "may_manage": caller.kind in OWNING and caller.may(Permission.MANAGE),
        "may_decide": facade.may_decide(caller, view),
        "needs_review": facade.needs_review(),
        "reject": reject or RejectForm(),
        "is_publisher": caller.kind is Party.PUBLISHER,
        "steps": _steps(view),
    }
    if caller.kind is Party.PUBLISHER:
        context |= _code(request, caller, view)
    return render(request, "creatives/creative.html", context, status=422 if reject else 200)


def _steps(view: CreativeView) -> dict[str, bool]:
    """What can be done with it from where it stands."""
    return {
        "submit": view.state in (State.DRAFT, State.REJECTED),
        "decide": view.state is State.IN_REVIEW,
        "archive": view.state is not State.ARCHIVED,
        "restore": view.state is State.ARCHIVED,
        "change": view.state is not State.ARCHIVED,
    }


def _code(request: HttpRequest, caller: Caller, view: CreativeView) -> dict[str, Any]:
    """The caller's links of the program, the chosen one, and the code for it."""
    own = links.links(caller, program=view.program, count=MANY).items
    chosen = whole(request.GET.get("link", "")) or (own[0].id if own else None)
    context: dict[str, Any] = {"links": own, "chosen": chosen, "snippet": None, "why": ()}
    if chosen is not None:
        try:
            context["snippet"] = facade.snippet(caller, view.id, chosen)
        except Refused as refused:
            context["why"] = refused.problems
    return context


def _gallery(request: HttpRequest, caller: Caller, program: int | None, **more: Any) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:100] for name in FILTERS}
    wanted = CreativeFilter(
        program=program,
        kind=Kind(asked["kind"]) if asked["kind"] in set(Kind) else None,
        state=State(asked["state"]) if asked["state"] in set(State) else None,
        language=asked["language"],
        size=asked["size"],
        search=asked["q"],
    )
    found = facade.creatives(caller, wanted, after=whole(asked["after"]), count=ON_A_PAGE)
    there = facade.choices(caller)
    is_filtered = any(value for name, value in asked.items() if name != "program" or "view" not in more)
    context = {
        "found": found,
        "cards": [(one, shown_state(one), KINDS[one.kind], KIND_ICONS[one.kind]) for one in found.items],
        "asked": asked,
        "names": program_names(caller, {*there.programs, *({program} if program else ())}),
        "sizes": [(size, size.replace("x", " × ")) for size in there.sizes],
        "languages": [(one, language_words(one)) for one in there.languages],
        "kinds": [(one, KINDS[one]) for one in there.kinds],
        "is_empty": not found.items and not is_filtered,
        "may_manage": caller.kind in OWNING and caller.may(Permission.MANAGE),
        "is_publisher": caller.kind is Party.PUBLISHER,
        "in_program": program,
        **more,
    }
    return render(request, "creatives/index.html", context)
