"""What the linter says of rules, code by code, and that the engine agrees."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest

from utfall.engine.matching import applies
from utfall.events import Outcome
from utfall.terms import (
    AllOf,
    AnyOf,
    Condition,
    Enrolment,
    Flat,
    Group,
    Not,
    PerThousand,
    Portion,
    Program,
    ProgramTerms,
    PromotionType,
    Rule,
)
from utfall.terms import Test as Ask
from utfall.terms.findings import Cause, Code, Facts, Finding, Interval, Weight, Witness
from utfall.terms.lint import lint

ALWAYS = Interval(0, None)
DAY = 86_400_000
PROGRAM = Program(
    id=7,
    advertiser=1,
    name="Fjäll",
    currency="SEK",
    zone="UTC",
    versions=(ProgramTerms(version=1, effective_from=0, fee_ppm=200_000),),
)
ENROLLED = (
    Enrolment(program=7, publisher=3, starts_at=0, group=5),
    Enrolment(program=7, publisher=4, starts_at=0),
)
GROUPS = (Group(id=5, program=7, name="gold"), Group(id=6, program=7, name="empty"))
SHOES = Ask("line.category", "eq", "shoes")
NEW = Ask("customer.is_new", "eq", True)


def rule(number: int, when: Condition | None = None, **more: Any) -> Rule:
    said: dict[str, Any] = {"outcome": Outcome.SALE, "price": Portion(80_000), **more}
    return Rule(id=number, program=7, name=f"rule {number}", when=when, **said)


def found(
    *rules: Rule,
    during: int | Interval = ALWAYS,
    enrolments: Sequence[Enrolment] = ENROLLED,
    **facts: Any,
) -> list[Finding]:
    return lint(PROGRAM, rules, GROUPS, enrolments, during, facts=Facts(**facts))


def told(*rules: Rule, **more: Any) -> list[tuple[Code, tuple[int, ...]]]:
    return [(one.code, one.rules) for one in found(*rules, **more)]


def of(code: Code, findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.code is code]


def matches(one: Rule, shown: Witness) -> bool:
    """The engine's own answer."""
    values: Mapping[str, Any] = shown.values
    return applies(
        one, at=shown.at, action=shown.action, publisher=shown.publisher, group=shown.group, values=values
    )


def test_sound_rules_have_no_findings() -> None:
    assert found(rule(1), rule(2, SHOES, priority=10), rule(3, group=5, priority=10)) == []


def test_the_worked_example() -> None:
    above, below = Ask("order.amount_micros", "gt", 1_000), Ask("order.amount_micros", "lt", 500)
    rules = (
        rule(1),
        rule(2, SHOES, price=Portion(120_000)),
        rule(3, AllOf((above, below)), price=Portion(150_000), priority=5),
        rule(4, group=6, price=Portion(100_000)),
    )
    assert told(*rules) == [
        (Code.CONTRADICTION, (3,)),
        (Code.NEVER_FIRES, (2, 1)),
        (Code.UNREACHABLE_SCOPE, (4,)),
    ]
    later = msgspec.structs.replace(rules[1], effective_from=DAY)
    assert told(rules[0], later) == [(Code.OVERLAP, (2, 1))]


def test_a_rule_below_a_rule_for_everything_never_fires() -> None:
    assert told(rule(1), rule(2, SHOES)) == [(Code.NEVER_FIRES, (2, 1))]


def test_a_narrower_threshold_below_a_wider_one_never_fires() -> None:
    wide = rule(1, Ask("order.amount_micros", "ge", 100), priority=2)
    narrow = rule(2, Ask("order.amount_micros", "gt", 500), priority=1)
    assert (Code.NEVER_FIRES, (2, 1)) in told(wide, narrow, rule(3))


def test_two_rules_that_together_leave_nothing_shadow_a_third() -> None:
    """An order's amount is always known, so it is below a threshold or it is not."""
    low = rule(1, Ask("order.amount_micros", "lt", 100), priority=1)
    high = rule(2, Ask("order.amount_micros", "ge", 100), priority=1)
    assert told(low, high, rule(3)) == [(Code.NEVER_FIRES, (3, 1, 2))]


def test_two_rules_about_what_may_be_unknown_leave_the_unknown_to_a_third() -> None:
    new, old = rule(1, NEW, priority=1), rule(2, Not(NEW), priority=1)
    assert told(new, old, rule(3)) == []


def test_a_rule_for_a_group_below_one_for_all_by_priority_never_fires() -> None:
    assert told(rule(1, priority=5), rule(2, group=5)) == [(Code.NEVER_FIRES, (2, 1))]
    assert told(rule(1), rule(2, group=5)) == []


def test_shadows_count_only_while_they_last() -> None:
    covering = rule(1, priority=1, effective_from=0, effective_until=5 * DAY)
    below = rule(2, effective_from=0, effective_until=10 * DAY)
    assert of(Code.NEVER_FIRES, found(covering, below)) == []
    (finding,) = of(Code.NEVER_FIRES, found(covering, below, during=Interval(0, 4 * DAY)))
    assert (finding.since_ms, finding.until_ms) == (0, 4 * DAY)
    rest = rule(3, priority=1, effective_from=5 * DAY)
    assert (Code.NEVER_FIRES, (2, 1, 3)) in told(covering, below, rest)


@pytest.mark.parametrize(
    ("when", "field"),
    [
        (
            AllOf((Ask("order.amount_micros", "gt", 10), Ask("order.amount_micros", "lt", 5))),
            "order.amount_micros",
        ),
        (AllOf((Ask("order.code", "eq", "A"), Ask("order.code", "eq", "B"))), "order.code"),
        (
            AllOf((Ask("order.country", "in", ("SE", "NO")), Ask("order.country", "eq", "DK"))),
            "order.country",
        ),
        (AllOf((Ask("line.sku", "starts_with", "AB"), Ask("line.sku", "starts_with", "AC"))), "line.sku"),
        (
            AllOf((Ask("line.sku", "starts_with", "ABC"), Ask("line.sku", "not_contains", "B"))),
            "line.sku",
        ),
        (AllOf((NEW, Not(NEW))), "customer.is_new"),
        (Ask("touch.class", "eq", "banner"), "touch.class"),
        (Ask("order.lines", "lt", 1), "order.lines"),
        (Ask("order.lines", "between", (5, 2)), "order.lines"),
        (AllOf((SHOES, AnyOf((Ask("order.lines", "eq", 0), Not(SHOES))))), None),
    ],
)
def test_a_condition_that_can_never_be_true_is_a_contradiction(when: Condition, field: str | None) -> None:
    (finding,) = of(Code.CONTRADICTION, found(rule(1, when, priority=1), rule(2)))
    assert (finding.rules, finding.weight) == ((1,), Weight.ERROR)
    assert (finding.about.cause, finding.about.field) == (Cause.IMPOSSIBLE, field)


def test_a_condition_on_a_field_that_a_click_does_not_have_is_a_contradiction() -> None:
    click: dict[str, Any] = {"outcome": Outcome.CLICK, "price": PerThousand(1_000_000)}
    asked = rule(1, Ask("order.device", "eq", "mobile"), priority=1, **click)
    fine = rule(2, Ask("touch.device", "eq", "mobile"), priority=1, **click)
    (finding,) = found(asked, fine, rule(3, **click))
    assert (finding.code, finding.rules) == (Code.CONTRADICTION, (1,))
    assert (finding.about.cause, finding.about.field) == (Cause.NEVER_KNOWN, "order.device")


def test_a_scope_that_its_own_condition_excludes_is_a_contradiction() -> None:
    other = rule(1, Ask("partner.publisher", "ne", 3), publisher=3)
    assert (Code.CONTRADICTION, (1,)) in told(other, rule(2))
    kind = rule(1, Ask("partner.promotion_type", "eq", "cashback"), publisher=3)
    types = {3: PromotionType.CONTENT}
    assert (Code.CONTRADICTION, (1,)) in told(kind, rule(2), promotion_types=types)
    assert (Code.CONTRADICTION, (1,)) not in told(kind, rule(2))


def test_an_overlap_comes_with_an_order_that_both_rules_match() -> None:
    one, other = rule(1, SHOES, priority=1), rule(2, NEW, priority=1)
    (finding,) = found(one, other, rule(3))
    assert (finding.code, finding.rules, finding.weight) == (Code.OVERLAP, (1, 2), Weight.WARNING)
    assert finding.about.cause is Cause.BY_ID
    assert finding.about.witness is not None
    assert matches(one, finding.about.witness)
    assert matches(other, finding.about.witness)


def test_a_later_rule_of_the_same_rank_is_worth_a_notice() -> None:
    (finding,) = found(rule(1), rule(2, SHOES, effective_from=DAY))
    assert (finding.code, finding.rules, finding.weight) == (Code.OVERLAP, (2, 1), Weight.NOTICE)
    assert finding.about.cause is Cause.BY_DATE
    assert finding.since_ms == DAY


def test_rules_that_exclude_each_other_do_not_overlap() -> None:
    socks = Ask("line.category", "in", ("socks", "hats"))
    assert told(rule(1, SHOES, priority=1), rule(2, socks, priority=1), rule(3)) == []
    assert told(rule(1, publisher=3), rule(2, publisher=4), rule(3)) == []
    lead: dict[str, Any] = {"outcome": Outcome.ACTION, "price": Flat(1_000_000)}
    actions = (rule(1, action="sign-up", **lead), rule(2, action="trial", **lead))
    assert of(Code.OVERLAP, found(*actions, rule(3, priority=-1, **lead))) == []


def test_a_pair_that_a_rule_above_always_wins_over_does_not_overlap() -> None:
    above = rule(1, Ask("order.lines", "ge", 1), priority=5)
    assert told(above, rule(2, SHOES), rule(3, NEW)) == [
        (Code.NEVER_FIRES, (2, 1)),
        (Code.NEVER_FIRES, (3, 1)),
    ]


def test_the_amounts_of_a_witness_can_stand_in_one_basket() -> None:
    one = rule(1, Ask("line.amount_micros", "ge", 500), priority=1)
    other = rule(
        2, AllOf((Ask("order.amount_micros", "ge", 900), Ask("line.amount_micros", "lt", 600))), priority=1
    )
    (finding,) = of(Code.OVERLAP, found(one, other, rule(3)))
    assert finding.about.witness is not None
    values: Mapping[str, Any] = finding.about.witness.values
    assert values["order.lines"] >= 2
    assert values["order.amount_micros"] >= values["line.amount_micros"]
    impossible = rule(2, Ask("order.amount_micros", "lt", 400), priority=1)
    assert of(Code.OVERLAP, found(one, impossible, rule(3))) == []


def test_a_rule_has_at_most_three_overlaps_and_says_how_many_more_there_may_be() -> None:
    rules = [rule(number, Ask(f"touch.sub{number}", "eq", "a"), priority=1) for number in range(1, 9)]
    ours = [one for one in of(Code.OVERLAP, found(*rules, rule(20))) if one.rules[0] == 1]
    assert [one.rules for one in ours] == [(1, 2), (1, 3), (1, 4)]
    assert [one.about.more for one in ours] == [0, 0, 4]


def test_an_outcome_that_is_counted_and_has_no_rule_is_a_gap() -> None:
    (finding,) = found(rule(1), counted=(Outcome.SALE, Outcome.LEAD))
    assert (finding.code, finding.about.outcome) == (Code.GAP, Outcome.LEAD)
    assert (finding.about.cause, finding.rules) == (Cause.NO_RULE, ())


def test_conditional_rules_alone_leave_a_gap() -> None:
    (finding,) = found(rule(1, SHOES))
    assert (finding.code, finding.about.cause) == (Code.GAP, Cause.ONLY_CONDITIONAL)
    assert finding.weight is Weight.NOTICE
    low, high = Ask("order.amount_micros", "lt", 100), Ask("order.amount_micros", "ge", 100)
    assert found(rule(1, low), rule(2, high)) == [], "together they pay everything"


def test_rules_for_groups_alone_leave_publishers_without_a_group_unpaid() -> None:
    (finding,) = found(rule(1, group=5))
    assert (finding.code, finding.about.cause) == (Code.GAP, Cause.ONLY_SCOPED)
    assert finding.about.publishers == (4,)
    assert found(rule(1, group=5), rule(2, publisher=4)) == []


def test_rules_for_named_actions_alone_leave_the_others_unpaid() -> None:
    (finding,) = found(rule(1, outcome=Outcome.ACTION, action="trial", price=Flat(1_000_000)))
    assert (finding.code, finding.about.cause) == (Code.GAP, Cause.ONLY_ACTIONS)


def test_a_time_between_two_rules_is_an_end_that_nothing_follows() -> None:
    first, second = rule(1, effective_until=DAY), rule(2, effective_from=2 * DAY)
    (finding,) = found(first, second)
    assert (finding.code, finding.rules) == (Code.ENDS_SOON, (1,))
    assert (finding.since_ms, finding.until_ms) == (DAY, 2 * DAY)


def test_rules_that_only_begin_later_say_so() -> None:
    (finding,) = found(rule(1, effective_from=DAY))
    assert (finding.code, finding.rules) == (Code.STARTS_LATER, (1,))
    assert (finding.since_ms, finding.until_ms) == (0, DAY)


def test_a_moment_is_judged_by_itself() -> None:
    ended = rule(1, effective_until=DAY)
    assert found(ended, during=DAY - 1) == []
    assert [one.code for one in found(ended, during=DAY, counted=(Outcome.SALE,))] == [Code.GAP]


@pytest.mark.parametrize(
    ("scope", "cause"),
    [
        ({"group": 6}, Cause.EMPTY_GROUP),
        ({"group": 8}, Cause.UNKNOWN_GROUP),
        ({"publisher": 9}, Cause.NOT_ENROLLED),
        ({"publisher": 4, "group": 5}, Cause.NOT_IN_GROUP),
    ],
)
def test_a_rule_for_nobody_is_unreachable(scope: dict[str, Any], cause: Cause) -> None:
    (finding,) = found(rule(1, **scope), rule(2))
    assert (finding.code, finding.rules, finding.about.cause) == (Code.UNREACHABLE_SCOPE, (1,), cause)


def test_a_publisher_that_left_can_still_be_paid_while_its_touches_count() -> None:
    left = (Enrolment(program=7, publisher=3, starts_at=0, ends_at=10 * DAY),)
    reached = rule(1, publisher=3, effective_from=39 * DAY)
    beyond = rule(1, publisher=3, effective_from=41 * DAY)
    assert told(reached, rule(2), enrolments=left) == []
    assert told(beyond, rule(2), enrolments=left) == [(Code.UNREACHABLE_SCOPE, (1,))]


def test_a_share_above_half_or_below_a_thousandth_looks_like_a_slip() -> None:
    large, small = rule(1, price=Portion(800_000), priority=1), rule(2, SHOES, price=Portion(800), priority=2)
    causes = {one.rules: one.about.cause for one in of(Code.SHARE_VS_FLAT, found(large, small))}
    assert causes == {(1,): Cause.LARGE_SHARE, (2,): Cause.SMALL_SHARE}


def test_a_flat_price_is_compared_with_the_median_order_where_it_is_known() -> None:
    dear = rule(1, price=Flat(600_000_000))
    assert found(dear) == []
    (finding,) = found(dear, median_order_micros=500_000_000)
    assert (finding.code, finding.about.cause) == (Code.SHARE_VS_FLAT, Cause.FLAT_ABOVE_ORDER)
    (finding,) = found(rule(1, price=Flat(80_000)), median_order_micros=500_000_000)
    assert finding.about.cause is Cause.FLAT_TINY


def test_a_price_with_its_fee_beyond_the_cap_is_a_negative_margin() -> None:
    """8 % and a fee of a fifth of it cost 9.6 % of the order."""
    assert found(rule(1), cap_ppm=96_000) == []
    (finding,) = found(rule(1), cap_ppm=95_999)
    assert (finding.code, finding.about.ppm, finding.about.limit_ppm) == (
        Code.NEGATIVE_MARGIN,
        96_000,
        95_999,
    )
    lead = rule(2, outcome=Outcome.LEAD, price=Flat(30_000_000))
    (finding,) = found(lead, cap_micros={Outcome.LEAD: 30_000_000})
    assert (finding.about.micros, finding.about.limit_micros) == (36_000_000, 30_000_000)


def test_rules_of_other_programs_are_left_alone() -> None:
    other = Rule(id=9, program=8, name="other", outcome=Outcome.SALE, price=Portion(900_000))
    assert told(other, rule(1)) == []


def test_the_worst_comes_first() -> None:
    weights = [one.weight for one in found(rule(1, SHOES), rule(2, SHOES), rule(3, group=6))]
    assert weights == sorted(weights, key=list(Weight).index)
    assert weights[0] is Weight.ERROR
