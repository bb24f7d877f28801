"""The budgets and caps that the wizard offers, kept as limits like any other."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext

from utfall.portal.access import Caller
from utfall.portal.programs.contracts import LimitDraft, LimitView, ProgramView
from utfall.portal.programs.limits import add_limit, change_limit, limits, remove_limit
from utfall.terms import Measure, Over, Period


class Offered(NamedTuple):
    """What tells one of the wizard's limits from others."""

    measure: Measure
    period: Period
    is_budget: bool
    per_publisher: bool = False

    def is_it(self, limit: LimitView) -> bool:
        """Whether a limit is this one: of everything, for everybody."""
        shape = Offered(limit.measure, limit.period, limit.is_budget, limit.per_publisher)
        of_all = (limit.outcome, limit.group, limit.publisher) == (None, None, None)
        return self == shape and of_all and not limit.per_customer


OFFERED: Final = {
    "month_budget": Offered(Measure.COST, Period.MONTH, True),
    "total_budget": Offered(Measure.COST, Period.TOTAL, True),
    "publisher_cap": Offered(Measure.COMMISSION, Period.MONTH, False, True),
    "most_per_day": Offered(Measure.COUNT, Period.DAY, False),
}


def budgets_of(caller: Caller, view: ProgramView) -> dict[str, Any]:
    """What stands, as the wizard's form shows it."""
    found = {name: _standing(limits(caller, view.id), one) for name, one in OFFERED.items()}
    over = next((limit.over for limit in found.values() if limit is not None), Over.CLAMP)
    caps: dict[str, Any] = {name: limit.cap if limit else None for name, limit in found.items()}
    return {**caps, "over": over.value}


def put_budgets(caller: Caller, view: ProgramView, given: Mapping[str, Any]) -> None:
    """Make the limits what the form says: added, changed or taken away."""
    over = Over(given["over"])
    for name, one in OFFERED.items():
        standing, cap = _standing(limits(caller, view.id), one), given[name]
        if cap is None:
            if standing is not None:
                remove_limit(caller, view.id, standing.id)
        elif standing is None:
            add_limit(caller, view.id, _draft(name, one, cap, over))
        elif (standing.cap, standing.over) != (cap, over):
            change_limit(caller, view.id, standing.id, cap=cap, over=over)


def _standing(found: list[LimitView], one: Offered) -> LimitView | None:
    return next((limit for limit in found if one.is_it(limit)), None)


def _draft(name: str, one: Offered, cap: int, over: Over) -> LimitDraft:
    named = {
        "month_budget": gettext("Monthly budget"),
        "total_budget": gettext("Total budget"),
        "publisher_cap": gettext("Most per publisher"),
        "most_per_day": gettext("Most per day"),
    }
    return LimitDraft(
        measure=one.measure,
        period=one.period,
        cap=cap,
        name=named[name],
        over=over,
        per_publisher=one.per_publisher,
        is_budget=one.is_budget,
    )
