"""Rules as the linter looks at them: in precedence, in their time, with what it takes for each to apply."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from utfall.events import Outcome
from utfall.terms.conditions import Value
from utfall.terms.findings import Interval
from utfall.terms.parties import PromotionType
from utfall.terms.possible import Numbers, Possible, Values
from utfall.terms.rules import Rule
from utfall.terms.satisfying import (
    ALWAYS_KNOWN,
    Box,
    Formula,
    certain_fields,
    fields_of,
    formula,
    plain_tests,
)


class Looked:
    """A rule with what the solver needs of it. `points`: the few values a field must have, where it must."""

    def __init__(self, place: int, rule: Rule, span: Interval, kinds: Mapping[int, PromotionType]) -> None:
        self.place = place
        self.rule = rule
        self.span = span
        self.holds: Formula = formula(rule.when, holds=True)
        self.fails: Formula = formula(rule.when, holds=False)
        self.fields = fields_of(self.holds)
        self.must = certain_fields(self.holds)
        self.box: Box = dict(_scope(rule, kinds))
        self.live = self.fields | ALWAYS_KNOWN | frozenset(self.box)
        self.points: dict[str, frozenset[Value]] = dict(_points(rule, plain_tests(self.holds)))


def _scope(rule: Rule, kinds: Mapping[int, PromotionType]) -> Iterator[tuple[str, Possible]]:
    """What a rule's scope tells of the publisher."""
    if rule.publisher is not None:
        yield "partner.publisher", Numbers(((rule.publisher, rule.publisher),))
        if rule.publisher in kinds:
            yield "partner.promotion_type", Values(frozenset({kinds[rule.publisher].value}))
    if rule.group is not None:
        yield "partner.group", Numbers(((rule.group, rule.group),))


def _points(rule: Rule, plain: Box) -> Iterator[tuple[str, frozenset[Value]]]:
    for name in ("publisher", "group", "action"):
        value = getattr(rule, name)
        if value is not None:
            yield name, frozenset({value})
    for field, held in plain.items():
        if isinstance(held, Values):
            if held.only is not None:
                yield field, held.only
        elif all(low == high for low, high in held.spans):
            yield field, frozenset(low for low, _ in held.spans)


def looked_at(
    rules: Iterable[Rule], during: Interval, kinds: Mapping[int, PromotionType]
) -> list[list[Looked]]:
    """The rules that are in force at some time, outcome by outcome, in order of precedence."""
    by_outcome: dict[Outcome, list[Looked]] = defaultdict(list)
    for rule in sorted(rules, key=Rule.precedence):
        span = during.meet(rule.effective_from, rule.effective_until)
        if span is not None:
            held = by_outcome[rule.outcome]
            held.append(Looked(len(held), rule, span, kinds))
    return list(by_outcome.values())


class Neighbours:
    """Finds the rules that a rule can have to do with: those that no field with few values keeps apart."""

    def __init__(self, looked: Sequence[Looked]) -> None:
        self._all = looked
        self._with: dict[str, dict[Value, list[Looked]]] = {}
        self._without: dict[str, list[Looked]] = {}
        for field in {name for one in looked for name in one.points}:
            self._index(field)

    def _index(self, field: str) -> None:
        found: dict[Value, list[Looked]] = defaultdict(list)
        for one in self._all:
            for value in one.points.get(field, ()):
                found[value].append(one)
        self._with[field] = found
        self._without[field] = [one for one in self._all if field not in one.points]

    def of(self, one: Looked) -> list[Looked]:
        """Every rule that may apply where this one does, and perhaps others; in order of precedence."""
        pools = ([*self._pool(field, values)] for field, values in one.points.items())
        nearest = min(pools, key=len, default=list(self._all))
        found = {each.place: each for each in nearest}
        return [found[place] for place in sorted(found)]

    def _pool(self, field: str, values: frozenset[Value]) -> Iterator[Looked]:
        yield from self._without[field]
        for value in values:
            yield from self._with[field].get(value, ())
