"""What other apps put beside orders: buttons at one, and a bar for many that were picked from the list.

    @at_order
    def validate(caller: Caller, order: OrderView) -> Fragment | None:
        "Approve, decline and amend."
        if not may_validate(caller, order): return None
        return Fragment("validation/buttons.html", {"order": order})

    @for_picked
    def bulk(caller: Caller) -> Fragment | None: ...

An app registers from its `ready`. The fragment for many stands within the list's form: the numbers of the
picked orders are its field `order`; a button names where it goes by `formaction`, and `formmethod="post"`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from utfall.portal.access import Caller
from utfall.portal.conversions.contracts import OrderView


class Fragment(NamedTuple):
    """A template of the app's own, and what it is given."""

    template: str
    context: Mapping[str, Any]


AtOrder = Callable[[Caller, OrderView], Fragment | None]
ForPicked = Callable[[Caller], Fragment | None]
_AT_ORDER: Final[list[AtOrder]] = []
_FOR_PICKED: Final[list[ForPicked]] = []


def at_order(make: AtOrder) -> AtOrder:
    """Register what stands at the head of an order's page."""
    _AT_ORDER.append(make)
    return make


def for_picked(make: ForPicked) -> ForPicked:
    """Register what stands in the bar of the list once orders are picked."""
    _FOR_PICKED.append(make)
    return make


def order_actions(caller: Caller, order: OrderView) -> list[Fragment]:
    """What the caller may do with an order."""
    return [one for make in _AT_ORDER if (one := make(caller, order)) is not None]


def picked_actions(caller: Caller) -> list[Fragment]:
    """What the caller may do with many orders."""
    return [one for make in _FOR_PICKED if (one := make(caller)) is not None]
