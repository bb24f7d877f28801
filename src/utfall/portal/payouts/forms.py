"""Forms that read how somebody is paid, and what is done with batches; the facade decides what may be."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.events import PayoutEnd
from utfall.portal.invoices.account_form import AccountForm
from utfall.portal.look.fields import DayField, MoneyField
from utfall.portal.payouts.contracts import Schedule
from utfall.portal.payouts.words import SCHEDULES


class PayeeForm(AccountForm):
    """The account of a publisher."""

    holder = forms.CharField(
        label=_("Holder of the account"),
        max_length=70,
        help_text=_("As the bank knows them."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    field_order = ("holder", "scheme", "number", "country", "bic")


class WishesForm(forms.Form):
    """How often, and from which amount on."""

    schedule = forms.ChoiceField(
        label=_("How often"), choices=[(one.value, SCHEDULES[one]) for one in Schedule]
    )
    minimum = MoneyField(label=_("Minimum"), help_text=_("What is less waits for the next time."))
    currency = forms.CharField(
        label=_("Currency of the minimum"),
        max_length=3,
        help_text=_("Judged in the currency that is paid; elsewhere it is turned by the ECB's rate."),
    )
    into = forms.ChoiceField(
        label=_("Pay me everything in"),
        required=False,
        help_text=_(
            "What you earn in other currencies is exchanged on the day of the payout, by the rate of the "
            "European Central Bank, without a charge. It holds for payouts that are prepared from now on."
        ),
    )

    def __init__(self, *args: Any, currencies: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["into"]
        assert isinstance(chosen, forms.ChoiceField), "it is declared so"
        chosen.choices = [("", _("The currency it was earned in")), *((one, one) for one in currencies)]


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class RatesForm(forms.Form):
    """A table of exchange rates."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("eurofxref-hist.zip or .csv of the European Central Bank, at most 8 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.csv,text/csv,application/zip"}),
    )


class PrepareForm(forms.Form):
    """A batch."""

    currency = forms.CharField(max_length=3, widget=forms.HiddenInput)
    pay_on = DayField(label=_("Paid on"))


class ReleaseForm(forms.Form):
    """A word to the second person."""

    why = forms.CharField(
        label=_("A word to the second person"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


ENDS: Final = {
    PayoutEnd.COMPLETED: _("It was paid"),
    PayoutEnd.FAILED: _("The bank did not make it"),
    PayoutEnd.RETURNED: _("It came back"),
}


class OutcomeForm(forms.Form):
    """What became of a payout, by hand: of what can follow from where it stands."""

    end = forms.ChoiceField(label=_("What happened"))
    why = forms.CharField(
        label=_("How you know"),
        max_length=300,
        help_text=_("Such as the bank's message. It stands in the log."),
    )

    def __init__(self, *args: Any, ends: Iterable[PayoutEnd] = tuple(PayoutEnd), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["end"]
        assert isinstance(asked, forms.ChoiceField), "it is declared so"
        asked.choices = [(one.value, ENDS[one]) for one in ends]
