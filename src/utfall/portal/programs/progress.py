"""How a program does against its goal and its budgets.

Outcomes and cost by day come from the lake, which has what was settled within about a second and can be asked
for one program; what is left of a budget comes from the book, which alone knows what is reserved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import ceil
from typing import Final
from zoneinfo import ZoneInfo

from django.core.cache import cache as kept
from django.db.models import Q
from django.utils import timezone

from utfall.engine.capping import period_of
from utfall.events import Outcome
from utfall.portal.access import Caller, Permission
from utfall.portal.access.times import to_ms
from utfall.portal.book import facade as book
from utfall.portal.programs.contracts import (
    DayFigures,
    GoalProgress,
    GoalView,
    LimitUse,
    LimitView,
    ProgramView,
    State,
)
from utfall.portal.programs.finding import views as views_of
from utfall.portal.programs.limits import limits
from utfall.portal.programs.models import Goal, Limit
from utfall.portal.programs.models import Program as ProgramRow
from utfall.portal.programs.programs import program as one_program
from utfall.portal.programs.shown import limit_of
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import Query, Row
from utfall.science.goals import DayCount, Verdict, forecast
from utfall.science.goals import Goal as Aim
from utfall.terms import Limit as SealedLimit
from utfall.terms import Market, Measure, Period, Program, ProgramTerms, Snapshot, Zone

COUNTS: Final[dict[Outcome, str]] = {
    Outcome.SALE: "sales",
    Outcome.LEAD: "leads",
    Outcome.ACTION: "actions",
    Outcome.INSTALL: "installs",
    Outcome.CLICK: "clicks",
    Outcome.VIEWABLE: "viewables",
    Outcome.VIDEO: "completed_views",
    Outcome.IMPRESSION: "impressions",
}
"""What the lake calls the number of each outcome."""
TAUGHT: Final = timedelta(days=56)
"""How far before its goal a program's days still teach how fast it goes."""
TOLD_AFTER: Final = timedelta(days=31)
FRESH_SECONDS: Final = 3


def progress(caller: Caller, program: int) -> GoalProgress | None:
    """How far the program's goal is; None where it has none. Fresh within seconds."""
    view = one_program(caller, program)
    if view.goal is None:
        return None
    days = figures(view, view.goal.outcome, view.goal.starts_on - TAUGHT, _today(view))
    return _judged(view.goal, days, _today(view), _elapsed(view))


def figures(view: ProgramView, outcome: Outcome, first: date, last: date) -> tuple[DayFigures, ...]:
    """What the program had on each of its own calendar days; the lake is asked at most every few seconds."""
    key = f"program-days:{view.id}:{outcome.value}:{first}:{last}"
    found: tuple[DayFigures, ...] | None = kept.get(key)
    if found is None:
        found = _counted(view, outcome, first, last)
        kept.set(key, found, FRESH_SECONDS)
    return found


def _counted(view: ProgramView, outcome: Outcome, first: date, last: date) -> tuple[DayFigures, ...]:
    if last < first:
        return ()
    query = Query(
        (COUNTS[outcome], "cost"),
        ("day",),
        where={"program": (view.id,)},
        start=first,
        end=last + timedelta(days=1),
    )
    owner = frozenset({view.advertiser})
    rows = reports.rows_within(query, advertisers=owner, terms=_terms_of(view)) or ()
    return tuple(_day_of(row, COUNTS[outcome]) for row in rows)


def _day_of(row: Row, name: str) -> DayFigures:
    when = row["day"]
    day = when.date() if isinstance(when, datetime) else when
    day = date.fromisoformat(day) if isinstance(day, str) else day
    cost = next((value for key, value in row.items() if key.startswith("cost")), 0)
    return DayFigures(day=day, count=int(row[name] or 0), cost_micros=int(cost or 0))


def _terms_of(view: ProgramView) -> Snapshot:
    """As much of the terms as it takes to count the program's days on its own clock."""
    program = Program(
        id=view.id,
        advertiser=view.advertiser,
        name=view.name,
        currency=view.currency,
        zone=view.zone,
        versions=(ProgramTerms(version=0, effective_from=0),),
    )
    zone = clock_of(view.zone, timezone.now().year)
    return Snapshot(Market(zones=(zone,), programs=(program,)), "")


@cache
def clock_of(name: str, year: int) -> Zone:
    """A time zone as data, from three years before a year until one after it, to the hour."""
    place, hour = ZoneInfo(name), timedelta(hours=1)
    at, end = datetime(year - 3, 1, 1, tzinfo=UTC), datetime(year + 2, 1, 1, tzinfo=UTC)
    starts, offsets = [0], [_offset(place, at)]
    while at < end:
        at += hour
        offset = _offset(place, at)
        if offset != offsets[-1]:
            starts.append(to_ms(at) // 1000)
            offsets.append(offset)
    return Zone(name, tuple(starts), tuple(offsets))


def _offset(place: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(place).utcoffset()
    assert offset is not None, "an aware time has an offset"
    return int(offset.total_seconds())


def _today(view: ProgramView) -> date:
    return timezone.now().astimezone(ZoneInfo(view.zone)).date()


def _elapsed(view: ProgramView) -> float:
    now = timezone.now().astimezone(ZoneInfo(view.zone))
    return (now.hour * 3600 + now.minute * 60 + now.second) / 86_400


def _judged(goal: GoalView, days: tuple[DayFigures, ...], today: date, elapsed: float) -> GoalProgress:
    told = forecast(
        [DayCount(day=one.day, count=one.count, cost_micros=one.cost_micros) for one in days],
        Aim(
            target=goal.target,
            starts=goal.starts_on,
            deadline=goal.ends_on,
            ceiling_micros=goal.max_cost_micros,
        ),
        today,
        elapsed=elapsed,
    )
    early = told.verdict is Verdict.TOO_EARLY
    return GoalProgress(
        goal=goal,
        verdict=told.verdict.value,
        ceiling=told.ceiling.value,
        done=told.done,
        days_left=ceil(told.days_left),
        expected=None if early else round(told.expected),
        low=None if early else round(told.low),
        high=None if early else round(told.high),
        per_day=None if early else round(told.per_day),
        needed_per_day=ceil(told.needed_per_day),
        cost_micros=told.cost_micros,
        cost_per_outcome_micros=told.cost_per_outcome_micros,
        days=days,
    )


def uses(caller: Caller, program: int) -> dict[int, LimitUse]:
    """How much of each limit its current period has used, by limit; of caps per publisher, the fullest."""
    view = one_program(caller, program)
    wanted = {one.id: one for one in limits(caller, program)}
    return _used(wanted, dict.fromkeys(wanted, _today(view)))


def limits_with_use(
    caller: Caller, views: Sequence[ProgramView]
) -> dict[int, list[tuple[LimitView, LimitUse]]]:
    """The limits of several of the caller's own programs, budgets first, with what each has used: by program,
    in one question to the database and one to the book.
    """
    caller.require(Permission.LOOK)
    rows = Limit.objects.of(caller).filter(program__in=[one.id for one in views], removed_at__isnull=True)
    wanted = {row.pk: limit_of(row) for row in rows.order_by("-is_budget", "pk")}
    today = {one.id: _today(one) for one in views}
    used = _used(wanted, {number: today[one.program] for number, one in wanted.items()}) if wanted else {}
    found: dict[int, list[tuple[LimitView, LimitUse]]] = {one.id: [] for one in views}
    for number, one in wanted.items():
        found[one.program].append((one, used[number]))
    return found


def aimed(caller: Caller, program: int | None = None, count: int = 12) -> tuple[list[ProgramView], int]:
    """The caller's own active programs that have a goal or a budget, the newest first, at most so many; and
    how many there are beside them. Goals that ended a month ago are no longer told of.
    """
    caller.require(Permission.LOOK)
    oldest = timezone.localdate() - TOLD_AFTER
    goals = Goal.objects.of(caller).filter(ends_on__gte=oldest)
    budgets = Limit.objects.of(caller).filter(is_budget=True, removed_at__isnull=True)
    rows = ProgramRow.objects.of(caller).filter(state=State.ACTIVE.value)
    rows = rows.filter(Q(pk__in=goals.values("program")) | Q(pk__in=budgets.values("program")))
    if program is not None:
        rows = rows.filter(pk=program)
    found = list(rows.order_by("-pk")[: count + 1])
    left = rows.count() - count if len(found) > count else 0
    views = views_of(caller, found[:count])
    return [replace(one, goal=None) if one.goal and one.goal.ends_on < oldest else one for one in views], left


def _used(wanted: Mapping[int, LimitView], today: Mapping[int, date]) -> dict[int, LimitUse]:
    """How much of each limit its period around a day has used, by the book."""
    periods = {number: period_name(one.period, today[number]) for number, one in wanted.items()}
    found = {
        number: LimitUse(limit=number, period=periods[number], cap=one.cap, reserved=0, settled=0)
        for number, one in wanted.items()
    }
    for row in _book_rows():
        if periods.get(row.limit) != row.period:
            continue
        used = found[row.limit]
        if row.reserved + row.settled >= used.reserved + used.settled:
            found[row.limit] = LimitUse(
                limit=row.limit,
                period=row.period,
                cap=wanted[row.limit].cap,
                reserved=row.reserved,
                settled=row.settled,
            )
    return found


def period_name(period: Period, day: date) -> str:
    """The name under which the book keeps a limit's period."""
    any_limit = SealedLimit(id=1, program=1, name="", measure=Measure.COST, period=period, cap=0)
    return period_of(any_limit, day)


def _book_rows() -> list[book.BudgetRow]:
    with book.opened() as opened:
        return book.fullest_budgets(opened) if opened is not None else []
