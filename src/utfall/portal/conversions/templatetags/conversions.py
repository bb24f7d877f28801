"""Orders in words and badges."""

from datetime import timedelta

from babel.dates import format_timedelta
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from utfall.engine import OrderStatus
from utfall.portal.access.errors import Words
from utfall.portal.conversions import words
from utfall.portal.conversions.contracts import OrderView
from utfall.portal.conversions.story_contracts import Happening, Moment
from utfall.portal.look.formats import NONE, locale
from utfall.portal.look.pieces import icon as drawn
from utfall.portal.look.states import badge

register = template.Library()
_ANY_ICON = "circle-dashed"


@register.filter
def pill(status: OrderStatus) -> SafeString:
    """A status."""
    return _pill(words.STANDINGS[status])


@register.filter
def order_pill(order: OrderView) -> SafeString:
    """Where an order stands: paid out, or its status."""
    return _pill(_standing(order))


def _standing(order: OrderView) -> words.Standing:
    return words.PAID if order.is_paid else words.STANDINGS[order.status]


def _pill(standing: words.Standing) -> SafeString:
    return badge(standing.words, standing.tone, standing.icon)


@register.simple_tag
def test_pill() -> SafeString:
    """What marks a test."""
    return badge(_("Test"), "news", icon="flask")


@register.filter
def meaning(order: OrderView) -> Words:
    """What it means where an order stands."""
    return _standing(order).meaning


@register.filter
def standing_words(status: OrderStatus | str) -> Words:
    """A status in words."""
    return words.STANDINGS[OrderStatus(status)].words if status else ""


@register.filter
def moment_icon(moment: Moment) -> SafeString:
    """The icon of a moment."""
    return drawn(words.ICONS.get(moment.kind, _ANY_ICON))


@register.filter
def decided_words(moment: Moment) -> Words:
    """What a receipt decided, or what time will decide."""
    named = words.AHEAD if moment.happening is Happening.AHEAD else words.DECISIONS
    return named.get(moment.kind, moment.kind)


@register.filter
def customer_words(customer: str) -> Words:
    """Whether a customer is new."""
    return words.CUSTOMERS.get(customer, "")


@register.filter
def touch_words(method: str) -> Words:
    """What touched the customer."""
    return words.TOUCHES.get(method, method)


@register.filter
def length_words(seconds: int | None) -> str:
    """A length of time in its largest unit: 3 days."""
    return NONE if seconds is None else format_timedelta(timedelta(seconds=seconds), locale=locale())


@register.filter
def percent(place: int) -> str:
    """A place on the axis, as a style has it."""
    return f"{place / 10:.1f}%"


@register.filter
def deadline_words(kind: str) -> Words:
    """What a date of an order's calendar is called."""
    return words.DEADLINES.get(kind, kind)


@register.filter
def window(order: OrderView) -> str:
    """Why silence waits for an item; nothing where it does not."""
    if not order.window_sku or order.window_days is None:
        return ""
    return words.window_words(order.window_sku, order.window_days, order.delivery_days or 0)


@register.filter
def due_at(order: OrderView) -> object:
    """The next date on which time alone changes the order."""
    return order.approve_at if order.status is OrderStatus.PENDING else order.payable_at
