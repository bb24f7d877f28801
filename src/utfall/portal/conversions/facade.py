"""The one way into conversions."""

from utfall.portal.conversions.actions import (
    Fragment,
    at_order,
    for_picked,
    order_actions,
    picked_actions,
)
from utfall.portal.conversions.asking import Asked, asked_of
from utfall.portal.conversions.coming import Coming, coming
from utfall.portal.conversions.contracts import (
    Counted,
    Filters,
    OrderView,
    Share,
    Sort,
    Total,
    Totals,
)
from utfall.portal.conversions.projecting import followed
from utfall.portal.conversions.reading import (
    EXPORTED_AT_MOST,
    by_status,
    conversions,
    counted,
    exported,
    find,
    order,
    shares,
    totals,
)
from utfall.portal.conversions.telling import story
from utfall.portal.conversions.waiting import Waiting, waiting

__all__ = [
    "EXPORTED_AT_MOST",
    "Asked",
    "Coming",
    "Counted",
    "Filters",
    "Fragment",
    "OrderView",
    "Share",
    "Sort",
    "Total",
    "Totals",
    "Waiting",
    "asked_of",
    "at_order",
    "by_status",
    "coming",
    "conversions",
    "counted",
    "exported",
    "find",
    "followed",
    "for_picked",
    "order",
    "order_actions",
    "picked_actions",
    "shares",
    "story",
    "totals",
    "waiting",
]
