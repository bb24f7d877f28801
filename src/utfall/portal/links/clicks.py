"""Clicks on one link, day by day: asked of the lake, in the scope of who sees the link."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.core.cache import cache as kept
from django.utils import timezone

from utfall.portal.access import Caller
from utfall.portal.links.building import link as one_link
from utfall.portal.links.contracts import DayClicks, LinkView
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import Query

SPAN_DAYS: Final = 30
FRESH_SECONDS: Final = 10


def clicks(caller: Caller, number: int) -> tuple[DayClicks, ...]:
    """Valid clicks on a link on each of the last thirty days of UTC, today the last; the lake is asked at
    most every ten seconds.
    """
    view = one_link(caller, number)
    last = timezone.now().astimezone(UTC).date()
    key = f"link-clicks:{view.id}:{last}"
    found: dict[date, int] | None = kept.get(key)
    if found is None:
        found = _counted(view, last)
        kept.set(key, found, FRESH_SECONDS)
    days = [last - timedelta(days=back) for back in reversed(range(SPAN_DAYS))]
    return tuple(DayClicks(day=day, clicks=found.get(day, 0)) for day in days)


def _counted(view: LinkView, last: date) -> dict[date, int]:
    query = Query(
        ("clicks",),
        ("day",),
        where={"link": (view.id,)},
        start=last - timedelta(days=SPAN_DAYS - 1),
        end=last + timedelta(days=1),
    )
    rows = reports.rows_within(query, advertisers=frozenset({view.advertiser})) or ()
    return {_day(row["day"]): int(row["clicks"] or 0) for row in rows}


def _day(told: date | datetime | str) -> date:
    if isinstance(told, datetime):
        return told.date()
    return date.fromisoformat(told) if isinstance(told, str) else told
