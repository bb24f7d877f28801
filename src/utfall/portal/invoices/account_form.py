"""The fields of a bank account, for every form that asks for one."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.bank import BankAccount, Scheme, bank_account
from utfall.portal.people import facade as people

SCHEMES: Final = (
    (Scheme.IBAN.value, _("IBAN")),
    (Scheme.BBAN.value, _("Account number (Norway, Denmark, Sweden)")),
    (Scheme.BANKGIRO.value, _("Bankgiro")),
    (Scheme.PLUSGIRO.value, _("Plusgiro")),
)


def countries() -> list[tuple[str, Any]]:
    """The countries of the world, with nothing chosen."""
    return [("", _("Choose")), *people.countries()]


class AccountForm(forms.Form):
    """A bank account."""

    scheme = forms.ChoiceField(label=_("Kind of account"), choices=SCHEMES)
    number = forms.CharField(
        label=_("Account"),
        max_length=50,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    country = forms.ChoiceField(label=_("Country of the bank"), choices=countries)
    bic = forms.CharField(
        label=_("BIC"),
        max_length=14,
        required=False,
        help_text=_("Needed for banks outside of the euro payments area and for other currencies abroad."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def account(self) -> BankAccount:
        """What was typed."""
        told = self.cleaned_data
        return bank_account(Scheme(told["scheme"]), told["number"], told["country"], told["bic"])


def initial_of(account: BankAccount) -> dict[str, str]:
    """An account as the form begins with it."""
    return {
        "scheme": account.scheme.value,
        "number": account.number,
        "country": account.country,
        "bic": account.bic or "",
    }
