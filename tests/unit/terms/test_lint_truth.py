"""Whatever the linter claims, the engine agrees: dead rules price nothing, and witnesses are real."""

from collections.abc import Iterator
from random import Random
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from utfall.engine.matching import applies
from utfall.engine.pricing import price_order
from utfall.engine.state import LineState, OrderState
from utfall.events import Outcome, Source
from utfall.terms import (
    Advertiser,
    AllOf,
    AnyOf,
    Condition,
    Enrolment,
    Flat,
    Group,
    Market,
    Not,
    Program,
    ProgramTerms,
    PromotionType,
    Publisher,
    Rule,
    Snapshot,
    TouchClass,
    Zone,
    load_snapshot,
    seal,
)
from utfall.terms import Test as Ask
from utfall.terms.findings import Code, Facts, Finding, Interval
from utfall.terms.lint import lint

PROGRAM = Program(
    id=7,
    advertiser=1,
    name="Fjäll",
    currency="SEK",
    zone="UTC",
    versions=(ProgramTerms(version=1, effective_from=0),),
)
TYPES = {3: PromotionType.CONTENT, 4: PromotionType.CASHBACK}
ENROLLED = (
    Enrolment(program=7, publisher=3, starts_at=0, group=5),
    Enrolment(program=7, publisher=4, starts_at=0),
)
GROUPS = (Group(id=5, program=7, name="gold"), Group(id=6, program=7, name="silver"))
AMOUNTS = (0, 1, 2, 3)
TEXTS = ("shoes", "shorts", "hats", "")
COUNTRIES = ("SE", "NO")

tests = st.one_of(
    st.builds(
        Ask,
        st.sampled_from(
            ["order.amount_micros", "line.amount_micros", "order.lines", "customer.orders_before"]
        ),
        st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]),
        st.sampled_from(AMOUNTS),
    ),
    st.builds(
        Ask,
        st.just("line.amount_micros"),
        st.just("between"),
        st.tuples(st.sampled_from(AMOUNTS), st.sampled_from(AMOUNTS)),
    ),
    st.builds(
        Ask,
        st.sampled_from(["line.category", "order.code"]),
        st.sampled_from(["eq", "ne", "starts_with", "ends_with", "contains", "not_contains"]),
        st.sampled_from((*TEXTS, "sho", "s", "t")),
    ),
    st.builds(
        Ask,
        st.sampled_from(["line.category", "order.country"]),
        st.sampled_from(["in", "not_in"]),
        st.lists(st.sampled_from((*TEXTS, *COUNTRIES)), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Ask, st.just("customer.is_new"), st.sampled_from(["eq", "ne"]), st.booleans()),
    st.builds(
        Ask,
        st.just("touch.class"),
        st.sampled_from(["eq", "ne"]),
        st.sampled_from([one.value for one in TouchClass]),
    ),
    st.builds(Ask, st.just("partner.publisher"), st.sampled_from(["eq", "ne"]), st.sampled_from([3, 4])),
    st.builds(Ask, st.just("partner.group"), st.sampled_from(["eq", "ne"]), st.sampled_from([5, 6])),
    st.builds(
        Ask,
        st.just("partner.promotion_type"),
        st.sampled_from(["eq", "ne"]),
        st.sampled_from([one.value for one in TYPES.values()]),
    ),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=4,
)


@st.composite
def rule_sets(draw: st.DrawFn) -> tuple[Rule, ...]:
    """A handful of rules, most of them with conditions, scopes and intervals of their own."""
    rules = []
    for number in range(1, draw(st.integers(2, 7))):
        starts = draw(st.sampled_from([0, 0, 100, 200]))
        rules.append(
            Rule(
                id=number,
                program=7,
                name=f"rule {number}",
                outcome=Outcome.ACTION,
                price=Flat(1_000_000, "unit"),
                when=draw(st.none() | conditions),
                action=draw(st.sampled_from([None, None, None, "trial"])),
                publisher=draw(st.sampled_from([None, None, None, 3])),
                group=draw(st.sampled_from([None, None, None, 5])),
                priority=draw(st.integers(0, 2)),
                effective_from=starts,
                effective_until=draw(st.sampled_from([None, None, 300, starts + 100])),
            )
        )
    return tuple(rules)


def terms(rules: tuple[Rule, ...]) -> Snapshot:
    agreed = Market(
        zones=(Zone("UTC", (0,), (0,)),),
        advertisers=(Advertiser(id=1, name="A"),),
        publishers=tuple(Publisher(id=key, name="P", promotion_type=kind) for key, kind in TYPES.items()),
        programs=(PROGRAM,),
        groups=GROUPS,
        enrolments=ENROLLED,
        rules=rules,
    )
    return load_snapshot(seal(agreed))


def orders(chance: Random, count: int) -> Iterator[OrderState]:
    """Orders whose values lie on and around everything that rules ask for; much is unknown."""
    for _ in range(count):
        publisher = chance.choice([3, 4])
        lines = [
            LineState(
                chance.choice(AMOUNTS), category=chance.choice([None, *TEXTS]), quantity=chance.choice([1, 2])
            )
            for _ in range(chance.choice([1, 1, 2, 3]))
        ]
        yield OrderState(
            id=1,
            advertiser=1,
            outcome=Outcome.ACTION,
            order="A-1",
            event="e",
            occurred_at=chance.choice([0, 99, 100, 199, 200, 299, 300, 400]),
            received_at=0,
            source=Source.API,
            currency="SEK",
            lines=lines,
            supplied={},
            action=chance.choice([None, "trial"]),
            customer_is_new=chance.choice([None, True, False]),
            orders_before=chance.choice([None, *AMOUNTS]),
            code=chance.choice([None, *TEXTS]),
            country=chance.choice([None, *COUNTRIES]),
            program=7,
            publisher=publisher,
            group=chance.choice([None, 5, 6]),
            touch_class=chance.choice([None, *TouchClass]),
        )


def checked(rules: tuple[Rule, ...], during: Interval) -> list[Finding]:
    return lint(PROGRAM, rules, GROUPS, ENROLLED, during, facts=Facts(promotion_types=TYPES))


@settings(max_examples=120, deadline=None)
@given(rule_sets(), st.integers(0, 1 << 30))
def test_a_rule_that_is_said_to_be_dead_prices_no_order(rules: tuple[Rule, ...], seed: int) -> None:
    findings = checked(rules, Interval(0, None))
    dead = {one.rules[0] for one in findings if one.code in (Code.NEVER_FIRES, Code.CONTRADICTION)}
    if not dead:
        return
    snapshot = terms(rules)
    for order in orders(Random(seed), 150):
        assert not dead & {one.rule for one in price_order(order, snapshot)}, order


@settings(max_examples=120, deadline=None)
@given(rule_sets())
def test_an_overlap_shows_a_line_that_both_rules_apply_to(
    rules: tuple[Rule, ...],
) -> None:
    held = {rule.id: rule for rule in rules}
    for finding in checked(rules, Interval(0, None)):
        if finding.code is Code.OVERLAP:
            shown = finding.about.witness
            assert shown is not None
            place: dict[str, Any] = {"at": shown.at, "publisher": shown.publisher, "group": shown.group}
            ranks = [held[number].precedence()[:2] for number in finding.rules]
            assert ranks[0] == ranks[1]
            for number in finding.rules:
                assert applies(held[number], action=shown.action, values=shown.values, **place)


@settings(max_examples=120, deadline=None)
@given(rule_sets(), st.integers(0, 1 << 30))
def test_where_no_gap_is_claimed_every_order_has_a_rule(rules: tuple[Rule, ...], seed: int) -> None:
    findings = [one for one in checked(rules, Interval(0, None)) if one.code in GAPS]
    snapshot = terms(rules)
    groups = {one.publisher: one.group for one in ENROLLED}
    for order in orders(Random(seed), 60):
        assert order.publisher is not None
        order.group = groups[order.publisher]
        claimed = any(
            one.since_ms <= order.occurred_at and (one.until_ms is None or order.occurred_at < one.until_ms)
            for one in findings
        )
        assert claimed or all(one.rule is not None for one in price_order(order, snapshot))


GAPS = (Code.GAP, Code.ENDS_SOON, Code.STARTS_LATER)


@settings(max_examples=40, deadline=None)
@given(rule_sets())
def test_findings_survive_json(rules: tuple[Rule, ...]) -> None:
    findings = checked(rules, Interval(0, None))
    assert msgspec.json.decode(msgspec.json.encode(findings), type=list[Finding]) == findings
