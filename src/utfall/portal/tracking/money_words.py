"""What a receipt about money says, in a sentence; and what its kinds and states are called."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.look.formats import day, money
from utfall.portal.look.rates import rate_words
from utfall.rates import Rate

Document = Mapping[str, Any]
_RATE: Final = re.compile(r"(.+) ([0-9]{4}-[0-9]{2}-[0-9]{2}): ([0-9]+)/([0-9]+)")

KINDS: Final[dict[str, Words]] = {
    "funding": _("Deposit"),
    "matching": _("Payment recognised"),
    "paper": _("Paper issued"),
    "settling": _("Paper paid"),
    "payout": _("Payout sent"),
    "payout_result": _("Answer of the bank"),
    "bonus": _("Bonus"),
    "exchange": _("Exchange"),
}
STANDINGS: Final[dict[str, tuple[Words, str]]] = {
    "suspense": (_("Nobody knows whose"), "warn"),
    "deposit": (_("On the deposit"), "good"),
    "sent_back": (_("Sent back"), "calm"),
    "open": (_("Partly paid"), "warn"),
    "paid": (_("Paid in full"), "good"),
    "sent": (_("Sent to the bank"), "warn"),
    "completed": (_("Arrived"), "good"),
    "failed": (_("Not made"), "bad"),
    "returned": (_("Came back"), "bad"),
}


def sentence(body: Document) -> str:
    """What happened; empty where the receipt is about something else."""
    said = _SENTENCES.get(body["kind"])
    return said(body) if said is not None and not body.get("outcome") else ""


def _amount(body: Document, name: str = "amount_micros", currency: str = "currency") -> str:
    return money(body.get(name), body.get(currency) or "")


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def _funding(body: Document) -> str:
    told = {"amount": _amount(body), "day": _day(body["day"])}
    if body["amount_micros"] < 0:
        return gettext("%(amount)s of the deposit was paid back on %(day)s.") % told
    if body.get("advertiser") is None:
        return gettext("%(amount)s came on %(day)s, and nobody knew yet whose it was.") % told
    return gettext("%(amount)s came on %(day)s.") % told


def _matching(body: Document) -> str:
    if body.get("status") == "sent_back":
        return gettext("%(amount)s was sent back to who had paid it.") % {"amount": _amount(body)}
    return gettext("A payment was recognised, and put on the deposit: %(amount)s.") % {
        "amount": _amount(body)
    }


def _paper(body: Document) -> str:
    told = {
        "paper": body["paper"],
        "net": _amount(body, "net_micros"),
        "tax": _amount(body, "tax_micros"),
        "corrects": body.get("corrects"),
    }
    if told["corrects"]:
        return gettext("%(paper)s takes back a part of %(corrects)s: %(net)s and %(tax)s of tax.") % told
    return gettext("%(paper)s: %(net)s and %(tax)s of tax, all that was earned since the one before.") % told


def _settling(body: Document) -> str:
    told = {"paper": body["paper"], "amount": _amount(body)}
    if body["amount_micros"] < 0:
        return gettext("%(amount)s of %(paper)s went to the deposit.") % told
    return gettext("The deposit paid %(amount)s of %(paper)s.") % told


def _payout(body: Document) -> str:
    told = {"number": body["payout"], "amount": _amount(body), "rest": _amount(body, "left_micros")}
    if body.get("left_micros"):
        return gettext("Payout %(number)s of %(amount)s was sent; %(rest)s stays for the next.") % told
    return gettext("Payout %(number)s of %(amount)s was sent.") % told


def _result(body: Document) -> str:
    told = {"number": body["payout"], "amount": _amount(body), "reason": body.get("because") or "–"}
    if body["status"] == "completed":
        return gettext("Payout %(number)s of %(amount)s arrived.") % told
    if body["status"] == "failed":
        return (
            gettext("The bank refused payout %(number)s of %(amount)s (%(reason)s). It is payable again.")
            % told
        )
    return gettext("Payout %(number)s of %(amount)s came back (%(reason)s). It is payable again.") % told


def _bonus(body: Document) -> str:
    if body.get("because") == "clawback":
        return gettext("A bonus was taken back.")
    if body.get("because") == "placement":
        return gettext("A fixed fee was granted for a placement.")
    return gettext("A bonus was granted.")


def _exchange(body: Document) -> str:
    told = {
        "amount": money(abs(body["amount_micros"]), body["currency"]),
        "into": money(abs(body["into_amount_micros"]), body["into"]),
        "rate": _rate(body),
    }
    if body["amount_micros"] < 0:
        return gettext("The exchange of %(amount)s into %(into)s was undone, at its rate: %(rate)s.") % told
    return gettext("%(amount)s became %(into)s, at the reference rate of the day: %(rate)s.") % told


def _rate(body: Document) -> str:
    """The rate of a receipt, `ECB 2026-10-30: 10978000/1000000`, as people read it."""
    found = _RATE.fullmatch(body["rate"])
    if found is None:
        return str(body["rate"])
    rate = Rate(
        source=found[1],
        day=date.fromisoformat(found[2]),
        currency=body["currency"],
        into=body["into"],
        currency_micros=int(found[3]),
        into_micros=int(found[4]),
    )
    return rate_words(rate)


_SENTENCES: Final[dict[str, Callable[[Document], str]]] = {
    "funding": _funding,
    "matching": _matching,
    "paper": _paper,
    "settling": _settling,
    "payout": _payout,
    "payout_result": _result,
    "bonus": _bonus,
    "exchange": _exchange,
}
