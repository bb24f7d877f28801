"""Accounts in words, for every page that shows one."""

from typing import Final

from django import template
from django.utils.translation import gettext_lazy as _

from utfall.bank import BankAccount, Scheme
from utfall.portal.access.errors import Words

register = template.Library()
SCHEMES: Final[dict[str, Words]] = {
    Scheme.IBAN: _("IBAN"),
    Scheme.BBAN: _("Account number"),
    Scheme.BANKGIRO: _("Bankgiro"),
    Scheme.PLUSGIRO: _("Plusgiro"),
}


@register.filter
def account_words(account: BankAccount) -> str:
    """An account's number as people of its kind group it."""
    number = account.number
    if account.scheme is Scheme.BANKGIRO:
        return f"{number[:-4]}-{number[-4:]}"
    if account.scheme is Scheme.PLUSGIRO:
        return f"{number[:-1]}-{number[-1]}"
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


@register.filter
def account_hint(account: BankAccount) -> str:
    """As much of an account's number as tells it from others."""
    return f"•••• {account.number[-4:]}"


@register.filter
def scheme_words(scheme: str) -> Words:
    """What kind of account it is."""
    return SCHEMES.get(scheme, scheme)
