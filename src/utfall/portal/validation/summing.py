"""What the rows of a batch come to: by state, by reason, and in money."""

from django.db.models import Count, Sum

from utfall.events import Action
from utfall.portal.validation.contracts import Effect, RowState
from utfall.portal.validation.models import Batch, Row


def states_of(batch: Batch) -> dict[RowState, int]:
    """How many rows are in each state."""
    rows = Row.objects.system().filter(batch=batch).order_by().values("state").annotate(count=Count("pk"))
    return {RowState(one["state"]): one["count"] for one in rows}


def codes_of(batch: Batch) -> dict[str, int]:
    """Why rows were refused, the most frequent first."""
    rows = Row.objects.system().filter(batch=batch).exclude(code="").order_by()
    counted = rows.values("code").annotate(count=Count("pk")).order_by("-count", "code")
    return {one["code"]: one["count"] for one in counted}


def effects_of(batch: Batch) -> list[Effect]:
    """What the good rows come to, by action and currency."""
    rows = Row.objects.system().filter(batch=batch).exclude(state=RowState.REFUSED.value).order_by()
    sums = rows.values("action", "currency").annotate(
        orders=Count("pk"), amount=Sum("amount_micros"), commission=Sum("commission_micros")
    )
    return [
        Effect(
            action=Action(one["action"]),
            currency=one["currency"],
            orders=one["orders"],
            amount_micros=one["amount"] or 0,
            commission_micros=one["commission"] or 0,
        )
        for one in sums.order_by("action", "currency")
    ]
