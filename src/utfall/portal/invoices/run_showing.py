"""Runs and their rows as the operator looks at them."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from django.db.models import Count, Sum

from utfall.events import PaperKind
from utfall.portal.access import Caller, NotFound, Permission, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.invoices.drafting import KINDS
from utfall.portal.invoices.frozen import decoded
from utfall.portal.invoices.models import Paper, Run
from utfall.portal.invoices.paper_contracts import (
    DraftView,
    PaperState,
    RunState,
    RunView,
    Side,
    Total,
)
from utfall.portal.invoices.reasons import sentence_of
from utfall.portal.people import facade as people

COUNTED: Final = (PaperState.DRAFT.value, PaperState.PENDING.value, PaperState.ISSUED.value)
"""Papers that are or will be there."""


def runs(caller: Caller, *, after: int | None = None, limit: int = USUAL) -> Slice[RunView]:
    """Runs, newest first."""
    _require(caller)
    return newest(Run.objects.of(caller), run_view, after=after, limit=limit)


def run(caller: Caller, number: int) -> RunView:
    """One run."""
    _require(caller)
    return run_view(Run.objects.one(caller, pk=number))


def drafts(
    caller: Caller,
    number: int,
    *,
    state: PaperState | None = None,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[DraftView]:
    """The rows of a run, those drafted last first."""
    _require(caller)
    rows = Paper.objects.of(caller).filter(run=Run.objects.one(caller, pk=number))
    if state is not None:
        rows = rows.filter(state=state.value)
    found = newest(rows, lambda row: row, after=after, limit=limit)
    return Slice(_views(found.items), found.following)


def _require(caller: Caller) -> None:
    caller.require(Permission.MONEY)
    if not caller.sees_all:
        raise NotFound


def run_view(row: Run) -> RunView:
    """A run as it crosses: its sums are those of its rows as they are now."""
    counted: Counter[PaperState] = Counter()
    totals: dict[tuple[str, str], list[int]] = {}
    rows = Paper.objects.system().filter(run=row).values_list("kind", "currency", "state")
    for kind, currency, state, count, net, tax in rows.annotate(
        count=Count("pk"), net=Sum("net_micros"), tax=Sum("tax_micros")
    ):
        counted[PaperState(state)] += count
        if state in COUNTED:
            sums = totals.setdefault((currency, kind), [0, 0, 0])
            for place, part in enumerate((count, net, tax)):
                sums[place] += part
    return RunView(
        id=row.pk,
        side=Side(row.side),
        party=row.party,
        party_name=_name(row),
        currency=row.currency,
        since=row.since,
        until=row.until,
        through=row.through,
        state=RunState(row.state),
        actor=row.actor,
        made_at=row.made_at,
        issued_on=row.issued_on,
        issued_by=row.issued_by,
        ended_at=row.ended_at,
        work=row.work,
        totals=[
            Total(kind=PaperKind(kind), currency=currency, papers=count, net_micros=net, tax_micros=tax)
            for (currency, kind), (count, net, tax) in sorted(totals.items())
        ],
        states=tuple(sorted(counted.items())),
    )


def _name(row: Run) -> str:
    if row.party is None:
        return ""
    return names_of(row.side, {row.party}).get(row.party, f"#{row.party}")


def names_of(owner: str, numbers: set[int]) -> dict[int, str]:
    """What parties are called."""
    return people.party_names(KINDS[owner], numbers)


def _views(rows: Sequence[Paper]) -> list[DraftView]:
    names = {owner: names_of(owner, {row.party for row in rows if row.owner == owner}) for owner in KINDS}
    return [
        DraftView(
            id=row.pk,
            kind=PaperKind(row.kind),
            party=row.party,
            party_name=names[row.owner].get(row.party, f"#{row.party}"),
            currency=row.currency,
            net_micros=row.net_micros,
            tax_micros=row.tax_micros,
            standing_micros=row.standing_micros,
            state=PaperState(row.state),
            name=row.name,
            reason=row.reason,
            sentence=sentence_of(row.reason) if row.reason else "",
            lines=decoded(row.content).paper.lines if row.content else (),
        )
        for row in rows
    ]
