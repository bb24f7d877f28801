"""Values to judge: asked of the lake through reports, over whole windows in the program's own zone.

One measure serves one look at the rules: a question that was asked is not asked again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from utfall.lake.metrics import METRICS
from utfall.portal.access import Caller
from utfall.portal.alerts.contracts import Window
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import Query, Report

HOURLY_WEEKS: Final = 6
DAILY_WEEKS: Final = 8
Ask = Callable[[Caller, Query], Report]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of what a value is wanted: whose, of which program and publisher, in which zone and currency."""

    caller: Caller
    metric: str
    program: int | None
    publisher: int | None
    zone: str
    currency: str


class Measure:
    """What is known at one moment."""

    def __init__(self, now: datetime, ask: Ask = reports.ask) -> None:
        self.now = now
        self._ask = ask
        self._asked: dict[Any, Report] = {}

    def value(self, wanted: Wanted, window: Window, back: int = 0) -> float | None:
        """The value of a window; with `back`, of the one before that it is compared with."""
        local = self.local(wanted)
        if window is Window.HOUR:
            return self.hours(wanted).get(_hour(local) - timedelta(days=7 * back))
        if window is Window.DAY:
            return self.days(wanted).get(local.date() - timedelta(days=1 + 7 * back))
        start = local.date() if window is Window.TODAY else local.date() - timedelta(days=7 * (back + 1))
        end = start + timedelta(days=1 if window is Window.TODAY else 7)
        return _number(self._report(wanted, (), start, end).total, wanted.metric)

    def past(self, wanted: Wanted, window: Window) -> list[tuple[str, float | None]]:
        """The windows that a value is compared with, the oldest first, and the present one at the end."""
        if window is Window.HOUR:
            last, known = _hour(self.local(wanted)), self.hours(wanted)
            moments = [last - timedelta(weeks=week) for week in range(HOURLY_WEEKS, -1, -1)]
            return [(one.strftime("%Y-%m-%d %H:00"), known.get(one)) for one in moments]
        last_day, days = self.local(wanted).date() - timedelta(days=1), self.days(wanted)
        chosen = [last_day - timedelta(weeks=week) for week in range(DAILY_WEEKS, -1, -1)]
        return [(one.isoformat(), days.get(one)) for one in chosen]

    def recent(self, wanted: Wanted) -> list[tuple[str, float | None]]:
        """The last fortnight by day, for a chart."""
        known, today = self.days(wanted), self.local(wanted).date()
        chosen = [today - timedelta(days=back) for back in range(14, 0, -1)]
        return [(one.isoformat(), known.get(one)) for one in chosen]

    def hours(self, wanted: Wanted) -> dict[datetime, float | None]:
        """Values by local hour (without an offset), of the weeks that are compared."""
        today = self.local(wanted).date()
        start = today - timedelta(days=7 * HOURLY_WEEKS + 1)
        found = self._report(wanted, ("hour",), start, today + timedelta(days=1))
        known: dict[datetime, float | None] = {}
        for row in found.rows:
            if row["hour"] is not None:
                moment = datetime.fromisoformat(str(row["hour"])).replace(tzinfo=None)
                known[moment] = _number(row, wanted.metric)
        return _with_noughts(known, wanted.metric, _hour(self.local(wanted)), timedelta(hours=1))

    def days(self, wanted: Wanted) -> dict[date, float | None]:
        """Values by local day, of the weeks that are compared."""
        today = self.local(wanted).date()
        start = today - timedelta(days=7 * (DAILY_WEEKS + 1))
        found = self._report(wanted, ("day",), start, today + timedelta(days=1))
        known = {
            date.fromisoformat(str(row["day"])): _number(row, wanted.metric)
            for row in found.rows
            if row["day"] is not None
        }
        return _with_noughts(known, wanted.metric, today - timedelta(days=1), timedelta(days=1))

    def local(self, wanted: Wanted) -> datetime:
        """What the program's clock says."""
        return self.now.astimezone(ZoneInfo(wanted.zone)).replace(tzinfo=None)

    def _report(self, wanted: Wanted, by: tuple[str, ...], start: date, end: date) -> Report:
        where: dict[str, Sequence[int | str]] = {}
        if wanted.program is not None:
            where["program"] = (wanted.program,)
        if wanted.publisher is not None:
            where["publisher"] = (wanted.publisher,)
        if METRICS[wanted.metric].of_money:
            where["currency"] = (wanted.currency,)
        side = (wanted.caller.kind, wanted.caller.number)
        asked = (side, wanted.metric, tuple(sorted(where.items())), by, start, end)
        if asked not in self._asked:
            query = Query(metrics=(wanted.metric,), by=by, where=where, start=start, end=end)
            self._asked[asked] = self._ask(wanted.caller, query)
        return self._asked[asked]


def _hour(local: datetime) -> datetime:
    """The last whole hour."""
    return local.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)


def _number(row: Any, metric: str) -> float | None:
    value = row.get(metric, row.get(METRICS[metric].column))
    return None if value is None else float(value)


def _with_noughts(known: dict[Any, float | None], metric: str, last: Any, step: timedelta) -> dict[Any, Any]:
    """A window without any event counts nought, from the first that is known; a ratio of it stays unknown."""
    if METRICS[metric].unit not in ("count", "money") or not known:
        return known
    at = min(known)
    while at <= last:
        known.setdefault(at, 0.0)
        at += step
    return known
