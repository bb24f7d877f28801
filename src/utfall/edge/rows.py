"""One row, read field by field. What is wrong raises `Unreadable`, which `intake` turns into a refusal."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, NamedTuple, NoReturn, TypeVar
from uuid import UUID

from utfall.events import Reason
from utfall.events.limits import AMOUNT_MICROS, TEXT_CHARS
from utfall.money import MICROS_PER_UNIT

_UNWANTED: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_MACRO: Final = re.compile(r"\$?\{.*\}|%7b.*%7d|\[\[?[a-z_]+\]\]?|##.+##|%%.+%%", re.IGNORECASE)
_WORD: Final = re.compile(r"[A-Za-z0-9 ._-]{1,40}")
_DECIMAL: Final = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,6})0*)?")
_LAST_MS: Final = 32_503_679_999_999
"""The end of the year 2999: a thousand years off, and in every time zone a day that a calendar has."""
_FLAGS: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}

Choice = TypeVar("Choice", bound=StrEnum)


class ExactNumber(str):
    """A JSON number with a fraction, as it was written: no binary float comes near an amount."""

    __slots__ = ()


class Refused(NamedTuple):
    """Why a row was not accepted, and the field that is to blame."""

    reason: Reason
    field: str | None = None


class Unreadable(Exception):
    """Inside the reading of one row; it never leaves `intake`."""

    def __init__(self, reason: Reason, field: str | None = None) -> None:
        super().__init__(reason, field)
        self.refused = Refused(reason, field)


class Row:
    """The fields of a row that are not read yet. Empty counts as not sent; what is left is refused."""

    def __init__(self, values: Mapping[str, object], *, place: str = "") -> None:
        self._rest = {str(name): value for name, value in values.items() if value is not None and value != ""}
        self._place = place
        self._taken = ""

    def refuse(self, reason: Reason, field: str | None = None) -> NoReturn:
        """Gives the whole row up."""
        raise Unreadable(reason, f"{self._place}{field}" if field else None)

    def take(self, name: str, *also: str) -> object | None:
        """The value under a name or one of its other names; a field that is sent under two is refused."""
        self._taken = name
        value = self._rest.pop(name, None)
        for other in also:
            if other in self._rest:
                self._taken = other
                if value is not None:
                    self.refuse_taken()
                value = self._rest.pop(other)
        return value

    def refuse_taken(self) -> NoReturn:
        """Gives the row up over the value taken last, under the name it was sent by."""
        self.refuse(Reason.INVALID_FIELD, self._taken)

    def has(self, name: str) -> bool:
        """Whether a field waits to be read."""
        return name in self._rest

    def finish(self) -> None:
        """Refuses what nobody asked for: a mistyped name must not be lost in silence."""
        if self._rest:
            self.refuse(Reason.INVALID_FIELD, _UNWANTED.sub("?", min(self._rest))[:TEXT_CHARS])

    def text(self, *names: str, chars: int = TEXT_CHARS) -> str | None:
        """A text of limited length without control characters; a whole number is written out."""
        value = self.take(*names)
        if value is None:
            return None
        if type(value) is int and -(10**chars) < value < 10**chars:
            value = str(value)
        if type(value) is not str or len(value) > chars or _UNWANTED.search(value) or _MACRO.fullmatch(value):
            self.refuse_taken()
        return value

    def word(self, name: str) -> str | None:
        """The name of a class: too short and too plain to hold an address, a user agent or an e-mail."""
        text = self.text(name)
        if text is not None and not _WORD.fullmatch(text):
            self.refuse_taken()
        return text

    def required_text(self, *names: str, chars: int = TEXT_CHARS) -> str:
        """A text that must be there."""
        return self.text(*names, chars=chars) or self.refuse(Reason.MISSING_FIELD, names[0])

    def whole(self, *names: str, least: int = 0, most: int = (1 << 40) - 1) -> int | None:
        """A whole number between bounds."""
        value = self.take(*names)
        if value is None:
            return None
        if type(value) is str and value.isascii() and value.isdecimal() and len(value) <= 16:
            value = int(value)
        if type(value) is not int or not least <= value <= most:
            self.refuse_taken()
        return value

    def flag(self, *names: str) -> bool | None:
        """True or false, also as 1, 0, yes and no."""
        value = self.take(*names)
        if value is None or type(value) is bool:
            return value
        read = _FLAGS.get(str(value).lower()) if type(value) in (str, int) else None
        return self.refuse_taken() if read is None else read

    def choice(self, kind: type[Choice], *names: str) -> Choice | None:
        """One of the words of a closed list."""
        value = self.take(*names)
        if value is None:
            return None
        try:
            return kind(value if isinstance(value, str) else "")
        except ValueError:
            self.refuse_taken()

    def time(self, *names: str) -> int | None:
        """UTC milliseconds, from themselves or from ISO 8601 with an offset."""
        value = self.take(*names)
        if type(value) is str:
            value = (
                int(value) if value.isascii() and value.isdecimal() and len(value) < 16 else _iso_ms(value)
            )
        if value is not None and (type(value) is not int or not 0 < value <= _LAST_MS):
            self.refuse_taken()
        return value

    def micros(self, name: str) -> int | None:
        """An amount that is not negative: `name` in units of its currency, or `name_micros`."""
        exact = f"{name}_micros"
        if self.has(exact):
            if self.has(name):
                self.refuse(Reason.INVALID_FIELD, exact)
            return self.whole(exact, most=AMOUNT_MICROS)
        value = self.take(name)
        if value is None:
            return None
        micros = _micros(value)
        if micros is None or micros > AMOUNT_MICROS:
            self.refuse_taken()
        return micros

    def identifier(self) -> str | None:
        """The caller's own id of the event: a UUID in any of its forms."""
        value = self.take("id")
        if value is None:
            return None
        try:
            return UUID(value if isinstance(value, str) and len(value) <= 45 else "").hex
        except ValueError:
            self.refuse_taken()


def parts(row: Row, name: str, values: object, most: int) -> list[Row]:
    """A list of objects inside a row, each to be read like a row."""
    if not isinstance(values, list) or not 0 < len(values) <= most:
        row.refuse(Reason.INVALID_FIELD, name)
    if not all(isinstance(each, Mapping) for each in values):
        row.refuse(Reason.INVALID_FIELD, name)
    return [Row(each, place=f"{name}[{index}].") for index, each in enumerate(values)]


def finish_all(rows: Iterable[Row]) -> None:
    """Refuses what is left over in any of them."""
    for row in rows:
        row.finish()


_NO_TIME: Final = -1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _iso_ms(text: str) -> int:
    """Milliseconds of a date-time with an offset, less than zero where it is none."""
    try:
        at = datetime.fromisoformat(text)
        since = at.astimezone(UTC) - _EPOCH
    except (ValueError, OverflowError):
        return _NO_TIME
    if at.tzinfo is None:
        return _NO_TIME
    return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000


def _micros(value: object) -> int | None:
    """
    >>> _micros("12.50"), _micros(12), _micros("12,50"), _micros(0.1)
    (12500000, 12000000, None, None)
    """
    if type(value) is int:
        return value * MICROS_PER_UNIT if value >= 0 else None
    found = _DECIMAL.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    return int(found[1]) * MICROS_PER_UNIT + int((found[2] or "").ljust(6, "0"))
