"""Where else deciding shows: at an order, above picked orders, among a program's tabs, on the first page."""

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.engine import OrderStatus
from utfall.portal.access import Caller, Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.actions import Fragment, at_order, for_picked
from utfall.portal.conversions.contracts import Filters, OrderView
from utfall.portal.home.cards import Attention, card
from utfall.portal.programs import tabs
from utfall.portal.validation.chapter import BUYING

OLD: Final = timedelta(days=14)

tabs.register(
    "validation", _("Validation"), page="validation:policy", order=75, needs=Permission.MANAGE, kinds=BUYING
)
_LIVE = frozenset({OrderStatus.PENDING, OrderStatus.UNPAID, OrderStatus.APPROVED, OrderStatus.PAYABLE})


@at_order
def decide(caller: Caller, order: OrderView) -> Fragment | None:
    """Buttons for what can be decided about an order."""
    if caller.kind not in BUYING or not caller.may(Permission.MONEY) or order.status not in _LIVE:
        return None
    return Fragment("validation/parts/at_order.html", {"order": order})


@for_picked
def picked(caller: Caller) -> Fragment | None:
    """Buttons for what can be decided about many."""
    if caller.kind not in BUYING or not caller.may(Permission.MONEY):
        return None
    return Fragment("validation/parts/picked.html", {})


@card(kinds=BUYERS - {"operator"}, order=22, needs=Permission.MONEY)
def waiting_long(caller: Caller) -> Attention | None:
    """Orders that have waited for two weeks."""
    filters = Filters(statuses=(OrderStatus.PENDING,), until=timezone.now() - OLD)
    found = conversions.counted(caller, filters)
    if not found.orders:
        return None
    return Attention(
        words=_("Orders have waited for your decision for two weeks"),
        count=found.orders,
        icon="checklist",
        url=reverse("validation:queue", args=[caller.slug]),
        action=_("Decide"),
    )
