"""The queue's clock: what is held is looked at every ten minutes, without a caller.

Who held an order may have asked for it to be declined the day before silence would approve it. What was
decided elsewhere in the meantime leaves the queue.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from utfall.engine import OrderState, OrderStatus
from utfall.events import DeclineReason
from utfall.portal.access import Caller, Kind, Permission, Role
from utfall.portal.access.acting import acting
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.quality.contracts import Ends, Handling
from utfall.portal.quality.holding import AT_ONCE, decline
from utfall.portal.quality.models import Handled

BEFORE: Final = timedelta(days=1)


def see_to_deadlines(now: datetime) -> int:
    """Let go of what is no longer pending, and decline what is due; how many were declined."""
    rows = list(Handled.objects.system().filter(state=Handling.HELD.value).select_related("finding"))
    standing = _standing([row.order for row in rows])
    due: dict[tuple[int, int, str, str], list[Handled]] = defaultdict(list)
    for row in rows:
        order = standing.get(row.order)
        if order is None or order.status is not OrderStatus.PENDING:
            row.state, row.at = Handling.LAPSED.value, now
            row.save(update_fields=["state", "at"])
            continue
        _renew(row, order)
        if row.ends == Ends.DECLINE and row.deadline is not None and row.deadline - BEFORE <= now:
            due[row.finding_id, row.organisation, row.reason, row.evidence].append(row)
    return sum(_decline(some) for some in due.values())


def _standing(numbers: list[int]) -> dict[int, OrderState]:
    with book.opened() as found:
        return book.orders_numbered(found, numbers) if found is not None else {}


def _renew(row: Handled, order: OrderState) -> None:
    """Follow the day on which silence approves."""
    deadline = None if order.approve_at is None else from_ms(order.approve_at)
    if deadline != row.deadline:
        row.deadline = deadline
        row.save(update_fields=["deadline"])


def _decline(some: Iterable[Handled]) -> int:
    rows = list(some)[:AT_ONCE]
    first = rows[0]
    orders = [row.order for row in rows]
    reason = DeclineReason(first.reason)
    return decline(_for(first), first.finding_id, orders, reason=reason, evidence=first.evidence).done


def _for(row: Handled) -> Caller:
    """In the name of the organisation that asked for it, for its advertiser alone."""
    return acting(
        Kind.ADVERTISER,
        row.advertiser,
        actor=row.actor,
        grants={Permission.LOOK, Permission.MONEY},
        organisation=row.organisation,
        role=Role.FINANCE,
    )
