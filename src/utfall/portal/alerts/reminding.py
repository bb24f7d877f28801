"""The morning's reminder: what silence decides within two days, orders and claims, each in one alert a day.

    load      what is due until the end of the day after tomorrow, and what the last reminder reached
    decide    there is something in it that no reminder told of
    commit    (`watching`) an alert with the day as its subject: once a day, however many orders

docs/algorithms/alerts.md has it with a worked example. Days are the program's own.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from utfall.engine import OrderStatus
from utfall.portal.alerts.contracts import Judgement
from utfall.portal.alerts.measuring import Wanted
from utfall.portal.alerts.models import Alert, Rule
from utfall.portal.claims import facade as claims
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import Filters

AHEAD: Final = timedelta(days=2)
MORNING: Final = time(7)
"""Nobody is reminded in the night."""
ORDERS, CLAIMS = "orders", "claims"


def reminders(rule: Rule, wanted: Wanted, now: datetime) -> list[Judgement]:
    """What silence decides of a program until the end of the day after tomorrow."""
    local = now.astimezone(ZoneInfo(wanted.zone))
    if wanted.program is None or local.time() < MORNING:
        return []
    last = local.date() + AHEAD
    end = datetime.combine(last + timedelta(days=1), time(), local.tzinfo)
    found = (_of_orders(rule, wanted, local, end), _of_claims(rule, wanted, local, end))
    return [one for one in found if one is not None]


def _of_orders(rule: Rule, wanted: Wanted, now: datetime, end: datetime) -> Judgement | None:
    due = Filters(program=wanted.program, statuses=(OrderStatus.PENDING,), silence_until=end)
    count = conversions.counted(wanted.caller, due)
    if not count.orders:
        return None
    reached, told_at = _before(rule, ORDERS)
    newer = (replace(due, silence_since=reached), replace(due, since=told_at))
    is_new = reached is None or any(conversions.counted(wanted.caller, one).orders for one in newer)
    sums = conversions.totals(wanted.caller, due).sums
    facts = {
        "count": count.orders,
        "is_more": count.is_more,
        "sums": {one.currency: one.commission_micros for one in sums},
        "amounts": {one.currency: one.amount_micros for one in sums},
    }
    return _judgement(ORDERS, now.date(), end, is_new=is_new, facts=facts)


def _of_claims(rule: Rule, wanted: Wanted, now: datetime, end: datetime) -> Judgement | None:
    assert wanted.program is not None, "the rule is of a program"
    due = claims.due(wanted.caller, wanted.program, end)
    if due is None:
        return None
    reached, told_at = _before(rule, CLAIMS)
    is_new = reached is None or told_at is None or due.due_last >= reached or due.filed_last >= told_at
    facts = {"count": due.claims, "sums": dict(due.sums)}
    return _judgement(CLAIMS, now.date(), end, is_new=is_new, facts=facts)


def _judgement(what: str, today: date, end: datetime, *, is_new: bool, facts: dict[str, Any]) -> Judgement:
    until = end.date() - timedelta(days=1)
    told = {"what": what, "until": until.isoformat(), "reaches": end.isoformat()}
    return Judgement(subject=f"{what}:{today.isoformat()}", raises=is_new, keeps=True, facts=told | facts)


def _before(rule: Rule, what: str) -> tuple[datetime | None, datetime | None]:
    """Until when the last reminder reached, and when it was told."""
    rows = Alert.objects.system().filter(rule=rule, subject__startswith=f"{what}:")
    row = rows.order_by("-raised_at").first()
    return (None, None) if row is None else (datetime.fromisoformat(row.facts["reaches"]), row.raised_at)
