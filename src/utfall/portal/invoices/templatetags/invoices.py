"""Accounts, and kinds and states of papers in words, for every page that shows them."""

from typing import Final

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from utfall.bank import BankAccount, Scheme, written
from utfall.money import minor_micros
from utfall.portal.access.errors import Words
from utfall.portal.book import facade as book
from utfall.portal.invoices.paper_contracts import PaperView
from utfall.portal.invoices.words import BUCKETS, KINDS, PAPER_STATES, RUN_STATES, SIDES, TAXES
from utfall.portal.look.formats import day
from utfall.portal.look.states import badge

register = template.Library()
SCHEMES: Final[dict[str, Words]] = {
    Scheme.IBAN: _("IBAN"),
    Scheme.BBAN: _("Account number"),
    Scheme.BANKGIRO: _("Bankgiro"),
    Scheme.PLUSGIRO: _("Plusgiro"),
}


@register.filter
def account_words(account: BankAccount) -> str:
    """An account's number as people write it."""
    return written(account)


@register.filter
def account_hint(account: BankAccount) -> str:
    """As much of an account's number as tells it from others."""
    return f"•••• {account.number[-4:]}"


@register.filter
def scheme_words(scheme: str) -> Words:
    """What kind of account it is."""
    return SCHEMES.get(scheme, scheme)


@register.filter
def paper_kind(kind: str) -> Words:
    """What a paper is."""
    return KINDS[kind]


@register.filter
def side_words(side: str) -> Words:
    """Whose papers a run issues."""
    return SIDES[side]


@register.filter
def run_state(state: str) -> SafeString:
    """Where a run stands, as a badge."""
    return badge(*RUN_STATES[state])


@register.filter
def row_state(state: str) -> SafeString:
    """Where a row of a run stands, as a badge."""
    return badge(*PAPER_STATES[state])


@register.filter
def untaxed_words(why: str) -> Words:
    """Why no tax is charged."""
    return TAXES[why]


@register.filter
def bucket_words(bucket: str) -> Words:
    """What stands on an account that papers move."""
    return BUCKETS.get(bucket, bucket)


@register.filter
def in_micros(minor: int, currency: str) -> int:
    """An amount on paper, in millionths."""
    return minor * minor_micros(currency)


@register.filter
def paper_state(paper: PaperView) -> SafeString:
    """Whether a paper is paid, as a badge; a self-billing invoice is paid by payouts."""
    if paper.owner == "publisher":
        return badge(now("Issued"), "good", "circle-check")
    if not paper.open_micros:
        return badge(now("Paid in full"), "good", "circle-check")
    if paper.open_micros < 0:
        return badge(now("To the deposit"), "news", "receipt-refund")
    if paper.is_overdue(book.today()):
        return badge(now("Overdue since %(day)s") % {"day": day(paper.due_on)}, "bad", "alert-circle")
    if paper.open_micros < paper.total_micros:
        return badge(now("Paid in part"), "warn", "clock-hour-4")
    return badge(now("Due %(day)s") % {"day": day(paper.due_on)}, "warn", "clock-hour-4")
