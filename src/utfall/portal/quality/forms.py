"""Forms that read decisions about blamed orders; the facade decides what may be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.events import DeclineReason
from utfall.events.limits import EVIDENCE_CHARS
from utfall.portal.quality.contracts import Ends
from utfall.portal.quality.words import ENDS
from utfall.portal.tracking.words import REASONS


class DecideForm(forms.Form):
    """Why orders are declined; for orders that are held, also what happens when nobody decides more."""

    ends = forms.ChoiceField(
        label=_("If nobody decides in time"),
        choices=[(one.value, words) for one, words in ENDS.items()],
        widget=forms.RadioSelect,
        initial=Ends.NOTHING.value,
    )
    why = forms.CharField(
        label=_("Note to your colleagues"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only your own side reads it."),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(one.value, REASONS[one.value]) for one in DeclineReason],
        help_text=_("The partner reads it when an order is declined."),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=EVIDENCE_CHARS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The partner reads it when an order is declined. Write nothing about the customer."),
    )

    def __init__(self, *args: Any, do: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if do == "decline":
            del self.fields["ends"]
            del self.fields["why"]
        else:
            self.fields["reason"].required = self.fields["evidence"].required = False


class DismissForm(forms.Form):
    """Why a finding is none."""

    why = forms.CharField(
        label=_("Why it is none"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What is like it is not told again for 90 days."),
    )
