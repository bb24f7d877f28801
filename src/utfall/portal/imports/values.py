"""Cells as values: days in a file's own order, amounts with its own decimal sign. Nothing is guessed.

A day or an amount that could mean two things is told by its whole column, or not at all: then somebody says.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Final, TypeVar

from utfall.events.limits import AMOUNT_MICROS
from utfall.money import InvalidMoney, Money
from utfall.portal.imports.contracts import Dates, Decimals

_PARTS: Final = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?(?: ?([AaPp])[Mm])?"
)
_NUMBER: Final = re.compile(r"[-\u2212(]?[^\d.,()\u2212-]{0,4}([\d.,'\u00a0\u202f ]+)[^\d]{0,5}")
_SPACES: Final = re.compile(r"[\s'\u00a0\u202f]")
_ANY: Final = "EUR"
Choice = TypeVar("Choice", Dates, Decimals)


class Unclear(ValueError):
    """A cell that is no value of its kind; its text is a verdict's code."""


def moment(text: str, dates: Dates, zone: tzinfo) -> datetime:
    """A moment as a file writes it; without an offset it is one of the zone.

    >>> moment("31/01/2026 10:30", Dates.DAY_FIRST, UTC).isoformat()
    '2026-01-31T10:30:00+00:00'
    """
    try:
        found = _iso(text) if dates is Dates.ISO else _written(text, dates)
        if not 2000 <= found.year <= 2100:
            raise Unclear("date_unreadable")
        return found if found.tzinfo is not None else found.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        raise Unclear("date_unreadable") from None


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(text.replace(" UTC", "+00:00").replace("Z", "+00:00"))


def _written(text: str, dates: Dates) -> datetime:
    match = _PARTS.fullmatch(text)
    if match is None:
        raise Unclear("date_unreadable")
    first, second, year = (int(match[place]) for place in (1, 2, 3))
    day, month = (first, second) if dates is Dates.DAY_FIRST else (second, first)
    hour = int(match[4] or 0)
    if match[7]:
        hour = hour % 12 + (12 if match[7].lower() == "p" else 0)
    # Of no zone yet: the file's own is set by whoever asked.
    return datetime(year, month, day, hour, int(match[5] or 0), int(match[6] or 0))  # noqa: DTZ001


def order_of_dates(cells: Iterable[str]) -> Dates | None:
    """How a column writes its days; None where both orders would do.

    >>> order_of_dates(["01/02/2026", "13/02/2026"]), order_of_dates(["01/02/2026"])
    (<Dates.DAY_FIRST: 'day_first'>, None)
    """
    told = [cell for cell in cells if cell]
    return _most({one: sum(_is_moment(cell, one) for cell in told) for one in Dates})


def _most(read: Mapping[Choice, int]) -> Choice | None:
    """The way in which most cells can be read; None where two ways read as many, or none reads any."""
    most = max(read.values())
    fitting = [one for one, count in read.items() if count == most]
    return fitting[0] if most and len(fitting) == 1 else None


def _is_moment(text: str, dates: Dates) -> bool:
    try:
        moment(text, dates, UTC)
    except Unclear:
        return False
    return True


def micros(text: str, decimals: Decimals) -> int:
    """An amount in micros, with the sign of currency that may stand beside it.

    >>> micros("1.234,50 kr", Decimals.COMMA), micros("£9.99", Decimals.DOT), micros("1999", Decimals.MINOR)
    (1234500000, 9990000, 19990000)
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise Unclear("amount_unreadable")
    point, thousands = (",", ".") if decimals is Decimals.COMMA else (".", ",")
    bare = _SPACES.sub("", match[1])
    whole, mark, rest = bare.partition(point)
    grouped = re.fullmatch(rf"\d{{1,3}}(\{thousands}\d{{3}})+|\d+", whole or "0")
    if grouped is None or (mark and not rest.isdecimal()) or (mark and decimals is Decimals.MINOR):
        raise Unclear("amount_unreadable")
    try:
        found = Money.parse(
            f"{(whole or '0').replace(thousands, '')}{'.' if mark else ''}{rest}", _ANY
        ).micros
    except InvalidMoney:
        raise Unclear("amount_unreadable") from None
    found = found // 100 if decimals is Decimals.MINOR else found
    if found > AMOUNT_MICROS:
        raise Unclear("amount_too_large")
    return -found if text[0] in "-\u2212(" else found


def sign_of_decimals(cells: Iterable[str]) -> Decimals | None:
    """How a column writes its amounts; None where it could be two things, and whole numbers are with a dot.

    >>> sign_of_decimals(["12.50", "1,200.00"]), sign_of_decimals(["12,5"]), sign_of_decimals(["1.200"])
    (<Decimals.DOT: 'dot'>, <Decimals.COMMA: 'comma'>, None)
    """
    told = [cell for cell in cells if cell]
    if told and not any("." in cell or "," in cell for cell in told):
        return Decimals.DOT
    both = (Decimals.DOT, Decimals.COMMA)
    return _most({one: sum(_is_amount(cell, one) for cell in told) for one in both})


def _is_amount(text: str, decimals: Decimals) -> bool:
    try:
        micros(text, decimals)
    except Unclear:
        return False
    return True
