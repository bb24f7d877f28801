"""When money moves in the demo's year, and what goes wrong with it: a plan, made of the year's two ends.

On the first of a month what was earned before is invoiced, on the fourth advertisers pay, on the fifteenth
publishers are paid: every month of the last half year, and before once a quarter.
docs/algorithms/demo-market.md, *Money*.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from utfall.demo.cast import APP, SELLER, SERVICE, SHOP
from utfall.demo.chance import DAY_MS
from utfall.demo.truth import Happening, Incident

HOUR_MS: Final = 3_600_000
LATE_DAYS: Final = 65
"""Turvenn has paid nothing for so long."""
UNKNOWN_DAYS: Final = 2
QUIET_DAYS: Final = 7
"""Before the end nobody is paid: somebody is due then, and waits for a second person."""
MONTHLY_DAYS: Final = 190
"""In the last days everything is done every month; before then in the first month of a quarter."""
OPENING_DAYS: Final = 30
"""Until then nothing is earned that could be invoiced."""
LONG_DAYS: Final = 150
"""A shorter year has hardly anything payable, and nothing is planted in its money."""
REFUSED: Final = 11
"""Whose bank refuses a transfer."""
REFUSED_PROGRAM: Final = SHOP
UNKNOWN_MICROS: Final = 4_000_000_000
AHEAD_MICROS: Final = {"NOK": 5_000_000_000, "SEK": 10_000_000_000}
"""What Fjällbutiken has paid in before anything was invoiced: its own, and for a launch in Norway."""


class Act(StrEnum):
    """What is done about money on a day."""

    AGREE = "agree"
    PAY_AHEAD = "pay_ahead"
    INVOICE = "invoice"
    PAY_IN = "pay_in"
    COVER = "cover"
    RELEASE = "release"
    SEND = "send"
    ANSWER = "answer"
    MEND = "mend"
    LOSE_TRACK = "lose_track"
    PROPOSE = "propose"


class Chore(NamedTuple):
    """An act, when it is done, and the month it is about."""

    at: int
    act: Act
    month: date


def chores(since: int, until: int) -> list[Chore]:
    """All of a year, in order."""
    first = _day(since)
    monthly = _day(until - MONTHLY_DAYS * DAY_MS)
    found = [
        _chore(month, *one)
        for month in _months(first, _day(until))
        if month > monthly or _begins_quarter(month)
        for one in _CYCLE
    ]
    found = [
        one for one in found if since + OPENING_DAYS * DAY_MS < one.at < until and not _is_quiet(one, until)
    ]
    found += [
        Chore(since + HOUR_MS, Act.AGREE, first),
        Chore(since + DAY_MS, Act.PAY_AHEAD, first),
        Chore(until - UNKNOWN_DAYS * DAY_MS, Act.LOSE_TRACK, first),
        Chore(until - 5 * HOUR_MS, Act.PROPOSE, first),
    ]
    return sorted(one for one in found if one.at > since)


_CYCLE: Final = (
    (1, 6, Act.INVOICE),
    (4, 11, Act.PAY_IN),
    (5, 7, Act.COVER),
    (15, 8, Act.RELEASE),
    (16, 7, Act.SEND),
    (20, 20, Act.ANSWER),
    (22, 9, Act.MEND),
)
"""Day of the month, hour in UTC, and what is done then. The bank pays on the sixteenth or on the next banking
day, and answers when it has.
"""


def _chore(month: date, day: int, hour: int, act: Act) -> Chore:
    return Chore(_at(month.replace(day=day), hour), act, month)


def _is_quiet(one: Chore, until: int) -> bool:
    return one.act is Act.RELEASE and one.at > until - QUIET_DAYS * DAY_MS


def _begins_quarter(month: date) -> bool:
    return month.month % 3 == 1


def _months(first: date, last: date) -> Iterator[date]:
    """The first day of every month that begins between two days."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _day(at: int) -> date:
    return datetime.fromtimestamp(at / 1000, UTC).date()


def _at(day: date, hour: int) -> int:
    return round(datetime.combine(day, time(hour), UTC).timestamp() * 1000)


def is_late(program: int, issued: int, until: int) -> bool:
    """Whether an invoice of a program, issued at a time, is not paid by the end."""
    return program == APP and issued > until - LATE_DAYS * DAY_MS


def refused_at(since: int, until: int) -> int | None:
    """The time of the answer in which a bank refuses a transfer: the last but one; None in a short year."""
    answers = [one.at for one in chores(since, until) if one.act is Act.ANSWER]
    return answers[-2] if len(answers) > 1 and until - since >= LONG_DAYS * DAY_MS else None


def planted(since: int, until: int) -> list[Incident]:
    """What goes wrong, for the truth."""
    refused = refused_at(since, until)
    if refused is None:
        return []
    return [
        _incident(Happening.FAILED_TRANSFER, REFUSED_PROGRAM, refused, refused + DAY_MS, publisher=REFUSED),
        _incident(Happening.LATE_PAYMENT, APP, until - LATE_DAYS * DAY_MS, until),
        _incident(Happening.UNKNOWN_PAYMENT, SERVICE, until - UNKNOWN_DAYS * DAY_MS, until),
    ]


def _incident(
    kind: Happening, program: int, since: int, until: int, *, publisher: int | None = None
) -> Incident:
    return Incident(
        kind=kind.value,
        since=since,
        until=until,
        advertiser=SELLER[program].advertiser,
        program=program,
        publisher=publisher,
    )
