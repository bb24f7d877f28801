"""Approvals in a browser: what waits for a second person, what it changes, and what the operator asks for."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.audit import facade
from utfall.portal.audit.contracts import DecidedBy, PolicyView, Required, State
from utfall.portal.audit.listed import pages
from utfall.portal.audit.log_pages import cursor_of
from utfall.portal.look.fields import MoneyField, ShareField
from utfall.portal.look.forms import blame

CURRENCIES: Final = ("SEK", "NOK", "DKK", "EUR", "USD", "GBP")


class DecisionForm(forms.Form):
    """What the second person says."""

    why = forms.CharField(
        label=_("Your reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever asked sees it. It is needed to refuse."),
    )


class PolicyForm(forms.Form):
    """What one kind of change needs."""

    required = forms.ChoiceField(label=_("A second person is needed"))
    decided_by = forms.ChoiceField(
        label=_("Who decides"),
        choices=[
            (DecidedBy.COLLEAGUE.value, _("Anybody else who may make this change")),
            (DecidedBy.OPERATOR.value, _("The operator")),
        ],
    )
    above_ppm = ShareField(label=_("Above a share of"), required=False)

    def __init__(self, has_amount: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {Required.NEVER: _("Never"), Required.ABOVE: _("Above a limit"), Required.ALWAYS: _("Always")}
        offered = [one for one in Required if has_amount or one is not Required.ABOVE]
        required = self.fields["required"]
        assert isinstance(required, forms.ChoiceField)
        required.choices = [(one.value, words[one]) for one in offered]
        if not has_amount:
            del self.fields["above_ppm"]
            return
        for currency in CURRENCIES:
            label = _("Above an amount of")
            self.fields[currency] = MoneyField(currency=currency, label=label, required=False)


@pages.page("approvals/", name="approvals", menu=Menu(_("Approvals"), "checks", 87))
def approvals(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What waits for somebody, and what was decided."""
    asked = request.GET.get("state", State.WAITING.value)
    state = State(asked) if asked in set(State) else None
    rows = facade.proposals(caller, state, after=cursor_of(request))
    things = facade.called(caller, (one.subject for one in rows.items))
    told = {
        "rows": rows,
        "asked_for": [(one, things[one.subject]) for one in rows.items],
        "decidable": facade.decidable(caller, [one.id for one in rows.items]),
        "state": asked,
        "states": list(State),
        "waiting": facade.waiting(caller),
    }
    return render(request, "audit/approvals.html", told)


@pages.page("approvals/<int:proposal>/", name="proposal", methods=("GET", "POST"))
def proposal(request: HttpRequest, caller: Caller, proposal: int) -> HttpResponse:
    """One change that was asked for: what it does, and the decision."""
    found = facade.proposal(caller, proposal)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _obey(request, caller, proposal, form.cleaned_data["why"])
            return redirect("audit:proposal", org=caller.slug, proposal=proposal)
        except Refused as refused:
            blame(form, refused)
    told = {
        "proposal": found,
        "about": facade.called(caller, [found.subject])[found.subject],
        "names": facade.field_words(found.subject),
        "form": form,
        "can_decide": facade.can_decide(caller, proposal),
    }
    return render(request, "audit/proposal.html", told, status=422 if form.is_bound else 200)


def _obey(request: HttpRequest, caller: Caller, proposal: int, why: str) -> None:
    match request.POST.get("do"):
        case "approve":
            facade.decide(caller, proposal, approve=True, why=why)
            messages.success(request, _("Approved. The change is made."))
        case "withdraw":
            facade.withdraw(caller, proposal)
            messages.success(request, _("Withdrawn. Nothing is changed."))
        case _:
            facade.decide(caller, proposal, approve=False, why=why)
            messages.success(request, _("Refused. Nothing is changed."))


@pages.page(
    "approvals/policy/",
    name="policy",
    needs=Permission.OPERATE,
    kinds=frozenset({Kind.OPERATOR}),
    methods=("GET", "POST"),
)
def policy(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Which changes need a second person."""
    sent = request.POST.get("kind", "")
    asked = []
    for kind in facade.kinds():
        form = _policy_form(kind, request.POST if sent == kind.name else None)
        if form.is_bound and form.is_valid():
            facade.set_policy(caller, _wanted(kind.name, form))
            messages.success(request, _("Saved. It holds for what is asked for from now on."))
            return redirect("audit:policy", org=caller.slug)
        amounts = [form[name] for name in CURRENCIES if name in form.fields]
        asked.append({"kind": kind, "form": form, "amounts": amounts})
    return render(request, "audit/policy.html", {"asked": asked}, status=422 if sent else 200)


def _policy_form(kind: facade.Proposable, sent: Any) -> PolicyForm:
    held = facade.policy(kind.name)
    initial = {
        "required": held.required.value,
        "decided_by": held.decided_by.value,
        "above_ppm": held.above_ppm,
        **held.above_micros,
    }
    return PolicyForm(kind.has_amount, sent, initial=initial, auto_id=f"id_{kind.name}_%s")


def _wanted(kind: str, form: PolicyForm) -> PolicyView:
    said = form.cleaned_data
    return PolicyView(
        kind=kind,
        required=Required(said["required"]),
        above_ppm=said.get("above_ppm"),
        above_micros={name: said[name] for name in CURRENCIES if said.get(name) is not None},
        decided_by=DecidedBy(said["decided_by"]),
    )
