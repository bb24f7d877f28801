"""Findings as they are read: a list by what is at stake, one of them, and the orders it blames."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from utfall.portal.access import Caller, Kind, Permission, Slice
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import OrderView
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.quality.contracts import (
    BlamedView,
    Ends,
    FindingView,
    HandledView,
    Handling,
    HeldView,
    State,
)
from utfall.portal.quality.models import Blamed, Finding, Handled
from utfall.portal.quality.words import DETECTORS, sentence
from utfall.portal.validation.contracts import Hold
from utfall.science.quality import Detector


def findings(
    caller: Caller,
    *,
    state: State | None = State.OPEN,
    program: int | None = None,
    publisher: int | None = None,
    detector: Detector | None = None,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[FindingView]:
    """The caller's findings, the most at stake first; the cursor is how many were seen."""
    caller.require(Permission.LOOK)
    wanted = {"state": state, "program": program, "publisher": publisher, "detector": detector}
    rows = Finding.objects.of(caller).filter(**{name: value for name, value in wanted.items() if value})
    begin, size = after or 0, min(limit, LARGEST)
    some = list(rows.order_by("-stake_micros", "-orders", "-clicks", "-pk")[begin : begin + size + 1])
    return Slice(views(caller, some[:size]), begin + size if len(some) > size else None)


def finding(caller: Caller, number: int) -> FindingView:
    """One finding; NotFound where it is not the caller's."""
    caller.require(Permission.LOOK)
    (view,) = views(caller, [Finding.objects.one(caller, pk=number)])
    return view


def stakes(caller: Caller, program: int | None = None) -> dict[str, int]:
    """What is at stake in open findings, by currency; an order that two of them blame counts once."""
    rows = Blamed.objects.of(caller).filter(finding__state=State.OPEN.value, is_theirs=True)
    if program is not None:
        rows = rows.filter(finding__program=program)
    settled = Handled.objects.of(caller).filter(state__in=[Handling.RELEASED.value, Handling.DECLINED.value])
    told = rows.exclude(order__in=settled.values("order")).values_list(
        "order", "finding__currency", "owed_micros"
    )
    found: Counter[str] = Counter()
    for _order, currency, owed in told.distinct():
        found[currency] += owed
    return {currency: micros for currency, micros in found.items() if micros}


def open_findings(caller: Caller) -> int:
    """How many wait for somebody."""
    return Finding.objects.of(caller).filter(state=State.OPEN.value).count()


def blamed(caller: Caller, number: int, *, after: int | None = None, limit: int = USUAL) -> Slice[BlamedView]:
    """The orders that a finding blames, the newest first; the cursor is how many were seen."""
    caller.require(Permission.LOOK)
    row = Finding.objects.one(caller, pk=number)
    begin, size = after or 0, min(limit, LARGEST)
    all_of = Blamed.objects.of(caller).filter(finding=row).order_by("-placed_at", "-order")
    some = list(all_of[begin : begin + size + 1])
    shown = _blamed_views(caller, row, some[:size])
    return Slice(shown, begin + size if len(some) > size else None)


def _blamed_views(caller: Caller, row: Finding, some: Sequence[Blamed]) -> list[BlamedView]:
    orders = orders_of(caller, some)
    held = {one.order: one for one in Handled.objects.of(caller).filter(order__in=[b.order for b in some])}
    return [
        BlamedView(
            number=one.order,
            reference=one.reference,
            placed_at=one.placed_at,
            sentence=sentence(Detector(row.detector), one.facts, row.code, of_order=True),
            honest=one.honest,
            is_theirs=one.is_theirs,
            owed_micros=one.owed_micros,
            currency=row.currency,
            order=orders.get(one.order),
            handled=handled_view(held[one.order]) if one.order in held else None,
        )
        for one in some
    ]


def orders_of(caller: Caller, some: Iterable[Blamed]) -> dict[int, OrderView]:
    """Blamed orders as they now stand, by number."""
    found = conversions.find(caller, [one.reference for one in some])
    return {one.id: one for alike in found.values() for one in alike}


def held(caller: Caller, *, after: int | None = None, limit: int = USUAL) -> Slice[HeldView]:
    """The review queue: held orders, those first that silence approves first; the cursor counts."""
    caller.require(Permission.LOOK)
    begin, size = after or 0, min(limit, LARGEST)
    rows = Handled.objects.of(caller).filter(state=Handling.HELD.value).select_related("finding")
    some = list(rows.order_by("deadline", "order")[begin : begin + size + 1])
    shown = some[:size]
    about = {
        one.id: one for one in views(caller, list({row.finding_id: row.finding for row in shown}.values()))
    }
    named = Blamed.objects.of(caller).filter(order__in=[row.order for row in shown])
    orders = orders_of(caller, named)
    found = [
        HeldView(handled=handled_view(row), finding=about[row.finding_id], order=orders.get(row.order))
        for row in shown
    ]
    return Slice(found, begin + size if len(some) > size else None)


def holds(caller: Caller, orders: Collection[int]) -> dict[int, Hold]:
    """Those of some orders that are held, and for what; a caller without pages is given no address."""
    rows = Handled.objects.of(caller).filter(order__in=orders, state=Handling.HELD.value)
    return {
        row.order: Hold(
            order=row.order,
            subject=f"finding:{row.finding_id}",
            name=f"{DETECTORS[Detector(row.finding.detector)]} #{row.finding_id}",
            sentence=said(row.finding),
            url=reverse("quality:finding", args=[caller.slug, row.finding_id]) if caller.slug else "",
            actor=row.actor,
            at=row.at,
            why=row.why,
        )
        for row in rows.select_related("finding")
    }


def handled(caller: Caller, order: int) -> HandledView:
    """What was decided about an order; NotFound where nothing was, or it is not the caller's."""
    caller.require(Permission.LOOK)
    return handled_view(Handled.objects.one(caller, order=order))


def handling_of(caller: Caller, order: int) -> HandledView | None:
    """What was decided about an order, if anything."""
    row = Handled.objects.of(caller).filter(order=order).first()
    return None if row is None else handled_view(row)


def blaming(caller: Caller, order: int) -> list[FindingView]:
    """The open findings that blame an order."""
    rows = Finding.objects.of(caller).filter(blamed__order=order, state=State.OPEN.value)
    return views(caller, list(rows))


def handled_view(row: Handled) -> HandledView:
    """What was decided about an order."""
    return HandledView(
        order=row.order,
        finding=row.finding_id,
        state=Handling(row.state),
        ends=Ends(row.ends or Ends.NOTHING),
        deadline=row.deadline,
        reason=row.reason,
        why=row.why,
        actor=row.actor,
        at=row.at,
        batch=row.batch,
    )


def views(caller: Caller, rows: Sequence[Finding]) -> list[FindingView]:
    """Findings with names, and how many of their orders were decided about."""
    decided = _decided(caller, [row.pk for row in rows])
    sellers = people.parties(Kind.PUBLISHER, {row.publisher for row in rows})
    called = programs.names(caller, {row.program for row in rows})
    return [
        FindingView(
            id=row.pk,
            advertiser=row.advertiser,
            program=row.program,
            program_name=called.get(row.program, f"#{row.program}"),
            publisher=row.publisher,
            publisher_name=sellers[row.publisher].name if row.publisher in sellers else f"#{row.publisher}",
            detector=Detector(row.detector),
            sentence=said(row),
            code=row.code,
            since=row.since,
            until=row.until,
            state=State(row.state),
            orders=row.orders,
            clicks=row.clicks,
            stake_micros=row.stake_micros,
            currency=row.currency,
            chance=row.chance,
            found_at=row.found_at,
            seen_at=row.seen_at,
            actor=row.actor,
            why=row.why,
            decided_at=row.decided_at,
            **{
                one.value: decided[row.pk, one]
                for one in (Handling.HELD, Handling.RELEASED, Handling.DECLINED)
            },
        )
        for row in rows
    ]


def said(row: Finding) -> str:
    """What a finding says, in the reader's language."""
    alone = not row.orders and not row.clicks
    return sentence(Detector(row.detector), row.facts, row.code, of_order=False, alone=alone)


def _decided(caller: Caller, numbers: Collection[int]) -> Counter[tuple[int, Handling]]:
    """By finding, how many of its orders were held, released, declined."""
    states = Handled.objects.of(caller).filter(
        order__in=Blamed.objects.of(caller).filter(finding__in=numbers).values("order")
    )
    known = dict(states.values_list("order", "state"))
    pairs = Blamed.objects.of(caller).filter(finding__in=numbers, order__in=states.values("order"))
    return Counter((pk, Handling(known[order])) for pk, order in pairs.values_list("finding_id", "order"))


def held_count(caller: Caller) -> int:
    """How many orders are held."""
    return Handled.objects.of(caller).filter(state=Handling.HELD.value).count()


def next_deadline(caller: Caller) -> datetime | None:
    """When silence approves the first of the held orders."""
    rows = Handled.objects.of(caller).filter(state=Handling.HELD.value, deadline__isnull=False)
    return rows.order_by("deadline").values_list("deadline", flat=True).first()
