"""Issuing: papers get their numbers, are frozen, written and told.

begin       says from which day and time they are; advance does it, in batches, from wherever it stopped
freeze      numbers, bytes on the disk, rows, events: in this order, so that nothing is told that is not kept

Who writes holds the lock of the folder, so that no number is given twice.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import msgspec
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from utfall.events import Paper as PaperEvent
from utfall.events import PaperKind, paper_name
from utfall.portal.access import Kind
from utfall.portal.book import facade as book
from utfall.portal.invoices import ledger
from utfall.portal.invoices.drafting import KINDS, Tell, nobody
from utfall.portal.invoices.frozen import Frozen, decoded, digest_of, encoded, keep, numbering
from utfall.portal.invoices.models import Paper, Run
from utfall.portal.invoices.paper_contracts import PaperState, RunState
from utfall.portal.invoices.parties import party_of, view_of, views_of
from utfall.portal.invoices.terms import due_days
from utfall.portal.storing import store
from utfall.portal.validation.facade import money_id, tell

AT_ONCE: Final = 500
WRITTEN: Final = (
    *("state", "reason", "series", "number", "name", "digest"),
    *("event", "event_ms", "issued_on", "due_on", "written_at"),
)
"""The columns that are written when a paper gets its number."""


def begin(run: Run, actor: str, issued_on: date | None = None, now_ms: int | None = None) -> bool:
    """Say once from when the papers of a run are; whether this was the first time."""
    fresh = Run.objects.system().filter(pk=run.pk, state=RunState.DRAFT.value)
    began = fresh.update(
        state=RunState.ISSUING.value,
        issued_on=issued_on or book.today(),
        event_ms=now_ms if now_ms is not None else time.time_ns() // 1_000_000,
        issued_by=actor,
        told_at=None,
        ended_at=None,
    )
    run.refresh_from_db()
    return bool(began)


def advance(run: Run, report: Tell = nobody) -> None:
    """Freeze and tell all that is drafted; what was told before and has no answer is told again."""
    retell(Paper.objects.system().filter(run=run, state=PaperState.PENDING.value))
    drafts = Paper.objects.system().filter(run=run, state=PaperState.DRAFT.value).order_by("pk")
    total, done = drafts.count(), 0
    issuing = Run.objects.system().filter(pk=run.pk, state=RunState.ISSUING.value)
    while issuing.exists() and (rows := list(drafts[:AT_ONCE])):
        report(done, total, "")
        freeze(rows, day_of(run), ms_of(run))
        done += len(rows)
    issuing.update(told_at=timezone.now())
    close()
    run.refresh_from_db()


def close() -> None:
    """Runs of which all is told and answered are issued."""
    waiting = Paper.objects.system().filter(run=OuterRef("pk"), state=PaperState.PENDING.value)
    done = Run.objects.system().filter(state=RunState.ISSUING.value, told_at__isnull=False)
    for run in done.filter(~Exists(waiting)):
        run.state, run.ended_at = RunState.ISSUED.value, timezone.now()
        run.save(update_fields=["state", "ended_at"])


def day_of(run: Run) -> date:
    """The day on which its papers are issued."""
    assert run.issued_on is not None, "a run that is issued has its day"
    return run.issued_on


def ms_of(run: Run) -> int:
    """The time of its events."""
    assert run.event_ms is not None, "a run that is issued has its time"
    return run.event_ms


def freeze(rows: Sequence[Paper], issued_on: date, at_ms: int) -> None:
    """Number papers, keep what they say, and tell; who changed since the draft is left out."""
    with numbering():
        rows = _still_drafted(rows)
        going = list(_unchanged(rows))
        _set_due(going, issued_on)
        numbers = _next_numbers(going, issued_on)
        contents: dict[str, bytes] = {}
        for row in going:
            number = numbers[row.series]
            numbers[row.series] = number + 1
            content = encoded(_issued(row, number, issued_on))
            row.number, row.name = number, paper_name(row.series, number)
            row.digest, row.state = digest_of(content), PaperState.PENDING.value
            row.issued_on, row.event_ms, row.written_at = issued_on, at_ms, timezone.now()
            row.event = money_id(at_ms, "paper", row.pk, row.attempt)
            contents[row.digest] = content
        keep(contents)
        store(rows, *WRITTEN)
        retell(going)


def _still_drafted(rows: Sequence[Paper]) -> list[Paper]:
    """Those that nobody numbered or cancelled since they were read: only under the lock is that sure."""
    wanted = Paper.objects.system().filter(pk__in=[row.pk for row in rows], state=PaperState.DRAFT.value)
    drafted = frozenset(wanted.values_list("pk", flat=True))
    return [row for row in rows if row.pk in drafted]


def _unchanged(rows: Sequence[Paper]) -> Iterator[Paper]:
    """Those whose two parties are still called what was looked at; a credit note is as its paper was."""
    house = party_of(view_of(Kind.OPERATOR, 0))
    for owner, kind in KINDS.items():
        some = [row for row in rows if row.owner == owner]
        views = views_of(kind, {row.party for row in some})
        for row in some:
            paper = decoded(row.content).paper
            named = (paper.buyer, paper.seller) if owner == "advertiser" else (paper.seller, paper.buyer)
            if row.corrects or named == (party_of(views[row.party]), house):
                yield row
            else:
                row.state, row.reason = PaperState.REFUSED.value, "changed"


def _set_due(rows: Sequence[Paper], issued_on: date) -> None:
    """Invoices alone are due on a day."""
    kind = PaperKind.INVOICE.value
    days = due_days({(row.party, row.currency) for row in rows if row.kind == kind}, issued_on)
    for row in rows:
        row.due_on = days[row.party, row.currency] if row.kind == kind else None


def _next_numbers(rows: Iterable[Paper], issued_on: date) -> dict[str, int]:
    """The next number of each series; those that were told and not answered count."""
    for row in rows:
        letter = "A" if row.owner == "advertiser" else f"S{row.party}"
        row.series = f"{letter}-{issued_on.year}"
    wanted = {row.series for row in rows}
    told = Paper.objects.system().filter(series__in=wanted, number__isnull=False)
    ours = dict(told.values_list("series").annotate(last=Max("number")))
    book = ledger.last_numbers(wanted)
    return {one: max(ours.get(one, 0), book.get(one, 0)) + 1 for one in wanted}


def _issued(row: Paper, number: int, issued_on: date) -> Frozen:
    frozen = decoded(row.content)
    paper = msgspec.structs.replace(
        frozen.paper, number=paper_name(row.series, number), issued_on=issued_on, due_on=row.due_on
    )
    return msgspec.structs.replace(frozen, paper=paper)


def retell(rows: Iterable[Paper]) -> None:
    """Write the events of papers; the same twice counts once."""
    tell([event_of(row) for row in rows])


def event_of(row: Paper) -> PaperEvent:
    """The event of a paper: the same bytes whenever it is made."""
    assert row.event_ms is not None, "what is told has its number and its time"
    assert row.number is not None, "what is told has its number and its time"
    frozen = decoded(row.content)
    return PaperEvent(
        id=row.event,
        occurred_at=row.event_ms,
        received_at=row.event_ms,
        paper=PaperKind(row.kind),
        series=row.series,
        number=row.number,
        party=row.party,
        currency=row.currency,
        period_from=frozen.paper.period[0].isoformat(),
        period_until=frozen.paper.period[1].isoformat(),
        through=frozen.through,
        net_micros=row.net_micros,
        tax_micros=row.tax_micros,
        digest=row.digest,
        due=row.due_on.isoformat() if row.due_on else None,
        corrects=row.corrects or None,
    )
