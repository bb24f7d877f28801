"""What publishers wait for, and how much of it their advertisers have funded; shares, never balances."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from django.core.cache import cache

from utfall.bank import days_over
from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.acting import acting
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.conversions import facade as conversions
from utfall.portal.funding.contracts import TENTHS, Funded
from utfall.portal.funding.covering import Covers, covers
from utfall.portal.programs import facade as programs

ACTOR: Final = "funding"
STATUSES: Final = ("payable", "approved", "pending")
"""From what is paid next to what may still be declined."""
OWING: Final = STATUSES[:2]
"""Statuses of what an advertiser owes."""
AT_ONCE: Final = 200
FRESH_SECONDS: Final = 30


class Amount(NamedTuple):
    """Commission of a publisher, and what says how far it is covered: the entry or time that approved it."""

    advertiser: int
    program: int
    currency: str
    status: str
    micros: int
    entry: int | None = None
    decided_at: int | None = None


def own_funded(caller: Caller, publisher: int | None = None, program: int | None = None) -> list[Funded]:
    """What the caller waits for, or a publisher whom the operator names; in all programs or in one."""
    caller.require(Permission.LOOK)
    found = funded(caller.publisher(publisher))
    return [one for one in found if program in (None, one.program)]


def lately_funded(caller: Caller) -> list[Funded]:
    """What the caller waits for in all programs, as it was half a minute ago at most: for lists, which are
    asked often and a publisher with thousands of orders would wait for.
    """
    caller.require(Permission.LOOK)
    publisher = caller.publisher()
    key = f"funding-funded:{publisher}"
    found: list[Funded] | None = cache.get(key)
    if found is None:
        found = funded(publisher)
        cache.set(key, found, FRESH_SECONDS)
    return found


def funded(publisher: int) -> list[Funded]:
    """What a publisher waits for, by program, currency and status, and how much of it is funded."""
    with opened() as found:
        if found is None:
            return []
        amounts = [*_waiting(publisher), *_payable(found, publisher)]
        known = {advertiser: _covers(found, advertiser) for advertiser in {one.advertiser for one in amounts}}
    return summed(amounts, known, book.today())


def summed(amounts: Iterable[Amount], known: Mapping[int, Mapping[str, Covers]], today: date) -> list[Funded]:
    """Amounts by program, currency and status, with what covers them by advertiser and currency."""
    sums: dict[tuple[int, int, str, str], list[int]] = {}
    for one in amounts:
        told = sums.setdefault((one.program, one.advertiser, one.currency, one.status), [0, 0, 0, 0])
        for place, micros in enumerate(_parts(one, known[one.advertiser].get(one.currency), today)):
            told[place] += micros
    return [
        Funded(
            program=program,
            advertiser=advertiser,
            currency=currency,
            status=status,
            micros=micros,
            funded_micros=paid,
            invoiced_micros=invoiced,
            overdue_micros=overdue,
        )
        for (program, advertiser, currency, status), (micros, paid, invoiced, overdue) in sorted(
            sums.items(), key=lambda one: (*one[0][:3], STATUSES.index(one[0][3]))
        )
        if micros > 0
    ]


def _parts(one: Amount, covered: Covers | None, today: date) -> tuple[int, int, int, int]:
    """An amount, and what of it is funded, invoiced and overdue."""
    if covered is None:
        return one.micros, 0, 0, 0
    if one.status == "pending":
        return one.micros, one.micros * covered.accrued // TENTHS, 0, 0
    paper = covered.paper(one.entry, one.decided_at)
    paid = one.micros * covered.tenths_of(paper) // TENTHS
    if paper is None:
        return one.micros, paid, 0, 0
    is_over = bool(paper.due and days_over(one.currency, date.fromisoformat(paper.due), today))
    lacking = one.micros - paid
    return one.micros, paid, 0 if is_over else lacking, lacking if is_over else 0


def by_program(rows: Iterable[Funded]) -> dict[int, Funded]:
    """What is owed in each program as one; a program that owes in two currencies is told in that of the
    larger sum.
    """
    sums: dict[tuple[int, str], Funded] = {}
    for one in rows:
        if one.status in OWING:
            key = (one.program, one.currency)
            sums[key] = _added(sums[key], one) if key in sums else replace(one, status="owed")
    ordered = sorted(sums.values(), key=lambda one: one.micros)
    return {one.program: one for one in ordered}


def _added(one: Funded, other: Funded) -> Funded:
    return replace(
        one,
        micros=one.micros + other.micros,
        funded_micros=one.funded_micros + other.funded_micros,
        invoiced_micros=one.invoiced_micros + other.invoiced_micros,
        overdue_micros=one.overdue_micros + other.overdue_micros,
    )


def _waiting(publisher: int) -> Iterator[Amount]:
    for one in conversions.waiting(publisher):
        yield Amount(
            one.advertiser, one.program, one.currency, one.status, one.micros, decided_at=one.decided_at
        )


def _payable(found: book.Book, publisher: int) -> Iterator[Amount]:
    rows = book.unpaid_of(found, publisher)
    owners = _advertisers({one.program for one in rows if one.advertiser is None})
    for one in rows:
        advertiser = one.advertiser if one.advertiser is not None else owners.get(one.program)
        if advertiser is not None:
            yield Amount(advertiser, one.program, one.currency, "payable", one.micros, entry=one.approved)


def _advertisers(numbers: Iterable[int]) -> dict[int, int]:
    """Whose programs are; what the portal does not know is left out."""
    wanted = sorted(numbers)
    told: dict[int, int] = {}
    caller = acting(Kind.OPERATOR, actor=ACTOR)
    for start in range(0, len(wanted), AT_ONCE):
        some = frozenset(wanted[start : start + AT_ONCE])
        found = programs.programs(caller, numbers=some, count=AT_ONCE).items
        told |= {one.id: one.advertiser for one in found}
    return told


def _covers(found: book.Book, advertiser: int) -> dict[str, Covers]:
    """How far what an advertiser owes is covered, by currency."""
    balances: dict[str, dict[str, int]] = {}
    for one in book.balances_of(found, "advertiser", advertiser):
        balances.setdefault(one.currency, {})[one.bucket] = one.balance_micros
    papers: dict[str, list[book.AdvertiserPaper]] = {}
    for paper in book.advertiser_papers(found, advertiser):
        papers.setdefault(paper.currency, []).append(paper)
    return {
        currency: covers(
            papers.get(currency, []), -held.get("deposit", 0), held.get("owed", 0), held.get("accrued", 0)
        )
        for currency, held in balances.items()
    }
