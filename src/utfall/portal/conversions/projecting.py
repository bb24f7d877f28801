"""Keeping the projection: what `utfall follow` writes, each time in one transaction with how far it read.

place = followed()
keep(orders, receipts)          # rows of these orders, and the place after these receipts
forget_all()                    # begin again: the book is not the one that was followed
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec
from django.db import connections, transaction
from django.db.models import Max

from utfall.engine import OrderState, OrderStatus, customer_kind, earned
from utfall.portal.book.facade import parts, whole
from utfall.portal.conversions import paying
from utfall.portal.conversions.models import Conversion, Followed, Part, SubId, TestOrder
from utfall.portal.databases import CONVERSIONS, learn

ALL_OF_THEM: Final = 1
Row = dict[str, Any]
_DECIDING: Final = frozenset({"approve", "auto_approve", "decline"})


class Place(NamedTuple):
    """The last receipt that was read, and its hash; receipt 0 before the first."""

    receipt: int = 0
    hash: str = ""


class Read(NamedTuple):
    """A receipt as it was read: its number and hash, which order it is about, what it decided and when."""

    id: int
    hash: str
    conversion: int | None
    kind: str
    is_refusal: bool
    status: str | None
    decided_at: int


class Gathered(NamedTuple):
    """What some receipts about one order come to."""

    first: int
    last: int
    receipts: int
    recorded_at: int
    changed_at: int
    decided_at: int | None


def followed() -> Place:
    """How far the book was read."""
    row = Followed.objects.system().first()
    return Place(row.receipt, row.hash) if row else Place()


def newest() -> int | None:
    """When the order that was recorded last was, in milliseconds."""
    found: int | None = Conversion.objects.system().aggregate(at=Max("recorded_at"))["at"]
    return found


def keep(
    orders: Mapping[int, OrderState],
    receipts: Collection[Read],
    tests: Collection[Row] = (),
    answered: Collection[paying.Answer] = (),
) -> None:
    """Bring the rows of these orders up to date, add tests, keep which payouts were answered, and note the
    last of the receipts; all or nothing.
    """
    gathered = gather(receipts)
    rows = [row_of(orders[number], told) for number, told in gathered.items()]
    *_, last = receipts
    with transaction.atomic(using=CONVERSIONS), connections[CONVERSIONS].cursor() as cursor:
        cursor.executemany(UPSERT, [[row[name] for name in COLUMNS] for row in rows])
        cursor.executemany(SUB, list(_subs(orders[number] for number in gathered)))
        cursor.executemany(PART, list(_parts(orders[number] for number in gathered)))
        cursor.executemany(TEST, [[one[name] for name in COLUMNS] for one in tests])
        paying.queue(answered)
        _note(last)


def forget_all() -> None:
    """Empty the projection, to be made again from the first receipt."""
    with transaction.atomic(using=CONVERSIONS), connections[CONVERSIONS].cursor() as cursor:
        for table in (Conversion, SubId, Part, TestOrder, *paying.TABLES, Followed):
            cursor.execute(f"DELETE FROM {table._meta.db_table}")


def tidy() -> None:
    """Let the database learn how its rows are spread, so that it picks the right index."""
    learn(CONVERSIONS)


class Standing(NamedTuple):
    """How many orders stand in a status and currency, and their sums."""

    status: str
    currency: str
    orders: int
    amount_micros: int
    commission_micros: int
    fee_micros: int


def standings() -> tuple[int, list[Standing]]:
    """The last receipt that was read, and what all rows come to at that moment."""
    sums = ", ".join(parts(name) for name in ("amount_micros", "commission_micros", "fee_micros"))
    with connections[CONVERSIONS].cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT receipt FROM {Followed._meta.db_table}), status, currency, count(*), {sums}"
            f" FROM {Conversion._meta.db_table} GROUP BY status, currency ORDER BY status, currency"
        )
        rows = cursor.fetchall()
    found = [
        Standing(status, currency, count, whole(a, b), whole(c, d), whole(e, f))
        for _receipt, status, currency, count, a, b, c, d, e, f in rows
    ]
    return (rows[0][0] or 0 if rows else followed().receipt), found


def close() -> None:
    """Close this thread's connection."""
    connections[CONVERSIONS].close()


def gather(receipts: Iterable[Read]) -> dict[int, Gathered]:
    """What receipts come to, order by order."""
    found: dict[int, Gathered] = {}
    for one in receipts:
        if one.conversion is None:
            continue
        before = found.get(one.conversion)
        found[one.conversion] = Gathered(
            first=before.first if before else one.id,
            last=one.id,
            receipts=before.receipts + 1 if before else 1,
            recorded_at=before.recorded_at if before else one.decided_at,
            changed_at=_later(before.changed_at if before else 0, one),
            decided_at=one.decided_at if _decides(one) else before and before.decided_at,
        )
    return found


def _later(before: int, one: Read) -> int:
    return before if one.is_refusal else one.decided_at


def _decides(one: Read) -> bool:
    """Whether a receipt approved or declined its order, or took all of it back."""
    is_whole = one.kind == "refund" and one.status == OrderStatus.REVERSED.value
    return not one.is_refusal and (one.kind in _DECIDING or is_whole)


def row_of(order: OrderState, told: Gathered) -> Row:
    """The row of an order, by the names of its columns."""
    return {
        **{name: getattr(order, name) for name in _SAME},
        **_of_lines(order),
        **_window_of(order),
        "outcome": order.outcome.value,
        "reference": order.order,
        "status": order.status.value,
        "source": order.source.value,
        "group_id": order.group,
        "touch_class": order.touch_class.value if order.touch_class else None,
        "touch_seconds": None if order.touch_at is None else (order.occurred_at - order.touch_at) // 1000,
        "subs": _json(order.sub),
        "country": order.country or order.touch_country,
        "device": order.device or order.touch_device,
        "customer": customer_kind(order),
        "recorded_at": told.recorded_at,
        "changed_at": told.changed_at,
        "decided_at": told.decided_at,
        "first_receipt": told.first,
        "receipt": told.last,
        "receipts": told.receipts,
    }


def _of_lines(order: OrderState) -> Row:
    refunded = sum(line.refunded_micros for line in order.lines)
    return {
        "amount_micros": sum(line.amount_micros for line in order.lines) - refunded,
        "refunded_micros": refunded,
        "lines": len(order.lines),
        "rules": _json(sorted({line.rule for line in order.lines if line.rule is not None})),
    }


def _window_of(order: OrderState) -> Row:
    """The return window that silence waits for."""
    one = order.deferred
    return {
        "window_sku": one.sku if one else None,
        "window_days": one.return_days if one else None,
        "delivery_days": one.delivery_days if one else None,
    }


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _subs(orders: Iterable[OrderState]) -> Iterator[tuple[Any, ...]]:
    for order in orders:
        for value in dict.fromkeys(order.sub):
            if value:
                yield (order.id, value, order.publisher, order.advertiser, order.occurred_at)


def _parts(orders: Iterable[OrderState]) -> Iterator[tuple[Any, ...]]:
    """Who had a part keeps one of nothing."""
    for order in orders:
        if order.shares:
            for publisher, micros in earned(order).items():
                yield (order.id, publisher, order.advertiser, micros)


def _note(last: Read) -> None:
    Followed.objects.system().update_or_create(
        id=ALL_OF_THEM, defaults={"receipt": last.id, "hash": last.hash}
    )


_SAME: Final = (
    *("id", "advertiser", "program", "publisher", "action", "reason", "occurred_at", "approve_at"),
    *(
        "payable_at",
        "locks_at",
        "currency",
        "commission_micros",
        "fee_micros",
        "method",
        "touch_at",
        "touch_device",
    ),
    *("touch_country", "link", "code", "channel"),
)
"""Columns that are called as in the engine's order."""
_TABLE: Final = Conversion._meta.db_table
COLUMNS: Final = tuple(str(field.column) for field in Conversion._meta.concrete_fields)
_COMING_FIRST: Final = frozenset({"id", "recorded_at", "first_receipt"})
"""What the first receipt said once and for all."""
_ADDING: Final = {
    "receipts": f"{_TABLE}.receipts + excluded.receipts",
    "decided_at": f"coalesce(excluded.decided_at, {_TABLE}.decided_at)",
    "changed_at": f"CASE WHEN excluded.changed_at > {_TABLE}.changed_at THEN excluded.changed_at"
    f" ELSE {_TABLE}.changed_at END",
}
_KEPT: Final = ", ".join(
    f"{name} = {_ADDING.get(name, 'excluded.' + name)}" for name in COLUMNS if name not in _COMING_FIRST
)
UPSERT: Final = (
    f"INSERT INTO {_TABLE} ({', '.join(COLUMNS)})"
    f" VALUES ({', '.join(['%s'] * len(COLUMNS))}) ON CONFLICT (id) DO UPDATE SET {_KEPT}"
)
SUB: Final = (
    f"INSERT INTO {SubId._meta.db_table} (conversion, value, publisher, advertiser, occurred_at)"
    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
PART: Final = (
    f"INSERT INTO {Part._meta.db_table} (conversion, publisher, advertiser, commission_micros)"
    " VALUES (%s, %s, %s, %s) ON CONFLICT (conversion, publisher)"
    " DO UPDATE SET commission_micros = excluded.commission_micros"
)
TEST: Final = (
    f"INSERT INTO {TestOrder._meta.db_table} ({', '.join(COLUMNS)})"
    f" VALUES ({', '.join(['%s'] * len(COLUMNS))}) ON CONFLICT (id) DO UPDATE"
    f" SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS if name != 'id')}"
)
