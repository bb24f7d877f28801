"""Values of tests as people type them, and as the terms hold them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django import forms
from django.utils.translation import gettext as _

from utfall.portal.look.fields import UNITS, MoneyField, written
from utfall.terms.conditions import Value

SEPARATORS: Final = str.maketrans({";": "\n", ",": "\n"})
LARGEST: Final = 10**15
UPPER: Final = frozenset({"order.code", "order.country", "touch.country"})
"""Texts that the terms hold in capitals."""


class Unreadable(ValueError):
    """What was typed cannot be a value; its message says how to mend it."""


def read_value(
    shape: str, op: str, values: Sequence[str], unit: str, field: str
) -> Value | tuple[Value, ...]:
    """What was typed as the terms hold it; Unreadable where it is nothing such."""
    if shape == "flag":
        return (values or ["yes"])[0] != "no"
    if op in ("in", "not_in") and shape in ("text", "number", "money", "period"):
        values = [one for value in values for one in _listed(value, shape)]
    typed = [value.strip() for value in values if value.strip()]
    if not typed:
        raise Unreadable(_("Write a value."))
    read: list[Value] = [_read(shape, one, unit, field) for one in typed]
    if op == "between":
        if len(read) != 2:
            raise Unreadable(_("Write both ends."))
        return tuple(sorted(read))
    if op in ("in", "not_in"):
        return tuple(dict.fromkeys(read))
    return read[0]


def _listed(text: str, shape: str) -> list[str]:
    """Several values typed into one field: one a line, or with semicolons; texts also with commas."""
    separated = text.translate(SEPARATORS) if shape == "text" else text.replace(";", "\n")
    return separated.split("\n")


def _read(shape: str, text: str, unit: str, field: str) -> Value:
    reader = _READERS.get(shape)
    if reader is not None:
        return reader(text, unit)
    return text.upper() if field in UPPER else text


def _money(text: str, unit: str) -> int:
    try:
        micros: int = MoneyField().clean(text)
    except forms.ValidationError as error:
        raise Unreadable(str(error.messages[0])) from error
    return micros


def _number(text: str, unit: str) -> int:
    bare = "".join(text.split())
    if not (bare.isascii() and bare.isdecimal() and int(bare) <= LARGEST):
        raise Unreadable(_("Write a whole number."))
    return int(bare)


def _period(text: str, unit: str) -> int:
    scale = int(unit) if unit in {str(seconds) for seconds, _words in UNITS} else UNITS[0][0]
    return _number(text, unit) * scale


_READERS: Final[Mapping[str, Callable[[str, str], Value]]] = {
    "money": _money,
    "number": _number,
    "period": _period,
    "group": _number,
    "publisher": _number,
}


def written_values(shape: str, value: Value | tuple[Value, ...], currency: str) -> tuple[list[str], str]:
    """A value as it stands in its fields, and the unit beside it."""
    values = value if isinstance(value, tuple) else (value,)
    if shape == "money":
        return [written(int(one)) for one in values], currency
    if shape == "period":
        unit = next(seconds for seconds, _words in UNITS if all(int(one) % seconds == 0 for one in values))
        return [str(int(one) // unit) for one in values], str(unit)
    return [str(one) for one in values], ""
