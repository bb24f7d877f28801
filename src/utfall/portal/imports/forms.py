"""Forms of imports: the file, and what its columns are. They only parse; the facade decides."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from utfall.portal.imports import contracts
from utfall.portal.imports.contracts import Dates, Decimals, Ledger, MappingView, Network, Options
from utfall.portal.imports.networks import KINDS, NAMES
from utfall.portal.imports.words import DATES, DECIMALS, LEDGERS
from utfall.portal.look.forms import AdvertiserForm

ZONES: Final = (
    *("UTC", "Europe/London", "Europe/Stockholm", "Europe/Oslo", "Europe/Copenhagen", "Europe/Helsinki"),
    *("Europe/Berlin", "Europe/Paris", "America/New_York", "America/Chicago", "America/Los_Angeles"),
)
"""Clocks that networks write their files by."""
COLUMN: Final = "column-"


class FileForm(AdvertiserForm):
    """A file of another network."""

    file = forms.FileField(
        label=_("CSV file"), help_text=_("As the network exports it, with its heading: at most 20 MB.")
    )


class KindForm(forms.Form):
    """What a file is, where its heading did not tell."""

    network = forms.ChoiceField(
        label=_("Network"), choices=[(one.value, words) for one, words in NAMES.items()]
    )
    kind = forms.ChoiceField(
        label=_("What its rows are"), choices=[(one.value, words) for one, words in KINDS.items()]
    )


def kind_of(asked: Mapping[str, Any]) -> tuple[Network | None, contracts.Kind | None]:
    """The network and the kind that are asked for, where both are some."""
    form = KindForm(asked)
    if not form.is_valid():
        return None, None
    return Network(form.cleaned_data["network"]), contracts.Kind(form.cleaned_data["kind"])


class MappingForm(forms.Form):
    """Which column is what; how days and amounts are written; and what is done with the rows."""

    program = forms.TypedChoiceField(label=_("Into program"), coerce=int, empty_value=None)
    partner = forms.TypedChoiceField(
        label=_("All rows are of"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Where no column names the publisher."),
    )
    dates = forms.ChoiceField(label=_("Days are written"), required=False)
    zone = forms.ChoiceField(
        label=_("By the clock of"),
        choices=[(one, one) for one in ZONES],
        help_text=_("Where a time does not say."),
    )
    decimals = forms.ChoiceField(label=_("Amounts are written"), required=False)
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Where no column says.")
    )
    letters = forms.BooleanField(
        label=_("Invite known publishers by e-mail"),
        required=False,
        help_text=_(
            "Off: who has an account here and is not your partner is left out. Nobody else is written to."
        ),
    )
    ledger = forms.ChoiceField(
        label=_("What becomes of them"),
        required=False,
        choices=[(one.value, words[0]) for one, words in LEDGERS.items()],
        widget=forms.RadioSelect,
    )
    our_price = forms.BooleanField(
        label=_("Settle also what your terms price differently"),
        required=False,
        help_text=_("Off: a sale is settled only where your terms pay what the network paid."),
    )

    keep_as = forms.CharField(
        label=_("Keep these columns as"),
        required=False,
        max_length=80,
        help_text=_("A name, for the next file with such headings. Left empty: for this file alone."),
    )

    def __init__(
        self,
        *args: Any,
        mapping: MappingView,
        programs: Sequence[tuple[int, str]],
        partners: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", _initial(mapping))
        super().__init__(*args, **kwargs)
        for one in mapping.fields:
            self.fields[COLUMN + one.name] = forms.TypedChoiceField(
                label=str(one.words),
                help_text=str(one.help),
                choices=[("", _("Not in the file")), *_columns(mapping)],
                coerce=int,
                empty_value=None,
                required=False,
                initial="" if one.column is None else one.column,
            )
        self._choose("program", [("", _("Choose a program")), *programs])
        self._choose("partner", [("", _("Nobody in particular")), *partners])
        self._choose("dates", [("", _("Choose")), *DATES.items()])
        self._choose("decimals", [("", _("Choose")), *DECIMALS.items()])
        zone = mapping.options.zone
        if zone not in ZONES:
            self._choose("zone", [(zone, zone), *((one, one) for one in ZONES)])
        for name in _unasked(mapping, partners):
            del self.fields[name]

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField), "it is declared so"
        chosen.choices = list(choices)

    def columns(self) -> dict[str, int | None]:
        """The column of each of our fields."""
        told = self.cleaned_data
        return {name.removeprefix(COLUMN): value for name, value in told.items() if name.startswith(COLUMN)}

    def options(self) -> Options:
        """How the file is read, and what is done with it."""
        told = self.cleaned_data
        return Options(
            program=told["program"],
            dates=Dates(told["dates"]) if told.get("dates") else None,
            decimals=Decimals(told["decimals"]) if told.get("decimals") else None,
            currency=told.get("currency", "").upper(),
            zone=told.get("zone") or "UTC",
            partner=told.get("partner"),
            letters=told.get("letters", False),
            ledger=Ledger(told.get("ledger") or Ledger.HISTORY),
            our_price=told.get("our_price", False),
        )


_OF_KIND: Final = {
    contracts.Kind.PUBLISHERS: ("letters",),
    contracts.Kind.LINKS: ("partner",),
    contracts.Kind.CODES: ("partner", "dates", "zone"),
    contracts.Kind.TRANSACTIONS: (
        *("partner", "dates", "zone", "decimals", "currency", "ledger", "our_price"),
    ),
}
"""What is asked besides the columns and the program, by what the rows are."""


def _unasked(mapping: MappingView, partners: Sequence[tuple[int, str]]) -> list[str]:
    every = ("partner", "dates", "zone", "decimals", "currency", "letters", "ledger", "our_price")
    wanted = set(_OF_KIND[mapping.kind]) - (set() if partners else {"partner"})
    return [name for name in every if name not in wanted]


def _columns(mapping: MappingView) -> list[tuple[int, str]]:
    """The file's columns, each with what stands in it, so that nobody needs to open the file."""
    return [
        (place, f"{name or place + 1} \N{EM DASH} {' · '.join(samples)}"[:90] if samples else name)
        for place, (name, samples) in enumerate(zip(mapping.columns, mapping.samples, strict=True))
    ]


def _initial(mapping: MappingView) -> dict[str, Any]:
    told = mapping.options
    return {
        "program": told.program or "",
        "partner": told.partner or "",
        "dates": told.dates or "",
        "zone": told.zone,
        "decimals": told.decimals or "",
        "currency": told.currency,
        "letters": told.letters,
        "ledger": told.ledger.value,
        "our_price": told.our_price,
        "keep_as": mapping.own.name if mapping.own else "",
    }
