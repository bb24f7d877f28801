"""Runs and their rows as the operator looks at them."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

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
    found = newest(Run.objects.of(caller), lambda row: row, after=after, limit=limit)
    return Slice(run_views(found.items), found.following)


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
    return run_views([row])[0]


def run_views(rows: Sequence[Run]) -> list[RunView]:
    """The same of many."""
    groups: dict[int, list[Group]] = {row.pk: [] for row in rows}
    counted = Paper.objects.system().filter(run__in=list(groups))
    for run, *group in counted.values_list("run", "kind", "currency", "state").annotate(
        papers=Count("pk"), net=Sum("net_micros"), tax=Sum("tax_micros")
    ):
        groups[run].append(Group(*group))
    names = names_of([(row.side, row.party) for row in rows if row.party is not None])
    return [
        _run_view(row, groups[row.pk], "" if row.party is None else names[row.side, row.party])
        for row in rows
    ]


class Group(NamedTuple):
    """Rows of a run of one kind, currency and state."""

    kind: str
    currency: str
    state: str
    papers: int
    net_micros: int
    tax_micros: int


def _run_view(row: Run, groups: Sequence[Group], party_name: str) -> RunView:
    counted: Counter[PaperState] = Counter()
    for one in groups:
        counted[PaperState(one.state)] += one.papers
    return RunView(
        id=row.pk,
        side=Side(row.side),
        party=row.party,
        party_name=party_name,
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
        totals=_totals(one for one in groups if one.state in COUNTED),
        states=tuple(sorted(counted.items())),
    )


def _totals(groups: Iterable[Group]) -> list[Total]:
    """By currency and kind."""
    sums: dict[tuple[str, str], list[int]] = {}
    for one in groups:
        before = sums.get((one.currency, one.kind), [0, 0, 0])
        added = (one.papers, one.net_micros, one.tax_micros)
        sums[one.currency, one.kind] = [sum(pair) for pair in zip(before, added, strict=True)]
    return [
        Total(kind=PaperKind(kind), currency=currency, papers=papers, net_micros=net, tax_micros=tax)
        for (currency, kind), (papers, net, tax) in sorted(sums.items())
    ]


def names_of(parties: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """What parties are called, by owner and number: their numbers where they are not known."""
    told = {(owner, number): f"#{number}" for owner, number in parties}
    for owner, kind in KINDS.items():
        named = people.party_names(kind, {number for each, number in told if each == owner})
        told |= {(owner, number): name for number, name in named.items()}
    return told


def _views(rows: Sequence[Paper]) -> list[DraftView]:
    names = names_of([(row.owner, row.party) for row in rows])
    return [
        DraftView(
            id=row.pk,
            kind=PaperKind(row.kind),
            party=row.party,
            party_name=names[row.owner, row.party],
            currency=row.currency,
            net_micros=row.net_micros,
            tax_micros=row.tax_micros,
            standing_micros=row.standing_micros,
            state=PaperState(row.state),
            name=row.name,
            reason=row.reason,
            sentence=sentence_of(row.reason, row.why) if row.reason else "",
            lines=decoded(row.content).paper.lines if row.content else (),
        )
        for row in rows
    ]
