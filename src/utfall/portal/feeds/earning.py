"""What an item pays: the engine's own price of an order of one such item, under the rules in force now.

What is not known of a sale that has not happened (its customer, its channel, its code) is unknown to the
conditions too, so a rule that asks for it does not apply: the figure is what is paid in the plain case.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from django.utils import timezone

from utfall.engine.pricing import price_order
from utfall.engine.state import LineState, OrderState
from utfall.events import Outcome, Source
from utfall.money import PPM, round_ratio
from utfall.portal.access import Caller, Kind
from utfall.portal.access.times import to_ms
from utfall.portal.commission import facade as commission
from utfall.portal.partners import facade as partners
from utfall.portal.people import facade as people
from utfall.terms import Market, PromotionType, Publisher, Rule, Snapshot
from utfall.terms.satisfying import fields_of, formula

NOBODY: Final = 0
"""Stands for a publisher whom no rule names."""


class Earning(NamedTuple):
    """What one item pays (None: nothing applies to it), and by which rule."""

    commission_micros: int | None
    rule: int | None


Earn = Callable[[int, str, str], Earning]
"""By an item's price in micros, its category and its id."""


def earn_for(caller: Caller, program: int, currency: str, vat_ppm: int) -> Earn:
    """What items of a program pay the caller (or, to the advertiser, a partner that no rule names)."""
    publisher = caller.number if caller.kind is Kind.PUBLISHER else NOBODY
    terms = _terms(program, publisher)
    order = _order(caller, program, publisher, currency)
    by_id = any("line.sku" in _fields(rule) for rule in terms.rules.values())
    known: dict[tuple[int, str, str], Earning] = {}

    def earn(price_micros: int, category: str, product_id: str) -> Earning:
        key = (price_micros, category, product_id if by_id else "")
        found = known.get(key)
        if found is None:
            amount = round_ratio(price_micros * PPM, PPM + vat_ppm, "half_even")
            order.lines = [LineState(amount, sku=product_id, category=category or None)]
            (line,) = price_order(order, terms)
            found = Earning(line.commission_micros if line.rule is not None else None, line.rule)
            known[key] = found
        return found

    return earn


def _terms(program: int, publisher: int) -> Snapshot:
    rules = tuple(commission.sealed_rules(program))
    return Snapshot(Market(rules=rules, publishers=_publishers(publisher)), "")


def _publishers(publisher: int) -> tuple[Publisher, ...]:
    if publisher == NOBODY:
        return ()
    party = people.party(Kind.PUBLISHER, publisher)
    known = party.promotion_type in {one.value for one in PromotionType}
    kind = PromotionType(party.promotion_type) if known else PromotionType.CONTENT
    return (Publisher(id=publisher, name=party.name, promotion_type=kind),)


def _order(caller: Caller, program: int, publisher: int, currency: str) -> OrderState:
    now = to_ms(timezone.now())
    standing = partners.partnership_in(caller, program, publisher) if publisher else None
    return OrderState(
        id=0,
        advertiser=0,
        outcome=Outcome.SALE,
        order="",
        event="",
        occurred_at=now,
        received_at=now,
        source=Source.API,
        currency=currency,
        lines=[],
        supplied={},
        program=program,
        publisher=publisher,
        group=standing.group if standing else None,
    )


def _fields(rule: Rule) -> frozenset[str]:
    return frozenset() if rule.when is None else fields_of(formula(rule.when, holds=True))
