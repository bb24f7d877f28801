"""Forms of splits and overrides: rows of a publisher and its share, and who gets a part of whose.

A browser sends `shares.0.publisher` and `shares.0.share` for each row; buttons send `do` with `row` (one
more) or `drop` and a place. So the table needs no script.
"""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from utfall.money import PPM
from utfall.portal.look.fields import MomentField, ShareField
from utfall.terms.shares import SHARES_MOST

Choices = Sequence[tuple[int, str]]
_NUMBER: Final = re.compile(r"(?:.*\()?#?([0-9]{1,10})\)?")


@dataclass(slots=True)
class Row:
    """Another publisher with its share, as they are typed."""

    place: int
    publisher: str
    share: str
    problem: str = ""
    number: int = 0
    ppm: int = 0


class PublisherField(forms.CharField):
    """A publisher by its name among those that are offered, or by its number; cleaned: its number."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("widget", forms.TextInput(attrs={"list": "known-publishers", "autocomplete": "off"}))
        super().__init__(max_length=300, **more)
        self.known: Choices = ()

    def clean(self, value: Any) -> Any:
        """The number that stands for what was typed."""
        text = str(super().clean(value))
        return number_of(text, self.known) if text else None


def number_of(text: str, known: Choices) -> int:
    """A publisher's number: typed as `17` or `Kind words (17)`, or by a name that only one of them has.

    >>> number_of("Kind words (17)", []), number_of("kind Words", [(17, "Kind words")])
    (17, 17)
    """
    told = " ".join(text.split())
    named = [number for number, name in known if name.casefold() == told.casefold()]
    if len(named) == 1:
        return named[0]
    found = _NUMBER.fullmatch(told)
    if found is None:
        raise forms.ValidationError(now("Choose a publisher of the list, or write its number."), "unknown")
    return int(found[1])


class Lasting(forms.Form):
    """From when on, and until when."""

    starts_at = MomentField(label=_("From"), required=False, help_text=_("Empty: at once."))
    ends_at = MomentField(label=_("Until"), required=False, help_text=_("Empty: until you end it."))


class SplitForm(Lasting):
    """Whose orders are shared, and with whom: the winner keeps what the others leave.

    Rows in which nothing was typed are left out.
    """

    publisher = forms.TypedChoiceField(label=_("Who wins the order"), coerce=int)
    field_order = ("publisher", "starts_at", "ends_at")

    def __init__(self, data: Any = None, *, initial: Any = None, winners: Choices, known: Choices) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["publisher"]
        assert isinstance(field, forms.TypedChoiceField), "it is declared so"
        field.choices = [("", "–"), *winners]
        self.known = known
        self.rows = rows_in(data if data is not None else initial or {})
        self.filled = [row for row in self.rows if row.publisher or row.share] or self.rows

    def clean(self) -> dict[str, Any]:
        """Every row names a publisher and a share, and something is left for the winner."""
        given = super().clean() or {}
        read_rows(self.filled, self.known)
        for row in self.filled:
            if row.problem:
                words = {"number": row.place + 1, "why": row.problem}
                self.add_error(None, now("Row %(number)s: %(why)s") % words)
        if not any(row.problem for row in self.filled) and self.kept_ppm <= 0:
            self.add_error(None, now("The others get all of it: leave something for who wins the order."))
        return given

    @property
    def kept_ppm(self) -> int:
        """What the others leave for the winner."""
        return PPM - sum(row.ppm for row in self.filled)

    def shares(self, winner: int) -> tuple[tuple[int, int], ...]:
        """The shares as they are agreed, the winner's first."""
        return ((winner, self.kept_ppm), *((row.number, row.ppm) for row in self.filled))


def rows_in(given: Mapping[str, Any]) -> list[Row]:
    """The rows that a form was sent, or begins with: one."""
    found: list[Row] = []
    while len(found) < SHARES_MOST - 1 and f"shares.{len(found)}.share" in given:
        here = f"shares.{len(found)}"
        publisher, share = (str(given.get(f"{here}.{name}") or "").strip() for name in ("publisher", "share"))
        found.append(Row(len(found), publisher, share))
    return found or [Row(0, "", "")]


def act_on_rows(given: MutableMapping[str, Any], verb: str, place: str) -> None:
    """Do what a button asks for: one more row, or one less."""
    rows = rows_in(given)
    if verb == "drop" and len(rows) > 1:
        rows = [row for row in rows if str(row.place) != place]
    elif verb == "row" and len(rows) < SHARES_MOST - 1:
        rows.append(Row(len(rows), "", ""))
    for name in [name for name in given if name.startswith("shares.")]:
        del given[name]
    for number, row in enumerate(rows):
        given[f"shares.{number}.publisher"], given[f"shares.{number}.share"] = row.publisher, row.share


def read_rows(rows: Sequence[Row], known: Choices) -> None:
    """Read what was typed into the rows, and note what is wrong at each."""
    for row in rows:
        try:
            row.number = number_of(row.publisher, known)
            row.ppm = ShareField().clean(row.share)
        except forms.ValidationError as error:
            row.problem = str(error.messages[0])


class OverrideForm(Lasting):
    """Who gets how much of what whom earns; on top it is the advertiser's to pay."""

    parent = PublisherField(label=_("Who gets it"), help_text=_("A name of the list, or a number."))
    child = forms.TypedChoiceField(label=_("Of what this publisher earns"), coerce=int)
    share = ShareField(label=_("Share"))
    program = forms.TypedChoiceField(label=_("Program"), coerce=int, empty_value=None, required=False)
    field_order = ("parent", "share", "child", "program", "starts_at", "ends_at")

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Any = None,
        children: Choices,
        known: Choices = (),
        programs: Choices | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self._choose("child", children)
        parent = self.fields["parent"]
        assert isinstance(parent, PublisherField), "it is declared so"
        parent.known = known
        if programs is None:
            del self.fields["program"]
        else:
            self._choose("program", programs, _("All programs"))
        if len(children) == 1:
            self.fields["child"].initial = children[0][0]
            self.fields["child"].widget = forms.HiddenInput()

    def _choose(self, name: str, choices: Choices, empty: Any = "–") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField), "it is declared so"
        field.choices = [("", empty), *choices]


class EndForm(forms.Form):
    """When an agreement ends, and why."""

    at = MomentField(label=_("Ends"), required=False, help_text=_("Empty: at once."))
    why = forms.CharField(
        label=_("Why"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
