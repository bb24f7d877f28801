"""A publisher's earnings: where each amount stands, when it moves on, and why it is not paid yet."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Sum
from django.utils import timezone

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.paging import whole
from utfall.portal.conversions import facade as conversions
from utfall.portal.payouts import ledger
from utfall.portal.payouts.batches import verdicts
from utfall.portal.payouts.contracts import LIVE, Coming, Commission, Due, Earnings, PayoutState
from utfall.portal.payouts.models import Payout
from utfall.portal.payouts.showing import one
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs

MOST: Final = 200
AT_ONCE: Final = 100
LINES: Final = 10_000
SOURCES: Final = ("bonus", "conversion", "touches")
TOLD: Final = ("paper", "refund", "tier", "tier_release", "clawback", "exchange", "payout_result")


def earnings(caller: Caller, publisher: int | None = None) -> list[Earnings]:
    """What a publisher has earned, by currency, with a plain answer to *when, and why not yet*."""
    caller.require(Permission.LOOK)
    number = publisher if caller.sees_all and publisher is not None else caller.publisher(publisher)
    held = ledger.earned(number)
    due = {each.currency: each for each in verdicts(timezone.localdate(), number)}
    paid, away = _sums(number, [PayoutState.COMPLETED]), _sums(number, LIVE)
    coming = _coming(caller, conversions.coming(number))
    return [
        _of_currency(each, held.get(each, {}), due.get(each), (away.get(each, 0), paid.get(each, 0)), coming)
        for each in sorted({*held, *due, *paid, *away})
    ]


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
    )


def _sums(publisher: int, states: Iterable[PayoutState]) -> dict[str, int]:
    rows = Payout.objects.system().filter(publisher=publisher, state__in=[each.value for each in states])
    return dict(rows.values_list("currency").annotate(total=Sum("amount_micros")))


def _coming(caller: Caller, rows: Sequence[conversions.Coming]) -> list[tuple[str, Coming]]:
    names = _programs(caller, {one.program for one in rows})
    return [(one.currency, _one(one, names)) for one in rows]


def _programs(caller: Caller, numbers: set[int]) -> dict[int, tuple[str, str]]:
    """Names of programs, each with its advertiser's."""
    found = programs.programs(caller, numbers=frozenset(numbers), count=MOST).items if numbers else []
    parties = people.parties(Kind.ADVERTISER, {one.advertiser for one in found})
    return {
        one.id: (one.name, parties[one.advertiser].name if one.advertiser in parties else "") for one in found
    }


def _one(row: conversions.Coming, names: dict[int, tuple[str, str]]) -> Coming:
    name, advertiser = names.get(row.program, (f"#{row.program}", ""))
    return Coming(
        program=row.program,
        program_name=name,
        advertiser_name=advertiser,
        status=row.status,
        day=row.day,
        micros=row.micros,
        count=row.orders,
    )


def commissions(caller: Caller, number: int, *, after: str = "") -> tuple[list[Commission], str]:
    """The commissions that a payout paid, each with its receipt, and the cursor of the next part; "" at the
    end. A cursor is of source and number: `conversion:17`.
    """
    row = one(caller, number)
    rows = ledger.commissions(row.pk, _place(after), AT_ONCE + 1)
    names = _programs(caller, {each.program for each in rows})
    told = [
        Commission(
            source=each.source,
            number=each.number,
            program=each.program,
            program_name=names.get(each.program, (f"#{each.program}", ""))[0],
            reference=each.reference or "",
            micros=each.commission_micros,
            currency=each.currency,
            receipt=each.receipt,
        )
        for each in rows[:AT_ONCE]
    ]
    last = told[-1] if len(rows) > AT_ONCE else None
    return told, f"{last.source}:{last.number}" if last else ""


def _place(after: str) -> tuple[str, int]:
    source, _colon, number = after.partition(":")
    return (source, whole(number) or 0) if source in SOURCES else ("", 0)


def others(caller: Caller, number: int) -> list[tuple[str, int]]:
    """What else adds up to a payout: sums by kind of transaction that are not in the commissions above:
    tax, refunds, corrections of tiers, amounts of before.
    """
    row = one(caller, number)
    sums: dict[str, int] = {}
    for line in ledger.lines(row.pk, LINES):
        if line.kind in TOLD:
            sums[line.kind] = sums.get(line.kind, 0) - line.amount_micros
    return [(kind, micros) for kind, micros in sums.items() if micros]
