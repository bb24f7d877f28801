"""A concrete order or touch out of a box: one value per field that agrees with the others."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from utfall.events import Outcome
from utfall.terms.conditions import Value
from utfall.terms.findings import Interval, Witness
from utfall.terms.parties import Enrolment, PromotionType
from utfall.terms.possible import Numbers, Possible
from utfall.terms.rules import Rule
from utfall.terms.satisfying import Box, domain, is_touch

_BASKET: Final = ("order.lines", "order.amount_micros", "line.amount_micros", "line.quantity")
_PARTNER: Final = ("partner.publisher", "partner.group", "partner.promotion_type")


class Party:
    """A publisher with the group it is in."""

    def __init__(self, publisher: int, group: int | None, kind: PromotionType | None) -> None:
        self.publisher = publisher
        self.group = group
        self.values: dict[str, Value | None] = {
            "partner.publisher": publisher,
            "partner.group": group,
            "partner.promotion_type": kind and kind.value,
        }

    def fits(self, box: Box) -> bool:
        """Whether a box allows this publisher."""
        return all(_allows(box[field], self.values[field]) for field in _PARTNER if field in box)


def witness(
    box: Box,
    rules: Sequence[Rule],
    span: Interval,
    enrolments: Sequence[Enrolment],
    kinds: Mapping[int, PromotionType],
) -> Witness | None:
    """An order (or touch) in a box to which both rules can apply; None where none was found."""
    party = next((one for one in _parties(box, rules, span, enrolments, kinds) if one.fits(box)), None)
    basket = {} if is_touch(rules[0].outcome) else _basket(box, rules[0].outcome)
    if party is None or basket is None:
        return None
    values: dict[str, Value] = {name: held for name, held in party.values.items() if held is not None}
    values |= basket
    for field, held in box.items():
        if field not in values and field not in _PARTNER and not held.unknown:
            value = held.example()
            if value is None:
                return None
            values[field] = value
    action = next((rule.action for rule in rules if rule.action is not None), None)
    return Witness(
        at=span.since_ms, publisher=party.publisher, group=party.group, action=action, values=values
    )


def _allows(held: Possible, value: Value | None) -> bool:
    if value is None:
        return held.unknown
    return held.has(value)  # type: ignore[arg-type]


def _parties(
    box: Box,
    rules: Sequence[Rule],
    span: Interval,
    enrolments: Sequence[Enrolment],
    kinds: Mapping[int, PromotionType],
) -> Iterator[Party]:
    """Publishers enrolled at the time, and, should none fit, one there might be."""
    publisher = next((rule.publisher for rule in rules if rule.publisher is not None), None)
    group = next((rule.group for rule in rules if rule.group is not None), None)
    for one in enrolments:
        if one.holds_at(span.since_ms) and publisher in (None, one.publisher) and group in (None, one.group):
            yield Party(one.publisher, one.group, kinds.get(one.publisher))
    known = frozenset(one.publisher for one in enrolments) | frozenset(kinds)
    number = publisher or _number(box.get("partner.publisher"), above=max(known, default=0) + 1)
    if number is None or number in known:
        return
    group = group or _number(box.get("partner.group"), above=1, default=None)
    kind = box.get("partner.promotion_type")
    named = None if kind is None or kind.unknown else kind.example()
    yield Party(number, group, PromotionType(named) if isinstance(named, str) else None)


def _number(held: Possible | None, *, above: int, default: int | None = 1) -> int | None:
    """A number of a party: the one a box asks for; where it asks for none, `default`, or the next above."""
    if held is None or (held.unknown and default is None):
        return above if default is not None else None
    assert isinstance(held, Numbers), "parties have numbers"
    return held.example(above)


def _basket(box: Box, outcome: Outcome) -> dict[str, Value] | None:
    """Amounts that can stand together: one line is the whole order; of several, each is a part of it."""
    count, total, line, quantity = (_numbers(box, field, outcome) for field in _BASKET)
    units = quantity.example(1)
    if units is None:
        return None
    amount = total.meet(line).example(100_000_000)
    if count.has(1) and amount is not None:
        return dict(zip(_BASKET, (1, amount, amount, units), strict=True))
    lines, part = count.example(2), line.example()
    whole = None if part is None else total.example(max(part, 0))
    if lines is None or part is None or whole is None or lines < 2 or whole < part:
        return None
    return dict(zip(_BASKET, (lines, whole, part, units), strict=True))


def _numbers(box: Box, field: str, outcome: Outcome) -> Numbers:
    held = box.get(field) or domain(field, outcome)
    assert isinstance(held, Numbers), "baskets are counted"
    return held
