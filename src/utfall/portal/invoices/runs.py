"""Runs of papers: asked for, drafted, looked at, issued; each half by the worker, or here and now."""

from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.money import minor_digits
from utfall.portal.access import Caller, Kind, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.book import facade as book
from utfall.portal.invoices import ledger
from utfall.portal.invoices.drafting import KINDS, Tell, draft, forget, nobody
from utfall.portal.invoices.house import require_house
from utfall.portal.invoices.issuing import advance, begin
from utfall.portal.invoices.models import Run
from utfall.portal.invoices.paper_contracts import PaperState, RunState, RunView, RunWanted, Side
from utfall.portal.invoices.parties import view_of
from utfall.portal.invoices.run_showing import run_view
from utfall.portal.people import facade as people
from utfall.portal.work import facade as work

DRAFT: Final = "paper-draft"
ISSUE: Final = "paper-issue"
"""Kinds of work."""


def start(caller: Caller, wanted: RunWanted) -> RunView:
    """Ask for a run; the worker drafts it, and it can be looked at then."""
    row = _begun(caller, wanted)
    return _by_worker(caller, row, DRAFT)


def prepare(caller: Caller, wanted: RunWanted, tell: Tell = nobody) -> RunView:
    """The same, drafted here and now."""
    return resume(caller, _begun(caller, wanted).pk, tell)


def resume(caller: Caller, number: int, tell: Tell = nobody) -> RunView:
    """Draft who has no row yet, here and now."""
    row = own_run(caller, number)
    draft(row, caller, tell)
    return run_view(row)


def _by_worker(caller: Caller, row: Run, kind: str) -> RunView:
    row.work = work.start(caller, kind, {"run": row.pk})
    row.save(update_fields=["work"])
    return run_view(row)


def _begun(caller: Caller, wanted: RunWanted) -> Run:
    require_house(caller)
    today = book.today()
    since = wanted.since or wanted.until.replace(day=1)
    if wanted.until > today:
        refuse("until_future", _("Choose a day that is not in the future."), "until")
    if since > wanted.until:
        refuse("since_after", _("The first day is after the last."), "since")
    if wanted.currency and minor_digits(wanted.currency) is None:
        refuse("currency_unknown", _("Write a currency by its three letters, such as SEK."), "currency")
    if wanted.party is not None and wanted.side is Side.BOTH:
        refuse("side_needed", _("Choose whether it is an advertiser or a publisher."), "side")
    if wanted.party is not None:
        people.party(KINDS[wanted.side.value], wanted.party)
    if view_of(Kind.OPERATOR, 0).problems:
        refuse("house_particulars", _("Complete the operator's own billing details first."), status=409)
    row = Run.objects.system().create(
        side=wanted.side.value,
        party=wanted.party,
        currency=wanted.currency,
        since=since,
        until=wanted.until,
        through=ledger.bound(wanted.until),
        state=RunState.DRAFTING.value,
        actor=caller.actor,
    )
    _record(caller, "paper_run.drafted", row)
    return row


def draft_again(caller: Caller, number: int) -> RunView:
    """Forget what is not issued, and draft it as the book and the particulars are now."""
    row = own_run(caller, number)
    standing = [RunState.DRAFT.value, RunState.ISSUED.value]
    if not Run.objects.system().filter(pk=row.pk, state__in=standing).update(state=RunState.DRAFTING.value):
        refuse("run_moves", _("Something is being done with this run. Wait a moment."), status=409)
    forget(row)
    row.refresh_from_db()
    _record(caller, "paper_run.drafted", row)
    return _by_worker(caller, row, DRAFT)


def issue(caller: Caller, number: int) -> RunView:
    """Issue all that is drafted; the worker does it, in batches."""
    row = own_run(caller, number)
    _issuing(caller, row)
    return _by_worker(caller, row, ISSUE)


def issue_now(
    caller: Caller,
    number: int,
    tell: Tell = nobody,
    *,
    issued_on: date | None = None,
    now_ms: int | None = None,
) -> RunView:
    """The same, here and now; called again it goes on where it was. Settlement answers, `follow` notes it."""
    row = own_run(caller, number)
    if row.state == RunState.DRAFT.value:
        _issuing(caller, row, issued_on, now_ms)
    return go_on(number, tell)


def go_on(number: int, tell: Tell = nobody) -> RunView:
    """Issue what is left of a run that is being issued."""
    row = Run.objects.system().get(pk=number)
    if row.state == RunState.ISSUING.value:
        advance(row, tell)
    return run_view(row)


def _issuing(caller: Caller, row: Run, issued_on: date | None = None, now_ms: int | None = None) -> None:
    if not run_view(row).may_issue or not begin(row, caller.actor, issued_on, now_ms):
        refuse("nothing_drafted", _("Nothing is drafted here that could be issued."), status=409)
    _record(caller, "paper_run.issued", row)


def again(caller: Caller, number: int) -> RunView:
    """Let the worker go on where it stopped, if it did."""
    row = own_run(caller, number)
    kinds = {RunState.DRAFTING.value: DRAFT, RunState.ISSUING.value: ISSUE}
    if row.state not in kinds or not has_stopped(caller, run_view(row)):
        refuse("run_moves", _("Something is being done with this run. Wait a moment."), status=409)
    return _by_worker(caller, row, kinds[row.state])


def has_stopped(caller: Caller, view: RunView) -> bool:
    """Whether a run should move, and nobody works on it any more."""
    if not view.is_moving or view.count(PaperState.PENDING):
        return False
    return view.work is None or work.task(caller, view.work).has_ended


def cancel(caller: Caller, number: int) -> RunView:
    """Stop: what is told stays issued, the rest is forgotten."""
    row = own_run(caller, number)
    open_states = [RunState.DRAFTING.value, RunState.DRAFT.value, RunState.ISSUING.value]
    still = Run.objects.system().filter(pk=row.pk, state__in=open_states)
    if not still.update(state=RunState.CANCELLED.value, ended_at=timezone.now()):
        refuse("run_ended", _("This run has ended already."), status=409)
    forget(row)
    row.refresh_from_db()
    _record(caller, "paper_run.cancelled", row)
    return run_view(row)


def own_run(caller: Caller, number: int) -> Run:
    """A run, for the operator alone."""
    require_house(caller)
    return Run.objects.one(caller, pk=number)


def _record(caller: Caller, action: str, row: Run) -> None:
    view = run_view(row)
    after = {
        "since": row.since,
        "until": row.until,
        "through": row.through,
        "papers": sum(one.papers for one in view.totals),
        "totals": [
            {"kind": one.kind.value, "micros": one.total_micros, "currency": one.currency}
            for one in view.totals
        ],
    }
    audit.record(caller, action=action, subject=f"paper_run {row.pk}", before=None, after=after)
