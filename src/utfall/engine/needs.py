"""What a batch needs of the book, so that the shell can load it before the engine decides."""

from collections.abc import Iterable
from typing import NamedTuple

from utfall.engine.capping import period_of
from utfall.engine.state import BookSlice, LimitKey, OrderKey
from utfall.events import (
    Amendment,
    AnyEvent,
    Click,
    Conversion,
    Cost,
    Impression,
    Refusal,
    Source,
    VideoProgress,
    Viewable,
)
from utfall.terms import Snapshot

_TOUCHES = (Impression, Click, Viewable, VideoProgress)


class Needs(NamedTuple):
    """Keys to load. Whatever is not in the book is simply absent from the slice."""

    orders: set[OrderKey]
    touches: set[str]
    identities: set[tuple[int, str]]
    customers: set[tuple[int, str]]
    event_ids: set[str]


def needs(events: Iterable[AnyEvent]) -> Needs:
    """First round: what the events themselves name."""
    wanted = Needs(set(), set(), set(), set(), set())
    for event in events:
        if isinstance(event, _TOUCHES):
            if event.source is not Source.EDGE:
                wanted.event_ids.add(event.id)
        elif isinstance(event, Conversion):
            _conversion_needs(event, wanted)
        elif isinstance(event, Amendment):
            wanted.orders.add(OrderKey(event.advertiser, event.outcome.value, event.order))
            wanted.event_ids.add(event.id)
        elif isinstance(event, Cost):
            wanted.event_ids.add(event.id)
        else:
            assert isinstance(event, Refusal)
    return wanted


def _conversion_needs(event: Conversion, wanted: Needs) -> None:
    wanted.event_ids.add(event.id)
    wanted.orders.add(OrderKey(event.advertiser, event.outcome.value, event.order))
    wanted.touches.update(ref.id for ref in event.clicks)
    wanted.identities.update((event.advertiser, one) for one in (event.visitor, event.customer) if one)
    if event.customer is not None:
        wanted.customers.add((event.advertiser, event.customer))


def needs_of_orders(book: BookSlice) -> tuple[set[str], set[tuple[int, str]]]:
    """Second round: touches and identities that the loaded orders name, in case they are awarded again."""
    touches = {ref.id for order in book.orders.values() for ref in order.clicks}
    identities = {
        (order.advertiser, one)
        for order in book.orders.values()
        for one in (order.visitor, order.customer)
        if one is not None
    }
    return touches, identities


def limit_needs(
    book: BookSlice, events: Iterable[AnyEvent], terms: Snapshot
) -> tuple[set[LimitKey], set[tuple[int, str]]]:
    """Third round: rows that loaded orders hold, and (limit, period) pairs that the events may count in.

    A pair stands for the rows of every publisher: who wins an order is not known before it is decided.
    """
    rows = {hold.key for order in book.orders.values() for hold in order.holds}
    pairs: set[tuple[int, str]] = set()
    moments: set[tuple[int, int]] = set()
    for event in events:
        if isinstance(event, _TOUCHES):
            moments.add((event.program, event.occurred_at // 900_000))
        elif isinstance(event, Conversion):
            moments.update(
                (program.id, event.occurred_at // 900_000) for program in terms.programs_of(event.advertiser)
            )
    for order in book.orders.values():
        moments.update(
            (program.id, order.occurred_at // 900_000) for program in terms.programs_of(order.advertiser)
        )
    for program, slot in moments:
        if limits := terms.limits_for(program):
            zone = terms.zone_of(program)
            pairs.update((limit.id, period_of(limit, slot * 900_000, zone)) for limit in limits)
    return rows, pairs
