"""One order: what can be decided about it now, with a dialog for each decision."""

from typing import Any

from django.contrib import messages
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.events import Action, DeclineReason
from utfall.portal.access import Caller, Permission
from utfall.portal.access.times import to_ms
from utfall.portal.look.fields import MoneyField
from utfall.portal.validation import facade
from utfall.portal.validation.chapter import BUYING, go, pages
from utfall.portal.validation.contracts import Asked, AskedLine, Standing, Sum, Way
from utfall.portal.validation.forms import DecisionForm, new_key


@pages.page(
    "validation/orders/<int:conversion>/",
    name="order",
    needs=Permission.MONEY,
    kinds=BUYING,
    methods=("GET", "POST"),
)
def order(request: HttpRequest, caller: Caller, conversion: int) -> HttpResponse:
    """What can be decided about an order; each decision is written at once."""
    standing = facade.standing(caller, conversion, to_ms(timezone.now()))
    form = DecisionForm(request.POST or None, initial={"key": new_key()})
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            asked = _asked(request, standing, form)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            batch = facade.decide(caller, [asked], way=Way.PAGE, key=form.cleaned_data["key"])
            row = facade.rows(caller, batch.id).items[0]
            if not row.code:
                messages.success(request, _("Written. Settlement takes it up within a moment."))
                return go(caller, "batch", batch=batch.id)
            refused = row
    wanted = request.POST.get("action") or request.GET.get("action", "")
    context: dict[str, Any] = {
        "standing": standing,
        "form": form,
        "forms": [(one, _form(one, standing)) for one in standing.actions],
        "open": wanted if wanted in set(standing.actions) else "",
        "refused": refused,
        "needing": [one for one in DeclineReason if one in standing.evidence_for],
        "is_multiple": len(standing.lines) > 1,
    }
    return render(request, "validation/order.html", context, status=422 if refused or form.errors else 200)


def _form(action: Action, standing: Standing) -> DecisionForm:
    is_held = action is Action.APPROVE and standing.hold is not None
    return DecisionForm(action=action, is_held=is_held, initial={"action": action, "key": new_key()})


def _asked(request: HttpRequest, standing: Standing, form: DecisionForm) -> Asked:
    told = form.cleaned_data
    action = told["action"]
    part = request.POST.get("part", "")
    return Asked(
        order=standing.order,
        action=action,
        reason=told["reason"],
        evidence=told["evidence"],
        amount=_amount(request, "amount") if part == "amount" else None,
        lines=_lines(request, standing, Action(action)) if part == "lines" else (),
        despite_hold=told["despite_hold"],
    )


def _amount(request: HttpRequest, name: str) -> Sum:
    micros: int | None = MoneyField(required=False).clean(request.POST.get(name, ""))
    return "" if micros is None else micros


def _lines(request: HttpRequest, standing: Standing, action: Action) -> tuple[AskedLine, ...]:
    """The lines that are given an amount: amended, or taken back in part or (the box is ticked) whole."""
    whole = set(request.POST.getlist("whole"))
    found = []
    for line in standing.lines:
        if action is Action.REFUND and str(line.line) in whole:
            found.append(AskedLine(line=line.line))
            continue
        amount = _amount(request, f"line-{line.line}")
        if amount != "" and not (action is Action.AMEND and amount == line.amount_micros):
            found.append(AskedLine(line=line.line, amount=amount))
    if not found:
        raise ValidationError(_("Say which lines, and how much of them."))
    return tuple(found)
