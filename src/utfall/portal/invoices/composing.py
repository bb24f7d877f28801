"""What a paper says, of what was earned: lines, tax and payment, as values. No clock and no tables."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from utfall.bank import Scheme, ocr_reference, written
from utfall.events import PaperKind
from utfall.money import minor_micros
from utfall.papers import (
    Kind,
    Line,
    Paper,
    Party,
    Payment,
    currency_on,
    shares_in_minor,
    sums_of,
    tax_between,
)
from utfall.papers.words import BY_COUNTRY, LINES, Language
from utfall.portal.book.facade import Earning, Papering
from utfall.portal.invoices.contracts import HouseAccount
from utfall.portal.invoices.frozen import VERSION, Frozen
from utfall.rates import Table

KINDS: Final = {
    PaperKind.INVOICE: Kind.INVOICE,
    PaperKind.CREDIT_NOTE: Kind.CREDIT_NOTE,
    PaperKind.SELF_BILLING: Kind.SELF_BILLING,
    PaperKind.SELF_BILLING_CREDIT: Kind.SELF_BILLING_CREDIT,
}
_ORDER: Final = ("commission", "bonus", "fee")
_BONUSES: Final = frozenset({"bonus", "clawback"})


class Desk(NamedTuple):
    """What every paper of a run is made with: the house, its accounts by currency, programs by number, and
    the table of rates, which is read where a paper needs it.
    """

    house: Party
    accounts: Mapping[str, HouseAccount]
    programs: Mapping[int, str]
    rates: Callable[[], Table]


class Said(NamedTuple):
    """Lines in minor units, what they come to (below zero it is a credit note), and what stays."""

    lines: tuple[Line, ...]
    net_micros: int
    left_micros: int


def kind_of(owner: str, micros: int) -> PaperKind:
    """What a paper of an amount is."""
    if owner == "advertiser":
        return PaperKind.INVOICE if micros >= 0 else PaperKind.CREDIT_NOTE
    return PaperKind.SELF_BILLING if micros >= 0 else PaperKind.SELF_BILLING_CREDIT


def standing_of(position: Papering, earned: Iterable[Earning]) -> int:
    """What is not on paper yet."""
    return position.left_micros + sum(one.amount_micros for one in earned)


def lines_of(
    position: Papering, earned: Iterable[Earning], programs: Mapping[int, str], language: Language
) -> Said:
    """The lines of a paper; of a sum below zero those of a credit note, where they are positive."""
    words = LINES[language]
    amounts = _amounts(position.owner, earned)
    told = [
        (words[what].format(program=programs.get(program, f"#{program}")), micros)
        for (program, what), micros in sorted(amounts.items(), key=_in_order)
        if micros
    ]
    left, unit = position.left_micros, minor_micros(position.currency)
    if abs(left) >= unit or not told:
        told.append((words["again"], left))
    elif left:
        largest = max(range(len(told)), key=lambda one: abs(told[one][1]))
        told[largest] = (told[largest][0], told[largest][1] + left)
    shares, rest = shares_in_minor([micros for _words, micros in told], position.currency)
    pairs = zip(told, shares, strict=True)
    lines = tuple(Line(words=said, minor=minor) for (said, _micros), minor in pairs if minor)
    return Said(lines, sum(micros for _words, micros in told) - rest, rest)


def _amounts(owner: str, earned: Iterable[Earning]) -> dict[tuple[int, str], int]:
    """By program and what it is for; what a publisher earned in a program is one."""
    told: dict[tuple[int, str], int] = {}
    for one in earned:
        what = "bonus" if one.kind in _BONUSES and owner == "advertiser" else "commission"
        for name, micros in ((what, one.amount_micros - one.fee_micros), ("fee", one.fee_micros)):
            told[one.program, name] = told.get((one.program, name), 0) + micros
    return told


def _in_order(one: tuple[tuple[int, str], int]) -> tuple[int, int]:
    (program, what), _micros = one
    return program, _ORDER.index(what)


def compose(
    desk: Desk, position: Papering, party: Party, said: Said, period: tuple[date, date], through: int
) -> Frozen:
    """A paper without its number and its day, which it gets when it is issued; TaxRefused where no tax is
    known, NoRate where it cannot be said in the seller's own currency.
    """
    kind = kind_of(position.owner, said.net_micros)
    seller, buyer = (desk.house, party) if position.owner == "advertiser" else (party, desk.house)
    tax, own = tax_between(seller, buyer, period[1]), currency_on(seller.country, period[1])
    is_foreign = tax.rate_ppm > 0 and own != position.currency
    return Frozen(
        version=VERSION,
        paper=Paper(
            kind=KINDS[kind],
            number="",
            issued_on=period[1],
            period=period,
            currency=position.currency,
            seller=seller,
            buyer=buyer,
            lines=said.lines,
            tax=tax,
            payment=_payment(desk, position) if kind is PaperKind.INVOICE else None,
            own_rate=desk.rates().rate(position.currency, own, period[1]) if is_foreign else None,
        ),
        language=language_of(party),
        owner=position.owner,
        party=position.party,
        since=position.since,
        through=through,
        left_micros=said.left_micros,
    )


def _payment(desk: Desk, position: Papering) -> Payment:
    """The house's account, under the reference by which the advertiser's money is known."""
    account = desk.accounts[position.currency].account
    return Payment(
        account=account.number,
        bic=account.bic or "",
        is_iban=account.scheme is Scheme.IBAN,
        written=written(account),
        reference=ocr_reference(position.party),
    )


def language_of(party: Party) -> Language:
    """The language of a party's papers."""
    return BY_COUNTRY.get(party.country, "en")


def amounts_of(paper: Paper) -> tuple[int, int]:
    """Net and tax in micros, as the book has them: those of credits are negative."""
    sums, sign = sums_of(paper), -1 if paper.kind.is_credit else 1
    unit = minor_micros(paper.currency)
    return sign * sums.net * unit, sign * sums.tax * unit
