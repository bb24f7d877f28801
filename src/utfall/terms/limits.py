"""Caps and budgets: how much a program may spend, pay or count in a period. They hold to the micro."""

from enum import StrEnum

from msgspec import Struct

from utfall.events import Outcome


class Measure(StrEnum):
    """What a limit counts: what the advertiser owes (commission and fee), the commission, or outcomes."""

    COST = "cost"
    COMMISSION = "commission"
    COUNT = "count"


class Period(StrEnum):
    """The calendar period of a limit, in the program's time zone."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TOTAL = "total"


class Over(StrEnum):
    """What happens to an outcome that does not fit whole: it is not paid, or is paid what is left."""

    REFUSE = "refuse"
    CLAMP = "clamp"


class Limit(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One cap (micros, or a count) on a program, one of its groups, or its publishers.

    `per_publisher` gives every publisher a cap of its own, `per_customer` every customer of orders. A budget
    is a limit on cost: `is_budget` only chooses the words of the refusal.
    """

    id: int
    program: int
    name: str
    measure: Measure
    period: Period
    cap: int
    over: Over = Over.REFUSE
    outcome: Outcome | None = None
    group: int | None = None
    publisher: int | None = None
    per_publisher: bool = False
    is_budget: bool = False
    per_customer: bool = False
