"""Filters as an address carries them, read kindly: what cannot be read asks for nothing.

asked = asked_of(request.GET)      # Asked(filters, problems)
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.forms import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.engine import OrderStatus
from utfall.portal.access import Problem
from utfall.portal.access.paging import whole
from utfall.portal.conversions.contracts import Filters, Sort
from utfall.portal.look.fields import MoneyField

LONGEST: Final = 100
PAID: Final = "paid"
"""How the list shows an order that is payable and was paid out."""


class Asked(NamedTuple):
    """What was asked, and what of it could not be read."""

    filters: Filters
    problems: tuple[Problem, ...]


def asked_of(given: QueryDict) -> Asked:
    """The filters of an address."""
    problems: list[Problem] = []
    read: dict[str, Any] = {name: _text(given, name) for name in _TEXTS}
    read |= {name: whole(_text(given, name), digits=14) for name in _NUMBERS}
    read |= {name: _safely(problems, parameter, _micros, given) for name, parameter in _AMOUNTS.items()}
    read["search"] = _text(given, "q")
    read["tests"] = _text(given, "tests") == "1"
    asked = given.getlist("status")
    read["paid"] = PAID in asked
    asked += [OrderStatus.PAYABLE.value] if read["paid"] else []
    read["statuses"] = tuple(one for one in OrderStatus if one.value in asked)
    read["since"] = _safely(problems, "from", _day, given)
    read["until"] = _behind(_safely(problems, "to", _day, given))
    read["silence_since"] = _safely(problems, "silence_from", _day, given)
    read["silence_until"] = _behind(_safely(problems, "silence_to", _day, given))
    read["never_due"] = _text(given, "never_due") == "1"
    read["sort"] = _sort(_text(given, "sort"))
    return Asked(Filters(**read), tuple(problems))


def is_narrowed(filters: Filters) -> bool:
    """Whether anything at all was asked, besides the order of the list."""
    return filters != Filters(sort=filters.sort)


_TEXTS: Final = (
    *("outcome", "reason", "code", "sub", "country", "device", "channel", "customer", "method", "source"),
    "currency",
)
_NUMBERS: Final = ("advertiser", "program", "publisher", "link")
_AMOUNTS: Final[Mapping[str, str]] = {
    "amount_from_micros": "least",
    "amount_to_micros": "most",
    "commission_from_micros": "commission_least",
    "commission_to_micros": "commission_most",
}


def _text(given: QueryDict, name: str) -> str:
    return str(given.get(name, "")).strip()[:LONGEST]


def _safely(problems: list[Problem], name: str, read: Callable[[str], Any], given: QueryDict) -> Any:
    text = _text(given, name)
    if not text:
        return None
    try:
        return read(text)
    except ValidationError as error:
        problems.append(Problem("unreadable", str(error.messages[0]), name))
    except ValueError:
        problems.append(Problem("unreadable", _("Write a day, such as 2026-11-21."), name))
    return None


def _micros(text: str) -> int:
    micros: int = MoneyField().clean(text)
    return micros


def _day(text: str) -> datetime:
    """The beginning of a day, in the current time zone."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(text), time()))


def _behind(day: datetime | None) -> datetime | None:
    """The end of a day that is included."""
    return day + timedelta(days=1) if day else None


def _sort(text: str) -> Sort:
    return Sort(text) if text in set(Sort) else Sort.NEWEST
