"""What the first page says of programs: how far their goals are, and what they brought lately."""

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from utfall.portal.access import Caller, Kind
from utfall.portal.access.roles import BUYERS
from utfall.portal.home.cards import Attention, Figure, Goal, card
from utfall.portal.look import formats
from utfall.portal.programs import facade, sentences, words
from utfall.portal.programs.contracts import ProgramView, State

_ = gettext_lazy
OWNERS: Final = BUYERS - {Kind.OPERATOR, Kind.AUDITOR}
MOST: Final = 2
"""Of how many programs the first page tells figures; all of them stand in the list."""
DAYS: Final = 28
TONES: Final = {
    "reached": "good",
    "on_track": "good",
    "at_risk": "warn",
    "out_of_reach": "bad",
    "too_early": "calm",
}


def _active(caller: Caller) -> list[ProgramView]:
    return list(facade.programs(caller, state=State.ACTIVE).items)


@card(kinds=OWNERS, order=10)
def goals(caller: Caller) -> list[Goal]:
    """How far each goal is, and whether it will be reached."""
    found = []
    for one in [view for view in _active(caller) if view.goal][: 2 * MOST]:
        told = facade.progress(caller, one.id)
        if told is not None:
            shown = f"{formats.number(told.done)} / {formats.number(told.goal.target)}"
            goal = Goal(
                words=sentences.goal_says(told.goal, one.currency),
                url=reverse("programs:program", kwargs={"org": caller.slug, "program": one.id}),
                done=told.done,
                target=told.goal.target,
                shown=shown,
                forecast=words.VERDICTS[told.verdict],
                tone=TONES[told.verdict],  # type: ignore[arg-type]  # the names of tones
            )
            found.append(goal)
    return found


@card(kinds=OWNERS, order=11)
def figures(caller: Caller) -> list[Figure]:
    """Outcomes and cost of the first programs over four weeks."""
    today = timezone.localdate()
    since = today - timedelta(days=DAYS - 1)
    found = []
    for one in _active(caller)[:MOST]:
        days = facade.figures(one, one.outcome, since, today)
        by_day = {day.day: day for day in days}
        each = [by_day.get(since + timedelta(days=place)) for place in range(DAYS)]
        overview = reverse("overview:index", kwargs={"org": caller.slug})
        href = f"{overview}?days=last_30&program={one.id}"
        note = gettext("%(program)s, four weeks") % {"program": one.name}
        count = sum(day.count for day in days)
        cost = sum(day.cost_micros for day in days)
        named = str(words.MANY[one.outcome])
        found += [
            Figure(
                label=named[:1].upper() + named[1:],
                value=formats.number(count),
                href=href,
                spark=[day.count if day else 0 for day in each],
                note=note,
            ),
            Figure(
                label=_("Cost"),
                value=formats.money_compact(round(cost, -6), one.currency),
                href=href,
                spark=[day.cost_micros if day else 0 for day in each],
                note=note,
                good="neither",
            ),
        ]
    return found


@card(kinds=frozenset({Kind.OPERATOR}), order=10)
def to_review(caller: Caller) -> Attention | None:
    """Programs that wait for the operator's word."""
    count = facade.counts(caller)[State.IN_REVIEW]
    if not count:
        return None
    return Attention(
        words=ngettext("A program waits for your review", "Programs wait for your review", count),
        url=reverse("programs:review", kwargs={"org": caller.slug}),
        count=count,
        icon="gavel",
        action=_("Decide"),
    )
