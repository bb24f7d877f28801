"""Evaluating condition trees: true, false or unknown (None), after Kleene."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from utfall.terms import AllOf, AnyOf, Condition, Not, Rule, Test

Values = Mapping[str, Any]

_OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "eq": lambda held, value: bool(held == value),
    "ne": lambda held, value: bool(held != value),
    "in": lambda held, value: held in value,
    "not_in": lambda held, value: held not in value,
    "lt": lambda held, value: bool(held < value),
    "le": lambda held, value: bool(held <= value),
    "gt": lambda held, value: bool(held > value),
    "ge": lambda held, value: bool(held >= value),
    "between": lambda held, value: bool(value[0] <= held <= value[1]),
    "starts_with": lambda held, value: bool(held.startswith(value)),
    "ends_with": lambda held, value: bool(held.endswith(value)),
    "contains": lambda held, value: value in held,
    "not_contains": lambda held, value: value not in held,
}


def evaluate(condition: Condition, values: Values) -> bool | None:
    """The truth of a tree over the known values; None when it hangs on something unknown."""
    match condition:
        case Test(field=field, op=op, value=value):
            held = values.get(field)
            return None if held is None else _OPERATORS[op](held, value)
        case AllOf(of=parts):
            return _all([evaluate(part, values) for part in parts])
        case AnyOf(of=parts):
            denied = _all([_not(evaluate(part, values)) for part in parts])
            return _not(denied)
        case Not(of=part):
            return _not(evaluate(part, values))


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _all(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def applies(
    rule: Rule, *, at: int, action: str | None, publisher: int, group: int | None, values: Values
) -> bool:
    """Whether a rule applies to what `values` describe."""
    return (
        rule.holds_at(at)
        and (rule.action is None or rule.action == action)
        and (rule.publisher is None or rule.publisher == publisher)
        and (rule.group is None or rule.group == group)
        and (rule.when is None or evaluate(rule.when, values) is True)
    )
