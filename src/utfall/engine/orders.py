"""Conversions: recording an order, merging later calls about it, and awarding its commission."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Final

from utfall.engine.attribution import Judged, attribute, candidates, winner_of
from utfall.engine.capping import fit, refusal, release, reserve
from utfall.engine.deadlines import silence_ends
from utfall.engine.draft import Draft
from utfall.engine.facts import Fact
from utfall.engine.order_facts import Told, changes, standing_facts
from utfall.engine.order_receipts import order_receipt, refused_receipt
from utfall.engine.parties import (
    NOTHING,
    Owed,
    agreed,
    difference,
    handed,
    handed_on,
    largest_price,
    spread,
    whole,
)
from utfall.engine.posting import standing
from utfall.engine.pricing import LinePrice, price_order
from utfall.engine.recurring import bond, has_lapsed
from utfall.engine.repeats import remembered_as
from utfall.engine.state import CustomerState, LineState, OrderKey, OrderState, OrderStatus
from utfall.engine.tiers import place
from utfall.engine.validity import conversion_problem
from utfall.events import Conversion, Line, Outcome, Reason, Source
from utfall.money import allocate
from utfall.terms import ProgramTerms

_RANK: Final[dict[Source, int]] = {Source.PIXEL: 0, Source.TAG: 1}
"""Whose word counts when two calls differ: servers (2) above the tag above the image."""

_MERGED: Final = (
    "program_asked",
    "visitor",
    "customer",
    "customer_is_new",
    "code",
    "channel",
    "checkout_at",
    "country",
    "device",
    "action",
)
_merged_of: Final = attrgetter("program", *_MERGED[1:])
"""The same fields by the event's names."""


def settle_conversion(draft: Draft, event: Conversion, key: OrderKey, held: OrderState | None) -> None:
    """Record a conversion, or merge it into the order it belongs to, or refuse it with a reason."""
    name = remembered_as(event)
    reason = Reason.DUPLICATE_EVENT if draft.is_repeat(name) else _problem(draft, event)
    if reason is None and held is not None and held.currency != event.currency:
        reason = Reason.CURRENCY_MISMATCH
    if reason is not None:
        supposed = _suppose(draft, event) if reason is Reason.TEST else None
        refused_receipt(draft, event, reason, held, supposed)
        return
    draft.remember(name)
    if held is None:
        _open(draft, event, key)
    else:
        _merge(draft, event, held)


def _problem(draft: Draft, event: Conversion) -> Reason | None:
    reason = conversion_problem(event, draft.terms, draft.manifest.policy)
    return reason or (Reason.TEST if event.test else None)


def line_states(lines: tuple[Line, ...]) -> list[LineState]:
    """Lines ready to be priced; an outcome without lines (a lead) is one line of no amount."""
    return [LineState(line.amount_micros, line.sku, line.category, line.quantity) for line in lines] or [
        LineState(0)
    ]


def _open(draft: Draft, event: Conversion, key: OrderKey) -> None:
    order = _order_of(event, draft.next_order())
    draft.open(key, order)
    _count_customer(draft, order)
    judged = award(draft, order)
    _accrue(draft, order, event, judged, NOTHING, [])


def _order_of(event: Conversion, number: int) -> OrderState:
    source = event.source.value
    order = OrderState(
        id=number,
        advertiser=event.advertiser,
        outcome=event.outcome,
        order=event.order,
        event=event.id,
        occurred_at=event.occurred_at,
        received_at=event.received_at,
        source=event.source,
        currency=event.currency,
        lines=line_states(event.lines),
        clicks=event.clicks,
        supplied={},
    )
    supplied = order.supplied
    if event.lines:
        supplied["lines"] = source
    if event.clicks:
        supplied["clicks"] = source
    for name, value in _said(event):
        setattr(order, name, value)
        supplied[name] = source
    return order


def _suppose(draft: Draft, event: Conversion) -> tuple[OrderState, list[Judged]]:
    """What a test would be worth were it an order. Nothing is counted, held or posted for it."""
    order = _order_of(event, 0)
    if order.customer is not None and order.outcome is Outcome.SALE:
        _known_before(order, draft.customer_of(order.advertiser, order.customer))
    judged = _attribute(draft, order)
    if order.publisher is not None:
        _work_out(draft, order)
    return order, judged


def _count_customer(draft: Draft, order: OrderState) -> None:
    """Count an order with its customer once, as soon as the customer is known."""
    if order.customer is not None and order.orders_before is None and order.outcome is Outcome.SALE:
        before = draft.count_customer(order.advertiser, order.customer, order.occurred_at)
        _known_before(order, before)


def _known_before(order: OrderState, customer: CustomerState) -> None:
    order.orders_before, order.customer_last_at = customer.orders, customer.last_at


def _said(event: Conversion) -> list[tuple[str, Any]]:
    """The mergeable fields a call gave, by the order's names."""
    return [said for said in zip(_MERGED, _merged_of(event), strict=True) if said[1] is not None]


def award(draft: Draft, order: OrderState) -> list[Judged]:
    """Attribute an order (unless it is), price it and reserve its cost."""
    judged = _attribute(draft, order)
    if order.publisher is not None:
        if order.customer is not None and draft.terms.bonds_customers:
            bond(draft, order)
        price(draft, order)
    return judged


def _attribute(draft: Draft, order: OrderState) -> list[Judged]:
    """Find who is paid for an order, unless that is known; a reason where nobody is."""
    judged = attribute(order, candidates(order, draft.book, draft.terms), draft.terms)
    if order.publisher is None:
        winner = winner_of(judged)
        if winner is None:
            order.reason = _unattributed(judged).value
            return judged
        enrolment = draft.terms.enrolment_at(winner.program, winner.publisher, winner.at)
        order.program, order.publisher, order.link = winner.program, winner.publisher, winner.link
        order.group = enrolment.group if enrolment else None
        order.method, order.touch, order.touch_class = winner.method, winner.id, winner.touch_class
        order.touch_at = winner.at if winner.method in ("click", "view") else None
        order.touch_device, order.touch_country, order.sub = winner.device, winner.country, winner.sub
        order.recurring_month = winner.month
    return judged


def _unattributed(judged: list[Judged]) -> Reason:
    by_channel = [one for one in judged if one.elimination == "channel_policy"]
    return Reason.CHANNEL_EXCLUDED if by_channel else Reason.NO_TOUCH


def terms_of(draft: Draft, order: OrderState) -> ProgramTerms:
    """The version of the program that was in force when the order was placed."""
    assert order.program is not None, "an attributed order has a program"
    version = draft.terms.programs[order.program].terms_at(order.occurred_at)
    assert version is not None, "an order is attributed only to an active program"
    return version


def price(draft: Draft, order: OrderState) -> None:
    """Price a pending or new order under the terms of its time and hold what it costs on every limit."""
    if order.holds and _in_currency(draft, order):
        release(order.holds, draft.book.limits, settled=False)
        order.holds = []
    version = _work_out(draft, order)
    if version is None:
        return
    order.approve_at = None
    if order.status is OrderStatus.PENDING:
        covers = draft.covering(order)
        order.holds = reserve(covers, order.commission_micros, order.fee_micros, draft.book.limits)
        order.approve_at = silence_ends(order, version)


def _in_currency(draft: Draft, order: OrderState) -> bool:
    assert order.program is not None
    return draft.terms.programs[order.program].currency == order.currency


def _work_out(draft: Draft, order: OrderState) -> ProgramTerms | None:
    """What an attributed order earns as far as the limits have room; None where its currency has no price."""
    if not _in_currency(draft, order):
        order.reason = Reason.CURRENCY_MISMATCH.value
        return None
    version = terms_of(draft, order)
    if version.lapsed_after_days is not None:
        order.has_lapsed = has_lapsed(order, version.lapsed_after_days)
    prices = price_order(order, draft.terms, draft.book.pools)
    order.fee_ppm = version.fee_ppm
    parts = [one.commission_micros for one in prices]
    price = sum(parts)
    shares = agreed(order, draft.terms) if draft.terms.shares_commission or order.shares else None
    wanted = whole(shares, order.publisher or 0, price) if shares else price
    fitted = fit(wanted, version.fee_ppm, draft.covering(order), draft.book.limits)
    if fitted.commission_micros < wanted:
        most = fitted.commission_micros
        if shares:
            most = largest_price(shares, order.publisher or 0, price, most)
        parts = list(allocate(most, parts))
    for line, one, part in zip(order.lines, prices, parts, strict=True):
        line.rule, line.commission_micros, line.left_micros = one.rule, part, part
    if order.program in draft.terms.tiered or order.tiers:
        place(order, draft.book.pools, draft.terms)
    order.commission_micros = fitted.commission_micros
    order.fee_micros = fitted.fee_micros
    if shares:
        spread(order, shares, version.fee_ppm)
    reached = refusal(fitted.reached) if fitted.reached is not None else None
    order.reason = _price_reason(prices, reached)
    order.status = OrderStatus.UNPAID if order.reason and not order.commission_micros else OrderStatus.PENDING
    return version


def _price_reason(prices: list[LinePrice], reached: Reason | None) -> str | None:
    if reached is not None:
        return reached.value
    for one in prices:
        if one.rule is not None:
            return None
    return Reason.NO_RULE.value


def pending(order: OrderState) -> Owed:
    """What stands on the pending accounts."""
    if order.status is not OrderStatus.PENDING:
        return NOTHING
    return Owed(order.commission_micros, order.fee_micros, handed(order) if order.shares else {})


def post_difference(draft: Draft, order: OrderState, owed: Owed, kind: str, event: str) -> int | None:
    """Bring the pending accounts from what was owed to what is; None when nothing moves."""
    assert order.publisher is not None, "only an attributed order stands on accounts"
    is_pending = order.status is OrderStatus.PENDING
    entries = standing(
        OrderStatus.PENDING,
        advertiser=order.advertiser,
        publisher=order.publisher,
        commission_micros=(order.commission_micros if is_pending else 0) - owed.commission_micros,
        fee_micros=(order.fee_micros if is_pending else 0) - owed.fee_micros,
    )
    if order.shares:
        moved = difference(pending(order).handed, owed.handed)
        entries = handed_on(entries, OrderStatus.PENDING, moved)
    return draft.post(kind, order, entries, event)


def _accrue(
    draft: Draft,
    order: OrderState,
    event: Conversion,
    judged: list[Judged],
    owed: Owed,
    before: list[Fact],
) -> None:
    """Post the difference from what was owed, write the receipt and tell the facts."""
    transaction = None
    if order.publisher is not None and order.status in (OrderStatus.UNPAID, OrderStatus.PENDING):
        transaction = post_difference(draft, order, owed, "amend" if before else "accrue", event.id)
    kind = "merge" if before else "conversion"
    order_receipt(draft, order, kind, event.id, judged=judged, transaction=transaction)
    after = standing_facts(draft, order, Told(event.id, kind, event.source, transaction))
    draft.facts.extend(changes(after, before))


def _merge(draft: Draft, event: Conversion, order: OrderState) -> None:
    """Take from a later call about a known order what it adds; a duplicate when it adds nothing."""
    owed, before = pending(order), standing_facts(draft, order)
    if not _take_fields(event, order):
        refused_receipt(draft, event, Reason.DUPLICATE_ORDER, order)
        return
    _count_customer(draft, order)
    judged = award(draft, order) if is_open(order) else []
    _accrue(draft, order, event, judged, owed, before)
    draft.keep(order)


def is_open(order: OrderState) -> bool:
    """Whether an order's price may still follow what is learnt about it."""
    untouched = not any(line.refunded_micros for line in order.lines)
    return untouched and order.status in (OrderStatus.UNPAID, OrderStatus.PENDING)


def _take_fields(event: Conversion, order: OrderState) -> list[str]:
    """Which fields a call filled or, with a better rank, replaced."""
    changed = [
        name for name, value in _said(event) if _prefers(event, order, name, getattr(order, name), value)
    ]
    for name in changed:
        setattr(order, name, event.program if name == "program_asked" else getattr(event, name))
    known = {ref.id for ref in order.clicks}
    more = tuple(ref for ref in event.clicks if ref.id not in known)
    if more:
        order.clicks += more
        changed.append("clicks")
    if (
        event.lines
        and is_open(order)
        and _prefers(event, order, "lines", _amounts(order), said_of(event.lines))
    ):
        order.lines = line_states(event.lines)
        changed.append("lines")
    order.supplied.update(dict.fromkeys(changed, event.source.value))
    return changed


def _amounts(order: OrderState) -> list[tuple[Any, ...]] | None:
    """An order's lines for comparison; None while nobody has supplied any."""
    if "lines" not in order.supplied:
        return None
    return said_of(order.lines)


def said_of(lines: Sequence[Line | LineState]) -> list[tuple[int, str | None, str | None, int]]:
    """What was said about lines, without what was decided about them."""
    return [(line.amount_micros, line.sku, line.category, line.quantity) for line in lines]


def _prefers(event: Conversion, order: OrderState, name: str, held: Any, value: Any) -> bool:
    if held is None:
        return True
    supplied = Source(order.supplied.get(name, order.source.value))
    return bool(value != held) and _RANK.get(event.source, 2) > _RANK.get(supplied, 2)
