"""One object of every kind for each side of the market, by the name its routes give it.

An app adds its own in `tests/portal/<app>/objects.py`:

    def objects(market: TwoTenants, side: Side, made: Made) -> Made:
        "A private program, and a rule of it."
        return {"program": 7, "rule": 3}

Everything of side B is to hold MARKER wherever it has words, and to be private: what is shared with the
whole market may be seen by anybody. The apps are asked in the order below and find in `made` what came
before; that is not changed: the program is one that the side's publisher is a partner of.
"""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module, util

from django.utils import timezone

from tests.portal.market import Side, TwoTenants
from tests.portal.programs.drafts import live
from utfall.events import Outcome
from utfall.portal.access import Role
from utfall.terms import Measure, Period

APPS = (
    *("people", "programs", "commission", "partners", "links", "creatives", "feeds", "tracking"),
    *("changes", "conversions", "validation", "reports", "overview", "quality", "claims", "alerts"),
    *("webhooks", "imports", "operations", "invoices", "funding", "payouts", "banking", "finance"),
    "bonuses",
    *("audit", "post", "work", "sealing", "home", "book"),
)
Made = dict[str, int | str]


def objects_of(market: TwoTenants, side: Side) -> Mapping[str, int | str]:
    """Make one object of every kind for a side; by route parameter."""
    made: Made = _of_people(side)
    program = live(side.advertiser.caller(), market.operator.caller(), side.advertiser.name).id
    take_part(side, program)
    made |= _of_programs(side, program)
    for app in APPS:
        name = f"tests.portal.{app}.objects"
        if util.find_spec(f"tests.portal.{app}") and util.find_spec(name):
            made = {**import_module(name).objects(market, side, dict(made)), **made}
    return made


def _of_people(side: Side) -> Made:
    """What the market was built with."""
    from utfall.portal.people import facade

    caller = side.advertiser.caller()
    return {
        "organisation": side.advertiser.organisation,
        "user": side.advertiser.users[Role.VIEWER],
        "key": facade.keys(caller)[0].id,
        "invitation": facade.invitations(caller)[0].id,
        "mandate": facade.mandates(caller)[0].id,
    }


def take_part(side: Side, program: int) -> None:
    """The side's publisher becomes a partner of its program, while others could still find that."""
    from utfall.portal.partners import facade
    from utfall.portal.partners.contracts import ApplicationDraft, State

    draft = ApplicationDraft(program=program, promotion_types=("content",), message=side.publisher.name)
    asked = facade.apply(side.publisher.caller(), draft)
    assert asked.application is not None
    facade.decide(side.advertiser.caller(), asked.application, State.APPROVED)


def _of_programs(side: Side, program: int) -> Made:
    """From now on only those see the program who are its partners; with a goal, a budget and a group."""
    from utfall.portal.programs import facade
    from utfall.portal.programs.contracts import GoalDraft, LimitDraft, Visibility

    caller = side.advertiser.caller()
    profile = replace(facade.program(caller, program).profile, visibility=Visibility.PRIVATE)
    facade.describe(caller, program, profile)
    today = timezone.localdate()
    goal = facade.set_goal(
        caller, program, GoalDraft(outcome=Outcome.SALE, target=500, starts_on=today, ends_on=today)
    )
    budget = LimitDraft(measure=Measure.COST, period=Period.MONTH, cap=10**9, name=side.advertiser.name)
    limit = facade.add_limit(caller, program, budget)
    assert not isinstance(limit, int), "no second person is asked for in tests"
    group = facade.create_group(caller, program, f"{side.advertiser.name} gold")
    return {
        "program": program,
        "goal": goal.id,
        "limit": limit.id,
        "group": group.id,
        "number": 1,
        "state": "paused",
        "step": "terms",
    }
