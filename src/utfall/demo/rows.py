"""What was told, as rows for the door: the same fields that shops send (docs/guides/tracking.md)."""

from collections.abc import Callable

from utfall.events import Amendment, AnyEvent, Click, ClickRef, Conversion, Impression, Line

Values = dict[str, object]
Mint = Callable[[ClickRef], str]
"""Signs what a click told into the token that its landing page received."""


def row_of(event: AnyEvent, mint: Mint) -> Values:
    """The row of an event; what is not known is left out."""
    match event:
        case Click() | Impression():
            told = _touch(event)
        case Conversion():
            told = _conversion(event, mint)
        case Amendment():
            told = _amendment(event)
        case _:
            raise AssertionError("the demo tells of nothing else")
    envelope: Values = {"kind": event.__struct_config__.tag, "id": event.id, "occurred_at": event.occurred_at}
    return envelope | {name: value for name, value in told.items() if value is not None and value != ()}


def _touch(event: Click | Impression) -> Values:
    return {
        "link": event.link,
        "consent": event.consent.value,
        "visitor": event.visitor,
        "address": event.address,
        "device": event.device,
        "os": event.os,
        "browser": event.browser,
        "robot": event.robot,
        "country": event.country,
        "sub": event.sub,
    }


def _conversion(event: Conversion, mint: Mint) -> Values:
    return {
        "advertiser": event.advertiser,
        "program": event.program,
        "outcome": event.outcome.value,
        "order": event.order,
        "currency": event.currency,
        "lines": tuple(_line(line) for line in event.lines),
        "click": tuple(mint(ref) for ref in event.clicks),
        "visitor": event.visitor,
        "customer": event.customer,
        "new": event.customer_is_new,
        "code": event.code,
        "consent": event.consent.value,
        "checkout_at": event.checkout_at,
        "country": event.country,
        "device": event.device,
        "address": event.address,
    }


def _line(line: Line) -> Values:
    return {
        "amount_micros": line.amount_micros,
        "sku": line.sku,
        "category": line.category,
        "quantity": line.quantity,
        "discount_micros": line.discount_micros,
    }


def _amendment(event: Amendment) -> Values:
    return {
        "advertiser": event.advertiser,
        "outcome": event.outcome.value,
        "order": event.order,
        "action": event.action.value,
        "reason": event.reason.value if event.reason else None,
        "changes": tuple({"line": change.line} for change in event.changes),
        "amount_micros": event.amount_micros,
    }
