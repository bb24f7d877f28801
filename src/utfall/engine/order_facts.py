"""What an order contributes to the lake, line by line, and the change a decision made to it."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from operator import attrgetter
from typing import Final

import msgspec
from msgspec import Struct

from utfall.engine.draft import Draft
from utfall.engine.facts import PRICE_MODELS, Fact
from utfall.engine.party_facts import shared_facts
from utfall.engine.pricing import customer_kind
from utfall.engine.state import LineState, OrderState, OrderStatus
from utfall.events import Outcome
from utfall.money import allocate

_COUNTS: Final[dict[Outcome, str]] = {
    Outcome.LEAD: "leads",
    Outcome.ACTION: "actions",
    Outcome.SALE: "sales",
    Outcome.INSTALL: "installs",
}
MEASURES: Final = (
    *_COUNTS.values(),
    "revenue_micros",
    "cost_micros",
    "fee_micros",
    "commission_pending_micros",
    "commission_approved_micros",
    "commission_declined_micros",
)
_DECISION: Final = ("event", "kind", "source", "transaction")
_ABOUT_THE_DECISION: Final = frozenset({*_DECISION, "decided_at", "received_at", "status", "reason"})
_PLACES: Final = tuple(
    name for name in Fact.__struct_fields__ if name not in _ABOUT_THE_DECISION and name not in MEASURES
)

_Counts = tuple[int, int, int, int]
_NO_COUNT: Final[_Counts] = (0, 0, 0, 0)
_COUNTED: Final[dict[Outcome, _Counts]] = {
    Outcome.LEAD: (1, 0, 0, 0),
    Outcome.ACTION: (0, 1, 0, 0),
    Outcome.SALE: (0, 0, 1, 0),
    Outcome.INSTALL: (0, 0, 0, 1),
}
"""What the first line of an order counts, in the order of a fact's fields."""

_Text = str | None
_Number = int | None
_Decided = tuple[str, str, int, int, int, _Text, _Number]
_About = tuple[_Number, _Number, _Number, _Number, _Number, tuple[str, ...]]
_Common = tuple[*_Decided, *_About, _Text, _Text, _Text, _Text, _Text, _Text, _Text]

_measures: Final = attrgetter(*MEASURES)
_places: Final = attrgetter(*_PLACES)


class Told(Struct, frozen=True, gc=False):
    """The decision a fact tells of: its event, its kind, how it came, and the transaction it posted."""

    event: str
    kind: str
    source: str | None
    transaction: int | None


def standing_facts(draft: Draft, order: OrderState, told: Told | None = None) -> list[Fact]:
    """All that an order now adds to the lake, a fact per line; its first line carries its count."""
    lefts = [line.left_micros for line in order.lines]
    fees = allocate(order.fee_micros, lefts) if sum(lefts) > 0 else (0,) * len(lefts)
    channel = order.channel
    if channel is None and order.link is not None:
        link = draft.terms.links.get(order.link)
        channel = link.channel if link is not None else None
    whole = _common(draft, order, channel, told or Told(order.event, order.outcome, None, None))
    model, counts = PRICE_MODELS[order.outcome], _COUNTED[order.outcome]
    facts = []
    for line, fee in zip(order.lines, fees, strict=True):
        priced = (line.category, line.rule, model if line.rule is not None else None)
        stands = (order.status, order.reason, order.currency)
        # By place, in the order of a fact's fields: what a struct is made with costs the square of its names.
        facts.append(Fact(*whole, *priced, *stands, *counts, *_amounts(order.status, line, fee)))
        counts = _NO_COUNT
    return shared_facts(order, facts) if order.shares else facts


def _common(draft: Draft, order: OrderState, channel: str | None, about: Told) -> _Common:
    """What the facts of all lines have in common: the first fields of each."""
    return (
        about.event,
        about.kind,
        order.occurred_at,
        order.received_at,
        draft.now,
        about.source,
        about.transaction,
        order.advertiser,
        order.program,
        order.publisher,
        order.group,
        order.link,
        order.sub,
        channel,
        order.device or order.touch_device,
        None,
        None,
        order.country or order.touch_country,
        customer_kind(order),
        order.code,
    )


def _amounts(status: OrderStatus, line: LineState, fee: int) -> tuple[int, int, int, int, int, int]:
    """Revenue, cost, fee, and the commission pending, approved and declined: the last fields of a fact."""
    left = line.left_micros
    return (
        0 if status is OrderStatus.DECLINED else line.amount_micros - line.refunded_micros,
        left + fee,
        fee,
        left if status is OrderStatus.PENDING else 0,
        left if status is OrderStatus.APPROVED or status is OrderStatus.PAYABLE else 0,
        line.commission_micros - left,
    )


def changes(after: Sequence[Fact], before: Sequence[Fact]) -> list[Fact]:
    """The facts that lead from what an order added before to what it adds now; `after` tells the decision.

    Where its place moved (say, it is attributed only now) the old fact is taken back whole and the new one
    told.
    """
    told: Sequence[Fact] = after
    if before:
        told = [fact for new, old in zip_longest(after, before) for fact in _change(new, old, after[0])]
    # Revenue first, for most have it: then nothing else need be looked at.
    return [fact for fact in told if fact.revenue_micros or any(_measures(fact))] or list(told[:1])


def _change(new: Fact | None, old: Fact | None, about: Fact) -> Iterator[Fact]:
    if new is None or old is None or _places(new) != _places(old):
        if old is not None:
            back = {name: -getattr(old, name) for name in MEASURES}
            decision = {name: getattr(about, name) for name in _DECISION}
            yield msgspec.structs.replace(old, **back, **decision)
        if new is not None:
            yield new
        return
    moved = {name: getattr(new, name) - getattr(old, name) for name in MEASURES}
    yield msgspec.structs.replace(new, **moved)
