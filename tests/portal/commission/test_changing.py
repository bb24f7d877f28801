"""Changing rules: what goes on, what ends, what is refused, and what the sealed terms then say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.portal.commission.made import SHOES, changed, drafts_of, put, share, shop
from tests.portal.market import TwoTenants
from utfall.events import Outcome
from utfall.portal.access import Caller, Forbidden, NotFound, Refused, Role
from utfall.portal.access.times import to_ms
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import Filters, PolicyView, Required
from utfall.portal.commission import facade
from utfall.portal.commission.contracts import Change, RuleDraft
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView, State
from utfall.portal.sealing import facade as sealing
from utfall.terms import Flat, PerThousand, Portion, check_market
from utfall.terms import Test as OneTest
from utfall.workers.publish import sealed_zone


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[tuple[str, str]]:
    return {(problem.code, problem.field) for problem in refused.value.problems}


def sealed_names(program: ProgramView, at_ms: int) -> list[str]:
    """The names of the sealed rules in force, in the order the engine tries them; the market must seal."""
    _revision, market = sealing.market(sealed_zone)
    assert check_market(market) == []
    held = [rule for rule in market.rules if rule.program == program.id and rule.holds_at(at_ms)]
    return [rule.name for rule in sorted(held, key=lambda rule: rule.precedence())]


def test_rules_hold_in_the_order_they_are_handed_in(market: TwoTenants) -> None:
    caller, program = shop(market)
    wanted = [share("Shoes", 12, when=SHOES), share("All", 8)]
    found = put(caller, program, wanted)
    assert [view.draft.name for view in found] == ["Shoes", "All"]
    assert sealed_names(program, to_ms(found[0].effective_from)) == ["Shoes", "All"]


def test_a_rule_that_does_not_change_goes_on_untouched(market: TwoTenants) -> None:
    caller, program = shop(market)
    (standard,) = facade.rules(caller, program.id, timezone.now())
    found = put(caller, program, [share("Shoes", 12, when=SHOES), standard.draft])
    assert found[1] == standard
    again = put(caller, program, [found[1].draft])
    assert again == [standard]


def test_a_changed_rule_ends_and_another_begins_at_the_same_moment(market: TwoTenants) -> None:
    caller, program = shop(market)
    (old,) = facade.rules(caller, program.id, timezone.now())
    later = timezone.now() + timedelta(days=3)
    (new,) = put(
        caller, program, [changed(old.draft, price=Portion(ppm=100_000))], effective_from=later, why="Xmas"
    )
    ended = facade.rule(caller, old.id)
    assert ended.effective_until == new.effective_from
    assert (new.replaces, ended.draft.price) == (old.id, old.draft.price)
    assert [view.id for view in facade.rules(caller, program.id, timezone.now())] == [old.id]
    (revision,) = facade.revisions(caller, program.id).items[:1]
    assert (revision.why, [one.change for one in revision.changes]) == ("Xmas", [Change.REPLACED])


def test_the_list_says_what_became_of_each_rule(market: TwoTenants) -> None:
    caller, program = shop(market)
    found = put(caller, program, [share(name, 5) for name in "abcd"])
    a, b, c, d = drafts_of(found)
    done = facade.change_rules(caller, program.id, [d, a, changed(b, name="bb"), share("e", 1)])
    kinds = {draft.name: one.change for one in done.changes if (draft := one.after or one.before)}
    assert kinds == {
        "d": Change.MOVED,
        "a": Change.KEPT,
        "bb": Change.REPLACED,
        "e": Change.ADDED,
        "c": Change.ENDED,
    }
    assert c.name == "c"


def test_nothing_is_changed_in_the_past(market: TwoTenants) -> None:
    caller, program = shop(market)
    with pytest.raises(Refused) as refused:
        put(caller, program, [share("x", 1)], effective_from=timezone.now() - timedelta(minutes=1))
    assert codes(refused) == {("in_the_past", "effective_from")}


def test_what_stands_already_is_no_change(market: TwoTenants) -> None:
    caller, program = shop(market)
    with pytest.raises(Refused) as refused:
        put(caller, program, drafts_of(facade.rules(caller, program.id, timezone.now())))
    assert codes(refused) == {("nothing_changed", "")}


def test_a_change_from_now_on_withdraws_what_was_planned(market: TwoTenants) -> None:
    caller, program = shop(market)
    (old,) = facade.rules(caller, program.id, timezone.now())
    later = timezone.now() + timedelta(days=3)
    put(caller, program, [share("Christmas", 15)], effective_from=later)
    assert facade.planned_at(caller, program.id, timezone.now()) is not None
    done = facade.change_rules(caller, program.id, [old.draft])
    assert [one.change for one in done.changes] == [Change.KEPT, Change.WITHDRAWN]
    assert facade.rules(caller, program.id) == [old]
    assert facade.planned_at(caller, program.id, timezone.now()) is None


def test_a_campaign_ends_by_itself_and_that_is_no_plan(market: TwoTenants) -> None:
    caller, program = shop(market)
    standard = drafts_of(facade.rules(caller, program.id, timezone.now()))
    ends_at = timezone.now() + timedelta(days=2)
    found = put(caller, program, [share("Weekend", 20, ends_at=ends_at), *standard])
    assert found[0].effective_until == ends_at
    assert facade.planned_at(caller, program.id, timezone.now()) is None
    assert sealed_names(program, to_ms(ends_at)) == ["Standard"]
    # What gives way to a plan gets its own end back when the plan is withdrawn.
    put(caller, program, standard, effective_from=timezone.now() + timedelta(days=1))
    again = put(caller, program, drafts_of(found))
    assert again == found


def test_a_rule_named_twice_goes_on_once(market: TwoTenants) -> None:
    caller, program = shop(market)
    (old,) = facade.rules(caller, program.id, timezone.now())
    found = put(caller, program, [changed(old.draft, name="Dearer", price=Portion(ppm=1)), old.draft])
    assert [view.draft.name for view in found] == ["Dearer", "Standard"]


@pytest.mark.parametrize(
    ("draft", "problem"),
    [
        (share(" ", 5), ("name_missing", "rules.0.name")),
        (share("x" * 121, 5), ("name_too_long", "rules.0.name")),
        (share("x", 101), ("share_out_of_range", "rules.0.price")),
        (
            RuleDraft(name="x", outcome=Outcome.LEAD, price=Portion(ppm=1)),
            ("share_needs_amount", "rules.0.price"),
        ),
        (
            RuleDraft(name="x", outcome=Outcome.SALE, price=Flat(micros=-1)),
            ("price_out_of_range", "rules.0.price"),
        ),
        (
            RuleDraft(name="x", outcome=Outcome.SALE, price=PerThousand(micros=1000)),
            ("thousands_of_touches", "rules.0.price"),
        ),
        (
            RuleDraft(name="x", outcome=Outcome.CLICK, price=PerThousand(micros=1)),
            ("price_too_fine", "rules.0.price"),
        ),
        (
            RuleDraft(name="x", outcome=Outcome.CLICK, price=Flat(micros=1), when=SHOES),
            ("no_basket_line", "rules.0.when"),
        ),
        (share("x", 1, group=999), ("unknown_group", "rules.0.group")),
        (share("x", 1, publisher=999_999), ("unknown_publisher", "rules.0.publisher")),
        (
            share("x", 1, when=OneTest(field="order.colour", op="eq", value="red")),
            ("unknown_field", "rules.0.when.field"),
        ),
        (
            share("x", 1, when=OneTest(field="order.code", op="lt", value="A")),
            ("unknown_operator", "rules.0.when.op"),
        ),
        (
            share("x", 1, when=OneTest(field="order.lines", op="eq", value="2")),
            ("value_kind", "rules.0.when.value"),
        ),
    ],
)
def test_what_could_not_be_sealed_is_refused_with_the_field_to_blame(
    market: TwoTenants, draft: RuleDraft, problem: tuple[str, str]
) -> None:
    caller, program = shop(market)
    with pytest.raises(Refused) as refused:
        put(caller, program, [draft])
    assert codes(refused) == {problem}


def test_a_rule_that_ends_before_it_begins_is_refused(market: TwoTenants) -> None:
    caller, program = shop(market)
    later = timezone.now() + timedelta(days=3)
    with pytest.raises(Refused) as refused:
        put(caller, program, [share("x", 1, ends_at=later)], effective_from=later)
    assert codes(refused) == {("ends_before_it_begins", "rules.0.ends_at")}


def test_a_closed_program_changes_nothing_more(market: TwoTenants) -> None:
    caller, program = shop(market)
    programs.change_state(caller, program.id, State.CLOSED, "Over")
    with pytest.raises(Refused, match="closed"):
        put(caller, program, [share("x", 1)])


def test_only_those_who_price_change_rules_and_strangers_find_nothing(market: TwoTenants) -> None:
    _caller, program = shop(market)
    wanted = [share("x", 1)]
    for role in (Role.DEVELOPER, Role.VIEWER):
        with pytest.raises(Forbidden):
            facade.change_rules(market.a.advertiser.caller(role), program.id, wanted)
    strangers: list[Caller] = [
        *(one.caller() for one in (market.b.advertiser, market.b.agency, market.b.publisher)),
        market.a.publisher.caller(),
    ]
    for stranger in strangers:
        with pytest.raises(NotFound):
            facade.change_rules(stranger, program.id, wanted)
        with pytest.raises(NotFound):
            facade.rules(stranger, program.id)
        with pytest.raises(NotFound):
            facade.set_rule(stranger, program.id, wanted[0])
    assert put(market.a.agency.caller(), program, wanted)
    assert put(market.operator.caller(), program, [share("y", 2)])


def test_the_log_holds_before_after_and_why(market: TwoTenants) -> None:
    caller, program = shop(market)
    put(caller, program, [share("x", 1)], why="Cheaper now")
    filters = Filters(action="commission.changed", subject=f"program {program.id}")
    entry = audit.entries(caller, filters).items[0]
    assert entry.before is not None
    assert entry.after is not None
    assert [one["name"] for one in entry.before["rules"]] == ["Standard"]
    assert [one["name"] for one in entry.after["rules"]] == ["x"]
    assert entry.why == "Cheaper now"


def test_above_the_operators_limit_a_second_person_agrees_first(market: TwoTenants) -> None:
    caller, program = shop(market)
    operator = market.operator.caller()
    limit = PolicyView(kind="commission.change", required=Required.ABOVE, above_ppm=100_000)
    audit.set_policy(operator, limit)
    assert facade.change_rules(caller, program.id, [share("Modest", 10)]).proposal is None
    asked = facade.change_rules(caller, program.id, [share("Rich", 30)], why="Launch")
    assert asked.proposal is not None
    assert [view.draft.name for view in facade.rules(caller, program.id, timezone.now())] == ["Modest"]
    with pytest.raises(Refused):
        audit.decide(caller, asked.proposal, approve=True)
    audit.decide(market.a.advertiser.caller(Role.MANAGER), asked.proposal, approve=True)
    assert [view.draft.name for view in facade.rules(caller, program.id, timezone.now())] == ["Rich"]
    assert facade.revisions(caller, program.id).items[0].why == "Launch"


def test_a_proposal_for_rules_that_changed_meanwhile_is_refused(market: TwoTenants) -> None:
    caller, program = shop(market)
    operator = market.operator.caller()
    limit = PolicyView(kind="commission.change", required=Required.ABOVE, above_ppm=100_000)
    audit.set_policy(operator, limit)
    asked = facade.change_rules(caller, program.id, [share("Rich", 30)])
    put(caller, program, [share("Modest", 9)])
    assert asked.proposal is not None
    with pytest.raises(Refused) as refused:
        audit.decide(operator, asked.proposal, approve=True)
    assert codes(refused) == {("rules_changed", "")}


def test_first_rules_need_no_second_person_but_there_are_none_before_them(market: TwoTenants) -> None:
    audit.set_policy(market.operator.caller(), PolicyView(kind="commission.change", required=Required.ALWAYS))
    caller, program = shop(market)
    if not facade.rules(caller, program.id):
        assert facade.begin_rules(caller, program.id, [share("Standard", 8)]).proposal is None
    with pytest.raises(Refused, match="already"):
        facade.begin_rules(caller, program.id, [share("Rich", 80)])
