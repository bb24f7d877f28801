"""Forms of bonuses; the facade decides what may be."""

from secrets import token_urlsafe
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.bonuses.contracts import WORDS_CHARS
from utfall.portal.bonuses.words import KINDS
from utfall.portal.look.fields import MoneyField


class Sent(forms.Form):
    """What is told once, however often it is sent."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=token_urlsafe)


class GrantForm(Sent):
    """To whom, how much, and what for."""

    publisher = forms.TypedChoiceField(label=_("Publisher"), coerce=int)
    kind = forms.ChoiceField(label=_("What it is"), choices=list(KINDS.items()))
    micros = MoneyField(label=_("Amount"), help_text=_("The network's fee comes on top."))
    words = forms.CharField(
        label=_("What it is for"), max_length=WORDS_CHARS, help_text=_("Both of you read it on its receipt.")
    )

    def __init__(self, data: Any = None, *, currency: str, publishers: list[tuple[int, str]]) -> None:
        super().__init__(data)
        choice = self.fields["publisher"]
        assert isinstance(choice, forms.TypedChoiceField), "it is declared so"
        choice.choices = [("", "–"), *publishers]
        self.fields["micros"].suffix = currency  # type: ignore[attr-defined]


class TakeBackForm(Sent):
    """How much of a grant is taken back, and why."""

    micros = MoneyField(label=_("Amount"))
    words = forms.CharField(label=_("Why"), max_length=WORDS_CHARS, required=False)

    def __init__(self, data: Any = None, *, currency: str, left_micros: int) -> None:
        super().__init__(data, initial={"micros": left_micros})
        self.fields["micros"].suffix = currency  # type: ignore[attr-defined]
