"""What a batch may read, put together: the events' own needs, what is due, and what those name in turn."""

from collections.abc import Iterable

from utfall.engine import (
    BookSlice,
    Counters,
    Needs,
    Traffic,
    bond_needs,
    limit_needs,
    needs,
    needs_of_orders,
    pool_needs,
)
from utfall.events import AnyEvent
from utfall.portal.book import loading
from utfall.portal.book.connection import Connection, raw
from utfall.portal.book.contracts import Book
from utfall.portal.book.money_loading import load_money
from utfall.terms import Snapshot


def load_slice(
    book: Book, events: list[AnyEvent], now: int, terms: Snapshot, *, counters: Counters, traffic: Traffic
) -> BookSlice:
    """Everything the engine may look at while it settles these events at `now`."""
    connection = raw(book)
    wanted = needs(events)
    found = _first_round(connection, wanted, BookSlice(counters=counters, traffic=traffic))
    due, found.due_accruals = loading.load_due(connection, now)
    found.due_orders = [order.key for order in due]
    touches, identities = needs_of_orders(found)
    found.touches = loading.load_clicks(connection, touches | wanted.touches)
    found.identities = loading.load_identities(connection, identities | wanted.identities)
    for order in due:
        found.orders.setdefault(order.key, order)
    _load_pools(connection, found, events, now, terms)
    found.bonds = loading.load_bonds(connection, bond_needs(found, wanted))
    found.limits = loading.load_limits(connection, *limit_needs(found, events, terms))
    if wanted.money:
        found.money = load_money(connection, wanted.money, counters.transaction)
    return found


def _first_round(connection: Connection, wanted: Needs, found: BookSlice) -> BookSlice:
    found.orders = loading.load_orders(connection, wanted.orders)
    found.customers = loading.load_customers(connection, wanted.customers)
    found.seen = loading.load_seen(connection, wanted.event_ids)
    return found


def _load_pools(
    connection: Connection, found: BookSlice, events: list[AnyEvent], now: int, terms: Snapshot
) -> None:
    """Before the limits, of which corrections hold a part."""
    found.pools = loading.load_pools(connection, *pool_needs(found, events, terms))
    due = loading.load_due_pools(connection, now)
    found.due_pools = [pool.key for pool in due]
    for pool in due:
        found.pools.setdefault(pool.key, pool)


def recall_traffic(book: Book) -> Traffic:
    """The memory of recent clicks as it was after the last batch, rebuilt from what the batches left."""
    traffic = Traffic()
    rows: Iterable[tuple[int, int, bytes]] = raw(book).execute(
        "SELECT batch, now, changes FROM book_trafficmemory ORDER BY batch"
    )
    for number, now, changes in rows:
        traffic.recall(number, now, changes)
    return traffic


def is_due(book: Book, now: int) -> bool:
    """Whether time alone has something to do at `now`."""
    return loading.is_due(raw(book), now)
