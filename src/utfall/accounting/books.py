"""Verifications: what moved, day by day, in the accounts of a chart, rounded so that no balance drifts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from msgspec import Struct

from utfall.accounting.chart import UNBOOKED, Chart, is_result
from utfall.accounting.years import Year, year_of
from utfall.money import minor_micros, round_ratio

EARNED: Final = "earned"
HAPPENINGS: Final = (
    EARNED,
    "paper",
    "funding",
    "matching",
    "settling",
    "payout",
    "payout_result",
    "exchange",
)
"""What a verification is about, in the order in which those of a day are numbered."""
_PLACE: Final = {happening: place for place, happening in enumerate(HAPPENINGS)}


class Unbalanced(ValueError):
    """What moved does not sum to zero: the book it comes from is broken."""


class Moved(NamedTuple):
    """What moved in a bucket of the book on one day by one sort of happening; debit positive."""

    day: date
    happening: str
    bucket: str
    micros: int


class Line(NamedTuple):
    """An account in a verification, in minor units; debit positive."""

    account: str
    minor: int


class Verification(NamedTuple):
    """What happened of one sort on one day; its lines sum to zero."""

    number: int
    day: date
    happening: str
    lines: tuple[Line, ...]

    @property
    def debit_minor(self) -> int:
        """What its debits come to, and its credits below zero."""
        return sum(one.minor for one in self.lines if one.minor > 0)


class Turnover(NamedTuple):
    """What an account had, moved and has, in minor units; debit positive, `credit_minor` below zero."""

    account: str
    name: str
    opening_minor: int
    debit_minor: int
    credit_minor: int
    closing_minor: int

    @property
    def is_empty(self) -> bool:
        """Whether it had, moved and has nothing."""
        return not any(self[2:])


class Books(Struct, frozen=True, kw_only=True):
    """The verifications of some days of an accounting year, and balances in minor units by account.

    `opening` is at the beginning of the year, `before` at that of the days, `closing` at their end; accounts
    of results have what they had since the year began.
    """

    chart: Chart
    currency: str
    year: Year
    first: date
    last: date
    opening: Mapping[str, int]
    before: Mapping[str, int]
    closing: Mapping[str, int]
    verifications: tuple[Verification, ...]

    def names(self) -> dict[str, str]:
        """What each account of the chart is called, by number: the first name where heads share one."""
        told: dict[str, str] = {}
        for number, name in self.chart.accounts.values():
            told.setdefault(number, name)
        return dict(sorted(told.items()))

    def turnovers(self) -> list[Turnover]:
        """The trial balance of the days; each of its columns but debit and credit sums to zero."""
        debits: dict[str, int] = defaultdict(int)
        credits: dict[str, int] = defaultdict(int)
        for verification in self.verifications:
            for account, minor in verification.lines:
                (debits if minor > 0 else credits)[account] += minor
        return [
            Turnover(
                account,
                name,
                self.before.get(account, 0),
                debits[account],
                credits[account],
                self.closing.get(account, 0),
            )
            for account, name in self.names().items()
        ]

    def sums(self) -> Turnover:
        """The last line of the trial balance: openings and closings of all accounts are zero."""
        told = self.turnovers()
        return Turnover(
            "",
            "",
            sum(one.opening_minor for one in told),
            sum(one.debit_minor for one in told),
            sum(one.credit_minor for one in told),
            sum(one.closing_minor for one in told),
        )


def keep_books(chart: Chart, currency: str, moved: Iterable[Moved], first: date, last: date) -> Books:
    """The books of the days `first` to `last`, which are of one year. `moved`: all there was until the last
    day, from the book's first entry on, for a balance is rounded as a whole. Unbalanced if it does not sum.
    """
    year = year_of(last, chart.begins)
    assert year.first <= first <= last, "a file is about days of one accounting year"
    kept = _Kept(chart, currency)
    opening: dict[str, int] | None = None
    before: dict[str, int] | None = None
    told: list[Verification] = []
    number = 0
    for (day, happening), rows in _by_day(moved):
        if day > last:
            break
        if opening is None and day >= year.first:
            opening = kept.begin_year()
        if before is None and day >= first:
            before = kept.standing()
        lines = kept.book(rows)
        if opening is not None and lines:
            number += 1
            if day >= first:
                told.append(Verification(number, day, happening, lines))
    if opening is None:
        opening = kept.begin_year()
    return Books(
        chart=chart,
        currency=currency,
        year=year,
        first=first,
        last=last,
        opening=opening,
        before=kept.standing() if before is None else before,
        closing=kept.standing(),
        verifications=tuple(told),
    )


def _by_day(moved: Iterable[Moved]) -> Iterator[tuple[tuple[date, str], list[Moved]]]:
    ordered = sorted(moved, key=lambda one: (one.day, _PLACE[one.happening], one.bucket))
    for key, rows in groupby(ordered, key=lambda one: (one.day, one.happening)):
        yield key, list(rows)


class _Kept:
    """Balances as verifications are booked: micros as the book has them, and minor units as they are told."""

    def __init__(self, chart: Chart, currency: str) -> None:
        self._chart = chart
        self._unit = minor_micros(currency)
        self._micros: dict[str, int] = defaultdict(int)
        self._minor: dict[str, int] = defaultdict(int)
        self._closed: dict[str, int] = {}

    def begin_year(self) -> dict[str, int]:
        """Close the years before: results stand on the account of earlier results from now on."""
        results = {number: minor for number, minor in self._minor.items() if is_result(number)}
        self._closed = {**results, self._number("earlier"): -sum(results.values())}
        return self.standing()

    def standing(self) -> dict[str, int]:
        """What stands on each account, results since the year began; together zero."""
        numbers = {*self._minor, *self._closed}
        told = {number: self._minor.get(number, 0) - self._closed.get(number, 0) for number in numbers}
        assert not sum(told.values()), "balances sum to zero"
        return {number: minor for number, minor in sorted(told.items()) if minor}

    def book(self, rows: list[Moved]) -> tuple[Line, ...]:
        """One verification's lines, by account: each account moves by the difference of its rounded sums."""
        moved = self._by_account(rows)
        lines: dict[str, int] = defaultdict(int)
        for number, micros in moved.items():
            was = self._rounded(number)
            self._micros[number] += micros
            lines[number] += self._rounded(number) - was
        lines[self._number("rounding")] -= sum(lines.values())
        for number, minor in lines.items():
            self._minor[number] += minor
        return tuple(Line(number, minor) for number, minor in sorted(lines.items()) if minor)

    def _by_account(self, rows: list[Moved]) -> dict[str, int]:
        """Micros by account. What is not certain yet sums to zero by itself, and is left out."""
        certain = [one for one in rows if one.bucket not in UNBOOKED]
        if sum(one.micros for one in certain) or sum(one.micros for one in rows):
            raise Unbalanced(f"{rows[0].happening} of {rows[0].day} does not sum to zero")
        moved: dict[str, int] = defaultdict(int)
        for one in certain:
            moved[self._number("sales" if one.bucket == "fee" else one.bucket)] += one.micros
        if self._chart.is_gross and rows[0].happening == EARNED:
            gained = sum(one.micros for one in certain if one.bucket in ("approved", "payable"))
            moved[self._number("sales")] += gained
            moved[self._number("commission")] -= gained
        return moved

    def _rounded(self, number: str) -> int:
        return round_ratio(self._micros[number], self._unit, "half_even")

    def _number(self, head: str) -> str:
        return self._chart.accounts[head].number
