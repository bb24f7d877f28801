"""Rows as one side may read them, with the names of everybody in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from utfall.engine import OrderStatus
from utfall.portal.access import Caller, Kind
from utfall.portal.access.times import from_ms
from utfall.portal.conversions.contracts import Deadline, OrderView, Party
from utfall.portal.conversions.finding import party_of
from utfall.portal.conversions.models import Conversion, TestOrder
from utfall.portal.conversions.paying import PaidBy, paid_of
from utfall.portal.conversions.reasons import sentence_of
from utfall.portal.conversions.sharing import is_others, own_parts
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs


class Names:
    """What the numbers in some rows are called; a number stands for itself where nobody knows its name."""

    def __init__(self, caller: Caller, rows: Iterable[Conversion]) -> None:
        rows = list(rows)
        self._programs = programs.names(caller, {row.program for row in rows if row.program is not None})
        self._publishers = _parties(Kind.PUBLISHER, {row.publisher for row in rows})
        self._advertisers = _parties(Kind.ADVERTISER, {row.advertiser for row in rows})

    def of(self, row: Conversion) -> dict[str, str]:
        """The names in a row."""
        return {
            "advertiser_name": self._advertisers.get(row.advertiser, f"#{row.advertiser}"),
            "program_name": _named(row.program, self._programs),
            "publisher_name": _named(row.publisher, self._publishers),
        }


def _parties(kind: Kind, numbers: set[int | None]) -> dict[int, str]:
    known = {one for one in numbers if one is not None}
    return people.party_names(kind, known) if known else {}


def names_of(caller: Caller, column: str, numbers: set[int]) -> dict[int, str]:
    """Names of publishers or of programs by number, as far as they are known."""
    return programs.names(caller, numbers) if column == "program" else _parties(Kind.PUBLISHER, {*numbers})


def _named(number: int | None, names: dict[int, str]) -> str:
    return "" if number is None else names.get(number, f"#{number}")


def views(caller: Caller, rows: Sequence[Conversion], *, party: Party | None = None) -> list[OrderView]:
    """Rows as their caller may read them."""
    names, side = Names(caller, rows), party or party_of(caller)
    real = [row for row in rows if row.pk > 0]
    paid = paid_of(caller, real) if real else {}
    told = [_view(row, side, names, paid.get(row.pk)) for row in rows]
    if side == "advertiser":
        return told
    parts = own_parts(caller, real)
    return [_of_sharer(caller, row, view, parts) for view, row in zip(told, rows, strict=True)]


def _of_sharer(caller: Caller, row: Conversion, view: OrderView, parts: Mapping[int, int]) -> OrderView:
    """An order by the publisher's own part of it."""
    others = is_others(caller, row)
    if not others and view.id not in parts:
        return view
    micros = parts.get(view.id, view.commission_micros)
    return replace(view, commission_micros=micros, **_OF_OTHERS if others else {})


def _view(row: Conversion, party: Party, names: Names, paid: PaidBy | None) -> OrderView:
    told: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    told |= {name: getattr(row, name) or "" for name in _TEXTS}
    told |= {name: _when(getattr(row, name)) for name in _TIMES}
    told |= _of_advertiser(row) if party == "advertiser" else _of_publisher(row)
    told |= names.of(row)
    told |= {"deadlines": calendar_of(row), "is_locked": is_locked(row)}
    told |= {"subs": tuple(row.subs), "rules": tuple(row.rules), "is_test": isinstance(row, TestOrder)}
    if paid is not None:
        told |= {"paid_at": paid.at, "payout": paid.payout if party == "publisher" else None}
    status, sentence = OrderStatus(row.status), sentence_of(row.reason, row.status)
    return OrderView(party=party, status=status, sentence=sentence, **told)


_SAME = (
    *("id", "advertiser", "program", "publisher", "outcome", "reference", "currency", "commission_micros"),
    *("touch_seconds", "link", "lines", "first_receipt", "receipt", "receipts", "window_days"),
    "delivery_days",
)
_OF_OTHERS: dict[str, Any] = {
    "is_of_another": True,
    "link": None,
    "subs": (),
    "code": "",
    "device": "",
    "country": "",
    "touch_at": None,
    "touch_seconds": None,
}
"""What a publisher that shares in an order does not read of the touch that won it."""
_TEXTS = ("action", "reason", "method", "touch_class", "window_sku")
_TIMES = (
    *("occurred_at", "recorded_at", "decided_at", "changed_at", "approve_at", "payable_at", "touch_at"),
    "locks_at",
)


def calendar_of(row: Conversion) -> tuple[Deadline, ...]:
    """When an order is or was approved, when its hold ends and when it is locked, as far as that is known."""
    found: list[Deadline] = []
    if row.status == OrderStatus.PENDING and row.approve_at is not None:
        found.append(Deadline("approval", from_ms(row.approve_at), is_over=False))
    elif row.status in _CERTAIN and row.decided_at is not None:
        found.append(Deadline("approval", from_ms(row.decided_at), is_over=True))
    if row.payable_at is not None:
        found.append(Deadline("hold", from_ms(row.payable_at), is_over=False))
    if row.locks_at is not None:
        found.append(Deadline("lock", from_ms(row.locks_at), is_over=is_locked(row)))
    return tuple(sorted(found, key=lambda one: (one.kind != "approval", one.at)))


def is_locked(row: Conversion) -> bool:
    """Whether nothing but a refund changes it by now."""
    return row.locks_at is not None and row.status in _CERTAIN and from_ms(row.locks_at) <= timezone.now()


_CERTAIN = frozenset({OrderStatus.APPROVED.value, OrderStatus.PAYABLE.value})


def _of_advertiser(row: Conversion) -> dict[str, Any]:
    return {
        "amount_micros": row.amount_micros,
        "refunded_micros": row.refunded_micros,
        "fee_micros": row.fee_micros,
        "cost_micros": row.commission_micros + row.fee_micros,
        "code": row.code or "",
        "channel": row.channel or "",
        "device": row.device or "",
        "country": row.country or "",
        "customer": row.customer or "",
        "source": row.source,
    }


def _of_publisher(row: Conversion) -> dict[str, Any]:
    """A publisher's own touch, and of a code only its own."""
    return {
        "amount_micros": None,
        "refunded_micros": None,
        "fee_micros": None,
        "cost_micros": None,
        "code": (row.code or "") if row.method == "code" else "",
        "channel": "",
        "device": row.touch_device or "",
        "country": row.touch_country or "",
        "customer": "",
        "source": "",
    }


def _when(at_ms: int | None) -> datetime | None:
    return None if at_ms is None else from_ms(at_ms)
