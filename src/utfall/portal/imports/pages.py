"""Imports in a browser: the file, its columns, the preview, what came of it, undoing, and the history."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, NotFound, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.access.roles import BUYERS
from utfall.portal.imports import facade
from utfall.portal.imports.chapter import BUYING, go, pages
from utfall.portal.imports.contracts import ImportView, MappingView, RowState, State, Verdict
from utfall.portal.imports.forms import COLUMN, FileForm, KindForm, MappingForm, kind_of
from utfall.portal.imports.keeping import ENVELOPE
from utfall.portal.imports.words import LEDGERS, ROW_STATES, TROUBLES, VERDICTS
from utfall.portal.look.forms import blame, say_why
from utfall.portal.look.streaming import streamed
from utfall.portal.people import facade as people
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Task

STEPS: Final = (
    gettext_lazy("File"),
    gettext_lazy("Columns"),
    gettext_lazy("Preview"),
    gettext_lazy("Imported"),
)
_STEP: Final = {State.MAPPING: 2, State.CHECKING: 3, State.CHECKED: 3, State.FAILED: 2}
IMPORTS: Final = Menu(gettext_lazy("Imports"), "file-import", 83)


@pages.page("imports/", name="index", kinds=BUYERS, menu=IMPORTS)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What was imported, by whom, and what became of it."""
    found = facade.imports(caller, after=whole(request.GET.get("after", "")))
    return render(request, "imports/index.html", {"found": found, "may_import": _may(caller)})


def _may(caller: Caller) -> bool:
    return caller.kind in BUYING and caller.may(Permission.MANAGE)


@pages.page(
    "imports/new/",
    name="new",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("GET", "POST"),
    takes=facade.BYTES_AT_MOST + ENVELOPE,
)
def new(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Send a file."""
    form = FileForm(
        request.POST or None, request.FILES or None, advertisers=people.advertisers_offered(caller)
    )
    if request.method == "POST" and form.is_valid():
        sent, owner = form.cleaned_data["file"], form.cleaned_data.get("advertiser")
        try:
            made = facade.upload(caller, sent.file, sent.name or "", advertiser=owner)
            return go(caller, "mapping", imported=made.id)
        except Refused as refused:
            blame(form, refused)
    context = {"form": form, "steps": STEPS}
    return render(request, "imports/new.html", context, status=422 if form.errors else 200)


@pages.page(
    "imports/<int:imported>/columns/",
    name="mapping",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("GET", "POST"),
)
def mapping(request: HttpRequest, caller: Caller, imported: int) -> HttpResponse:
    """Say which column is what."""
    view = facade.imported(caller, imported)
    if view.state not in _STEP:
        return go(caller, "imported", imported=imported)
    network, kind = kind_of(request.GET)
    own = whole(request.GET.get("own", ""), 14)
    told = facade.mapping(caller, imported, network=network, kind=kind, own=own)
    form = _form(request, caller, view, told)
    if request.method == "POST" and form.is_valid():
        try:
            facade.map_columns(
                caller, imported, form.columns(), form.options(), network=told.network, kind=told.kind
            )
            if name := form.cleaned_data["keep_as"]:
                facade.keep_mapping(caller, imported, name, form.columns())
                messages.success(request, _("The mapping is kept. A file with these headings is read by it."))
            return go(caller, "imported", imported=imported)
        except Refused as refused:
            blame(form, refused)
    context = {
        "form": form,
        "one": view,
        "told": told,
        "kind": KindForm(initial={"network": told.network.value, "kind": told.kind.value}),
        "columns": [(one, form[COLUMN + one.name]) for one in told.fields],
        "own": facade.own_mappings(caller, view.advertiser, told.columns),
        "ledgers": [(one.value, *words) for one, words in LEDGERS.items()],
        "steps": STEPS,
    }
    return render(request, "imports/mapping.html", context, status=422 if form.errors else 200)


@pages.page(
    "imports/<int:imported>/mappings/<int:own_mapping>/forget/",
    name="forget_mapping",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("POST",),
)
def forget_mapping(request: HttpRequest, caller: Caller, imported: int, own_mapping: int) -> HttpResponse:
    """Forget a kept mapping, and go on with the file."""
    facade.forget_mapping(caller, own_mapping)
    messages.success(request, _("Forgotten. What was imported with it stays."))
    return go(caller, "mapping", imported=imported)


def _form(request: HttpRequest, caller: Caller, view: ImportView, told: MappingView) -> MappingForm:
    own = facade.programs_of(caller, view.advertiser)
    numbers = {number for one in own for number in facade.partners_of(caller, one.id)}
    named = people.parties(Kind.PUBLISHER, numbers)
    return MappingForm(
        request.POST or None,
        mapping=told,
        programs=[(one.id, one.name) for one in own],
        partners=sorted(((one, party.name) for one, party in named.items()), key=lambda pair: pair[1]),
    )


@pages.page("imports/<int:imported>/", name="imported", kinds=BUYERS)
def imported(request: HttpRequest, caller: Caller, imported: int) -> HttpResponse:
    """One import: its preview, how far it is, and what came of it."""
    return render(request, "imports/imported.html", _context(request, caller, imported))


@pages.page("imports/<int:imported>/live/", name="live", kinds=BUYERS)
def live(request: HttpRequest, caller: Caller, imported: int) -> HttpResponse:
    """The part of an import that changes while it is worked on; it asks for itself again until it is over."""
    context = _context(request, caller, imported)
    answer = render(request, "imports/parts/live.html", context)
    if not context["is_moving"] and request.headers.get("HX-Request"):
        answer["HX-Refresh"] = "true"
    return answer


def _context(request: HttpRequest, caller: Caller, number: int) -> dict[str, Any]:
    view = facade.imported(caller, number)
    wanted, state = request.GET.get("verdict", ""), request.GET.get("state", "")
    verdict = Verdict(wanted) if wanted in set(Verdict) else None
    became = RowState(state) if state in set(RowState) else None
    differing = request.GET.get("differing") == "1"
    task = _task(caller, view)
    is_stuck = view.is_moving and task is not None and task.has_ended
    return {
        "one": view,
        "task": task,
        "is_moving": view.is_moving and not is_stuck,
        "is_stuck": is_stuck,
        "found": facade.rows(
            caller,
            number,
            verdict=verdict,
            state=became,
            differing=differing,
            after=whole(request.GET.get("after", "")),
        ),
        "verdict": verdict,
        "became": became,
        "differing": differing,
        "tabs": [(one, VERDICTS[one][0], view.verdicts[one]) for one in Verdict if one in view.verdicts],
        "outcomes": [(one, ROW_STATES[one][0], view.states[one]) for one in RowState if view.states.get(one)][
            1 if RowState.JUDGED in view.states else 0 :
        ],
        "trouble": TROUBLES.get(view.trouble, ""),
        "may": _may(caller),
        "steps": STEPS,
        "step": _STEP.get(view.state, 4),
        "is_sales": view.kind == "transactions",
    }


def _task(caller: Caller, view: ImportView) -> Task | None:
    """The work that moves an import, where it is the caller's organisation's own."""
    if view.work is None or not view.is_moving:
        return None
    try:
        return work.task(caller, view.work)
    except NotFound:
        return None


@pages.page(
    "imports/<int:imported>/import/", name="apply", needs=Permission.MANAGE, kinds=BUYING, methods=("POST",)
)
def apply(request: HttpRequest, caller: Caller, imported: int) -> HttpResponse:
    """Import what was looked at."""
    try:
        facade.apply(caller, imported)
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "imported", imported=imported)


@pages.page(
    "imports/<int:imported>/undo/", name="undo", needs=Permission.MANAGE, kinds=BUYING, methods=("POST",)
)
def undo(request: HttpRequest, caller: Caller, imported: int) -> HttpResponse:
    """Take an import back."""
    try:
        facade.undo(caller, imported)
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "imported", imported=imported)


@pages.page(
    "imports/<int:imported>/discard/",
    name="discard",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("POST",),
)
def discard(request: HttpRequest, caller: Caller, imported: int) -> HttpResponse:
    """Forget a file that was not imported."""
    try:
        facade.discard(caller, imported)
        messages.success(request, _("Discarded. Nothing was imported."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "index")


@pages.page("imports/<int:imported>/verdicts.csv", name="verdicts", kinds=BUYERS)
def verdicts(request: HttpRequest, caller: Caller, imported: int) -> HttpResponse:
    """Every row with its verdict, as a file."""
    facade.imported(caller, imported)
    return streamed(facade.verdicts_csv(caller, imported), f"import-{imported}.csv")


@pages.page("imports/history/", name="history", kinds=BUYERS)
def history(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What other networks said of the caller's sales."""
    search = request.GET.get("q", "").strip()[:100]
    found = facade.transactions(caller, search=search, after=whole(request.GET.get("after", "")))
    return render(request, "imports/history.html", {"found": found, "search": search})


__all__ = ["pages"]
