"""From answers to what a page shows: cards, lines, the funnel, the ranking."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from utfall.portal.overview.boards import FUNNEL, good_of
from utfall.portal.overview.contracts import Figure, Line, Ranked, Ranking, Step, Value
from utfall.portal.overview.days import points
from utfall.portal.overview.measuring import ADDS_UP, Measured, chosen_metrics
from utfall.portal.reports.contracts import Report

MOST: Final = 5
_MILLION: Final = 1_000_000


def changed(value: Value, other: Value) -> int | None:
    """A change in ppm; None where there is nothing to compare with.

    >>> changed(12, 10), changed(3, 0), changed(None, 4)
    (200000, None, None)
    """
    if value is None or not other:
        return None
    if isinstance(value, int) and isinstance(other, int):
        return (value - other) * _MILLION // abs(other)
    return round((value - other) * _MILLION / abs(other))


def figures(found: Measured) -> list[Figure]:
    """The cards of a caller's side."""
    now, then = found.total(found.report), found.total(found.other)
    rows = found.by_point(found.report)
    names = points(found.span, found.grain)
    told = []
    for name in found.board.cards:
        value, other = now.get(name), then.get(name)
        if found.same_hours and found.about[name].unit in ADDS_UP:
            other = _until_now(found, name)
        told.append(
            Figure(
                about=found.about[name],
                value=value,
                before=other,
                change=changed(value, other),
                good=good_of(name),
                spark=[rows[point].get(name) if point in rows else None for point in names],
            )
        )
    return told


def _until_now(found: Measured, name: str) -> int | None:
    """What the day that today is compared with had up to this hour: half a day is not set against a whole."""
    if found.other is None:
        return None
    hour = datetime.now(ZoneInfo(found.zone)).hour
    rows = [row for point, row in found.by_point(found.other).items() if int(point[11:13]) <= hour]
    return sum(row[name] or 0 for row in rows) if rows else None


def lines(found: Measured) -> list[Line]:
    """The chosen metrics over time, with the days they are compared with."""
    now, then = found.by_point(found.report), found.by_point(found.other)
    names = points(found.span, found.grain)
    others = points(found.other_span, found.grain) if found.other_span else []
    return [
        Line(
            about=found.about[name],
            values=[now[point].get(name) if point in now else None for point in names],
            before=[then[point].get(name) if point in then else None for point in others],
        )
        for name in chosen_metrics(found.asked, found.board, found.about)
    ]


def funnel(found: Measured) -> list[Step]:
    """From impressions to orders; each with its share of the step before."""
    total = found.total(found.report)
    steps: list[Step] = []
    for name in FUNNEL:
        count = total.get(name)
        steps.append(Step(name=name, count=count, rate=rate(count, steps[-1].count if steps else None)))
    return steps


def rate(part: int | None, whole: int | None) -> int | None:
    """A share in ppm. None where there is no whole, or where less of it was measured than of its part: not
    every click begins with an impression that somebody told us of.

    >>> rate(1, 8), rate(8, 1), rate(1, None)
    (125000, None, None)
    """
    if part is None or not whole or part > whole:
        return None
    return part * _MILLION // whole


def ranking(found: Measured) -> Ranking:
    """The largest partners or programs, and those that fell the most."""
    now, then = _sums(found, found.rank), _sums(found, found.other_rank)
    who = found.board.ranked
    names = {
        **(found.other_rank.names.get(who, {}) if found.other_rank else {}),
        **found.rank.names.get(who, {}),
    }
    compared = found.other_rank is not None and not found.same_hours

    def ranked(number: int) -> Ranked:
        value, other = now.get(number, 0), then.get(number) if compared else None
        return Ranked(
            id=number,
            name=names.get(number, f"#{number}"),
            value=value,
            before=other,
            change=changed(value, other),
            is_new=compared and not other,
        )

    largest = sorted((one for one in now if now[one]), key=lambda one: (-now[one], one))
    if compared:
        falls = {one: now.get(one, 0) - then[one] for one in then}
        low = sorted((one for one in falls if falls[one] < 0), key=lambda one: (falls[one], one))
    else:
        low = largest[MOST:][::-1]
    return Ranking(
        by="program" if who == "program" else "publisher",
        about=found.about[found.rank_metric],
        top=[ranked(one) for one in largest[:MOST]],
        bottom=[ranked(one) for one in low[:MOST]],
        is_fall=compared,
        count=len(largest),
    )


def _sums(found: Measured, report: Report | None) -> dict[int, int]:
    who = found.board.ranked
    rows = [] if report is None else found.mine(report.rows)
    return {row[who]: row[found.rank_metric] or 0 for row in rows if row[who] is not None}


def has_today(found: Measured) -> bool:
    """Whether the span ends with a day that is not over."""
    return found.span.start <= timezone.now().astimezone(ZoneInfo(found.zone)).date() < found.span.end
