"""What an outcome costs: docs/algorithms/pricing.md in code."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from utfall.engine.matching import Values, applies
from utfall.engine.state import LineState, OrderState
from utfall.engine.tiers import Pools, allocated, price_tier
from utfall.money import PPM, round_ratio
from utfall.terms import Flat, PerThousand, Portion, Price, Rule, Snapshot, Tiered


class LinePrice(Struct, frozen=True, gc=False):
    """The rule that priced a line (None: no rule applies) and the commission it gives."""

    rule: int | None
    commission_micros: int


_UNPRICED: Final = LinePrice(None, 0)


def fee_of(commission_micros: int, fee_ppm: int) -> int:
    """The network's fee on a commission.

    >>> fee_of(115_260_000, 200_000)
    23052000
    """
    return share_of(commission_micros, fee_ppm)


def share_of(micros: int, ppm: int) -> int:
    """A share of an amount, rounded half to even.

    >>> share_of(2_500_000, 1), share_of(3_500_000, 1), share_of(-2_500_000, 1)
    (2, 4, -2)
    """
    quotient, rest = divmod(micros * ppm, PPM)
    return quotient if not rest else round_ratio(micros * ppm, PPM, "half_even")


def largest_commission(room_micros: int, fee_ppm: int) -> int:
    """The largest commission which, with its fee, fits in what is left of a limit on cost.

    >>> largest_commission(100_000_000, 200_000)
    83333333
    """
    commission = room_micros * PPM // (PPM + fee_ppm) + 1
    while commission + fee_of(commission, fee_ppm) > room_micros:
        commission -= 1
    return commission


_NO_POOLS: Final[Pools] = {}


def price_order(order: OrderState, terms: Snapshot, pools: Pools = _NO_POOLS) -> list[LinePrice]:
    """The price of each line of an attributed order, by the first rule that applies to it.

    A price in steps is on top of what `pools` hold: without them, that of the first order of a period.
    """
    assert order.program is not None, "only an attributed order has a price"
    assert order.publisher is not None, "only an attributed order has a price"
    rules = terms.rules_for(order.program, order.outcome)
    if terms.is_conditional(order.program, order.outcome):
        values = order_values(order, terms)
        chosen = [_first(rules, order, {**values, **_line_values(line)}) for line in order.lines]
    else:  # no rule asks about a line, so one answer holds for all
        chosen = [_first(rules, order, {})] * len(order.lines)
    return _commissions(order, chosen, pools, terms)


def _first(rules: Sequence[Rule], order: OrderState, values: Values) -> Rule | None:
    assert order.publisher is not None
    for rule in rules:
        if applies(
            rule,
            at=order.occurred_at,
            action=order.action,
            publisher=order.publisher,
            group=order.group,
            values=values,
        ):
            return rule
    return None


def _commissions(
    order: OrderState, chosen: Sequence[Rule | None], pools: Pools, terms: Snapshot
) -> list[LinePrice]:
    once: dict[int, int] | None = None
    prices, lines = [], order.lines
    for index, rule in enumerate(chosen):
        if rule is None:
            prices.append(_UNPRICED)
            continue
        earned = _commission(lines[index], rule.price)
        if earned is None:
            if once is None:
                once = _flat_parts(lines, chosen)
                if terms.tiered:
                    once |= _tier_parts(order, chosen, pools, terms)
            earned = once.get(index, 0)
        prices.append(LinePrice(rule.id, earned))
    return prices


def _commission(line: LineState, price: Price) -> int | None:
    """What a line earns: a share of it, or an amount for each unit; None: its part of what is paid once, or
    in steps.
    """
    if isinstance(price, Portion):
        return share_of(line.amount_micros, price.ppm)
    if isinstance(price, Flat) and price.per == "unit":
        return price.micros * line.quantity
    return None


def _flat_parts(lines: Sequence[LineState], chosen: Sequence[Rule | None]) -> dict[int, int]:
    """A flat price per order is paid once per rule, split over the rule's lines by their amounts."""
    by_rule: dict[int, tuple[int, list[int]]] = {}
    for index, rule in enumerate(chosen):
        if rule is not None and isinstance(rule.price, Flat) and rule.price.per == "order":
            by_rule.setdefault(rule.id, (rule.price.micros, []))[1].append(index)
    parts: dict[int, int] = {}
    for micros, indexes in by_rule.values():
        parts.update(zip(indexes, allocated(micros, [lines[index] for index in indexes]), strict=True))
    return parts


def _tier_parts(
    order: OrderState, chosen: Sequence[Rule | None], pools: Pools, terms: Snapshot
) -> dict[int, int]:
    """A price in steps is for all of a rule's lines together."""
    by_rule: dict[int, tuple[Rule, list[int]]] = {}
    for index, rule in enumerate(chosen):
        if rule is not None and isinstance(rule.price, Tiered):
            by_rule.setdefault(rule.id, (rule, []))[1].append(index)
    parts: dict[int, int] = {}
    for rule, indexes in by_rule.values():
        parts.update(zip(indexes, price_tier(order, rule, indexes, pools, terms).commissions, strict=True))
    return parts


def order_values(order: OrderState, terms: Snapshot) -> dict[str, Any]:
    """What conditions can ask about an order and its winning touch; None is unknown."""
    values: dict[str, Any] = {
        "order.amount_micros": sum(line.amount_micros for line in order.lines),
        "order.lines": len(order.lines),
        "order.code": order.code,
        "order.channel": order.channel,
        "order.country": order.country,
        "order.device": order.device,
        "customer.is_new": order.customer_is_new,
        "customer.orders_before": order.orders_before,
        "customer.status": customer_kind(order),
        "order.is_recurring": order.method == "recurring",
        "order.recurring_month": order.recurring_month,
        "touch.class": order.touch_class and order.touch_class.value,
        "touch.link": order.link,
        "touch.age_seconds": None if order.touch_at is None else (order.occurred_at - order.touch_at) // 1000,
        "touch.device": order.touch_device,
        "touch.country": order.touch_country,
    }
    values.update(sub_values(order.sub))
    values.update(partner_values(order.publisher, order.group, terms))
    return values


def customer_kind(order: OrderState) -> str | None:
    """New, returning or lapsed, as declared, or as the book has seen; None when nobody knows."""
    if order.customer_is_new or (order.customer_is_new is None and order.orders_before == 0):
        return "new"
    if order.customer_is_new is None and order.orders_before is None:
        return None
    return "lapsed" if order.has_lapsed else "returning"


def partner_values(publisher: int | None, group: int | None, terms: Snapshot) -> dict[str, Any]:
    """What conditions can ask about a publisher."""
    known = terms.publishers.get(publisher) if publisher is not None else None
    return {
        "partner.publisher": publisher,
        "partner.group": group,
        "partner.promotion_type": known and known.promotion_type.value,
    }


def sub_values(sub: Sequence[str]) -> Mapping[str, str]:
    """Sub-ids by field name; an empty one is unknown."""
    return {f"touch.sub{number}": text for number, text in enumerate(sub, start=1) if text}


def _line_values(line: LineState) -> dict[str, Any]:
    return {
        "line.sku": line.sku,
        "line.category": line.category,
        "line.quantity": line.quantity,
        "line.amount_micros": line.amount_micros,
    }


def each_micros(rule: Rule) -> int:
    """The exact price of one touch under a rule."""
    match rule.price:
        case PerThousand() as price:
            return price.each_micros
        case Flat(micros=micros):
            return micros
        case Portion() | Tiered():
            return 0
