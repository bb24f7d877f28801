"""States, reasons and schedules in words, for the pages of payouts."""

from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.look.formats import locale
from utfall.portal.look.states import badge
from utfall.portal.payouts.words import BATCH_STATES, EXCHANGES, SCHEDULES, STATES, bank_words
from utfall.portal.tracking.reasons_words import reason_words
from utfall.rates import Rate

register = template.Library()
MENDING: Final[dict[str, Words]] = {
    "invoices:particulars": _("Complete them"),
    "invoices:agree": _("Read and accept"),
    "payouts:account": _("Give an account"),
    "payouts:details": _("Change it"),
}
KINDS: Final[dict[str, Words]] = {
    "paper": _("VAT of self-billing invoices"),
    "refund": _("Refunds of orders that were paid before"),
    "tier_release": _("Corrections of prices in steps"),
    "tier": _("Changes of corrections that were payable"),
    "clawback": _("Taken back"),
}
SOURCES: Final[dict[str, Words]] = {"touches": _("Clicks and views"), "bonus": _("Bonus")}


@register.filter
def payout_state(state: str) -> SafeString:
    """Where a payout stands, as a badge."""
    words, tone, icon = STATES[state]
    return badge(words, tone, icon)


@register.filter
def batch_state(state: str) -> SafeString:
    """Where a batch stands, as a badge."""
    return badge(*BATCH_STATES[state])


@register.filter
def schedule_words(schedule: str) -> Words:
    """How often somebody is paid."""
    return SCHEDULES[schedule]


@register.filter
def mending(page: str) -> Words:
    """What to do about a reason."""
    return MENDING[page]


@register.filter
def kind_of_line(kind: str) -> Words:
    """What else stands in a payout."""
    return KINDS.get(kind, kind)


@register.filter
def source_words(source: str) -> Words:
    """What earned a commission that no order did."""
    return SOURCES.get(source, source)


@register.filter
def why_words(reason: str) -> Words:
    """The bank's reason, or settlement's."""
    known = bank_words(reason)
    return known if known != reason else reason_words(reason).sentence or reason


@register.filter
def exchange_state(state: str) -> Words:
    """Where an exchange stands."""
    return EXCHANGES[state]


@register.filter
def rate_words(rate: Rate) -> str:
    """A rate as the bank has it, with its source and day: `1 EUR = 10.978 SEK (ECB 2026-10-30)`."""
    units = " = ".join(f"{_units(micros)} {currency}" for currency, micros in _sides(rate))
    return f"1 EUR = {units} ({rate.source} {rate.day.isoformat()})"


@register.filter
def rate_figures(rate: Rate) -> str:
    """The same within a line: `10.978 (ECB 2026-10-30)`; of two currencies, how many of each there are."""
    units = " : ".join(_units(micros) for _currency, micros in _sides(rate))
    return f"{units} ({rate.source} {rate.day.isoformat()})"


def _sides(rate: Rate) -> list[tuple[str, int]]:
    """The currencies of a rate for one euro, and how much of each; the euro itself is told by neither."""
    sides = ((rate.currency, rate.currency_micros), (rate.into, rate.into_micros))
    return [(currency, micros) for currency, micros in sides if currency != "EUR"]


def _units(micros: int) -> str:
    return format_decimal(Decimal(micros).scaleb(-6), format="#,##0.00####", locale=locale())
