"""An advertiser's partners: the list with its filters, deciding about many at once, and one of them."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from utfall.portal.access import Caller, Menu, Permission, Refused
from utfall.portal.access.roles import BUYERS
from utfall.portal.look.forms import blame, say_why
from utfall.portal.partners import facade, words
from utfall.portal.partners.chapter import BUYING, go, number_of, pages
from utfall.portal.partners.contracts import BanReason, PartnershipView, Reapply, Rejection, State
from utfall.portal.partners.forms import (
    ApproveForm,
    BanForm,
    LetterForm,
    MoveForm,
    RejectForm,
    WhyForm,
    type_choices,
)
from utfall.portal.partners.rows import own_programs, row_of, rows_of
from utfall.portal.programs import facade as programs
from utfall.portal.programs.tabs import tabs_of

Do = Callable[[PartnershipView], PartnershipView]
FORMS: Final[dict[str, Callable[..., forms.Form]]] = {
    "approve": ApproveForm,
    "reject": RejectForm,
    "move": MoveForm,
}
AT_ONCE: Final = 200


@pages.page("partners/", name="index", kinds=BUYERS, menu=Menu(gettext_lazy("Partners"), "users-group", 20))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Every partner and who would like to be one."""
    program = number_of(request, "program")
    return render(request, "partners/index.html", listed(request, caller, program) | {"searched": program})


@pages.page("programs/<int:program>/partners/", name="of_program", kinds=BUYERS)
def of_program(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The partners of one program, as a tab of it."""
    view = programs.program(caller, program)
    context = listed(request, caller, program)
    context |= {
        "program": view,
        "tabs": tabs_of(caller, view, "partners"),
        "ways_on": programs.ways_on(caller, view),
    }
    return render(request, "partners/of_program.html", context)


def listed(request: HttpRequest, caller: Caller, program: int | None) -> dict[str, Any]:
    """The list under the filters of the address, and how many there are in each tab."""
    filters: dict[str, Any] = {
        "program": program,
        "group": number_of(request, "group"),
        "promotion_type": request.GET.get("type", ""),
        "search": request.GET.get("q", ""),
    }
    counts = facade.counts(caller, **filters)
    sums = {key: sum(counts[one] for one in states) for key, _words, states in words.TABS}
    tab = request.GET.get("tab", "") or ("waiting" if sums["waiting"] else "active")
    states = next((states for key, _words, states in words.TABS if key == tab), (State.APPROVED,))
    found = facade.partnerships(caller, **filters, states=states, after=number_of(request, "after"))
    return {
        "rows": rows_of(caller, found.items, shown=True),
        "found": found,
        "tab": tab,
        "state_tabs": [
            (_tab(request, key), label, key == tab, sums[key]) for key, label, _states in words.TABS
        ],
        "is_empty": not any(facade.counts(caller, program=program).values()),
        "programs": own_programs(caller),
        "groups": programs.groups(caller, program) if program is not None else [],
        "types": type_choices(),
        "asked": filters,
        "may_decide": caller.kind in BUYING and caller.may(Permission.MANAGE),
    }


def _tab(request: HttpRequest, key: str) -> str:
    asked = request.GET.copy()
    asked.pop("after", None)
    asked["tab"] = key
    return "?" + asked.urlencode()


@pages.page("partners/bulk/", name="bulk", needs=Permission.MANAGE, kinds=BUYING, methods=("POST",))
def bulk(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Approve, reject or move several: first what it needs to know, then what became of each."""
    action = request.POST.get("action", "")
    numbers = [int(one) for one in request.POST.getlist("rows") if one.isdecimal() and len(one) < 19][
        :AT_ONCE
    ]
    views = [facade.partnership(caller, number) for number in numbers]
    if action not in FORMS or not views:
        messages.warning(request, _("Choose at least one partner."))
        return go(caller, "index")
    programs_of_them = {one.program for one in views}
    grouped = programs.groups(caller, programs_of_them.pop()) if len(programs_of_them) == 1 else []
    form = _bulk_form(action, request.POST if "sure" in request.POST else None, grouped)
    rows = rows_of(caller, views)
    context: dict[str, Any] = {"action": action, "rows": rows, "form": form, "has_groups": bool(grouped)}
    if not (form.is_bound and form.is_valid()):
        return render(request, "partners/bulk.html", context, status=422 if form.is_bound else 200)
    verdicts = facade.several(caller, numbers, _doing(caller, action, form.cleaned_data))
    done = sum(one.view is not None for one in verdicts)
    context |= {"verdicts": list(zip(rows, verdicts, strict=True)), "done": done}
    said = ngettext("%(count)s partner is done.", "%(count)s partners are done.", done) % {"count": done}
    context["said"] = said
    return render(request, "partners/bulk_done.html", context)


def _bulk_form(action: str, data: QueryDict | None, grouped: Any) -> forms.Form:
    more = {"groups": grouped} if action in ("approve", "move") else {}
    return FORMS[action](data, **more)


def _doing(caller: Caller, action: str, given: dict[str, Any]) -> Do:
    """What is done to each."""
    match action:
        case "approve":
            return lambda one: facade.decide(
                caller, _asked(one), State.APPROVED, group=given["group"], note=given["note"]
            )
        case "reject":
            return lambda one: facade.decide(
                caller,
                _asked(one),
                State.REJECTED,
                reason=Rejection(given["reason"]),
                note=given["note"],
                reapply=Reapply(given["reapply"]),
            )
    return lambda one: facade.move(caller, one.id, given["group"], why=given["why"])


def _asked(one: PartnershipView) -> int:
    """The application of a partnership; 0, which is nobody's, where there is none."""
    return one.application or 0


@pages.page("partners/<int:partnership>/", name="partner", kinds=BUYERS)
def partner(request: HttpRequest, caller: Caller, partnership: int) -> HttpResponse:
    """One partner: how it stands, its groups over time, its letters, and what can be done."""
    return _shown(request, caller, partnership)


def _shown(
    request: HttpRequest, caller: Caller, partnership: int, status: int = 200, **wrong: forms.Form
) -> HttpResponse:
    view = facade.partnership(caller, partnership)
    grouped = programs.groups(caller, view.program)
    named = {one.id: one.name for one in grouped}
    context: dict[str, Any] = {
        "row": row_of(caller, view),
        "partnership": view,
        "has_groups": bool(grouped),
        "periods": [(one, named.get(one.group or 0, "")) for one in facade.enrolments(caller, partnership)],
        "applications": facade.applications(caller, partnership=partnership).items,
        "letters": facade.letters(caller, partnership),
        "others": rows_of(
            caller,
            [one for one in facade.partnerships(caller, publisher=view.publisher).items if one.id != view.id],
        ),
        "may_decide": caller.kind in BUYING and caller.may(Permission.MANAGE),
        "reasons": words.REASONS,
        "move": MoveForm(groups=grouped, initial={"group": view.group}),
        "pause": WhyForm(prefix="pause"),
        "ban": BanForm(prefix="ban"),
        "lift": WhyForm(prefix="lift"),
        "letter": LetterForm(prefix="letter"),
        **wrong,
    }
    return render(request, "partners/partner.html", context, status=status)


@pages.page(
    "partners/<int:partnership>/move/", name="move", needs=Permission.MANAGE, kinds=BUYING, methods=("POST",)
)
def move(request: HttpRequest, caller: Caller, partnership: int) -> HttpResponse:
    """Into another group."""
    view = facade.partnership(caller, partnership)
    form = MoveForm(request.POST, groups=programs.groups(caller, view.program))
    said = _("Moved. It earns by the group's rules from now on.")
    return _done(request, caller, view, "move", form, said, lambda told: facade.move(caller, view.id, **told))


@pages.page(
    "partners/<int:partnership>/pause/",
    name="pause",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("POST",),
)
def pause(request: HttpRequest, caller: Caller, partnership: int) -> HttpResponse:
    """Let it earn nothing for a while."""
    view = facade.partnership(caller, partnership)
    form = WhyForm(request.POST, prefix="pause")
    said = _("Paused. The publisher has a letter with your reason.")
    return _done(
        request,
        caller,
        view,
        "pause",
        form,
        said,
        lambda told: facade.pause(caller, view.id, why=told["why"]),
    )


@pages.page(
    "partners/<int:partnership>/resume/",
    name="resume",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("POST",),
)
def resume(request: HttpRequest, caller: Caller, partnership: int) -> HttpResponse:
    """Let it earn again."""
    try:
        facade.resume(caller, partnership)
        messages.success(request, _("The partnership goes on; clicks earn again."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "partner", partnership=partnership)


@pages.page(
    "partners/<int:partnership>/ban/", name="ban", needs=Permission.MANAGE, kinds=BUYING, methods=("POST",)
)
def ban(request: HttpRequest, caller: Caller, partnership: int) -> HttpResponse:
    """End it for good."""
    view = facade.partnership(caller, partnership)
    form = BanForm(request.POST, prefix="ban")
    said = _("Banned. Nothing more is earned, and the publisher has a letter with your reason.")
    return _done(
        request,
        caller,
        view,
        "ban",
        form,
        said,
        lambda told: facade.ban(caller, view.id, BanReason(told["reason"]), why=told["why"]),
    )


@pages.page(
    "partners/<int:partnership>/lift/", name="lift", needs=Permission.MANAGE, kinds=BUYING, methods=("POST",)
)
def lift(request: HttpRequest, caller: Caller, partnership: int) -> HttpResponse:
    """Let a banned publisher apply again."""
    view = facade.partnership(caller, partnership)
    form = WhyForm(request.POST, prefix="lift")
    said = _("The ban is lifted; the publisher can apply again.")
    return _done(
        request,
        caller,
        view,
        "lift",
        form,
        said,
        lambda told: facade.lift_ban(caller, view.id, why=told["why"]),
    )


@pages.page(
    "partners/<int:partnership>/letters/",
    name="write",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("POST",),
)
def write(request: HttpRequest, caller: Caller, partnership: int) -> HttpResponse:
    """Write to a partner."""
    view = facade.partnership(caller, partnership)
    form = LetterForm(request.POST, prefix="letter")
    return _done(
        request,
        caller,
        view,
        "letter",
        form,
        _("Sent."),
        lambda told: facade.write(caller, view.id, **told),
    )


def _done(
    request: HttpRequest,
    caller: Caller,
    view: PartnershipView,
    name: str,
    form: forms.Form,
    said: str,
    do: Callable[[dict[str, Any]], Any],
) -> HttpResponse:
    """Do what a form of the partner's page asks, or show the page again with what is wrong."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, said)
            return go(caller, "partner", partnership=view.id)
    return _shown(request, caller, view.id, 422, **{name: form})
