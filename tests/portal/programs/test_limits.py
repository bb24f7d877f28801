"""Budgets, caps, groups and goals."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import drafted, live
from utfall.events import Outcome
from utfall.portal.access import Forbidden, NotFound, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import PolicyView, Required
from utfall.portal.programs import facade, sentences
from utfall.portal.programs.contracts import GoalDraft, LimitDraft, LimitView
from utfall.terms import Measure, Over, Period

BUDGET = LimitDraft(
    measure=Measure.COST, period=Period.MONTH, cap=10**9, name="Month", over=Over.CLAMP, is_budget=True
)


def added(answer: LimitView | int) -> LimitView:
    """The limit that was made, and not a proposal."""
    assert isinstance(answer, LimitView)
    return answer


def test_a_limit_keeps_what_it_counts_and_changes_its_height(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    one = added(facade.add_limit(caller, view.id, BUDGET))
    two = added(
        facade.change_limit(caller, view.id, one.id, cap=2 * 10**9, over=Over.REFUSE, why="Christmas")
    )
    assert (two.id, two.cap, two.over, two.period) == (one.id, 2 * 10**9, Over.REFUSE, Period.MONTH)
    with pytest.raises(Refused):
        facade.change_limit(caller, view.id, one.id, cap=2 * 10**9, over=Over.REFUSE)


def test_everything_wrong_with_a_limit_is_said_at_once(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    wrong = LimitDraft(
        measure=Measure.COUNT,
        period=Period.DAY,
        cap=-1,
        group=99,
        publisher=99,
        per_publisher=True,
        is_budget=True,
    )
    with pytest.raises(Refused) as refusal:
        facade.add_limit(caller, view.id, wrong)
    codes = {problem.code for problem in refusal.value.problems}
    assert codes == {
        "cap_out_of_range",
        "budget_measures_cost",
        "one_or_each",
        "unknown_group",
        "unknown_publisher",
    }


def test_money_is_for_those_who_may_price(market: TwoTenants) -> None:
    view = live(market.a.advertiser.caller(), market.operator.caller())
    with pytest.raises(Forbidden):
        facade.add_limit(market.a.advertiser.caller(Role.DEVELOPER), view.id, BUDGET)
    added(facade.add_limit(market.a.advertiser.caller(Role.FINANCE), view.id, BUDGET))


def test_where_four_eyes_are_asked_for_limits_wait_for_a_second_person(market: TwoTenants) -> None:
    caller, operator = market.a.advertiser.caller(), market.operator.caller()
    view = live(caller, operator)
    audit.set_policy(operator, PolicyView(kind="program.limit", required=Required.ALWAYS))
    proposal = facade.add_limit(caller, view.id, BUDGET)
    assert isinstance(proposal, int)
    assert facade.limits(caller, view.id) == []
    audit.decide(operator, proposal, approve=True)
    (one,) = facade.limits(caller, view.id)
    raised = facade.change_limit(caller, view.id, one.id, cap=3 * 10**9, over=Over.CLAMP)
    assert isinstance(raised, int)
    audit.decide(operator, raised, approve=True)
    assert facade.limit(caller, view.id, one.id).cap == 3 * 10**9
    removed = facade.remove_limit(caller, view.id, one.id, why="Enough")
    assert isinstance(removed, int)
    audit.decide(operator, removed, approve=True)
    assert facade.limits(caller, view.id) == []


def test_a_stranger_finds_no_limit_and_no_group(market: TwoTenants) -> None:
    caller, stranger = market.a.advertiser.caller(), market.b.advertiser.caller()
    view = live(caller, market.operator.caller())
    one = added(facade.add_limit(caller, view.id, BUDGET))
    group = facade.create_group(caller, view.id, "Gold")
    theirs = drafted(stranger, "ZEBRA")
    with pytest.raises(NotFound):
        facade.limit(stranger, view.id, one.id)
    with pytest.raises(NotFound):
        facade.limit(stranger, theirs.id, one.id)
    with pytest.raises(NotFound):
        facade.change_group(stranger, theirs.id, group.id, "Mine")


def test_groups_of_a_program_have_names_of_their_own(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = drafted(caller)
    gold = facade.create_group(caller, view.id, "Gold", "The best")
    with pytest.raises(Refused):
        facade.create_group(caller, view.id, "gold")
    facade.change_group(caller, view.id, gold.id, "Gold", "The very best")
    assert facade.group(caller, view.id, gold.id).description == "The very best"
    assert facade.group_names([gold.id]) == {gold.id: "Gold"}


def test_a_goal_is_changed_while_it_runs_and_stays_once_it_is_over(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = drafted(caller)
    today = timezone.localdate()
    old = GoalDraft(outcome=Outcome.SALE, target=10, starts_on=date(2020, 1, 1), ends_on=date(2020, 3, 31))
    facade.set_goal(caller, view.id, old)
    new = GoalDraft(outcome=Outcome.SALE, target=500, starts_on=today, ends_on=today + timedelta(days=90))
    first = facade.set_goal(caller, view.id, new)
    changed = GoalDraft(
        outcome=Outcome.SALE,
        target=600,
        starts_on=today,
        ends_on=today + timedelta(days=90),
        max_cost_micros=250 * 10**6,
    )
    second = facade.set_goal(caller, view.id, changed)
    assert first.id == second.id
    assert [one.target for one in facade.goals(caller, view.id)] == [600, 10]
    with pytest.raises(Refused):
        facade.set_goal(
            caller,
            view.id,
            GoalDraft(outcome=Outcome.SALE, target=0, starts_on=today, ends_on=date(2020, 1, 1)),
        )


def test_progress_before_anything_happened_is_too_early_to_tell(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    assert facade.progress(caller, view.id) is None
    today = timezone.localdate()
    goal = GoalDraft(outcome=Outcome.SALE, target=500, starts_on=today, ends_on=today + timedelta(days=90))
    facade.set_goal(caller, view.id, goal)
    told = facade.progress(caller, view.id)
    assert told is not None
    assert (told.verdict, told.done, told.expected) == ("too_early", 0, None)
    one = added(facade.add_limit(caller, view.id, BUDGET))
    assert facade.uses(caller, view.id)[one.id].left == 10**9


def test_a_limit_says_whom_and_what_it_counts_also_once_it_is_taken_away(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    gold = facade.create_group(caller, view.id, "Gold")
    draft = LimitDraft(
        measure=Measure.COUNT,
        period=Period.DAY,
        cap=3,
        outcome=Outcome.SALE,
        group=gold.id,
        per_publisher=True,
        per_customer=True,
    )
    one = added(facade.add_limit(caller, view.id, draft))
    counted = (
        "It counts only sales. Only for the group Gold. For each publisher alone. For each customer alone."
    )
    assert facade.counted_words(one) == counted
    says = sentences.limit_says(one, view.currency, sentences.named_in([one]))
    assert (
        says == f"At most 3 a day (number of outcomes); what does not fit whole is not paid at all. {counted}"
    )
    facade.remove_limit(caller, view.id, one.id)
    assert facade.limit(caller, view.id, one.id, ever=True) == one
    with pytest.raises(NotFound):
        facade.limit(market.b.advertiser.caller(), view.id, one.id, ever=True)
