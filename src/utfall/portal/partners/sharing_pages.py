"""Pages of splits and overrides: an advertiser's, as a tab of a program, and a publisher's own."""

from collections.abc import Callable
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, Permission, Refused
from utfall.portal.access.roles import BUYERS
from utfall.portal.access.times import to_ms
from utfall.portal.commission import facade as commission
from utfall.portal.look.forms import blame, say_why
from utfall.portal.partners import facade
from utfall.portal.partners.chapter import BUYING, SELLING, go, pages
from utfall.portal.partners.contracts import State as PartnerState
from utfall.portal.partners.sharing_contracts import OverrideDraft, OverrideView, SplitDraft, SplitView
from utfall.portal.partners.sharing_forms import EndForm, OverrideForm, SplitForm, act_on_rows
from utfall.portal.partners.sharing_shown import Agreement, Line, lines_of, shown_overrides, shown_splits
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView, State
from utfall.portal.programs.tabs import tabs_of
from utfall.terms import Override

PRICE: Final = Permission.PRICE
ROUTE: Final = "programs/<int:program>/sharing/"
MINE: Final = "my-programs/sharing/"
BOTH: Final = BUYING | SELLING


@pages.page(ROUTE, name="sharing", kinds=BUYERS)
def sharing(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Who else is paid for the orders of a program."""
    view = programs.program(caller, program)
    may = _may_agree(caller, view)
    context = {
        "program": view,
        "tabs": tabs_of(caller, view, "sharing"),
        "may_agree": may,
        "splits": shown_splits(caller, facade.splits(caller, program=program), may=may),
        "overrides": shown_overrides(caller, facade.overrides(caller, program=program), may=may),
    }
    return render(request, "partners/sharing.html", context)


def _may_agree(caller: Caller, view: ProgramView) -> bool:
    return caller.kind in BUYING and caller.may(PRICE) and view.state is not State.CLOSED


@pages.page(f"{ROUTE}split/", name="add_split", needs=PRICE, kinds=BUYING, methods=("GET", "POST"))
def add_split(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Share what a publisher wins: with whom, how much, and what becomes of 100.00."""
    view = programs.program(caller, program)
    known = commission.choices_of(caller, program)
    with timezone.override(ZoneInfo(view.zone)):
        verb, _colon, place = request.POST.get("do", "").partition(":")
        if verb != "save":
            kept: dict[str, Any] = {name: request.POST.get(name) for name in request.POST}
            act_on_rows(kept, verb, place)
            form = SplitForm(initial=kept, winners=known, known=known)
            return _split_answer(request, caller, view, form)
        form = SplitForm(request.POST, winners=known, known=known)
        if form.is_valid():
            given = form.cleaned_data
            draft = SplitDraft(
                program=program,
                publisher=given["publisher"],
                shares=form.shares(given["publisher"]),
                starts_at=given["starts_at"],
                ends_at=given["ends_at"],
            )
            try:
                facade.add_split(caller, draft)
            except Refused as refused:
                blame(form, refused)
            else:
                messages.success(request, _("Agreed. Orders from then on are shared."))
                return go(caller, "sharing", program=program)
        return _split_answer(request, caller, view, form, status=422)


def _split_answer(
    request: HttpRequest, caller: Caller, view: ProgramView, form: SplitForm, *, status: int = 200
) -> HttpResponse:
    lines, total = _split_example(view, form)
    context = {"program": view, "form": form, "known": form.known, "lines": lines, "total": total}
    return render(request, "partners/split.html", context, status=status)


def _split_example(view: ProgramView, form: SplitForm) -> tuple[list[Line], int]:
    """What becomes of 100.00, as far as the form says it."""
    probe = SplitForm(
        {name: value or "" for name, value in (form.data if form.is_bound else form.initial).items()},
        winners=form.known,
        known=form.known,
    )
    if not probe.is_valid():
        return [], 0
    winner = probe.cleaned_data["publisher"]
    at = probe.cleaned_data["starts_at"] or timezone.now()
    found = facade.sharing_example(view.id, view.currency, winner, probe.shares(winner), at)
    return lines_of(found), found.commission_micros if found else 0


@pages.page(f"{ROUTE}override/", name="add_override", needs=PRICE, kinds=BUYING, methods=("GET", "POST"))
def add_override(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Pay a parent on top of what its child earns."""
    view = programs.program(caller, program)
    known = commission.choices_of(caller, program)
    with timezone.override(ZoneInfo(view.zone)):
        form = OverrideForm(request.POST if request.method == "POST" else None, children=known, known=known)
        is_sure = request.POST.get("do") == "save"
        if is_sure and form.is_valid() and _agreed(request, caller, form, program=program):
            return go(caller, "sharing", program=program)
        lines, total = _override_example(view, form)
        context = {"program": view, "form": form, "known": known, "lines": lines, "total": total}
        return render(request, "partners/override.html", context, status=422 if is_sure else 200)


def _agreed(request: HttpRequest, caller: Caller, form: OverrideForm, *, program: int | None = None) -> bool:
    """Whether what a form says is agreed: on top in a program of an advertiser's, else out of one's own."""
    given = form.cleaned_data
    draft = OverrideDraft(
        parent=given["parent"],
        child=given["child"],
        ppm=given["share"],
        program=given.get("program", program),
        on_top=program is not None,
        starts_at=given["starts_at"],
        ends_at=given["ends_at"],
    )
    try:
        facade.add_override(caller, draft)
    except Refused as refused:
        blame(form, refused)
        return False
    messages.success(request, _("Agreed, for orders from then on."))
    return True


def _override_example(view: ProgramView, form: OverrideForm) -> tuple[list[Line], int]:
    if not (form.is_bound and form.is_valid()):
        return [], 0
    given = form.cleaned_data
    at = given["starts_at"] or timezone.now()
    one = Override(
        id=0,
        parent=given["parent"],
        child=given["child"],
        ppm=given["share"],
        program=view.id,
        on_top=True,
        effective_from=min(to_ms(at), to_ms(timezone.now())),
    )
    child = given["child"]
    found = facade.sharing_example(view.id, view.currency, child, [(child, 1_000_000)], at, (one,))
    return lines_of(found), found.commission_micros if found else 0


@pages.page(MINE, name="my_sharing", kinds=SELLING)
def my_sharing(request: HttpRequest, caller: Caller) -> HttpResponse:
    """In which orders of others a publisher has a part, and whom it gives a part of its own."""
    may = caller.may(Permission.MANAGE)
    found = shown_overrides(caller, overrides := facade.overrides(caller), may=may)
    own = {one.id for one in overrides if one.child in caller.publishers}
    context = {
        "splits": shown_splits(caller, facade.splits(caller), may=False),
        "given": [one for one in found if one.id in own],
        "received": [one for one in found if one.id not in own],
        "numbers": sorted(caller.publishers),
        "may_agree": may,
    }
    return render(request, "partners/my_sharing.html", context)


@pages.page(f"{MINE}new/", name="give_share", needs=Permission.MANAGE, kinds=SELLING, methods=("GET", "POST"))
def give_share(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Give a parent a share of what one earns oneself."""
    me = [(number, "") for number in sorted(caller.publishers)]
    form = OverrideForm(
        request.POST if request.method == "POST" else None, children=me, programs=_joined(caller)
    )
    if form.is_bound and form.is_valid() and _agreed(request, caller, form):
        return go(caller, "my_sharing")
    return render(request, "partners/give_share.html", {"form": form}, status=422 if form.is_bound else 200)


def _joined(caller: Caller) -> list[tuple[int, str]]:
    found = facade.partnerships(caller, states=(PartnerState.APPROVED, PartnerState.PAUSED), count=200).items
    return programs.choices(caller, (one.program for one in found))


@pages.page(
    "sharing/splits/<int:split>/end/", name="end_split", needs=PRICE, kinds=BUYING, methods=("GET", "POST")
)
def end_split(request: HttpRequest, caller: Caller, split: int) -> HttpResponse:
    """Let a split end."""
    found = facade.split(caller, split)
    (shown,) = shown_splits(caller, [found], may=True)
    return _ended(request, caller, found, shown, lambda at, why: facade.end_split(caller, split, at, why=why))


@pages.page(
    "sharing/overrides/<int:override>/end/",
    name="end_override",
    needs=Permission.LOOK,
    kinds=BOTH,
    methods=("GET", "POST"),
)
def end_override(request: HttpRequest, caller: Caller, override: int) -> HttpResponse:
    """Let an override end."""
    found = facade.override(caller, override)
    (shown,) = shown_overrides(caller, [found], may=True)
    return _ended(
        request, caller, found, shown, lambda at, why: facade.end_override(caller, override, at, why=why)
    )


def _ended(
    request: HttpRequest,
    caller: Caller,
    found: SplitView | OverrideView,
    shown: Agreement,
    end: Callable[[Any, str], object],
) -> HttpResponse:
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            end(form.cleaned_data["at"], form.cleaned_data["why"])
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("It ends. Orders placed before stay as agreed."))
            return _back(caller, found.program)
    context = {"form": form, "one": shown, "is_seller": caller.kind is Kind.PUBLISHER}
    return render(request, "partners/end_sharing.html", context, status=422 if form.is_bound else 200)


def _back(caller: Caller, program: int | None) -> HttpResponse:
    if caller.kind is Kind.PUBLISHER or program is None:
        return go(caller, "my_sharing")
    return go(caller, "sharing", program=program)


@pages.page(
    "sharing/splits/<int:split>/keep/", name="keep_split", needs=PRICE, kinds=BUYING, methods=("POST",)
)
def keep_split(request: HttpRequest, caller: Caller, split: int) -> HttpResponse:
    """Undo an end that is still to come."""
    found = facade.split(caller, split)
    return _kept(request, caller, found.program, lambda: facade.keep_split(caller, split))


@pages.page("sharing/overrides/<int:override>/keep/", name="keep_override", kinds=BOTH, methods=("POST",))
def keep_override(request: HttpRequest, caller: Caller, override: int) -> HttpResponse:
    """Undo an end that is still to come."""
    found = facade.override(caller, override)
    return _kept(request, caller, found.program, lambda: facade.keep_override(caller, override))


def _kept(
    request: HttpRequest,
    caller: Caller,
    program: int | None,
    keep: Callable[[], object],
) -> HttpResponse:
    try:
        keep()
        messages.success(request, _("It holds on."))
    except Refused as refused:
        say_why(request, refused)
    return _back(caller, program)
