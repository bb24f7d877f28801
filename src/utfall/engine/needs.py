"""What a batch needs of the book, so that the shell can load it before the engine decides."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from utfall.engine.capping import period_of
from utfall.engine.repeats import names_of, remembered_as
from utfall.engine.state import BookSlice, LimitKey, OrderKey, PoolKey
from utfall.engine.tiers import period_name
from utfall.events import (
    Amendment,
    AnyEvent,
    Click,
    Conversion,
    Cost,
    Impression,
    MoneyEvent,
    Refusal,
    Source,
    VideoProgress,
    Viewable,
)
from utfall.terms import Snapshot, Tiered
from utfall.terms.snapshot import QUARTER_MS

_TOUCHES = (Impression, Click, Viewable, VideoProgress)


class Needs(NamedTuple):
    """Keys to load. Whatever is not in the book is simply absent from the slice.

    `event_ids` are ids as they are remembered: by their owner (`repeats`).
    """

    orders: set[OrderKey]
    touches: set[str]
    identities: set[tuple[int, str]]
    customers: set[tuple[int, str]]
    event_ids: set[str]
    money: list[MoneyEvent]


def needs(events: Iterable[AnyEvent]) -> Needs:
    """First round: what the events themselves name."""
    wanted = Needs(set(), set(), set(), set(), set(), [])
    for event in events:
        if isinstance(event, _TOUCHES):
            if event.source is not Source.EDGE:
                wanted.event_ids.add(remembered_as(event))
        elif isinstance(event, Conversion):
            _conversion_needs(event, wanted)
        elif isinstance(event, Amendment):
            wanted.orders.add(OrderKey(event.advertiser, event.outcome.value, event.order))
            wanted.event_ids.add(remembered_as(event))
        elif isinstance(event, Cost):
            wanted.event_ids.add(remembered_as(event))
        elif not isinstance(event, Refusal):
            wanted.event_ids.update(names_of(event))
            wanted.money.append(event)
    return wanted


def _conversion_needs(event: Conversion, wanted: Needs) -> None:
    wanted.event_ids.add(remembered_as(event))
    wanted.orders.add(OrderKey(event.advertiser, event.outcome.value, event.order))
    for ref in event.clicks:
        wanted.touches.add(ref.id)
    for one in (event.visitor, event.customer):
        if one:
            wanted.identities.add((event.advertiser, one))
    if event.customer is not None:
        wanted.customers.add((event.advertiser, event.customer))


def bond_needs(book: BookSlice, wanted: Needs) -> set[tuple[int, str]]:
    """Second round: customers that the events or the loaded orders name, whose bonds may count or end."""
    return wanted.customers | {
        (order.advertiser, order.customer) for order in book.orders.values() if order.customer is not None
    }


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
) -> tuple[set[LimitKey], set[tuple[int, str, str]]]:
    """Third round: rows that loaded orders hold, and what the events may count in: limit, period, customer.

    Each stands for the rows of every publisher: who wins an order is not known before it is decided. The
    customer is empty but for a limit per customer.
    """
    rows = {hold.key for order in book.orders.values() for hold in order.holds}
    rows.update(hold.key for pool in book.pools.values() for hold in pool.holds)
    found: set[tuple[int, str, str]] = set()
    for program, slot in _moments(book, events, terms):
        if limits := terms.limits_for(program):
            day = terms.day_of(program, slot * QUARTER_MS)
            found.update((limit.id, period_of(limit, day), "") for limit in limits if not limit.per_customer)
    if terms.limits_customers:
        found.update(_of_customers(book, events, terms))
    return rows, found


def _of_customers(
    book: BookSlice, events: Iterable[AnyEvent], terms: Snapshot
) -> Iterator[tuple[int, str, str]]:
    """What customers may count in: when their orders were placed, and when the known orders were."""
    for advertiser, customer, at in _placed(book, events):
        for program in terms.programs_of(advertiser):
            if program.id in terms.limits_customers:
                day = terms.day_of(program.id, at)
                for limit in terms.limits_for(program.id):
                    if limit.per_customer:
                        yield limit.id, period_of(limit, day), customer


def _placed(book: BookSlice, events: Iterable[AnyEvent]) -> Iterator[tuple[int, str, int]]:
    """Advertisers, customers and times that may come together in one order: calls about it are merged."""
    times: dict[OrderKey, set[int]] = {}
    customers: dict[OrderKey, set[str]] = {}
    for key, order in book.orders.items():
        times.setdefault(key, set()).add(order.occurred_at)
        customers.setdefault(key, set()).add(order.customer or "")
    for event in events:
        if isinstance(event, Conversion):
            key = OrderKey(event.advertiser, event.outcome.value, event.order)
            times.setdefault(key, set()).add(event.occurred_at)
            customers.setdefault(key, set()).add(event.customer or "")
    for key, named in customers.items():
        yield from ((key.advertiser, customer, at) for customer in named - {""} for at in times[key])


def pool_needs(
    book: BookSlice, events: Iterable[AnyEvent], terms: Snapshot
) -> tuple[set[PoolKey], set[tuple[int, str]]]:
    """Before the limits: pools that loaded orders count in, and (rule, period) pairs in which the events may
    count. A pair stands for the pools of every publisher.
    """
    keys: set[PoolKey] = set()
    pairs: set[tuple[int, str]] = set()
    for order in book.orders.values():
        for share in order.tiers:
            rule = terms.rules.get(share.rule)
            if rule is None or (isinstance(rule.price, Tiered) and rule.price.shared):
                pairs.add((share.rule, share.period))
            keys.add(PoolKey(share.rule, order.publisher or 0, share.period))
    for program, slot in _moments(book, events, terms) if terms.tiered else ():
        for rule in terms.tiered.get(program, ()):
            assert isinstance(rule.price, Tiered)
            pairs.add((rule.id, period_name(rule.price.period, terms.day_of(program, slot * QUARTER_MS))))
    return keys, pairs


def _moments(book: BookSlice, events: Iterable[AnyEvent], terms: Snapshot) -> set[tuple[int, int]]:
    """Programs and quarters of an hour in which something may count."""
    shown: set[tuple[int, int]] = set()
    ordered = {(order.advertiser, order.occurred_at // QUARTER_MS) for order in book.orders.values()}
    for event in events:
        if isinstance(event, _TOUCHES):
            shown.add((event.link, event.occurred_at // QUARTER_MS))
        elif isinstance(event, Conversion):
            ordered.add((event.advertiser, event.occurred_at // QUARTER_MS))
    found = {(link.program, slot) for number, slot in shown if (link := terms.links.get(number))}
    found.update(
        (program.id, slot) for advertiser, slot in ordered for program in terms.programs_of(advertiser)
    )
    return found
