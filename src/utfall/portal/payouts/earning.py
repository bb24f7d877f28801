"""A publisher's earnings: where each amount stands, when it moves on, and why it is not paid yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.db.models import Sum

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.paging import whole
from utfall.portal.book.facade import PaidCommission, today
from utfall.portal.conversions import facade as conversions
from utfall.portal.funding import facade as funding
from utfall.portal.funding.contracts import Funded
from utfall.portal.payouts import ledger
from utfall.portal.payouts.batches import verdicts
from utfall.portal.payouts.contracts import LIVE, Coming, Commission, Due, Earnings, PayoutState
from utfall.portal.payouts.judging import details_of
from utfall.portal.payouts.models import Payout
from utfall.portal.payouts.showing import one
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs

MOST: Final = 200
AT_ONCE: Final = 100
SOURCES: Final = ("bonus", "conversion", "touches")


def earnings(caller: Caller, publisher: int | None = None) -> list[Earnings]:
    """What a publisher has earned, by currency, with a plain answer to *when, and why not yet*."""
    caller.require(Permission.LOOK)
    number = publisher if caller.sees_all and publisher is not None else caller.publisher(publisher)
    held = ledger.earned(number)
    due = by_currency(verdicts(today(), [number]))
    paid, away = _sums(number, [PayoutState.COMPLETED]), _sums(number, LIVE)
    told = {(each.program, each.currency, each.status): each for each in funding.funded(number)}
    coming = _coming(caller, conversions.coming(number), told)
    lacking = _unfunded(told.values())
    return [
        replace(
            _of_currency(
                each, held.get(each, {}), due.get(each), (away.get(each, 0), paid.get(each, 0)), coming
            ),
            unfunded_micros=lacking.get(each, 0),
        )
        for each in _in_order({*held, *due, *paid, *away}, number)
    ]


def _in_order(currencies: set[str], publisher: int) -> list[str]:
    """Their own currency, that of the minimum, first."""
    own = details_of(publisher).currency if len(currencies) > 1 else ""
    return sorted(currencies, key=lambda one: (one != own, one))


def _of_currency(
    currency: str,
    held: dict[str, int],
    due: Due | None,
    gone: tuple[int, int],
    coming: Sequence[tuple[str, Coming]],
) -> Earnings:
    return Earnings(
        currency=currency,
        pending_micros=held.get("pending", 0),
        held_micros=held.get("approved", 0),
        payable_micros=held.get("payable", 0),
        under_way_micros=gone[0],
        paid_micros=gone[1],
        reasons=due.reasons if due else (),
        next_day=due.next_day if due else None,
        coming=tuple(each for its, each in coming if its == currency),
        exchanged=next((each for each in due.exchanges if each.currency == currency), None) if due else None,
    )


def by_currency(found: Iterable[Due]) -> dict[str, Due]:
    """The verdict about what was earned in each currency: what is exchanged shares that of its payout."""
    told: dict[str, Due] = {}
    for due in found:
        if not due.exchanges or due.payable_micros > sum(each.into_micros for each in due.exchanges):
            told[due.currency] = due
        told |= {each.currency: due for each in due.exchanges}
    return told


def _sums(publisher: int, states: Iterable[PayoutState]) -> dict[str, int]:
    rows = Payout.objects.system().filter(publisher=publisher, state__in=[each.value for each in states])
    return dict(rows.values_list("currency").annotate(total=Sum("amount_micros")))


def _unfunded(rows: Iterable[Funded]) -> dict[str, int]:
    """By currency what is payable and not funded."""
    told: dict[str, int] = {}
    for row in rows:
        if row.status == "payable":
            told[row.currency] = told.get(row.currency, 0) + max(row.micros - row.funded_micros, 0)
    return told


def _coming(
    caller: Caller, rows: Sequence[conversions.Coming], told: Mapping[tuple[int, str, str], Funded]
) -> list[tuple[str, Coming]]:
    names = _programs(caller, {one.program for one in rows})
    return [
        (one.currency, _one(one, names, told.get((one.program, one.currency, one.status)))) for one in rows
    ]


def _programs(caller: Caller, numbers: set[int]) -> dict[int, tuple[str, str]]:
    """Names of programs, each with its advertiser's."""
    found = programs.programs(caller, numbers=frozenset(numbers), count=MOST).items if numbers else []
    parties = people.parties(Kind.ADVERTISER, {one.advertiser for one in found})
    return {
        one.id: (one.name, parties[one.advertiser].name if one.advertiser in parties else "") for one in found
    }


def _one(row: conversions.Coming, names: dict[int, tuple[str, str]], funded: Funded | None) -> Coming:
    name, advertiser = names.get(row.program, (f"#{row.program}", ""))
    return Coming(
        program=row.program,
        program_name=name,
        advertiser_name=advertiser,
        status=row.status,
        day=row.day,
        micros=row.micros,
        count=row.orders,
        funded=funded.state if funded else None,
    )


def commissions(caller: Caller, number: int, *, after: str = "") -> tuple[list[Commission], str]:
    """The commissions that a payout paid, each with its receipt, and the cursor of the next part; "" at the
    end. A cursor is of source and number, and of the exchange that it came by: `conversion:17`,
    `conversion:17:1`.
    """
    row = one(caller, number)
    rows = ledger.commissions(row.pk, _place(after), AT_ONCE + 1)
    names = _programs(caller, {each.program for _place, each in rows})
    told = [_commission(each, names) for _place, each in rows[:AT_ONCE]]
    if len(rows) <= AT_ONCE:
        return told, ""
    place, last = rows[AT_ONCE - 1]
    return told, f"{last.source}:{last.number}" + (f":{place}" if place else "")


def _commission(row: PaidCommission, names: dict[int, tuple[str, str]]) -> Commission:
    return Commission(
        source=row.source,
        number=row.number,
        program=row.program,
        program_name=names.get(row.program, (f"#{row.program}", ""))[0],
        reference=row.reference or "",
        micros=row.commission_micros,
        currency=row.currency,
        receipt=row.receipt,
    )


def _place(after: str) -> tuple[int, str, int]:
    source, number, place = [*after.split(":"), "", ""][:3]
    return (whole(place) or 0, source, whole(number) or 0) if source in SOURCES else (0, "", 0)


def sums(caller: Caller, number: int) -> ledger.Sums | None:
    """What adds up to a payout: commissions, exchanges, tax and refunds, and what was carried from before;
    None before it is settled and once it came back.
    """
    return ledger.sums(one(caller, number).pk)
