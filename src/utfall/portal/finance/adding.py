"""Balances of many accounts, added up: by kind, by currency, and all together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from utfall.portal.book import facade as book
from utfall.portal.finance.contracts import Account

USUAL: Final = "SEK"


def chosen_of(balances: Sequence[book.Balance], currency: str) -> tuple[str, list[str]]:
    """The currency that is asked for, else the one with the most accounts; and all that there are."""
    found = sorted({one.currency for one in balances})
    return currency if currency in found else _usual(found, balances), found


def _usual(found: Sequence[str], balances: Iterable[book.Balance]) -> str:
    counts = Counter(one.currency for one in balances)
    return max(found, key=lambda one: (counts[one], one)) if found else USUAL


def accounts(balances: Iterable[book.Balance], currency: str) -> tuple[Account, ...]:
    """What stands on all accounts of each kind in a currency."""
    sums: dict[tuple[str, str], int] = {}
    for one in balances:
        if one.currency == currency:
            key = (one.owner, one.bucket)
            sums[key] = sums.get(key, 0) + one.balance_micros
    return tuple(Account(owner=key[0], bucket=key[1], micros=sums[key]) for key in sorted(sums))


def imbalance(balances: Iterable[book.Balance]) -> int:
    """By how much the balances of each currency do not come to zero: by nothing, or the book is broken."""
    sums: dict[str, int] = {}
    for one in balances:
        sums[one.currency] = sums.get(one.currency, 0) + one.balance_micros
    return sum(abs(micros) for micros in sums.values())


def exchanged(balances: Iterable[book.Balance]) -> dict[str, int]:
    """What stands on the exchange accounts, by currency."""
    return {
        one.currency: one.balance_micros
        for one in balances
        if (one.owner, one.bucket) == ("operator", "exchange")
    }
