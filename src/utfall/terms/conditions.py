"""Condition trees over an order and its touch: and, or, not over tests with typed operators.

Unknown is not false: a test on a field that is unknown is itself unknown, and a rule matches only when its
tree is true (Kleene's three-valued logic). So `not (customer.is_new eq true)` does not match an order whose
customer is unknown.
"""

from typing import Final, Literal

from msgspec import Struct

Kind = Literal["text", "number", "flag"]
Value = str | int | bool


class Field(Struct, frozen=True):
    """A field that a test may name: its kind of value and its words."""

    kind: Kind
    words: str
    per_line: bool = False


FIELDS: Final[dict[str, Field]] = {
    "order.amount_micros": Field("number", "Order total in micros, excluding VAT and shipping"),
    "order.lines": Field("number", "Number of basket lines"),
    "order.code": Field("text", "Promo code, upper case"),
    "order.channel": Field("text", "Channel the advertiser credits the order to"),
    "order.country": Field("text", "Country of the order, ISO 3166 alpha-2"),
    "order.device": Field("text", "Device class of the order"),
    "order.is_recurring": Field("flag", "The order came by the bond of an earlier one"),
    "order.recurring_month": Field("number", "Of a recurring order, the month since the first one"),
    "line.sku": Field("text", "Stock keeping unit", per_line=True),
    "line.category": Field("text", "Category", per_line=True),
    "line.quantity": Field("number", "Quantity", per_line=True),
    "line.amount_micros": Field("number", "Line total in micros", per_line=True),
    "customer.is_new": Field("flag", "New customer, as the advertiser declares"),
    "customer.orders_before": Field("number", "Orders of this customer settled before this one"),
    "customer.status": Field("text", "Status of the customer: new, returning or lapsed"),
    "partner.publisher": Field("number", "Publisher id"),
    "partner.group": Field("number", "Partner group id"),
    "partner.promotion_type": Field("text", "Promotion type of the publisher"),
    "touch.class": Field("text", "Class of the touch: standard, incentive, soft or view"),
    "touch.link": Field("number", "Link id"),
    "touch.age_seconds": Field("number", "Seconds from touch to order"),
    "touch.device": Field("text", "Device class of the touch"),
    "touch.country": Field("text", "Country of the touch"),
    **{f"touch.sub{number}": Field("text", f"Sub-id {number} of the touch") for number in range(1, 11)},
}

OPERATORS: Final[dict[Kind, frozenset[str]]] = {
    "text": frozenset({"eq", "ne", "in", "not_in", "starts_with", "ends_with", "contains", "not_contains"}),
    "number": frozenset({"eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "between"}),
    "flag": frozenset({"eq", "ne"}),
}
_LISTS: Final = frozenset({"in", "not_in", "between"})
_PYTHON_TYPES: Final[dict[Kind, type]] = {"text": str, "number": int, "flag": bool}
MAX_DEPTH: Final = 8
MAX_VALUES: Final = 1000


class Test(Struct, frozen=True, tag="test", omit_defaults=True):
    """One field against one value, or several where the operator takes them."""

    field: str
    op: str
    value: Value | tuple[Value, ...]


class AllOf(Struct, frozen=True, tag="all"):
    """True when every part is true."""

    of: tuple["Condition", ...]


class AnyOf(Struct, frozen=True, tag="any"):
    """True when some part is true."""

    of: tuple["Condition", ...]


class Not(Struct, frozen=True, tag="not"):
    """True when the part is false; unknown when it is unknown."""

    of: "Condition"


Condition = Test | AllOf | AnyOf | Not


def check_condition(condition: Condition, depth: int = 1) -> str | None:
    """What is wrong with a tree, or None."""
    if depth > MAX_DEPTH:
        return f"deeper than {MAX_DEPTH} levels"
    if isinstance(condition, Test):
        return _check_test(condition)
    parts = (condition.of,) if isinstance(condition, Not) else condition.of
    if not parts:
        return "an empty group of conditions"
    return next((why for part in parts if (why := check_condition(part, depth + 1))), None)


def _check_test(test: Test) -> str | None:
    known = FIELDS.get(test.field)
    if known is None:
        return f"unknown field {test.field!r}"
    if test.op not in OPERATORS[known.kind]:
        return f"{test.field} cannot be tested with {test.op!r}"
    if isinstance(test.value, tuple) != (test.op in _LISTS):
        return f"{test.op} takes {'a list' if test.op in _LISTS else 'one value'}"
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    if not 0 < len(values) <= MAX_VALUES or (test.op == "between" and len(values) != 2):
        return f"{test.op} has {len(values)} values"
    if any(type(value) is not _PYTHON_TYPES[known.kind] for value in values):
        return f"{test.field} is compared with a value that is no {known.kind}"
    return None


def names_line(condition: Condition | None) -> bool:
    """Whether any test in the tree looks at a basket line."""
    if condition is None:
        return False
    if isinstance(condition, Test):
        return FIELDS[condition.field].per_line
    parts = (condition.of,) if isinstance(condition, Not) else condition.of
    return any(names_line(part) for part in parts)
