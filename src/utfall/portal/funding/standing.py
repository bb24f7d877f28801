"""Where advertisers stand: what they use of their deposits and limits, from the balances of the book."""

from collections.abc import Iterable
from typing import Final

from utfall.portal.access import Caller, Permission
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.funding.contracts import Standing
from utfall.portal.funding.terms import agreed, usual

BUCKETS: Final = ("deposit", "accrued", "owed", "receivable")


def standings(advertiser: int) -> list[Standing]:
    """Where an advertiser who was found in scope stands, by currency; what is empty is left out."""
    with opened() as found:
        balances = book.balances_of(found, "advertiser", advertiser) if found is not None else []
        entry = book.last_transaction(found) if found is not None else 0
    return within(balances, entry, advertiser)


def all_standings() -> list[Standing]:
    """The same of every advertiser, by number: for the operator, and for duties."""
    with opened() as found:
        balances = book.balances_by_owner(found, "advertiser") if found is not None else []
        entry = book.last_transaction(found) if found is not None else 0
    return within(balances, entry)


def own_standings(caller: Caller, advertiser: int | None = None) -> list[Standing]:
    """Where the caller stands, or an advertiser whom the operator or an agency names."""
    caller.require(Permission.MONEY)
    return standings(caller.advertiser(advertiser))


def within(balances: Iterable[book.Balance], entry: int, advertiser: int | None = None) -> list[Standing]:
    """Standings of balances, with the terms that hold; of one advertiser or of all."""
    told: dict[tuple[int, str], dict[str, int]] = {}
    for one in balances:
        if one.bucket in BUCKETS:
            told.setdefault((one.owner_id, one.currency), {})[one.bucket] = one.balance_micros
    terms = agreed(advertiser)
    found = []
    for key in sorted({*told, *terms}):
        held = told.get(key, {})
        standing = Standing(
            advertiser=key[0],
            terms=terms.get(key) or usual(*key),
            deposit_micros=-held.get("deposit", 0),
            accrued_micros=held.get("accrued", 0),
            owed_micros=held.get("owed", 0),
            receivable_micros=held.get("receivable", 0),
            entry=entry,
        )
        found += [] if standing.is_empty else [standing]
    return found
