"""Forms that read decisions; the facade decides what may be."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.events import Action, DeclineReason
from utfall.events.limits import EVIDENCE_CHARS
from utfall.portal.look.forms import AdvertiserForm
from utfall.portal.tracking.words import REASONS
from utfall.portal.validation.contracts import Decision
from utfall.portal.validation.judging import DECIDED

NO_REASON = ("", _("Choose a reason"))


def new_key() -> str:
    """A key under which a form is taken once, however often it is sent."""
    return uuid.uuid4().hex


class DecisionForm(forms.Form):
    """What is decided, and why."""

    action = forms.ChoiceField(choices=[(one.value, one.value) for one in DECIDED], widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[NO_REASON, *((one.value, REASONS[one.value]) for one in DeclineReason)],
        help_text=_("The partner reads it."),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=EVIDENCE_CHARS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What happened, in a sentence. The partner reads it; write nothing about the customer."),
    )
    despite_hold = forms.CharField(
        label=_("Why held orders are approved all the same"),
        required=False,
        max_length=EVIDENCE_CHARS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Your colleagues read it in the log. The partner does not."),
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, action: str = "", is_held: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_held:
            self.fields["despite_hold"].required = True
            self.fields["despite_hold"].label = _("Why it is approved all the same")
        self.fields["reason"].required = action in (Action.DECLINE, Action.REFUND)

    def decision(self) -> Decision:
        """What was decided."""
        told = self.cleaned_data
        return Decision(
            action=Action(told["action"]),
            reason=DeclineReason(told["reason"]) if told["reason"] else None,
            evidence=told["evidence"],
            despite_hold=told["despite_hold"],
        )


class UploadForm(AdvertiserForm):
    """A file of decisions."""

    file = forms.FileField(label=_("File"), help_text=_("CSV or JSON lines, at most 40,000 rows and 32 MB."))


class PolicyForm(forms.Form):
    """For which reasons evidence is asked for."""

    reasons = forms.MultipleChoiceField(
        label=_("Evidence is needed with these reasons"),
        required=False,
        choices=[(one.value, REASONS[one.value]) for one in DeclineReason],
        widget=forms.CheckboxSelectMultiple,
    )
