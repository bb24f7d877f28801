"""What publishers wait for, and how much of it their advertisers have funded; shares, never balances."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.acting import acting
from utfall.portal.book import facade as book
from utfall.portal.conversions import facade as conversions
from utfall.portal.funding.contracts import TENTHS, Funded
from utfall.portal.funding.covering import Covers, covers
from utfall.portal.funding.ledger import opened
from utfall.portal.programs import facade as programs

ACTOR: Final = "funding"
AT_ONCE: Final = 200


class Amount(NamedTuple):
    """Commission of a publisher, and what says how far it is covered: the entry or time that approved it."""

    advertiser: int
    program: int
    currency: str
    status: str
    micros: int
    entry: int | None = None
    decided_at: int | None = None


def own_funded(caller: Caller, publisher: int | None = None) -> list[Funded]:
    """What the caller waits for, or a publisher whom the operator names."""
    caller.require(Permission.LOOK)
    return funded(caller.publisher(publisher))


def funded(publisher: int) -> list[Funded]:
    """What a publisher waits for, by program, currency and status, and how much of it is funded."""
    with opened() as found:
        if found is None:
            return []
        amounts = [*_waiting(publisher), *_payable(found, publisher)]
        known: dict[int, dict[str, Covers]] = {
            advertiser: _covers(found, advertiser) for advertiser in {one.advertiser for one in amounts}
        }
    sums: dict[tuple[int, int, str, str], list[int]] = {}
    for one in amounts:
        covered = known[one.advertiser].get(one.currency)
        told = sums.setdefault((one.program, one.advertiser, one.currency, one.status), [0, 0])
        told[0] += one.micros
        told[1] += one.micros * (_tenths(covered, one) if covered else 0) // TENTHS
    return [
        Funded(
            program=program,
            advertiser=advertiser,
            currency=currency,
            status=status,
            micros=micros,
            funded_micros=paid,
        )
        for (program, advertiser, currency, status), (micros, paid) in sorted(sums.items())
        if micros > 0
    ]


def _tenths(covered: Covers, one: Amount) -> int:
    if one.status == "pending":
        return covered.accrued
    return covered.of_time(one.decided_at) if one.entry is None else covered.of_entry(one.entry)


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
