"""Answers as the lake gives them, of worlds in which something was planted.

What is asked of the real lake is tested in `test_measuring`; here a world answers the same questions.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from utfall.portal.access import Caller
from utfall.portal.alerts.measuring import Measure
from utfall.portal.reports.contracts import Query, Report

NOW = datetime(2026, 11, 18, 12, 30, tzinfo=UTC)
"""A Wednesday."""
Count = Callable[[str, datetime], float]


class World:
    """Counts by metric and hour (UTC), and how often it was asked."""

    def __init__(self, count: Count) -> None:
        self._count = count
        self.asked: list[Query] = []

    def ask(self, caller: Caller, query: Query) -> Report:
        self.asked.append(query)
        metric = query.metrics[0]
        by = query.by[0] if query.by else ""
        rows: dict[str, float] = {}
        for hour in _hours(query.start or date(2026, 1, 1), query.end or NOW.date()):
            key = {"hour": hour.isoformat(), "day": hour.date().isoformat()}.get(by, "")
            rows[key] = rows.get(key, 0) + self._count(metric, hour)
        told = tuple({by: key, metric: value} for key, value in rows.items() if value)
        total = ({metric: sum(rows.values())},)
        return Report(query=query, columns=(), rows=told if by else total, totals=total, shipped=1, names={})

    def at(self, now: datetime = NOW) -> Measure:
        return Measure(now, self.ask)


def _hours(start: date, end: date) -> Iterator[datetime]:
    at = datetime(start.year, start.month, start.day, tzinfo=UTC)
    while at.date() < end:
        yield at
        at += timedelta(hours=1)
