"""Drafting a run: what the papers of many would say, and why somebody gets none.

load      where the papers of some parties stand, what they earned since, and whom papers would name
decide    a paper, or a reason: the rows of docs/algorithms/papers.md, *Issuing*
commit    their rows, together; whoever has one is left as they are, so it can go on where it stopped
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeVar

from django.db import transaction

from utfall.money import minor_micros, round_ratio
from utfall.papers import TaxRefused
from utfall.portal.access import Caller, Kind
from utfall.portal.access.errors import Words
from utfall.portal.book.facade import Earning, Papering
from utfall.portal.invoices import ledger
from utfall.portal.invoices.composing import (
    Desk,
    amounts_of,
    compose,
    kind_of,
    language_of,
    lines_of,
    standing_of,
)
from utfall.portal.invoices.contracts import ParticularsView
from utfall.portal.invoices.frozen import encoded, numbering
from utfall.portal.invoices.house import all_house_accounts
from utfall.portal.invoices.models import Paper, Run
from utfall.portal.invoices.paper_contracts import PaperState, RunState, Side
from utfall.portal.invoices.parties import party_of, view_of, views_of
from utfall.portal.programs import facade as programs
from utfall.portal.rates import rates
from utfall.rates import NoRate

AT_ONCE: Final = 500
KINDS: Final = {"advertiser": Kind.ADVERTISER, "publisher": Kind.PUBLISHER}
Tell = Callable[[int, int, Words], None]
Item = TypeVar("Item")


def nobody(_done: int, _total: int, _said: Words) -> None:
    """Progress that nobody hears of."""


class Ground(NamedTuple):
    """What papers of some parties stand on."""

    desk: Desk
    views: dict[int, ParticularsView]
    under_way: frozenset[tuple[int, str]]


def owners_of(side: str) -> tuple[str, ...]:
    """Whose papers a run has, in its order."""
    return ("advertiser", "publisher") if side == Side.BOTH.value else (side,)


def draft(run: Run, caller: Caller, tell: Tell = nobody) -> None:
    """Draft whoever has no row yet; then the run can be looked at."""
    todo = [
        (owner, some) for owner in owners_of(run.side) for some in in_parts(_parties(run, owner), AT_ONCE)
    ]
    drafting = Run.objects.system().filter(pk=run.pk, state=RunState.DRAFTING.value)
    for done, (owner, some) in enumerate(todo):
        if not drafting.exists():
            break
        tell(done, len(todo), "")
        _draft_some(run, caller, owner, some)
    drafting.update(state=RunState.DRAFT.value)
    run.refresh_from_db()
    if run.state == RunState.CANCELLED.value:
        forget(run)


def forget(run: Run) -> None:
    """Forget what nobody issued."""
    left = [PaperState.DRAFT.value, PaperState.NONE.value, PaperState.REFUSED.value]
    with numbering():
        Paper.objects.system().filter(run=run, state__in=left).delete()


def in_parts(values: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Values, some at a time.

    >>> list(in_parts("abcde", 2))
    ['ab', 'cd', 'e']
    """
    return (values[start : start + size] for start in range(0, len(values), size))


def _parties(run: Run, owner: str) -> list[int]:
    return [run.party] if run.party is not None else ledger.parties(owner)


def _draft_some(run: Run, caller: Caller, owner: str, numbers: Sequence[int]) -> None:
    with transaction.atomic():
        known = Paper.objects.system().filter(run=run, owner=owner, party__in=numbers)
        keys = frozenset(known.values_list("party", "currency"))
        rows = list(_rows(run, caller, owner, numbers, keys))
        Paper.objects.system().bulk_create(rows)


def _rows(
    run: Run, caller: Caller, owner: str, numbers: Sequence[int], keys: frozenset[tuple[int, str]]
) -> Iterator[Paper]:
    """Rows of parties next to each other; none of those who were owed nothing since."""
    positions, earned = ledger.positions(owner, numbers[0], numbers[-1], run.through)
    wanted = [
        one
        for one in positions
        if run.currency in ("", one.currency) and (one.party, one.currency) not in keys
    ]
    found = ground(caller, owner, wanted, earned)
    for one in wanted:
        row = judged(run, one, earned.get((one.party, one.currency), []), found)
        if row.reason != "nothing_earned" or run.party is not None:
            yield row


def ground(
    caller: Caller, owner: str, wanted: list[Papering], earned: dict[tuple[int, str], list[Earning]]
) -> Ground:
    """What papers of some parties stand on, each table asked once."""
    numbers = {one.party for one in wanted}
    pending = Paper.objects.system().filter(owner=owner, party__in=numbers, state=PaperState.PENDING.value)
    desk = Desk(
        house=party_of(view_of(Kind.OPERATOR, 0)),
        accounts={one.currency: one for one in all_house_accounts()},
        programs=programs.names(caller, {each.program for one in earned.values() for each in one}),
        rates=rates,
    )
    return Ground(desk, views_of(KINDS[owner], numbers), frozenset(pending.values_list("party", "currency")))


def judged(run: Run, position: Papering, earned: list[Earning], found: Ground) -> Paper:
    """A paper that is drafted, or a row that says why there is none."""
    standing = standing_of(position, earned)
    unit = minor_micros(position.currency)
    net = round_ratio(standing, unit, "down") * unit
    row = _row(run, position, standing, net)
    view = found.views[position.party]
    row.reason = _reason(row, view, found, net)
    if row.reason:
        row.state = PaperState.NONE.value
        return row
    party = party_of(view)
    said = lines_of(position, earned, found.desk.programs, language_of(party))
    try:
        frozen = compose(found.desk, position, party, said, period_of(run, position), run.through)
    except TaxRefused as refused:
        row.state, row.reason = PaperState.NONE.value, f"tax_{refused.code}"
        return row
    except NoRate as missing:
        row.state, row.reason = PaperState.NONE.value, "no_rate"
        row.why = " ".join((*missing.pair, missing.day.isoformat()))
        return row
    row.net_micros, row.tax_micros = amounts_of(frozen.paper)
    row.state, row.content = PaperState.DRAFT.value, encoded(frozen).decode()
    return row


def _reason(row: Paper, view: ParticularsView, found: Ground, net: int) -> str:
    """Why there is no paper; the first that holds."""
    if not row.standing_micros:
        return "nothing_earned"
    if (row.party, row.currency) in found.under_way:
        return "under_way"
    if not net:
        return "below_unit"
    if not view.is_complete:
        return "particulars"
    if row.owner == "publisher" and not view.has_agreed:
        return "agreement"
    wants_account = row.owner == "advertiser" and net > 0
    return "no_house_account" if wants_account and row.currency not in found.desk.accounts else ""


def _row(run: Run, position: Papering, standing: int, net: int) -> Paper:
    is_advertiser = position.owner == "advertiser"
    return Paper(
        run=run,
        owner=position.owner,
        party=position.party,
        advertiser=position.party if is_advertiser else None,
        publisher=None if is_advertiser else position.party,
        kind=kind_of(position.owner, net).value,
        currency=position.currency,
        standing_micros=standing,
        actor=run.actor,
    )


def period_of(run: Run, position: Papering) -> tuple[date, date]:
    """From the day after the party's paper before, through the run's last."""
    if position.period_until is None:
        return min(run.since, run.until), run.until
    after = date.fromisoformat(position.period_until) + timedelta(days=1)
    return min(after, run.until), run.until
