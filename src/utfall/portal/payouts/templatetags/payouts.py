"""States, reasons and schedules in words, for the pages of payouts."""

from typing import Final

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.look.rates import rate_figures, rate_words, units
from utfall.portal.look.states import badge
from utfall.portal.payouts.words import (
    BATCH_STATES,
    EXCHANGES,
    SCHEDULES,
    STATES,
    TABLE_PROBLEMS,
    USES,
    bank_words,
)
from utfall.portal.tracking.reasons_words import reason_words

register = template.Library()
for told in (rate_words, rate_figures, units):
    register.filter(told)
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
def table_problem(problem: str) -> Words:
    """Why no newer table of rates came."""
    return TABLE_PROBLEMS[problem]


@register.filter
def use_words(use: str) -> Words:
    """What a currency is used for."""
    return USES[use]
