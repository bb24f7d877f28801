"""Whether a program fell silent: clicks come and no orders, or no clicks come either.

docs/algorithms/alerts.md has both with worked examples. Each is a subject of its own: without clicks nothing
is said of orders.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any, Final
from zoneinfo import ZoneInfo

from utfall.portal.alerts.contracts import Judgement, Picture
from utfall.portal.alerts.measuring import Measure, Wanted
from utfall.portal.tracking import facade as tracking
from utfall.portal.tracking.contracts import MethodHeard
from utfall.science.anomaly import Silence, silence, stillness

SILENCE_DAYS: Final = 28
WEEKS: Final = 4
SHOWN_HOURS, MOST_HOURS = 48, 168
CLICKS: Final = "clicks"
"""The subject of an alert about clicks; that of orders has none."""
OF_ORDERS: Final = frozenset({"postback", "api", "browser"})
Hours = Mapping[datetime, float | None]


def silent(wanted: Wanted, measure: Measure) -> list[Judgement]:
    """What holds of orders and of clicks, as far as the past allows to judge."""
    orders = measure.hours(replace(wanted, metric="conversions"))
    clicks = measure.hours(replace(wanted, metric="clicks"))
    found = (_of_orders(wanted, orders, clicks), _of_clicks(wanted, clicks))
    return [one for one in found if one is not None]


def _of_orders(wanted: Wanted, orders: Hours, clicks: Hours) -> Judgement | None:
    last = _last(orders)
    if last is None:
        return None
    came = round(sum(count or 0 for hour, count in clicks.items() if hour > last))
    told = silence(came, _before(clicks, last), _before(orders, last))
    if told is None:
        return None
    facts = {"what": "orders", "clicks": came, "value": came, **_facts(wanted, last, told)}
    if told.is_broken:
        facts |= heard(wanted, datetime.fromisoformat(facts["since"]))
    return Judgement(raises=told.is_broken, keeps=told.is_broken, facts=facts, picture=_picture(orders, last))


def _of_clicks(wanted: Wanted, clicks: Hours) -> Judgement | None:
    last = _last(clicks)
    if last is None:
        return None
    expected = sum(_usual(clicks, hour, last) for hour in clicks if hour > last)
    told = stillness(expected, _before(clicks, last))
    if told is None:
        return None
    facts = {"what": CLICKS, "clicks": 0, "value": 0, **_facts(wanted, last, told)}
    return Judgement(
        subject=CLICKS,
        raises=told.is_broken,
        keeps=told.is_broken,
        facts=facts,
        picture=_picture(clicks, last),
    )


def heard(wanted: Wanted, since: datetime) -> dict[str, str]:
    """What was heard of the program's orders meanwhile: no call at all, or some, and why one was refused.

    A call that names another program is none of this one's; one that names none may be.
    """
    methods = tracking.heard(wanted.caller, wanted.caller.advertiser(), wanted.program)
    came = [one for one in methods if one.method in OF_ORDERS and _is_after(one, since)]
    if not came:
        return {"calls": "none"}
    refused = [one.last_reason for one in came if one.refused and one.last_reason]
    return {"calls": "some", "reason": refused[0] if refused else ""}


def _is_after(one: MethodHeard, since: datetime) -> bool:
    return one.last_at is not None and one.last_at >= since


def _last(hours: Hours) -> datetime | None:
    return max((hour for hour, count in hours.items() if count), default=None)


def _before(hours: Hours, last: datetime) -> int:
    """What the four weeks up to the last hour brought."""
    since = last - timedelta(days=SILENCE_DAYS)
    return round(sum(count or 0 for hour, count in hours.items() if since < hour <= last))


def _usual(hours: Hours, hour: datetime, last: datetime) -> float:
    """The mean of the same hour of the week in the weeks before the silence, as far as it is known."""
    weeks = (hour - timedelta(weeks=back) for back in range(1, 2 * WEEKS))
    past = [hours.get(one) or 0.0 for one in weeks if one in hours and one <= last]
    return fmean(past[:WEEKS]) if past else 0.0


def _facts(wanted: Wanted, last: datetime, told: Silence) -> dict[str, Any]:
    since = (last + timedelta(hours=1)).replace(tzinfo=ZoneInfo(wanted.zone))
    return {"expected": round(told.expected), "since": since.isoformat()}


def _picture(known: Hours, last: datetime) -> Picture:
    """The silence, and the day before it; at least two days and at most a week."""
    silent_hours = sum(hour > last - timedelta(days=1) for hour in known)
    hours = sorted(known)[-min(max(silent_hours, SHOWN_HOURS), MOST_HOURS) :]
    return Picture(
        labels=tuple(hour.strftime("%m-%d %H:00") for hour in hours),
        values=tuple(known[hour] for hour in hours),
    )
