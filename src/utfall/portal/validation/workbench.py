"""The workbench: what waits by the day on which silence approves it, the money at stake, and what is running.

Days are those of the reader's clock. A publisher sees the same from its side: what waits, until when, by
program.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

from utfall.engine import OrderStatus
from utfall.portal.access import Caller, Kind, NotFound, Permission, Slice
from utfall.portal.access.paging import USUAL
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import Filters, OrderView, Share, Sort, Total
from utfall.portal.validation.contracts import BatchView, Due, State, Way
from utfall.portal.validation.models import Batch
from utfall.portal.validation.showing import view_of
from utfall.portal.work import facade as work

WEEK: Final = 7
RUNNING_AT_MOST: Final = 5
PARTNERS_AT_MOST: Final = 12
AT_A_TIME: Final = (Way.PAGE.value, Way.CLAIM.value)
"""One order each: their rows say themselves how far they are."""
MOVING: Final = (State.READING.value, State.WRITING.value, State.WRITTEN.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """What silence approves in a span of days, half-open; `is_more` where it was too much to add up."""

    due: Due
    due_from: datetime | None
    due_until: datetime | None
    orders: int
    is_more: bool
    sums: Sequence[Total]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A batch of decisions on its way: how many of its rows are done."""

    batch: BatchView
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """What waits, by deadline and by partner (for a publisher: by program), and what is running."""

    buckets: Sequence[Bucket]
    partners: Sequence[Share]
    running: Sequence[Running]
    soonest: datetime | None
    """When silence approves the next one."""


def span_of(due: Due, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The days of a bucket by the reader's clock; what is overdue is today's."""
    midnight = timezone.make_aware(datetime.combine(timezone.localtime(now).date(), time()))
    tomorrow, week = _days_on(midnight, 1), _days_on(midnight, WEEK)
    return {
        Due.TODAY: (None, tomorrow),
        Due.WEEK: (tomorrow, week),
        Due.LATER: (week, None),
        Due.NEVER: (None, None),
    }[due]


def _days_on(midnight: datetime, days: int) -> datetime:
    """Another midnight of the same clock, which may have been put forward in between."""
    day = timezone.localtime(midnight).date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time()))


def waiting_for(due: Due | None, now: datetime, filters: Filters | None = None) -> Filters:
    """Filters of what waits in a bucket, or of all that waits."""
    wanted = replace(filters or Filters(sort=Sort.OLDEST), statuses=(OrderStatus.PENDING,))
    if due is None:
        return wanted
    start, end = span_of(due, now)
    sort = wanted.sort
    if due is not Due.NEVER and sort is Sort.OLDEST:
        sort = Sort.SOONEST
    elif due is Due.NEVER and sort is Sort.SOONEST:
        sort = Sort.OLDEST
    return replace(wanted, silence_since=start, silence_until=end, never_due=due is Due.NEVER, sort=sort)


def workbench(caller: Caller, now: datetime | None = None) -> Workbench:
    """What waits for a decision, and until when, by the caller's side."""
    caller.require(Permission.LOOK)
    moment = now or timezone.now()
    soonest = conversions.conversions(caller, replace(waiting_for(None, moment), sort=Sort.SOONEST), limit=1)
    return Workbench(
        buckets=[_bucket(caller, due, moment) for due in Due],
        partners=conversions.shares(caller, waiting_for(None, moment), PARTNERS_AT_MOST),
        running=running(caller),
        soonest=soonest.items[0].approve_at if soonest.items else None,
    )


def waiting(
    caller: Caller, due: Due | None = None, after: int | None = None, limit: int = USUAL
) -> Slice[OrderView]:
    """The orders that wait, of one span of days or all that silence will approve, the soonest first."""
    filters = waiting_for(due, timezone.now(), Filters(sort=Sort.SOONEST))
    return conversions.conversions(caller, filters, after, limit)


def usual_sort(bench: Workbench) -> Sort:
    """By deadline, unless something has none: that would be missing from such a list."""
    has_none = any(one.orders for one in bench.buckets if one.due is Due.NEVER)
    return Sort.OLDEST if has_none else Sort.SOONEST


def _bucket(caller: Caller, due: Due, now: datetime) -> Bucket:
    filters = waiting_for(due, now)
    totals = conversions.totals(caller, filters)
    orders = (
        conversions.counted(caller, filters).orders
        if totals.is_more
        else sum(one.orders for one in totals.sums)
    )
    return Bucket(
        due=due,
        due_from=filters.silence_since,
        due_until=filters.silence_until,
        orders=orders,
        is_more=totals.is_more,
        sums=totals.sums,
    )


def running(caller: Caller) -> list[Running]:
    """Batches of the caller's that are read, written or settled now, the newest first."""
    if caller.kind is Kind.PUBLISHER:
        return []
    rows = Batch.objects.of(caller).filter(state__in=MOVING).exclude(way__in=AT_A_TIME)
    rows = rows.order_by("-pk")[:RUNNING_AT_MOST]
    return [_running(caller, row) for row in rows]


def _running(caller: Caller, row: Batch) -> Running:
    """Reading is as far as its work says, writing as its rows, and settling as those that are decided."""
    view = view_of(row)
    if view.state is State.READING:
        done, total = _of_work(caller, row.work)
    elif view.state is State.WRITING:
        done, total = row.written, row.rows
    else:
        done, total = view.good - view.waiting, view.good
    return Running(batch=view, done=done, total=total)


def _of_work(caller: Caller, number: int | None) -> tuple[int, int]:
    if number is None:
        return 0, 0
    try:
        task = work.task(caller, number)
    except NotFound:
        return 0, 0
    return task.done, task.total
