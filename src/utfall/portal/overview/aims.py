"""Goals with where they are heading, and budgets by the book with how much of their period is gone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import Final, Literal
from zoneinfo import ZoneInfo

from django.utils import timezone

from utfall.events import Outcome
from utfall.portal.access import Caller, Kind
from utfall.portal.overview.contracts import Asked, GoalLine, Pace
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import GoalView, LimitUse, LimitView, ProgramView
from utfall.portal.reports.contracts import Query, Report, Row
from utfall.science.goals import DayCount, Goal, Progress, Verdict, forecast
from utfall.terms import Measure, Period

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
TAUGHT: Final = timedelta(days=56)
"""How far before its goal a program's days still teach how fast it goes."""
MOST: Final = 12
"""Programs whose goals and budgets one page tells of; all stand in the list of programs."""
_MILLION: Final = 1_000_000
_FAST, _SLOW, _SLACK = 1_150_000, 700_000, 30_000
"""Spending is fast above 115 % of the part that is gone, slow below 70 %, give or take three hundredths."""


def watched(caller: Caller, asked: Asked) -> tuple[list[ProgramView], int]:
    """The programs whose goals and budgets a page tells of, those with a goal first, and how many others have
    one too. Publishers are told of none.
    """
    if caller.kind is Kind.PUBLISHER:
        return [], 0
    found, left = programs.aimed(caller, asked.program, MOST)
    return sorted(found, key=_soonest), left


def _soonest(one: ProgramView) -> date:
    return one.goal.ends_on if one.goal else date.max


def goal_queries(views: Sequence[ProgramView]) -> list[Query]:
    """What all goals have counted by day, in one question, to ask together with everything else."""
    aimed = [(one, one.goal) for one in views if one.goal is not None]
    if not aimed:
        return []
    start = min(goal.starts_on for _one, goal in aimed) - TAUGHT
    end = max(max(_now(one).date(), goal.starts_on) for one, goal in aimed) + timedelta(days=1)
    counts = dict.fromkeys(COUNTS[goal.outcome] for _one, goal in aimed)
    wanted = {"program": tuple(one.id for one, _goal in aimed)}
    return [Query((*counts, "cost"), ("program", "day"), wanted, start, end)]


def goals(
    views: Sequence[ProgramView],
    answers: Sequence[Report],
    limits: Mapping[int, Sequence[tuple[LimitView, LimitUse]]],
) -> list[GoalLine]:
    """Where each goal stands and will stand, and what its budget still pays for."""
    rows: dict[int, list[Row]] = {}
    for row in (row for one in answers for row in one.rows):
        rows.setdefault(row["program"], []).append(row)
    return [
        _goal_line(one, one.goal, _judged(one, one.goal, rows.get(one.id, ())), limits.get(one.id, ()))
        for one in views
        if one.goal is not None
    ]


def _judged(view: ProgramView, goal: GoalView, rows: Sequence[Row]) -> Progress:
    now, name = _now(view), COUNTS[goal.outcome]
    first, after = goal.starts_on - TAUGHT, max(now.date(), goal.starts_on) + timedelta(days=1)
    days = [
        DayCount(day=day, count=row[name] or 0, cost_micros=row["cost"] or 0)
        for row in rows
        if row.get("currency") in (view.currency, None) and first <= (day := _day(row["day"])) < after
    ]
    aim = Goal(
        target=goal.target,
        starts=goal.starts_on,
        deadline=goal.ends_on,
        ceiling_micros=goal.max_cost_micros,
    )
    elapsed = (now.hour * 3600 + now.minute * 60 + now.second) / 86_400
    return forecast(days, aim, now.date(), elapsed=elapsed)


def _goal_line(
    view: ProgramView, goal: GoalView, told: Progress, limits: Sequence[tuple[LimitView, LimitUse]]
) -> GoalLine:
    early = told.verdict is Verdict.TOO_EARLY
    missing = max(goal.target - told.done, 0)
    pays_for = affordable(goal, told.cost_per_outcome_micros, limits, _now(view).date())
    short = pays_for is not None and pays_for < missing
    return GoalLine(
        program=view.id,
        name=view.name,
        currency=view.currency,
        outcome=goal.outcome.value,
        target=goal.target,
        done=told.done,
        first=goal.starts_on,
        last=goal.ends_on,
        verdict=told.verdict.value,
        ceiling=told.ceiling.value,
        expected=None if early else told.expected,
        low=None if early else told.low,
        high=None if early else told.high,
        days_left=ceil(told.days_left),
        needed_per_day=ceil(told.needed_per_day),
        affordable=pays_for if short else None,
    )


def affordable(
    goal: GoalView, cost: int | None, limits: Sequence[tuple[LimitView, LimitUse]], today: date
) -> int | None:
    """How many outcomes the tightest budget that holds until the goal ends still pays for."""
    if not cost:
        return None
    pays = [use.left // cost for limit, use in limits if is_budget(limit) and _holds(limit, goal, today)]
    return min(pays, default=None)


def _holds(limit: LimitView, goal: GoalView, today: date) -> bool:
    """Whether no new period of the budget begins before the goal ends."""
    if limit.period is Period.TOTAL:
        return True
    return period_days(limit.period, today)[1] > goal.ends_on


def is_budget(limit: LimitView) -> bool:
    """Whether a limit is a budget of the whole program."""
    narrow = limit.outcome or limit.group or limit.publisher or limit.per_publisher
    return limit.is_budget and limit.measure is Measure.COST and not narrow


def limits_of(caller: Caller, views: Sequence[ProgramView]) -> dict[int, list[tuple[LimitView, LimitUse]]]:
    """The budgets of each program with what the book says of them."""
    if not views:
        return {}
    found = programs.limits_with_use(caller, views)
    return {number: [one for one in told if is_budget(one[0])] for number, told in found.items()}


def paces(
    views: Sequence[ProgramView], limits: Mapping[int, Sequence[tuple[LimitView, LimitUse]]]
) -> list[Pace]:
    """Each budget beside the part of its period that is gone."""
    return [_pace(one, limit, use) for one in views for limit, use in limits.get(one.id, ())]


def _pace(view: ProgramView, limit: LimitView, use: LimitUse) -> Pace:
    over = gone(limit.period, view.goal, _now(view))
    return Pace(
        limit=limit.id,
        program=view.id,
        name=limit.name,
        program_name=view.name,
        currency=view.currency,
        cap=use.cap,
        spent=use.settled,
        reserved=use.reserved,
        gone=over,
        verdict=pace_verdict(use.settled + use.reserved, use.cap, over),
    )


def pace_verdict(spent: int, cap: int, gone: int | None) -> Literal["even", "fast", "slow", "out", "open"]:
    """How spending goes beside time.

    >>> pace_verdict(50, 100, 500_000), pace_verdict(80, 100, 500_000), pace_verdict(100, 100, 500_000)
    ('even', 'fast', 'out')
    """
    if spent >= cap:
        return "out"
    if gone is None:
        return "open"
    share = spent * _MILLION // cap
    if share > gone * _FAST // _MILLION + _SLACK:
        return "fast"
    return "slow" if share < gone * _SLOW // _MILLION - _SLACK else "even"


def gone(period: Period, goal: GoalView | None, now: datetime) -> int | None:
    """The part of a budget's period that is gone, in ppm. One without a period runs as long as the goal."""
    if period is not Period.TOTAL:
        first, after = period_days(period, now.date())
    elif goal is not None:
        first, after = goal.starts_on, goal.ends_on + timedelta(days=1)
    else:
        return None
    start = datetime.combine(first, datetime.min.time(), now.tzinfo)
    end = datetime.combine(after, datetime.min.time(), now.tzinfo)
    part = (now.timestamp() - start.timestamp()) / (end.timestamp() - start.timestamp())
    return round(min(max(part, 0.0), 1.0) * _MILLION)


def period_days(period: Period, today: date) -> tuple[date, date]:
    """The days of a limit's period around a day, the end not included.

    >>> period_days(Period.MONTH, date(2026, 12, 5))
    (datetime.date(2026, 12, 1), datetime.date(2027, 1, 1))
    """
    if period is Period.DAY:
        return today, today + timedelta(days=1)
    if period is Period.WEEK:
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=7)
    first = today.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def _now(view: ProgramView) -> datetime:
    return timezone.now().astimezone(ZoneInfo(view.zone))


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
