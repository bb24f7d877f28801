"""The leak report: how orders with a code came about, and which codes are no longer in their own hands.

    leaks(caller, days=90)          ->  a Leak for each code
    code_orders(caller, number)     ->  the orders behind one of them, for those who buy

An order counts for the code that its receipts considered: by then it was this publisher's. Its last click
decides how it came: the latest that was made before the order and within the look-back window of its program,
also one made during checkout, which earns nothing but tells where the code was looked up.
docs/guides/links.md has the definition and a worked example.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.engine import OrderStatus
from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.book import facade as book
from utfall.portal.links.codes import view_of
from utfall.portal.links.contracts import (
    Came,
    CodeOrder,
    CodeView,
    Elsewhere,
    Leak,
    LeakReport,
    LeakVerdict,
)
from utfall.portal.links.models import Code
from utfall.portal.partners import facade as partners
from utfall.terms import PromotionType

LEAKED_ABOVE_PPM: Final = 200_000
"""A code leaks when more than this share of its orders come after clicks of others: one in five."""
LEAST_ORDERS: Final = 10
"""Fewer orders than these say nothing: two unlucky visitors would be a leak."""
SPANS: Final = (30, 90)
MOST_CODES: Final = 200
MOST_ORDERS: Final = 20_000
"""Orders with codes of one advertiser that are read, the newest; the report says when there were more."""

PPM: Final = 1_000_000
VOUCHER: Final = PromotionType.VOUCHER.value
_NOT_SEEN: Final = frozenset({"unknown_link", "other_program", "after_order", "outside_window"})
"""Fates of clicks that did not lead to the order: not ours, later, or too old."""
_EARNING: Final = frozenset({OrderStatus.PENDING, OrderStatus.APPROVED, OrderStatus.PAYABLE})
Types = dict[int, tuple[str, ...]]


def leaks(caller: Caller, *, program: int | None = None, days: int = SPANS[-1]) -> LeakReport:
    """How the orders of the caller's codes came about in the last days. Publishers are not told whose clicks
    the others were.
    """
    caller.require(Permission.LOOK)
    since, until = _span(days)
    rows = Code.objects.of(caller).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=since), starts_at__lt=until)
    rows = rows.filter(program=program) if program is not None else rows
    codes = [view_of(row) for row in rows.order_by("-pk")[:MOST_CODES]]
    orders, is_whole = _orders({one.advertiser for one in codes}, since, until)
    found = [_leak(caller, one, _orders_of(one, orders)) for one in codes]
    found.sort(key=lambda one: (one.verdict is not LeakVerdict.LEAKED, -one.at_stake_micros, -one.orders))
    return LeakReport(days=days, since=since, until=until, leaks=tuple(found), is_whole=is_whole)


def code_orders(caller: Caller, number: int, *, days: int = SPANS[-1]) -> tuple[CodeOrder, ...]:
    """The orders of a code in the last days, newest first, each with the click it came by. A publisher does
    not see them.
    """
    caller.require(Permission.LOOK)
    if caller.kind is Kind.PUBLISHER:
        raise NotFound
    code = view_of(Code.objects.one(caller, pk=number))
    orders, _whole = _orders({code.advertiser}, *_span(days))
    return tuple(_shown(code, one) for one in _orders_of(code, orders))


def last_click(order: book.CodedOrder) -> book.Considered | None:
    """The click that an order came by: the latest that led to it, whatever became of it."""
    clicks = (one for one in order.considered if one.method == "click" and one.elimination not in _NOT_SEEN)
    return max((one for one in clicks if one.at <= order.occurred_at), key=lambda one: one.at, default=None)


def verdict_of(orders: int, elsewhere: int) -> LeakVerdict:
    """What so many orders, and so many of them after clicks of others, say of a code.

    >>> verdict_of(9, 9).value, verdict_of(10, 2).value, verdict_of(10, 3).value
    ('too_few', 'kept', 'leaked')
    """
    if orders < LEAST_ORDERS:
        return LeakVerdict.TOO_FEW
    return LeakVerdict.LEAKED if elsewhere * PPM > orders * LEAKED_ABOVE_PPM else LeakVerdict.KEPT


def _span(days: int) -> tuple[datetime, datetime]:
    if days not in SPANS:
        refuse("span_unfit", _("The report spans the last 30 or the last 90 days."), "days")
    now = timezone.now()
    return now - timedelta(days=days), now


def _orders(
    advertisers: Iterable[int], since: datetime, until: datetime
) -> tuple[list[book.CodedOrder], bool]:
    """Orders with codes of these advertisers, and whether those are all."""
    orders: list[book.CodedOrder] = []
    is_whole = True
    with book.opened() as opened:
        for advertiser in sorted(advertisers) if opened is not None else ():
            assert opened is not None, "asked above"
            read = list(book.orders_with_codes(opened, advertiser, to_ms(since), to_ms(until), MOST_ORDERS))
            is_whole = is_whole and len(read) < MOST_ORDERS
            orders += read
    return orders, is_whole


def _orders_of(code: CodeView, orders: Iterable[book.CodedOrder]) -> list[book.CodedOrder]:
    return [one for one in orders if one.advertiser == code.advertiser and _is_of(code, one)]


def _is_of(code: CodeView, order: book.CodedOrder) -> bool:
    """Whether this row of the code, in its own interval, is the one that was considered for an order."""
    if order.code.upper() != code.code.upper() or order.occurred_at < to_ms(code.starts_at):
        return False
    if code.ends_at is not None and order.occurred_at >= to_ms(code.ends_at):
        return False
    own = (code.program, code.publisher)
    return any(one.method == "code" and (one.program, one.publisher) == own for one in order.considered)


def _leak(caller: Caller, code: CodeView, orders: list[book.CodedOrder]) -> Leak:
    came, by, at_stake = Counter[Came](), Counter[int](), 0
    for order in orders:
        how, publisher = _came(code, last_click(order))
        came[how] += 1
        if how is Came.OTHER_CLICK and publisher is not None:
            by[publisher] += 1
            at_stake += _earned(code, order)
    elsewhere = came[Came.OTHER_CLICK]
    return Leak(
        code=code,
        orders=len(orders),
        without_click=came[Came.WITHOUT_CLICK],
        own_clicks=came[Came.OWN_CLICK],
        elsewhere=elsewhere,
        others=() if caller.kind is Kind.PUBLISHER else _others(caller, code, by),
        currency=next((one.currency for one in orders if _earned(code, one)), ""),
        commission_micros=sum(_earned(code, one) for one in orders),
        at_stake_micros=at_stake,
        share_ppm=elsewhere * PPM // len(orders) if orders else None,
        verdict=verdict_of(len(orders), elsewhere),
    )


def _came(code: CodeView, click: book.Considered | None) -> tuple[Came, int | None]:
    if click is None:
        return Came.WITHOUT_CLICK, None
    is_own = click.publisher == code.publisher
    return (Came.OWN_CLICK if is_own else Came.OTHER_CLICK), click.publisher


def _earned(code: CodeView, order: book.CodedOrder) -> int:
    """What the code earned with an order: nothing where a click won, or nothing is owed any more."""
    is_paid = order.method == "code" and order.publisher == code.publisher and order.status in _EARNING
    return order.commission_micros if is_paid else 0


def _others(caller: Caller, code: CodeView, by: Counter[int]) -> tuple[Elsewhere, ...]:
    """Whose clicks they were, the most first, with how each of them promotes the program."""
    types = _types(caller, code.program, by)
    return tuple(
        Elsewhere(
            publisher=number,
            orders=count,
            promotion_types=types[number],
            is_voucher=VOUCHER in types[number],
        )
        for number, count in sorted(by.items(), key=lambda one: (-one[1], one[0]))
    )


def _types(caller: Caller, program: int, publishers: Iterable[int]) -> Types:
    """How publishers promote a program, by number: as they applied; nothing where they never did."""
    found: Types = defaultdict(tuple)
    for number in publishers:
        for one in partners.partnerships(caller, program=program, publisher=number).items:
            found[number] = one.promotion_types
    return found


def _shown(code: CodeView, order: book.CodedOrder) -> CodeOrder:
    click = last_click(order)
    how, by = _came(code, click)
    return CodeOrder(
        reference=order.reference,
        outcome=order.outcome,
        occurred_at=from_ms(order.occurred_at),
        status=order.status,
        came=how,
        by=by,
        clicked_at=from_ms(click.at) if click else None,
        is_at_checkout=click is not None and click.elimination == "after_checkout",
        currency=order.currency,
        commission_micros=_earned(code, order),
        receipt=order.receipt,
    )
