"""What was heard by each method, summed by advertiser, program and day, and what that says of a set-up.

A call names a program where it says so itself, or where all of its clicks are of one. Of a program is what
names it, and what names none; what names another program says nothing of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from utfall.events import Amendment, AnyEvent, Click, Conversion, Impression, Refusal, Source
from utfall.portal.access.times import from_ms
from utfall.portal.tracking.contracts import Light, MethodHeard
from utfall.portal.tracking.models import NAMED_NONE, Heard

DAYS: Final = 7
METHODS: Final = ("postback", "api", "browser", "click", "view")
ORDER_METHODS: Final = ("postback", "api", "browser")
"""Ways to tell of orders; the tag and the image are both a browser's."""
_OF_SOURCE: Final = {
    Source.TAG: "browser",
    Source.PIXEL: "browser",
    Source.POSTBACK: "postback",
    Source.API: "api",
}
_ORDERS: Final = frozenset({"conversion", "amendment", "row", "batch"})

QUIET_AT_LEAST: Final = timedelta(hours=24)
REGULAR: Final = 5
"""From so many calls in the last days on, silence means something."""
WARN_PPM, BAD_PPM = 50_000, 500_000


class Key(NamedTuple):
    """Whose calls, about which program, of which day, by which method."""

    advertiser: int
    program: int
    day: date
    method: str


@dataclass(slots=True)
class Sum:
    """How the calls of one key fared."""

    accepted: int = 0
    refused: int = 0
    tests: int = 0
    with_click: int = 0
    last_ms: int = 0
    last_reason: str = ""

    def add(self, event: AnyEvent) -> None:
        """Count one more."""
        self.last_ms = max(self.last_ms, event.received_at)
        if isinstance(event, Refusal):
            self.refused += 1
            self.last_reason = event.reason
            return
        self.accepted += 1
        if isinstance(event, Conversion):
            self.tests += event.test
            self.with_click += bool(event.clicks)


def method_of(event: AnyEvent) -> str:
    """The method by which an event came; nothing for what is no method of tracking."""
    match event:
        case Click():
            return "click"
        case Impression():
            return "view"
        case Conversion() | Amendment():
            return _OF_SOURCE.get(event.source, "")
        case Refusal(about=about) if about in _ORDERS:
            return _OF_SOURCE.get(event.source, "")
        case Refusal(about="click"):
            return "click"
    return ""


def program_of(event: AnyEvent) -> int:
    """The program that a call names; nought where it names none."""
    if isinstance(event, Conversion) and event.program is None:
        named = {click.program for click in event.clicks}
        return named.pop() if len(named) == 1 else NAMED_NONE
    return getattr(event, "program", None) or NAMED_NONE


def summed(events: Iterable[AnyEvent]) -> dict[Key, Sum]:
    """Events as sums."""
    sums: dict[Key, Sum] = {}
    for event in events:
        method = method_of(event)
        advertiser = getattr(event, "advertiser", None)  # an event of money may have none
        if method and advertiser is not None:
            day = from_ms(event.received_at).date()
            key = Key(advertiser, program_of(event), day, method)
            sums.setdefault(key, Sum()).add(event)
    return sums


def methods_of(
    rows: Iterable[Heard], sums: dict[Key, Sum], advertiser: int, now: datetime, program: int | None = None
) -> tuple[MethodHeard, ...]:
    """What was heard of an advertiser, or of a program of its, by each method: counted, and since."""
    told = [
        *(_of_row(row) for row in rows if _is_about(row.program, program)),
        *(
            (key.method, one)
            for key, one in sums.items()
            if key.advertiser == advertiser and _is_about(key.program, program)
        ),
    ]
    return tuple(_heard(method, [one for name, one in told if name == method], now) for method in METHODS)


def _is_about(named: int, program: int | None) -> bool:
    return program is None or named in (NAMED_NONE, program)


def _of_row(row: Heard) -> tuple[str, Sum]:
    at = int(row.last_at.timestamp() * 1000)
    return row.method, Sum(row.accepted, row.refused, row.tests, row.with_click, at, row.last_reason)


def _heard(method: str, sums: list[Sum], now: datetime) -> MethodHeard:
    accepted, refused = sum(one.accepted for one in sums), sum(one.refused for one in sums)
    latest = max(sums, key=lambda one: one.last_ms, default=None)
    last_at = from_ms(latest.last_ms) if latest else None
    reasons = (one.last_reason for one in sorted(sums, key=lambda one: -one.last_ms) if one.last_reason)
    silent = last_at is not None and is_silent(accepted + refused, now - last_at)
    return MethodHeard(
        method=method,
        light=_light(accepted, refused, silent),
        accepted=accepted,
        refused=refused,
        tests=sum(one.tests for one in sums),
        with_click=sum(one.with_click for one in sums),
        last_at=last_at,
        last_reason=next(reasons, ""),
        is_silent=silent,
    )


def is_silent(count: int, quiet: timedelta) -> bool:
    """Whether a method that was used regularly has gone quiet: a day, and four times its usual distance.

    >>> is_silent(100, timedelta(hours=30)), is_silent(6, timedelta(hours=30)), is_silent(100, timedelta(0))
    (True, False, False)
    """
    return count >= REGULAR and quiet > max(QUIET_AT_LEAST, timedelta(days=DAYS) * 4 / count)


def _light(accepted: int, refused: int, silent: bool) -> Light:
    count = accepted + refused
    if not count:
        return Light.OFF
    share = refused * 1_000_000 // count
    if share >= BAD_PPM:
        return Light.BAD
    return Light.WARN if silent or share >= WARN_PPM else Light.GOOD


def of_orders(methods: Iterable[MethodHeard]) -> Iterator[MethodHeard]:
    """Those by which orders are told."""
    return (one for one in methods if one.method in ORDER_METHODS)
