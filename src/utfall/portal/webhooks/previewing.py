"""A postback before it is saved: its address with the newest conversion in it, or a made-up one."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from utfall.portal.access import Caller, Permission, Refused
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import ChangeView, Kind
from utfall.portal.site import site
from utfall.portal.webhooks.checking import address_problems
from utfall.portal.webhooks.contracts import Macro, Preview
from utfall.portal.webhooks.macros import MEANINGS, filled, template_problems, values_of
from utfall.portal.webhooks.writing import program_name

MADE_UP: Final[Mapping[str, Any]] = {
    "transaction": 90412,
    "order_reference": "A-10553",
    "outcome": "sale",
    "status": "pending",
    "commission_micros": 84_000_000,
    "currency": "NOK",
    "subs": ["newsletter", "week-47"],
    "click_id": "019e39e269a377a2a73364b7e1c85194",
}
LOOKED_AT: Final = 200
EXAMPLE_SIGNATURE: Final = "5d0c8f…"


def macros() -> list[Macro]:
    """Every gap there can be."""
    return [Macro(name=name, meaning=str(words), example=one) for name, (words, one) in MEANINGS.items()]


def preview(caller: Caller, template: str, program: int | None = None) -> Preview:
    """The address filled with a real example, where there is one."""
    caller.require(Permission.LOOK)
    found = address_problems(template, site().reachable) or template_problems(template)
    if found:
        raise Refused(found)
    kind, body, is_real = example_of(caller, program)
    values = values_of(kind, "msg_7_1042", timezone.now(), body, program or 12, program_name(program))
    url = filled(template, values, lambda _before: EXAMPLE_SIGNATURE)
    return Preview(url=url, kind=kind, is_real=is_real, values=values)


def example_of(caller: Caller, program: int | None) -> tuple[str, Mapping[str, Any], bool]:
    """The newest conversion that the caller can read among the last changes; else a made-up one."""
    found = changes.changes(
        caller, max(changes.latest() - LOOKED_AT, 0), LOOKED_AT, [Kind.CONVERSION_RECORDED]
    )
    own = [one for one in found.items if program in (None, one.program)]
    newest: ChangeView | None = own[-1] if own else None
    if newest is None:
        return Kind.CONVERSION_RECORDED.value, MADE_UP, False
    return newest.kind.value, newest.body, True
