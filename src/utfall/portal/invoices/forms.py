"""Forms that read particulars and accounts; the facade decides what may be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.invoices.account_form import AccountForm, countries
from utfall.portal.invoices.contracts import Draft, HouseAccount
from utfall.portal.invoices.paper_contracts import RunWanted, Side
from utfall.portal.invoices.words import SIDES
from utfall.portal.look.fields import DayField, MoneyField


class ParticularsForm(forms.Form):
    """Whom papers name."""

    name = forms.CharField(
        label=_("Company"), max_length=120, widget=forms.TextInput({"autocomplete": "organization"})
    )
    street = forms.CharField(
        label=_("Street and number"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=16,
        required=False,
        widget=forms.TextInput({"autocomplete": "postal-code"}),
    )
    town = forms.CharField(
        label=_("Town"), max_length=60, widget=forms.TextInput({"autocomplete": "address-level2"})
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries)
    registration = forms.CharField(
        label=_("Registration number"),
        max_length=40,
        required=False,
        help_text=_("Organisationsnummer, CVR, Y-tunnus: the one of your country's register."),
    )
    vat = forms.CharField(
        label=_("VAT number"),
        max_length=24,
        required=False,
        help_text=_("With its country: SE556036079301. Left empty: not registered for VAT."),
    )
    email = forms.CharField(
        label=_("E-mail for papers"), max_length=254, required=False, widget=forms.EmailInput()
    )
    registered_as = forms.CharField(
        label=_("What the law wants on your papers"),
        max_length=80,
        required=False,
        help_text=_("Such as Godkänd för F-skatt, or Foretaksregisteret."),
    )
    reference = forms.CharField(
        label=_("Your reference"),
        max_length=60,
        required=False,
        help_text=_("What you want to see on papers that come to you: an order number, or a person."),
    )
    peppol = forms.CharField(
        label=_("Peppol address"),
        max_length=60,
        required=False,
        help_text=_(
            "An EAN or GLN is 0088 and the number: 0088:7300010000001. Left empty: your registration."
        ),
    )

    def draft(self) -> Draft:
        """What was typed, as the facade takes it."""
        return Draft(**self.cleaned_data)


class HouseForm(AccountForm):
    """An account of the house."""

    currency = forms.CharField(label=_("Currency"), max_length=3, min_length=3)
    payer_number = forms.CharField(
        label=_("Customer number at the bank"),
        max_length=35,
        required=False,
        help_text=_("Where the bank wants one in files. Left empty: none is written."),
    )
    field_order = ("currency", "scheme", "number", "country", "bic", "payer_number")

    def house_account(self) -> HouseAccount:
        """What was typed."""
        told: dict[str, Any] = self.cleaned_data
        return HouseAccount(
            currency=told["currency"].upper(),
            account=self.account(),
            payer_number=told["payer_number"].strip(),
        )


class RunForm(forms.Form):
    """A run of papers."""

    side = forms.ChoiceField(label=_("What"), choices=[(one.value, SIDES[one]) for one in Side])
    since = DayField(
        label=_("From"), help_text=_("For parties that have no paper yet; others go on after their last.")
    )
    until = DayField(label=_("Through"), help_text=_("To the end of this day, Swedish time."))
    currency = forms.CharField(
        label=_("Currency"), max_length=3, required=False, help_text=_("Left empty: every currency.")
    )
    party = forms.IntegerField(
        label=_("Number of one party"),
        required=False,
        min_value=1,
        max_value=2**62,
        help_text=_("Left empty: everybody."),
    )

    def wanted(self) -> RunWanted:
        """What was asked for."""
        told = self.cleaned_data
        return RunWanted(
            since=told["since"],
            until=told["until"],
            side=Side(told["side"]),
            party=told["party"],
            currency=told["currency"].strip().upper(),
        )


class CreditForm(forms.Form):
    """A credit note over a paper."""

    amount = MoneyField(
        label=_("Net to take back"), required=False, help_text=_("Without VAT. Left empty: all of it.")
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("It stands on the credit note and in the log."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
