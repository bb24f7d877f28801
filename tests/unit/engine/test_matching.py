"""Conditions are true, false or unknown; only what is true applies."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.engine.matching import applies, evaluate
from utfall.events import Outcome
from utfall.terms import FIELDS, AllOf, AnyOf, Condition, Flat, Not, Rule, check_condition
from utfall.terms import Test as Asks
from utfall.terms.conditions import OPERATORS

TRUE = Asks("order.lines", "eq", 1)
FALSE = Asks("order.lines", "eq", 2)
UNKNOWN = Asks("order.code", "eq", "SUMMER")
VALUES = {"order.lines": 1, "order.code": None}
TRUTHS: dict[bool | None, Condition] = {True: TRUE, False: FALSE, None: UNKNOWN}


OPERATIONS: list[tuple[str, str, Any, Any, bool]] = [
    ("text", "eq", "a", "a", True),
    ("text", "eq", "A", "a", False),
    ("text", "ne", "a", "b", True),
    ("text", "in", "a", ("a", "b"), True),
    ("text", "not_in", "a", ("a", "b"), False),
    ("text", "starts_with", "shoes", "sh", True),
    ("text", "ends_with", "shoes", "sh", False),
    ("text", "contains", "shoes", "oe", True),
    ("text", "not_contains", "shoes", "oe", False),
    ("number", "eq", 1, 1, True),
    ("number", "ne", 1, 1, False),
    ("number", "in", 1, (1, 2), True),
    ("number", "not_in", 3, (1, 2), True),
    ("number", "lt", 1, 1, False),
    ("number", "le", 1, 1, True),
    ("number", "gt", 1, 1, False),
    ("number", "ge", 1, 1, True),
    ("number", "between", 2, (2, 3), True),
    ("number", "between", 3, (2, 3), True),
    ("number", "between", 4, (2, 3), False),
    ("flag", "eq", True, True, True),
    ("flag", "ne", True, True, False),
]


@pytest.mark.parametrize(("kind", "op", "held", "value", "truth"), OPERATIONS)
def test_an_operator_compares_what_is_held_with_a_value(
    kind: str, op: str, held: Any, value: Any, truth: bool
) -> None:
    field = next(name for name, field in FIELDS.items() if field.kind == kind)
    test = Asks(field, op, value)
    assert check_condition(test) is None
    assert evaluate(test, {field: held}) is truth
    assert evaluate(test, {field: None}) is None
    assert evaluate(test, {}) is None


def test_every_operator_of_the_language_is_tested_above() -> None:
    languages = {(kind, op) for kind, operators in OPERATORS.items() for op in operators}
    assert {(kind, op) for kind, op, *_ in OPERATIONS} == languages


@pytest.mark.parametrize(("one", "other"), list(product(TRUTHS, TRUTHS)))
def test_and_and_or_follow_kleene(one: bool | None, other: bool | None) -> None:
    parts = (TRUTHS[one], TRUTHS[other])
    both = False if False in (one, other) else None if None in (one, other) else True
    either = True if True in (one, other) else None if None in (one, other) else False
    assert evaluate(AllOf(parts), VALUES) is both
    assert evaluate(AnyOf(parts), VALUES) is either


def test_not_of_unknown_is_unknown() -> None:
    assert [evaluate(Not(TRUTHS[truth]), VALUES) for truth in (True, False, None)] == [False, True, None]


trees = st.recursive(
    st.sampled_from(list(TRUTHS.values())),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=10,
)


@given(trees, st.sampled_from(["SUMMER", "WINTER"]))
def test_what_is_known_without_a_fact_stays_when_the_fact_is_learnt(tree: Condition, code: str) -> None:
    before = evaluate(tree, VALUES)
    after = evaluate(tree, {**VALUES, "order.code": code})
    assert after is not None
    assert before is None or before is after


@given(trees)
def test_de_morgan_holds_with_unknowns(tree: Condition) -> None:
    assert evaluate(Not(AllOf((tree, UNKNOWN))), VALUES) is evaluate(AnyOf((Not(tree), Not(UNKNOWN))), VALUES)


def rule(**more: Any) -> Rule:
    own = {"id": 1, "program": 100, "name": "r", "outcome": Outcome.ACTION, "price": Flat(1)}
    return Rule(**{**own, **more})


SITUATION: dict[str, Any] = {"at": 100, "action": "quote", "publisher": 10, "group": 5, "values": VALUES}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({}, True),
        ({"effective_from": 100}, True),
        ({"effective_from": 101}, False),
        ({"effective_until": 101}, True),
        ({"effective_until": 100}, False),
        ({"action": "quote"}, True),
        ({"action": "call"}, False),
        ({"publisher": 10}, True),
        ({"publisher": 11}, False),
        ({"group": 5}, True),
        ({"group": 6}, False),
        ({"when": TRUE}, True),
        ({"when": FALSE}, False),
        ({"when": UNKNOWN}, False),
        ({"when": Not(UNKNOWN)}, False),
    ],
)
def test_a_rule_applies_when_all_of_it_does(terms: dict[str, Any], expected: bool) -> None:
    assert applies(rule(**terms), **SITUATION) is expected


def test_precedence_is_priority_then_scope_then_time_then_id() -> None:
    """The table of docs/algorithms/pricing.md, from first to last."""
    ordered = [
        rule(id=9, priority=2),
        rule(id=8, publisher=10, priority=1),
        rule(id=7, group=5, priority=1),
        rule(id=6, priority=1, effective_from=50),
        rule(id=4, priority=1),
        rule(id=5, priority=1),
        rule(id=1, publisher=10),
    ]
    shuffled = [ordered[index] for index in (3, 6, 0, 5, 2, 4, 1)]
    assert sorted(shuffled, key=Rule.precedence) == ordered
