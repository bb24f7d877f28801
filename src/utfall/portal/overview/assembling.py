"""Putting a page together: ask everything in one go, then cut it to cards, lines, funnel and ranking."""

from datetime import datetime, time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from utfall.engine import OrderStatus
from utfall.portal.access import Caller, Permission
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import Filters
from utfall.portal.overview import aims
from utfall.portal.overview.contracts import Asked, Overview, Step
from utfall.portal.overview.days import Span, points
from utfall.portal.overview.figures import figures, funnel, has_today, lines, ranking, rate
from utfall.portal.overview.measuring import Measured, measure
from utfall.portal.site import site

APPROVED: Final = (OrderStatus.APPROVED, OrderStatus.PAYABLE)
_OWED: Final = (*APPROVED, OrderStatus.PENDING, OrderStatus.DECLINED, OrderStatus.REVERSED)


def overview(caller: Caller, asked: Asked) -> Overview:
    """Everything a page shows. Refused where the days make no sense, or where nothing was measured yet."""
    caller.require(Permission.LOOK)
    views, others = aims.watched(caller, asked)
    found = measure(caller, asked, aims.goal_queries(views))
    limits = aims.limits_of(caller, views)
    other = found.other_span
    return Overview(
        asked=asked,
        zone=found.zone,
        first=found.span.start,
        last=found.span.last,
        other_first=other.start if other else None,
        other_last=other.last if other else None,
        has_today=has_today(found),
        same_hours=found.same_hours,
        currency=found.currency,
        currencies=found.currencies,
        figures=figures(found),
        grain=found.grain,
        labels=points(found.span, found.grain),
        other_labels=points(other, found.grain) if other else [],
        lines=lines(found),
        funnel=[*funnel(found), _approved(caller, found)],
        ranking=ranking(found),
        goals=aims.goals(views, found.extra, limits),
        budgets=aims.paces(views, limits),
        aims_left=others,
        shipped=found.report.shipped,
        is_empty=not found.report.rows,
    )


def mark() -> str:
    """Changes whenever new facts can be read, and every minute; who has seen it need not be told again."""
    minute = int(timezone.now().timestamp()) // 60
    try:
        seen = (Path(site().lake_dir) / "catalog.json").stat()
    except FileNotFoundError:
        return f"0-{minute}"
    return f"{seen.st_mtime_ns:x}-{minute}"


def _approved(caller: Caller, found: Measured) -> Step:
    """The orders that were approved, of those placed on these days that anybody is owed for."""
    since, until = moments(found.span, found.zone)
    filters = Filters(
        program=found.asked.program,
        since=since,
        until=until,
        currency=found.currency if len(found.currencies) > 1 else "",
    )
    counts = conversions.by_status(caller, filters)
    owed, approved = (sum(counts.get(one, 0) for one in some) for some in (_OWED, APPROVED))
    if not owed:
        return Step(name="approved", count=None, rate=None)
    return Step(name="approved", count=approved, rate=rate(approved, owed))


def moments(span: Span, zone: str) -> tuple[datetime, datetime]:
    """When a span begins and ends in a zone."""
    place = ZoneInfo(zone)
    return datetime.combine(span.start, time(), place), datetime.combine(span.end, time(), place)
