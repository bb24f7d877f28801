"""Imports, their rows and what they brought, as their advertiser may read them."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from django.db.models import Case, Count, F, Q, Sum, When

from utfall.portal.access import Caller, Kind, Permission, Slice
from utfall.portal.access.paging import LARGEST, USUAL, newest
from utfall.portal.imports import contracts
from utfall.portal.imports.contracts import (
    WANTED,
    Booking,
    Compared,
    ImportView,
    Network,
    Options,
    Past,
    PastView,
    RowState,
    RowView,
    State,
    Verdict,
)
from utfall.portal.imports.models import Import, Row, Transaction
from utfall.portal.imports.words import said_of
from utfall.portal.look.exports import csv_line, first_line, plain, safe
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs

HEADING: Final = (
    *("row", "id", "name", "verdict", "state", "code", "reason", "how_to_mend", "made"),
    *("currency", "amount", "network_commission", "our_commission", "difference"),
)


def imports(caller: Caller, *, after: int | None = None, limit: int = USUAL) -> Slice[ImportView]:
    """The caller's imports, newest first."""
    caller.require(Permission.LOOK)
    return newest(Import.objects.of(caller), lambda row: view_of(caller, row), after=after, limit=limit)


def imported(caller: Caller, number: int) -> ImportView:
    """One import, or NotFound."""
    caller.require(Permission.LOOK)
    return view_of(caller, Import.objects.one(caller, pk=number))


def rows(
    caller: Caller,
    number: int,
    *,
    verdict: Verdict | None = None,
    state: RowState | None = None,
    differing: bool = False,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[RowView]:
    """The rows of an import in the file's order; the cursor is the number of the last one."""
    caller.require(Permission.LOOK)
    found = Row.objects.of(caller).filter(source=Import.objects.one(caller, pk=number))
    if verdict is not None:
        found = found.filter(verdict=verdict.value)
    if state is not None:
        found = found.filter(state=state.value)
    if differing:
        found = found.filter(_BOTH).exclude(ours_micros=F("theirs_micros"))
    if after is not None:
        found = found.filter(number__gt=after)
    size = min(limit, LARGEST)
    some = list(found.order_by("number")[: size + 1])
    following = some[size - 1].number if len(some) > size else None
    return Slice([row_view(row) for row in some[:size]], following)


def transactions(
    caller: Caller,
    *,
    program: int | None = None,
    publisher: int | None = None,
    search: str = "",
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[PastView]:
    """What other networks said of the caller's sales, what was imported last first."""
    caller.require(Permission.LOOK)
    found = Transaction.objects.of(caller)
    for name, wanted in (("program", program), ("publisher", publisher)):
        found = found.filter(**{name: wanted}) if wanted is not None else found
    if search:
        found = found.filter(Q(reference__startswith=search) | Q(external__startswith=search))
    part = newest(found, lambda row: row, after=after, limit=limit)
    named = people.parties(Kind.PUBLISHER, {row.publisher for row in part.items})
    names = {number: party.name for number, party in named.items()}
    return Slice([_past(row, names) for row in part.items], part.following)


def verdicts_csv(caller: Caller, number: int) -> Iterator[str]:
    """Every row with its verdict, in the words of the reader."""
    caller.require(Permission.LOOK)
    source = Import.objects.one(caller, pk=number)
    yield first_line(HEADING)
    for row in Row.objects.of(caller).filter(source=source).order_by("number").iterator(1000):
        one = row_view(row)
        sums = (one.amount_micros, one.theirs_micros, one.ours_micros, one.difference_micros)
        told = (one.number, one.external, one.label, one.verdict.value, one.state.value, one.code)
        texts = (*told, one.sentence, one.mend, one.made, one.currency)
        safe_ones = ("" if text is None else safe(str(text)) for text in texts)
        yield csv_line((*safe_ones, *map(_decimal, sums)))


def _decimal(micros: int | None) -> str:
    return "" if micros is None else plain(micros)


_BOTH: Final = Q(ours_micros__isnull=False, theirs_micros__isnull=False)


def view_of(caller: Caller, row: Import) -> ImportView:
    """An import as it is now."""
    party = people.parties(Kind.ADVERTISER, [row.advertiser]).get(row.advertiser)
    own = Row.objects.of(caller).filter(source=row).order_by()
    return ImportView(
        id=row.pk,
        advertiser=row.advertiser,
        advertiser_name=party.name if party else f"#{row.advertiser}",
        program=row.program,
        program_name=_program(caller, row.program),
        network=Network(row.network),
        kind=contracts.Kind(row.kind),
        name=row.name,
        bytes=row.bytes,
        actor=row.actor,
        state=State(row.state),
        rows=row.rows,
        verdicts={Verdict(one): count for one, count in _counts(own, "verdict")},
        states={RowState(one): count for one, count in _counts(own, "state")},
        codes=dict(_counts(own.exclude(code=""), "code")),
        compared=_compared(own) if row.kind == contracts.Kind.TRANSACTIONS.value else (),
        options=msgspec.convert({**row.options, "program": row.program}, Options),
        trouble=row.trouble,
        work=row.work,
        created_at=row.created_at,
        done_at=row.done_at,
        undone_at=row.undone_at,
    )


def _program(caller: Caller, number: int | None) -> str:
    return "" if number is None else programs.names(caller, [number]).get(number, f"#{number}")


def _counts(found: Any, name: str) -> list[tuple[str, int]]:
    counted = found.values_list(name).annotate(count=Count("pk")).order_by("-count", name)
    return [(value, count) for value, count in counted]


def _compared(found: Any) -> tuple[Compared, ...]:
    """What the wanted rows come to, by currency. A sum may pass 64 bits only beyond any market's size."""
    wanted = found.filter(verdict__in=[one.value for one in WANTED])
    both = [When(_BOTH, then=F("theirs_micros"))]
    sums = wanted.values("currency").annotate(
        count=Count("pk"),
        amount=Sum("amount_micros"),
        theirs=Sum("theirs_micros"),
        compared=Count("pk", filter=_BOTH),
        ours=Sum("ours_micros", filter=_BOTH),
        theirs_both=Sum(Case(*both)),
        differing=Count("pk", filter=_BOTH & ~Q(ours_micros=F("theirs_micros"))),
    )
    return tuple(
        Compared(
            currency=one["currency"],
            rows=one["count"],
            amount_micros=one["amount"] or 0,
            theirs_micros=one["theirs"] or 0,
            compared=one["compared"],
            ours_micros=one["ours"] or 0,
            theirs_compared_micros=one["theirs_both"] or 0,
            differing=one["differing"],
        )
        for one in sums.order_by("currency")
    )


def row_view(row: Row) -> RowView:
    """A row as it is now."""
    told = said_of(row.code, row.said)
    return RowView(
        id=row.pk,
        number=row.number,
        external=row.external,
        label=row.label,
        verdict=Verdict(row.verdict),
        state=RowState(row.state),
        code=row.code,
        sentence=told.sentence,
        mend=told.mend,
        made=row.made,
        currency=row.currency,
        amount_micros=row.amount_micros,
        theirs_micros=row.theirs_micros,
        ours_micros=row.ours_micros,
    )


def _past(row: Transaction, names: dict[int, str]) -> PastView:
    same = ("external", "reference", "program", "publisher", "occurred_at", "outcome", "reason", "currency")
    sums = ("amount_micros", "commission_micros", "ours_micros", "booking_code", "source")
    told: dict[str, Any] = {name: getattr(row, name) for name in (*same, *sums)}
    return PastView(
        id=row.pk,
        network=Network(row.network),
        publisher_name=names.get(row.publisher, f"#{row.publisher}"),
        status=Past(row.status),
        booking=Booking(row.booking),
        **told,
    )
