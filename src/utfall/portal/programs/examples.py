"""What a price would pay for one outcome: the engine's own pricing, on one conversion that never happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from utfall.engine.pricing import each_micros, fee_of, price_order
from utfall.engine.state import LineState, OrderState
from utfall.events import Outcome, Source
from utfall.portal.programs.contracts import PriceKind, StartingPrice
from utfall.portal.programs.states import sealed_price
from utfall.terms import Advertiser, Enrolment, Market, Program, ProgramTerms, Publisher, Rule, Snapshot

TOUCHES: Final = frozenset({Outcome.IMPRESSION, Outcome.VIEWABLE, Outcome.VIDEO, Outcome.CLICK})
ORDER_UNITS: Final = {"SEK": 1000, "NOK": 1000, "DKK": 800, "ISK": 14_000, "JPY": 12_000, "HUF": 30_000}
"""The order of the example in major units; 100 of any other currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One outcome, or a thousand touches: what the publisher gets and the network."""

    outcome: Outcome
    count: int
    amount_micros: int | None
    items: int
    commission_micros: int
    fee_micros: int

    @property
    def cost_micros(self) -> int:
        """What the advertiser pays."""
        return self.commission_micros + self.fee_micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """When an order of today would be approved and payable; None where a person decides."""

    placed: datetime
    approved: datetime | None
    payable: datetime | None


def example_of(price: StartingPrice, fee_ppm: int) -> Example:
    """What a price pays for an example: an order of two items, one lead, or a thousand clicks or views."""
    rule = Rule(id=1, program=1, name="", outcome=price.outcome, price=sealed_price(price))
    if price.outcome in TOUCHES:
        return _touches(rule, price, fee_ppm)
    amount = example_amount(price.currency) if price.outcome is Outcome.SALE else 0
    priced = price_order(_order(price, amount), _terms(price, rule))
    commission = sum(line.commission_micros for line in priced)
    return Example(
        outcome=price.outcome,
        count=1,
        amount_micros=amount or None,
        items=2 if amount else 1,
        commission_micros=commission,
        fee_micros=fee_of(commission, fee_ppm),
    )


def example_amount(currency: str) -> int:
    """What the order of the example costs, in micros."""
    return ORDER_UNITS.get(currency, 100) * 1_000_000


def _touches(rule: Rule, price: StartingPrice, fee_ppm: int) -> Example:
    count = 1000 if price.kind is PriceKind.PER_THOUSAND else 1
    commission = each_micros(rule) * count
    return Example(
        outcome=price.outcome,
        count=count,
        amount_micros=None,
        items=1,
        commission_micros=commission,
        fee_micros=fee_of(commission, fee_ppm),
    )


def _order(price: StartingPrice, amount: int) -> OrderState:
    """Two items, a dear one and a cheap one; a lead or an install is one line without an amount."""
    dear = amount * 7 // 10
    lines = [LineState(dear), LineState(amount - dear)] if amount else [LineState(0)]
    return OrderState(
        id=1,
        advertiser=1,
        outcome=price.outcome,
        order="example",
        event="example",
        occurred_at=1,
        received_at=1,
        source=Source.API,
        currency=price.currency,
        lines=lines,
        supplied={},
        program=1,
        publisher=1,
    )


def _terms(price: StartingPrice, rule: Rule) -> Snapshot:
    program = Program(
        id=1,
        advertiser=1,
        name="",
        currency=price.currency,
        zone="UTC",
        versions=(ProgramTerms(version=1, effective_from=0),),
    )
    market = Market(
        advertisers=(Advertiser(id=1, name=""),),
        publishers=(Publisher(id=1, name=""),),
        programs=(program,),
        enrolments=(Enrolment(program=1, publisher=1, starts_at=0),),
        rules=(rule,),
    )
    return Snapshot(market, "")


def course_of(auto_approval_days: int | None, hold_days: int) -> Course:
    """How an order of today would go on, if nobody does anything."""
    placed = timezone.now()
    if auto_approval_days is None:
        return Course(placed=placed, approved=None, payable=None)
    approved = placed + timedelta(days=auto_approval_days)
    return Course(placed=placed, approved=approved, payable=approved + timedelta(days=hold_days))
