"""Forms that read claims; the facade decides what may be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.claims.contracts import BY_PEOPLE, Draft
from utfall.portal.claims.words import DENIALS
from utfall.portal.look.fields import DayField, MoneyField


class Files(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; none is fine."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            required=False, widget=Files(attrs={"multiple": True, "accept": "image/*,.pdf"}), **more
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file on its own."""
        several = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in several if one]


class ClaimForm(forms.Form):
    """An order that somebody misses."""

    program = forms.TypedChoiceField(label=_("Program"), coerce=int)
    reference = forms.CharField(
        label=_("Order reference"),
        max_length=50,
        help_text=_("As the shop's confirmation to the customer has it."),
    )
    placed_on = DayField(label=_("Day of the order"))
    amount = MoneyField(label=_("Order value"), help_text=_("Without VAT and shipping."))
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Left empty: the program's.")
    )
    note = forms.CharField(
        label=_("What happened"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    proofs = FilesField(label=_("Proof"), help_text=_("Pictures or PDF files, at most 5 of 5 MB each."))

    def __init__(self, *args: Any, programs: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["program"]
        assert isinstance(chosen, forms.TypedChoiceField), "it is declared so"
        chosen.choices = [("", _("Choose a program")), *programs]

    def draft(self) -> Draft:
        """What was typed, as the facade takes it."""
        told = self.cleaned_data
        return Draft(
            program=told["program"],
            reference=told["reference"],
            placed_on=told["placed_on"],
            amount_micros=told["amount"],
            currency=told["currency"].strip().upper(),
            note=told["note"],
        )


class MessageForm(forms.Form):
    """A message of the conversation."""

    text = forms.CharField(
        label=_("Message"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    proofs = FilesField(label=_("Proof"), help_text=_("Pictures or PDF files, at most 5 of 5 MB each."))


class AskForm(forms.Form):
    """A question to the publisher."""

    text = forms.CharField(
        label=_("Your question"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ApproveForm(forms.Form):
    """An approval."""

    words = forms.CharField(
        label=_("A word to the publisher"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DenyForm(forms.Form):
    """A denial with its reason."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *((one.value, DENIALS[one]) for one in BY_PEOPLE)],
    )
    words = forms.CharField(
        label=_("A word to the publisher"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ClockForm(forms.Form):
    """How long a program takes at most."""

    days = forms.IntegerField(label=_("Days to decide"), help_text=_("Between 7 and 90."))
