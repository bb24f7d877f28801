"""The editor: rules in order of precedence, each edited in its place; edits gather in a draft."""

import json
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, NotFound, Permission, Refused
from utfall.portal.access.roles import BUYERS
from utfall.portal.commission import facade
from utfall.portal.commission.building import Group, act, build, sent_tree, tree_of
from utfall.portal.commission.contracts import Drafted
from utfall.portal.commission.example import Example, example_of
from utfall.portal.commission.forms import PriceKind, RuleForm, initial_of
from utfall.portal.commission.picking import builder_of
from utfall.portal.commission.registry import DOERS, go, may_edit, pages, show
from utfall.portal.commission.shown import editor
from utfall.portal.commission.standing import own_program
from utfall.portal.commission.stepping import act_on_steps
from utfall.portal.look.forms import blame
from utfall.portal.programs.contracts import ProgramView

PRICE = Permission.PRICE
ROUTE = "programs/<int:program>/commission/"
NEW = "new"


@pages.page(ROUTE, name="rules", kinds=BUYERS)
def rules(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Every rule in order of precedence, with the draft of the next change where one was begun."""
    view = own_program(caller, program)
    return answer(request, caller, view)


def answer(
    request: HttpRequest, caller: Caller, view: ProgramView, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The editor: as a part of its page to HTMX, else as a whole page."""
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        context = {"program": view, "may_edit": may_edit(caller, view), **editor(caller, view), **more}
        return render(request, "commission/parts/editor.html", context, status=status)
    return show(request, caller, "rules", view, status=status, **editor(caller, view), **more)


@pages.page(f"{ROUTE}rules/<slug:drafted>/", name="rule", needs=PRICE, kinds=DOERS, methods=("GET", "POST"))
def rule(request: HttpRequest, caller: Caller, program: int, drafted: str) -> HttpResponse:
    """One rule of the draft, or a new one: its form in its place in the list."""
    view = own_program(caller, program)
    with timezone.override(ZoneInfo(view.zone)):
        if request.method == "POST":
            return _posted(request, caller, view, drafted)
        found = _drafted(caller, view, drafted)
        form = _form(caller, view, initial=initial_of(found.draft, view.zone) if found else _fresh(view))
        tree = tree_of(found.draft.when if found else None, view.currency)
        return _form_answer(request, caller, view, drafted, form, tree)


def _posted(request: HttpRequest, caller: Caller, view: ProgramView, drafted: str) -> HttpResponse:
    found = _drafted(caller, view, drafted)
    form, tree = _form(caller, view, request.POST), sent_tree(request.POST)
    verb, _colon, path = request.POST.get("do", "").partition(":")
    if verb != "save":
        # The form as it was sent, changed as the button asks, and judged only once it is handed in.
        act(tree, verb, path, form.chosen_outcome)
        kept = {name: request.POST.get(name) for name in request.POST}
        act_on_steps(kept, verb, path)
        return _form_answer(request, caller, view, drafted, _form(caller, view, initial=kept), tree)
    built = build(tree)
    if form.is_valid() and not built.problems:
        try:
            key = found.key if found else ""
            facade.set_rule(caller, view.id, form.draft(built.condition), key, first=not found)
            return _done(request, caller, view)
        except Refused as refused:
            blame(form, refused)
    return _form_answer(request, caller, view, drafted, form, tree, status=422)


def _drafted(caller: Caller, view: ProgramView, drafted: str) -> Drafted | None:
    """The rule of the draft that is named; None for a new one."""
    if drafted == NEW:
        return None
    for one in facade.draft(caller, view.id).rules:
        if one.key == drafted:
            return one
    raise NotFound


def _form(
    caller: Caller, view: ProgramView, data: Any = None, *, initial: dict[str, Any] | None = None
) -> RuleForm:
    groups = sorted(facade.names_of(caller, view.id).groups.items(), key=lambda one: one[1].lower())
    publishers = facade.choices_of(caller, view.id)
    return RuleForm(data, initial=initial, currency=view.currency, groups=groups, publishers=publishers)


def _fresh(view: ProgramView) -> dict[str, Any]:
    return {"outcome": view.outcome.value}


def _form_answer(
    request: HttpRequest,
    caller: Caller,
    view: ProgramView,
    drafted: str,
    form: RuleForm,
    tree: Group,
    *,
    status: int = 200,
) -> HttpResponse:
    more = {
        "open": drafted,
        "form": form,
        "tree": tree,
        "builder": builder_of(caller, view, form.chosen_outcome),
        "example": _example(request, view, form),
    }
    return answer(request, caller, view, status=status, **more)


def _example(request: HttpRequest, view: ProgramView, form: RuleForm) -> Example | None:
    """What the steps come to; None where the price has none."""
    if form.chosen_price is not PriceKind.TIERED:
        return None
    return example_of(request.POST, form.tiered(), form.chosen_outcome, view.currency)


@pages.page(f"{ROUTE}example/", name="example", needs=PRICE, kinds=DOERS, methods=("POST",))
def example(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """What the steps of a form come to: the part beside them, asked for while they are typed."""
    view = own_program(caller, program)
    form = _form(caller, view, initial={name: request.POST.get(name) for name in request.POST})
    context = {"program": view, "example": _example(request, view, form)}
    return render(request, "commission/parts/example.html", context)


def _done(request: HttpRequest, caller: Caller, view: ProgramView) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return answer(request, caller, view)
    return go(caller, "rules", view.id)


def _edit(
    request: HttpRequest, caller: Caller, program: int, change: Callable[[], object], done: str = ""
) -> HttpResponse:
    """Make an edit of the draft and show the list again."""
    view = own_program(caller, program)
    try:
        change()
        words, level = done, "success"
    except Refused as refused:
        words, level = str(refused.problems[0].sentence), "warning"
    found = _done(request, caller, view)
    if words and request.headers.get("HX-Request"):
        found["HX-Trigger"] = json.dumps({"say": {"words": words, "level": level}})
    elif words:
        messages.add_message(request, getattr(messages, level.upper()), words)
    return found


@pages.page(f"{ROUTE}order/", name="order", needs=PRICE, kinds=DOERS, methods=("POST",))
def order(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Another precedence, as dragged or moved by keyboard."""
    keys = [key for key in request.POST.get("order", "").split(",") if key]
    return _edit(request, caller, program, lambda: facade.reorder(caller, program, keys))


@pages.page(
    f"{ROUTE}rules/<slug:drafted>/copy/", name="copy_rule", needs=PRICE, kinds=DOERS, methods=("POST",)
)
def copy_rule(request: HttpRequest, caller: Caller, program: int, drafted: str) -> HttpResponse:
    """A copy right above, to be narrowed down."""
    return _edit(request, caller, program, lambda: facade.copy_rule(caller, program, drafted))


@pages.page(
    f"{ROUTE}rules/<slug:drafted>/remove/", name="remove_rule", needs=PRICE, kinds=DOERS, methods=("POST",)
)
def remove_rule(request: HttpRequest, caller: Caller, program: int, drafted: str) -> HttpResponse:
    """Out of the draft; undo brings it back."""
    return _edit(request, caller, program, lambda: facade.remove_rule(caller, program, drafted))


@pages.page(f"{ROUTE}undo/", name="undo", needs=PRICE, kinds=DOERS, methods=("POST",))
def undo(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """One step back."""
    return _edit(request, caller, program, lambda: facade.undo(caller, program))


@pages.page(f"{ROUTE}discard/", name="discard", needs=PRICE, kinds=DOERS, methods=("POST",))
def discard(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Throw the draft away."""
    return _edit(
        request,
        caller,
        program,
        lambda: facade.discard(caller, program),
        _("The draft is gone. The rules in force are as they were."),
    )
