"""The gaps of a postback's address: what each stands for, whether an address is in order, and filling it.

    filled("https://t.example/cb?id={transaction_id}&s={signature}", values, sign)

A value is written as an address needs it (percent-encoded), so that no value can add a parameter of its own.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext_lazy as _

from utfall.money import Money
from utfall.portal.access import Problem
from utfall.portal.access.errors import Words

SIGNATURE: Final = "signature"
SUBS: Final = 10
GAP: Final = re.compile(r"\{([^{}]*)\}")

MEANINGS: Final[dict[str, tuple[Words, str]]] = {
    "transaction_id": (_("The conversion's number here; the same at every later change of it"), "90412"),
    "order_id": (_("The order's reference at the advertiser"), "A-10553"),
    "program_id": (_("The program's number"), "12"),
    "program": (_("The program's name"), "Fjellbutikken"),
    "event": (_("What was caused: sale, lead, install or action"), "sale"),
    "kind": (_("The kind of change, as in the change feed"), "conversion.recorded"),
    "status": (_("How it stands now: pending, approved, declined or paid"), "pending"),
    "commission": (_("Your commission, with a decimal point"), "84.00"),
    "amount": (
        _(
            "Your commission once more, as many trackers call it:"
            " the order's value is the advertiser's to know"
        ),
        "84.00",
    ),
    "currency": (_("Its currency, ISO 4217"), "NOK"),
    **{
        f"sub{number}": (_("Your sub-id of that number, as your link carried it"), f"s{number}")
        for number in range(1, SUBS + 1)
    },
    "click_id": (
        _("Our id of your click that earned it; empty where a view or a code did"),
        "019e39e269a377a2a73364b7e1c85194",
    ),
    "code": (_("The promo code, where one was used"), "FJELL10"),
    "reason": (_("Why it was declined or changed, as a code"), "returned"),
    "at": (_("When it happened (UTC, RFC 3339)"), "2026-11-22T09:30:00Z"),
    "timestamp": (_("The same moment, in seconds since 1970"), "1795339800"),
    "message_id": (_("The id of this message; the same at every try"), "msg_7_1042"),
    SIGNATURE: (_("HMAC-SHA256 in hex of everything before it in the address; put it last"), "5d0c…9e"),
}
STATUS: Final = {
    "recorded": "pending",
    "approved": "approved",
    "declined": "declined",
    "amended": "amended",
    "paid_out": "paid",
}


def template_problems(template: str) -> list[Problem]:
    """Everything that is wrong with the gaps of an address."""
    found = []
    unknown = [name for name in GAP.findall(template) if name not in MEANINGS]
    if unknown:
        sentence = _("There is no macro %(name)s. The table below has all of them.")
        found.append(Problem("macro_unknown", sentence % {"name": "{" + unknown[0] + "}"}, "url"))
    if "{" in GAP.sub("", template) or "}" in GAP.sub("", template):
        found.append(Problem("macro_unclosed", _("A curly bracket is left over."), "url"))
    if "{" in template[: _end_of_host(template)]:
        found.append(Problem("macro_in_host", _("The host cannot depend on a macro."), "url"))
    _before, gap, after = template.partition("{" + SIGNATURE + "}")
    if gap and after:
        found.append(
            Problem("signature_not_last", _("Put {signature} last: it covers what is before it."), "url")
        )
    return found


def _end_of_host(template: str) -> int:
    start = template.find("://") + 3
    ends = [template.find(sign, start) for sign in "/?#"]
    return min((end for end in ends if end >= 0), default=len(template))


def filled(template: str, values: Mapping[str, str], sign: Callable[[str], str]) -> str:
    """The address with its gaps filled; what is unknown is left empty."""
    head, gap, _tail = template.partition("{" + SIGNATURE + "}")
    address = GAP.sub(lambda found: quote(values.get(found[1], ""), safe=""), head)
    return address + sign(address) if gap else address


def is_plain(url: str) -> bool:
    """Whether an address has no gaps.

    >>> is_plain("https://a.example/?b={event}")
    False
    """
    return GAP.search(url) is None and bool(urlsplit(url).netloc)


def values_of(
    kind: str, message: str, at: datetime, body: Mapping[str, Any], program: int | None, name: str
) -> dict[str, str]:
    """What fills the gaps, of one change as its reader may know it."""
    currency = str(body.get("currency") or "")
    moment = at.astimezone(UTC)
    told = {
        "transaction_id": _first(body, "transaction", "conversion", "id"),
        "order_id": _first(body, "order_reference", "reference", "order"),
        "program_id": str(program or ""),
        "program": name,
        "event": _first(body, "outcome", "event"),
        "kind": kind,
        "status": _first(body, "status", "state") or STATUS.get(kind.partition(".")[2], ""),
        "commission": _decimal(body.get("commission_micros"), currency),
        "amount": _decimal(_some(body, "amount_micros", "commission_micros"), currency),
        "currency": currency,
        "click_id": _first(body, "click_id", "click"),
        "code": _first(body, "code"),
        "reason": _first(body, "reason"),
        "at": moment.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "timestamp": str(int(moment.timestamp())),
        "message_id": message,
    }
    return {**told, **_subs(body.get("subs"))}


def _subs(subs: Any) -> dict[str, str]:
    """Sub-ids come as a list, or by their numbers."""
    if isinstance(subs, Mapping):
        named = {str(name).removeprefix("sub"): value for name, value in subs.items()}
    else:
        named = {str(place): value for place, value in enumerate(subs or (), 1)}
    return {f"sub{number}": str(value) for number, value in named.items() if value is not None}


def _some(body: Mapping[str, Any], *names: str) -> Any:
    return next((body[name] for name in names if body.get(name) is not None), None)


def _first(body: Mapping[str, Any], *names: str) -> str:
    found = _some(body, *names)
    return "" if found is None else str(found)


def _decimal(micros: Any, currency: str) -> str:
    """An amount with a decimal point and no grouping; empty where it is not known."""
    return str(Money(micros, currency)).partition(" ")[0] if isinstance(micros, int) and currency else ""
