"""The steps of a price as a form holds them: rows that are typed, read into steps, and put back.

A browser sends `steps.0.start` and `steps.0.pays` for each row; buttons send `do` with `step` (one more) or
`drop` and a place. So the table needs no script.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from utfall.portal.access.errors import Words
from utfall.portal.look.fields import MoneyField, ShareField, written
from utfall.terms import Flat, Portion, Step, Tiered, TierMeasure, TierPeriod
from utfall.terms.market import LARGEST_CAP, MOST_STEPS

MEASURES: Final[Mapping[TierMeasure, Words]] = {
    TierMeasure.ORDERS: gettext_lazy("How many orders"),
    TierMeasure.AMOUNT: gettext_lazy("Their value"),
    TierMeasure.COMMISSION: gettext_lazy("The commission on them"),
}
PERIODS: Final[Mapping[TierPeriod, Words]] = {
    TierPeriod.MONTH: pgettext_lazy("period", "Every month"),
    TierPeriod.QUARTER: pgettext_lazy("period", "Every quarter"),
    TierPeriod.YEAR: pgettext_lazy("period", "Every year"),
    TierPeriod.TOTAL: pgettext_lazy("period", "Never: it counts on"),
}


class Holds(StrEnum):
    """For what a step holds once it is reached."""

    MARGINAL = "marginal"
    RETROACTIVE = "retroactive"


class Counts(StrEnum):
    """Who is counted together."""

    ALONE = "alone"
    TOGETHER = "together"


class Pays(StrEnum):
    """What every step pays."""

    SHARE = "share"
    FLAT = "flat"


HOLDS: Final[Mapping[Holds, Words]] = {
    Holds.MARGINAL: gettext_lazy("What comes after it"),
    Holds.RETROACTIVE: gettext_lazy("The whole period"),
}
COUNTS: Final[Mapping[Counts, Words]] = {
    Counts.ALONE: gettext_lazy("Each publisher alone"),
    Counts.TOGETHER: gettext_lazy("All of them together"),
}
PAYS: Final[Mapping[Pays, Words]] = {
    Pays.SHARE: gettext_lazy("A share of the order"),
    Pays.FLAT: gettext_lazy("An amount for each"),
}


@dataclass(slots=True)
class Row:
    """One step as it is typed: from how much on, and what it pays."""

    place: int
    start: str
    pays: str
    start_problem: str = ""
    pays_problem: str = ""

    @property
    def number(self) -> int:
        """Its number, as people count."""
        return self.place + 1


def rows_in(given: Mapping[str, Any]) -> list[Row]:
    """The rows that a form was sent, or begins with."""
    found: list[Row] = []
    while len(found) < MOST_STEPS and f"steps.{len(found)}.pays" in given:
        here = f"steps.{len(found)}"
        start = str(given.get(f"{here}.start") or "").strip()
        found.append(Row(len(found), start, str(given[f"{here}.pays"] or "").strip()))
    return found


def put_rows(given: MutableMapping[str, Any], rows: Sequence[Row]) -> None:
    """Let a form hold these rows and no others."""
    for name in [name for name in given if name.startswith("steps.")]:
        del given[name]
    for place, row in enumerate(rows):
        given[f"steps.{place}.start"] = row.start if place else ""
        given[f"steps.{place}.pays"] = row.pays


def act_on_steps(given: MutableMapping[str, Any], verb: str, place: str) -> None:
    """Do what a button asks for: one more step, or one less. Where there are none, the first price begins."""
    rows = rows_in(given)
    if verb == "drop" and place.isdecimal() and len(rows) > 1:
        rows = [row for row in rows if str(row.place) != place]
    elif verb == "step" and len(rows) < MOST_STEPS:
        rows.append(Row(len(rows), "", ""))
    elif not rows:
        first = given.get("share") or given.get("amount") or ""
        rows = [Row(0, "", str(first)), Row(1, "", "")]
    put_rows(given, rows)


def filled(rows: Sequence[Row]) -> list[Row]:
    """Rows without those in which nothing was typed; all where nothing was typed at all."""
    return [row for row in rows if row.start or row.pays] or list(rows)


def read_rows(rows: Sequence[Row], measure: TierMeasure, pays: Pays) -> tuple[Step, ...] | None:
    """The steps that rows say; None where one of them says nothing such, which is noted at it."""
    before, found = -1, list[Step]()
    for row in rows:
        start, price = _start(row, measure, before), _price(row, pays)
        before = before if start is None else start
        if start is not None and price is not None:
            found.append(Step(start, price))
    return tuple(found) if rows and len(found) == len(rows) else None


def _start(row: Row, measure: TierMeasure, before: int) -> int | None:
    """From how much on a step holds; the first one from the beginning."""
    if not row.place:
        return 0
    try:
        start = _count(row.start) if measure is TierMeasure.ORDERS else _clean(_MONEY, row.start)
    except forms.ValidationError as error:
        row.start_problem = str(error.messages[0])
        return None
    if start <= before:
        row.start_problem = _("Begin above the step before.")
        return None
    return start


def _count(text: str) -> int:
    bare = "".join(text.split())
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= 12):
        raise forms.ValidationError(_("Write a whole number."))
    return int(bare)


def _price(row: Row, pays: Pays) -> Flat | Portion | None:
    try:
        value = _clean(_SHARE if pays is Pays.SHARE else _MONEY, row.pays)
    except forms.ValidationError as error:
        row.pays_problem = str(error.messages[0])
        return None
    return Portion(value) if pays is Pays.SHARE else Flat(value)


def _clean(field: forms.Field, text: str) -> int:
    value: int = field.clean(text)
    return value


_MONEY: Final = MoneyField(most=LARGEST_CAP)
_SHARE: Final = ShareField()


def initial_steps(price: Tiered) -> dict[str, Any]:
    """A price in steps as its part of a form begins."""
    is_share = isinstance(price.steps[0].price, Portion)
    found: dict[str, Any] = {
        "measure": price.measure.value,
        "steps_period": price.period.value,
        "holds": (Holds.RETROACTIVE if price.retroactive else Holds.MARGINAL).value,
        "counted": (Counts.TOGETHER if price.shared else Counts.ALONE).value,
        "pays": (Pays.SHARE if is_share else Pays.FLAT).value,
    }
    counts = price.measure is TierMeasure.ORDERS
    put_rows(
        found,
        [
            Row(place, str(step.start) if counts else written(step.start), _written(step.price))
            for place, step in enumerate(price.steps)
        ],
    )
    return found


def _written(price: Flat | Portion) -> str:
    return written(price.ppm * 100, 0) if isinstance(price, Portion) else written(price.micros)
