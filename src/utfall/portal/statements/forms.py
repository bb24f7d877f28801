"""Forms that read the chart of accounts and which days a file is of; the facade decides what may be."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from utfall.accounting import HEADS, Chart
from utfall.portal.look.fields import DayField
from utfall.portal.statements.charting import ChartDraft
from utfall.portal.statements.contracts import BooksForm


class ChartForm(forms.Form):
    """A number and a name for each head, named after it."""

    is_gross = forms.TypedChoiceField(
        label=_("Sales and commission"),
        choices=[
            ("gross", _("Gross: sales to advertisers, commission as a cost")),
            ("net", _("Net: the network's fee alone")),
        ],
        coerce=lambda told: told == "gross",
        help_text=_("Papers are gross: the network sells to the advertiser and buys from the publisher."),
    )
    begins = forms.TypedChoiceField(
        label=_("The accounting year begins in"), choices=list(MONTHS.items()), coerce=int
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for head in HEADS:
            self.fields[head] = forms.CharField(max_length=4)
            self.fields[f"{head}_name"] = forms.CharField(max_length=60)

    def draft(self) -> ChartDraft:
        """What was filled in."""
        told = self.cleaned_data
        accounts = {head: (told[head], told[f"{head}_name"]) for head in HEADS}
        return ChartDraft(accounts=accounts, is_gross=told["is_gross"], begins=told["begins"])


def initial_of(chart: Chart) -> dict[str, Any]:
    """A chart as the form shows it."""
    told: dict[str, Any] = {"is_gross": "gross" if chart.is_gross else "net", "begins": chart.begins}
    for head in HEADS:
        told[head], told[f"{head}_name"] = chart.accounts[head]
    return told


class BooksFileForm(forms.Form):
    """Which file is wanted."""

    form = forms.ChoiceField(choices=[(one.value, one.value) for one in BooksForm])
    currency = forms.CharField(max_length=3)
    first = DayField()
    last = DayField()


def day_said(text: str) -> date | None:
    """A day as an address carries it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
