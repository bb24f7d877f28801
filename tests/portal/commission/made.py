"""Rules and programs to test with."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from utfall.events import Outcome
from utfall.portal.access import Caller
from utfall.portal.commission import facade
from utfall.portal.commission.contracts import RuleDraft, RuleView
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import ApplicationDraft, State
from utfall.portal.programs.contracts import ProgramView
from utfall.terms import Portion
from utfall.terms import Test as OneTest

SHOES = OneTest(field="line.category", op="eq", value="shoes")


def share(name: str, percent: int, **more: Any) -> RuleDraft:
    """A rule that pays a share of sales."""
    return RuleDraft(name=name, outcome=Outcome.SALE, price=Portion(ppm=percent * 10_000), **more)


def shop(market: TwoTenants) -> tuple[Caller, ProgramView]:
    """A live program of A's with one rule: 8 % of every sale."""
    caller = market.a.advertiser.caller()
    return caller, live(caller, market.operator.caller())


def drafts_of(views: Sequence[RuleView]) -> list[RuleDraft]:
    """Rules that stand, as they are handed in again."""
    return [view.draft for view in views]


def changed(draft: RuleDraft, **more: Any) -> RuleDraft:
    """A rule that stands, with something else about it."""
    return replace(draft, **more)


def put(caller: Caller, program: ProgramView, drafts: Sequence[RuleDraft], **more: Any) -> list[RuleView]:
    """Put rules in force; those that stand afterwards."""
    found = facade.change_rules(caller, program.id, drafts, **more)
    return facade.rules(caller, program.id, found.effective_from)


def enrolled(market: TwoTenants, program: ProgramView) -> int:
    """Let A's publisher into a program; its number."""
    asked = partners.apply(
        market.a.publisher.caller(),
        ApplicationDraft(program=program.id, promotion_types=("content",), message="We test tents."),
    )
    if asked.state is not State.APPROVED:
        assert asked.application is not None
        partners.decide(market.a.advertiser.caller(), asked.application, State.APPROVED)
    return market.a.publisher.number
