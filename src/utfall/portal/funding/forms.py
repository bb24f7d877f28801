"""The form that reads terms; the facade decides what may be."""

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.funding.contracts import USUAL_DAYS, Way
from utfall.portal.funding.words import WAYS
from utfall.portal.look.fields import MoneyField


class TermsForm(forms.Form):
    """Terms of an advertiser in a currency."""

    currency = forms.CharField(
        label=_("Currency"), max_length=3, widget=forms.TextInput({"autocomplete": "off", "size": 4})
    )
    way = forms.ChoiceField(
        label=_("How it pays"),
        choices=[(one.value, WAYS[one]) for one in Way],
        initial=Way.INVOICED.value,
        help_text=_("Prepaid: what the deposit holds may be used, and no more."),
    )
    limit = MoneyField(
        label=_("Credit limit"), required=False, help_text=_("Beyond the deposit. Empty: without a limit.")
    )
    days_to_pay = forms.IntegerField(
        label=_("Days to pay"), min_value=0, max_value=180, initial=USUAL_DAYS, required=False
    )
    why = forms.CharField(
        label=_("Why"), required=False, max_length=500, help_text=_("Both of you read it in the log.")
    )

    def clean_currency(self) -> str:
        """As codes of currencies are written."""
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean_days_to_pay(self) -> int:
        """What was left empty is what is usual."""
        told = self.cleaned_data["days_to_pay"]
        return USUAL_DAYS if told is None else int(told)
