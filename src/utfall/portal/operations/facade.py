"""The one way into operations. Every function asks for the permission it needs."""

from utfall.portal.operations.allowing import allow, allowances, own_allowances
from utfall.portal.operations.announcing import (
    announce,
    announced,
    announcement,
    announcements,
    dismiss,
    withdraw_announcement,
)
from utfall.portal.operations.fees import fee, fees, set_fee
from utfall.portal.operations.health import health, sample, troubles
from utfall.portal.operations.inbox import decide, waiting, waiting_count
from utfall.portal.operations.looking import (
    close_ended,
    end_looking,
    end_looking_of,
    impersonations,
    look_as,
    seat,
)
from utfall.portal.operations.tenants import tenants

__all__ = [
    "allow",
    "allowances",
    "announce",
    "announced",
    "announcement",
    "announcements",
    "close_ended",
    "decide",
    "dismiss",
    "end_looking",
    "end_looking_of",
    "fee",
    "fees",
    "health",
    "impersonations",
    "look_as",
    "own_allowances",
    "sample",
    "seat",
    "set_fee",
    "tenants",
    "troubles",
    "waiting",
    "waiting_count",
    "withdraw_announcement",
]
