"""Values as people read them: amounts in their currency, shares, days, and words for what machines call."""

from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.look.formats import change, day, money, number, share
from utfall.portal.reports.contracts import Column, Report, Unit
from utfall.portal.tracking.words import KINDS

UNKNOWN: Final = "–"
TIMES: Final = frozenset({"roas", "roi"})
"""Ratios that are told as a number, since they seldom lie between nought and one."""
WORDS: Final[dict[str, Any]] = {
    "accepted": gettext_lazy("Valid"),
    "refused": gettext_lazy("Refused"),
    "pending": gettext_lazy("Pending"),
    "approved": gettext_lazy("Approved"),
    "declined": gettext_lazy("Rejected"),
    "mobile": gettext_lazy("Mobile"),
    "desktop": gettext_lazy("Desktop"),
    "tablet": gettext_lazy("Tablet"),
    "new": gettext_lazy("New"),
    "returning": gettext_lazy("Returning"),
    "lapsed": gettext_lazy("Lapsed"),
}
_WORDED: Final = frozenset({"verdict", "status", "device", "customer"})


def measured(column: Column, value: Any, currency: str | None) -> str:
    """A number as text; what is unknown is a dash."""
    if value is None:
        return UNKNOWN
    match column.unit:
        case Unit.COUNT:
            return number(value)
        case Unit.MONEY | Unit.PRICE:
            return money(round(value), currency) if currency else number(round(value / 1_000_000, 2))
        case Unit.RATIO if column.name in TIMES:
            return number(round(value, 2))
    return share(round(value * 1_000_000))


def called(report: Report, name: str, value: Any) -> str:
    """A dimension's value as text."""
    if value is None:
        return _("unknown")
    if isinstance(value, date | datetime):
        return day(value)
    if name in _WORDED and value in WORDS:
        return str(WORDS[value])
    if name == "kind" and value in KINDS:
        return str(KINDS[value])
    text = report.called(name, value)
    return f"#{text}" if isinstance(value, int) and text == str(value) else text


def changed(value: Any, other: Any) -> str:
    """How much more or less than another a number is; empty where that cannot be said."""
    if value is None or not other:
        return ""
    return change(round((value - other) * 1_000_000 / abs(other)))
