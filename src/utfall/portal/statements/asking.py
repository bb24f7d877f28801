"""Which statement somebody asks for: whose, which account, which days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.papers import currency_on
from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened, today
from utfall.portal.invoices import facade as invoices
from utfall.portal.people import facade as people
from utfall.portal.statements.contracts import Account, Spot, Wanted
from utfall.portal.statements.days import month_of

ACCOUNTS: Final = {
    Kind.PUBLISHER: (Account.PAYABLE,),
    Kind.ADVERTISER: (Account.OWED, Account.RECEIVABLE, Account.DEPOSIT),
}
LONGEST: Final = timedelta(days=366 * 10)


def asked(
    caller: Caller,
    *,
    publisher: int | None = None,
    advertiser: int | None = None,
    account: Account | None = None,
    currency: str = "",
    first: date | None = None,
    last: date | None = None,
) -> Wanted:
    """The statement that is asked for; this month, and the party's first account, where it is not said."""
    caller.require(Permission.LOOK)
    kind, party = whose(caller, publisher, advertiser)
    begins, ends = days_of(first, last)
    found = spots(kind, party.number)
    wanted = account or next((one.account for one in found), ACCOUNTS[kind][0])
    if wanted not in ACCOUNTS[kind]:
        refuse("no_such_account", _("Advertisers and publishers have accounts of their own."), "account")
    chosen = currency.upper() or _usual(kind, party.number, [one for one in found if one.account is wanted])
    return Wanted(
        kind=kind,
        party=party.number,
        party_name=party.name,
        account=wanted,
        currency=chosen,
        first=begins,
        last=ends,
    )


def _usual(kind: Kind, party: int, found: Sequence[Spot]) -> str:
    """The currency of the party's country where the account has it, else the account's first."""
    known = [one.currency for one in found]
    own = currency_on(invoices.view_of(kind, party).draft.country, today())
    return own if own in known else next(iter(known), "SEK")


def whose(caller: Caller, publisher: int | None, advertiser: int | None) -> tuple[Kind, people.Party]:
    """The party whose statement is meant."""
    if publisher is not None and advertiser is not None:
        refuse("one_party", _("Name an advertiser or a publisher, not both."), "publisher")
    if caller.kind is Kind.PUBLISHER:
        if advertiser is not None:
            raise NotFound
        return Kind.PUBLISHER, people.party(Kind.PUBLISHER, caller.publisher(publisher))
    if not caller.sees_all:
        if publisher is not None:
            raise NotFound
        return Kind.ADVERTISER, people.party(Kind.ADVERTISER, caller.advertiser(advertiser))
    if publisher is not None:
        return Kind.PUBLISHER, people.party(Kind.PUBLISHER, publisher)
    if advertiser is not None:
        return Kind.ADVERTISER, people.party(Kind.ADVERTISER, advertiser)
    return refuse("party_needed", _("Say whose: an advertiser's or a publisher's."), "publisher")


def days_of(first: date | None, last: date | None) -> tuple[date, date]:
    """The days that are meant: this month so far where none are said."""
    now = today()
    if first is None:
        first = month_of(last or now)[0]
    if last is None:
        last = max(first, min(now, month_of(first)[1])) if first <= now else first
    if last < first:
        refuse("days_reversed", _("The last day is before the first."), "last")
    if last - first > LONGEST:
        refuse("days_too_many", _("A statement is of ten years at most."), "last")
    return first, last


def spots(kind: Kind, party: int) -> list[Spot]:
    """Every account and currency that a party has, in the order of the accounts."""
    with opened() as found:
        balances = [] if found is None else book.balances_of(found, kind.value, party)
    return [
        Spot(account, one.currency, account.sign * one.balance_micros)
        for account in ACCOUNTS[kind]
        for one in balances
        if one.bucket == account.value
    ]
