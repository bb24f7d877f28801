"""Whether conditions can hold together: a small solver over sets of values, in Kleene's logic.

A tree that is true is made of tests that are true of something known; a tree that is not true, of tests that
are false or unknown. Both are formulas of literals `field in set`, where a set may hold "unknown". The solver
narrows a box, one set per field, and branches where a formula has alternatives. Its "no" is certain, for a
box is given up only when a set is certainly empty; it gives up with `TooHard` rather than work for long.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from utfall.events import Outcome
from utfall.terms.conditions import FIELDS, AllOf, Condition, Not, Test
from utfall.terms.parties import PromotionType, TouchClass
from utfall.terms.possible import EVERY_NUMBER, EVERY_VALUE, MOST, Numbers, Possible, Values, accepted


class Literal(NamedTuple):
    """A field lies in a set."""

    field: str
    values: Possible


class Every(NamedTuple):
    """All parts hold."""

    parts: tuple["Formula", ...]


class Some(NamedTuple):
    """At least one part holds."""

    parts: tuple["Formula", ...]


Formula = Literal | Every | Some
Box = dict[str, Possible]


class Effort:
    """How many looks at a literal are left for all questions together; one question has at most so many."""

    PER_QUESTION: Final = 4_000

    def __init__(self, looks: int = 100_000) -> None:
        self.left = looks


class TooHard(Exception):
    """The question has more alternatives than the solver looks at: nothing is claimed."""


def formula(condition: Condition | None, *, holds: bool) -> Formula:
    """What it takes for a condition to be true, or (`holds=False`) not to be: false or unknown."""
    if condition is None:
        return Every(()) if holds else Some(())
    return _formula(condition, wanted=holds, unknown=not holds)


def _formula(condition: Condition, *, wanted: bool, unknown: bool) -> Formula:
    if isinstance(condition, Test):
        return Literal(condition.field, accepted(condition, wanted)._replace(unknown=unknown))
    if isinstance(condition, Not):
        return _formula(condition.of, wanted=not wanted, unknown=unknown)
    parts = tuple(_formula(part, wanted=wanted, unknown=unknown) for part in condition.of)
    return Every(parts) if isinstance(condition, AllOf) is wanted else Some(parts)


def fields_of(one: Formula) -> frozenset[str]:
    """Every field a formula names."""
    if isinstance(one, Literal):
        return frozenset((one.field,))
    return frozenset(field for part in one.parts for field in fields_of(part))


def certain_fields(one: Formula) -> frozenset[str]:
    """The fields that are in every way to satisfy a formula."""
    if isinstance(one, Literal):
        return frozenset((one.field,))
    inner = [certain_fields(part) for part in one.parts]
    if isinstance(one, Every):
        return frozenset().union(*inner)
    return frozenset.intersection(*inner) if inner else frozenset()


def plain_tests(one: Formula) -> Box:
    """The fields that every way to satisfy a formula tests once, at its top, with their sets."""
    parts = one.parts if isinstance(one, Every) else (one,)
    literals = [part for part in parts if isinstance(part, Literal)]
    return {part.field: part.values for part in literals}


def only(one: Formula, field: str) -> Formula:
    """A formula with nothing said of any other field."""
    if isinstance(one, Literal):
        return one if one.field == field else Every(())
    return one._replace(parts=tuple(only(part, field) for part in one.parts))


_TOUCHES: Final = frozenset({Outcome.IMPRESSION, Outcome.VIEWABLE, Outcome.VIDEO, Outcome.CLICK})
_OF_TOUCHES: Final = frozenset(
    {"touch.link", "touch.device", "touch.country"}
    | {field for field in FIELDS if field.startswith(("partner.", "touch.sub"))}
)
"""The only fields that are known when a touch is priced."""

ALWAYS_KNOWN: Final = frozenset(
    {
        "order.amount_micros",
        "order.lines",
        "order.is_recurring",
        "line.quantity",
        "line.amount_micros",
        "partner.publisher",
    }
)
_FROM: Final = {
    "order.amount_micros": 0,
    "order.lines": 1,
    "order.recurring_month": 1,
    "line.quantity": 0,
    "line.amount_micros": 0,
    "customer.orders_before": 0,
    "partner.publisher": 1,
    "partner.group": 1,
    "touch.link": 1,
}
_AMONG: Final[dict[str, frozenset[str]]] = {
    "customer.status": frozenset({"new", "returning", "lapsed"}),
    "touch.class": frozenset(one.value for one in TouchClass),
    "partner.promotion_type": frozenset(one.value for one in PromotionType),
}


def is_touch(outcome: Outcome) -> bool:
    """Whether an outcome is a touch itself, not an order."""
    return outcome in _TOUCHES


@lru_cache(maxsize=1024)
def domain(field: str, outcome: Outcome) -> Possible:
    """Everything a field can be when an outcome is priced."""
    never = outcome in _TOUCHES and field not in _OF_TOUCHES
    unknown = field not in ALWAYS_KNOWN or never
    match FIELDS[field].kind:
        case "number":
            spans = () if never else ((_FROM.get(field, EVERY_NUMBER.spans[0][0]), MOST),)
            return Numbers(spans, unknown)
        case "flag":
            return Values(frozenset() if never else frozenset({True, False}), unknown=unknown)
    among = frozenset[str]() if never else _AMONG.get(field)
    return EVERY_VALUE if among is None else Values(among, unknown=unknown)


def unknown_only(field: str) -> Possible:
    """The set of a field nothing is known of."""
    return Numbers((), True) if FIELDS[field].kind == "number" else Values(frozenset(), unknown=True)


class Solver:
    """Looks for a box that satisfies formulas: one question, with a bounded effort."""

    def __init__(self, outcome: Outcome, effort: Effort) -> None:
        self._outcome = outcome
        self._effort = effort
        self._left = Effort.PER_QUESTION

    def solve(self, box: Box, formulas: Sequence[Formula]) -> Box | None:
        """A box within `box` in which all formulas hold; None if there is none."""
        box, waiting, choices = dict(box), list(formulas), list[Some]()
        while waiting:
            one = waiting.pop()
            if isinstance(one, Literal):
                met = meet(self._look(box, one.field), one.values)
                if met.impossible:
                    return None
                box[one.field] = met
            elif isinstance(one, Every):
                waiting += one.parts
            else:
                choices.append(one)
        return self._choose(box, choices)

    def _choose(self, box: Box, choices: Sequence[Some]) -> Box | None:
        certain, left = list[Formula](), list[Some]()
        for choice in choices:
            ways = self._ways(box, choice)
            if ways is None:
                continue
            if not ways:
                return None
            if len(ways) == 1:
                certain.append(ways[0])
            else:
                left.append(Some(ways))
        if certain:
            return self.solve(box, [*certain, *left])
        if not left:
            return box
        shortest = min(range(len(left)), key=lambda place: len(left[place].parts))
        rest = left[:shortest] + left[shortest + 1 :]
        for way in left[shortest].parts:
            found = self.solve(box, [way, *rest])
            if found is not None:
                return found
        return None

    def _ways(self, box: Box, choice: Some) -> tuple[Formula, ...] | None:
        """The parts of a choice that are still open in a box; None if it holds all over the box."""
        ways = []
        for part in choice.parts:
            truth = self._judge(box, part)
            if truth:
                return None
            if truth is None:
                ways.append(part)
        return tuple(ways)

    def _judge(self, box: Box, one: Formula) -> bool | None:
        """Whether a formula holds all over a box, or nowhere in it; None if it depends."""
        if isinstance(one, Literal):
            held = self._look(box, one.field)
            met = meet(held, one.values)
            return True if met == held else False if met.impossible else None
        truths = [self._judge(box, part) for part in one.parts]
        decisive = isinstance(one, Some)
        if decisive in truths:
            return decisive
        return None if None in truths else not decisive

    def _look(self, box: Box, field: str) -> Possible:
        self._left -= 1
        self._effort.left -= 1
        if self._left < 0 or self._effort.left < 0:
            raise TooHard
        return box.get(field) or domain(field, self._outcome)


def meet(one: Possible, other: Possible) -> Possible:
    """What two sets of one field both allow."""
    if isinstance(one, Numbers):
        assert isinstance(other, Numbers), "a field has one kind"
        return one.meet(other)
    assert isinstance(other, Values), "a field has one kind"
    return one.meet(other)
