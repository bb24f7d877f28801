"""Open invoices paid from deposits: drafted from the book, told to the journal, and followed.

settle     drafts what the deposits can pay, of one advertiser or of all, and tells it
follow     notes what settlement answered; tells anew what a process left untold that died
"""

import time
from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import groupby
from typing import Final, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from utfall.events import Settling as SettlingEvent
from utfall.money import minor_micros
from utfall.portal.access import Caller, Kind, Permission, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit import facade as audit
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.funding.contracts import SettlingView, Told
from utfall.portal.funding.covering import settlings as drafted
from utfall.portal.funding.models import Settling
from utfall.portal.people import facade as people
from utfall.portal.validation.facade import money_id, note_answers, tell

AGAIN_AFTER: Final = timedelta(minutes=10)
"""When something that was refused is drafted anew: the book says by then what came in between."""
AT_ONCE: Final = 2000


class Wanted(NamedTuple):
    """What a deposit should pay of a paper."""

    advertiser: int
    currency: str
    paper: str
    micros: int


def settle(advertiser: int | None = None, *, actor: str = "", at_once: bool = False) -> int:
    """Pay open invoices from deposits, oldest due first; how many. `at_once`: what was just refused, too."""
    wanted = [one for group in _drafts(advertiser) for one in group]
    if not wanted:
        return 0
    # Where an answer is out, all that follows it in the same deposit waits for it.
    held = _held({one.advertiser for one in wanted})
    refused = set() if at_once else _refused({one.paper for one in wanted})
    free = [one for one in wanted if (one.advertiser, one.currency) not in held and one.paper not in refused]
    numbers = [row.pk for one in free if (row := _noted(one, actor)) is not None]
    if numbers:
        transaction.on_commit(lambda: write(numbers))
    return len(numbers)


def settle_now(caller: Caller, advertiser: int) -> int:
    """The same at once, for one advertiser, at somebody's wish."""
    caller.require_operator(Permission.MONEY)
    party = people.party(Kind.ADVERTISER, advertiser)
    with transaction.atomic():
        count = settle(party.number, actor=caller.actor, at_once=True)
        if count:
            audit.record(
                caller,
                action="funding.settled",
                subject=f"advertiser {party.number}",
                before=None,
                after={"papers": count},
                advertiser=party.number,
            )
    return count


def _drafts(advertiser: int | None) -> Iterator[list[Wanted]]:
    """By advertiser and currency: what its deposit can pay now."""
    with opened() as found:
        if found is None:
            return
        papers = [one for one in book.advertiser_papers(found, advertiser) if one.open_micros]
        balances = _deposits(found, advertiser) if papers else {}
    papers.sort(key=lambda one: (one.party, one.currency))
    for key, group in groupby(papers, key=lambda one: (one.party, one.currency)):
        told = drafted(list(group), balances.get(key, 0), minor_micros(key[1]))
        yield [Wanted(*key, one.name, micros) for one, micros in told]


def _deposits(found: book.Book, advertiser: int | None) -> dict[tuple[int, str], int]:
    rows = (
        book.balances_by_owner(found, "advertiser")
        if advertiser is None
        else book.balances_of(found, "advertiser", advertiser)
    )
    return {(one.owner_id, one.currency): -one.balance_micros for one in rows if one.bucket == "deposit"}


def _held(advertisers: Collection[int]) -> set[tuple[int, str]]:
    """Deposits, by advertiser and currency, that wait for an answer."""
    rows = Settling.objects.system().filter(state=Told.WAITING.value, advertiser__in=list(advertisers))
    return set(rows.values_list("advertiser", "currency"))


def _refused(papers: Collection[str]) -> set[str]:
    """Papers that were refused a moment ago."""
    since = timezone.now() - AGAIN_AFTER
    rows = Settling.objects.system().filter(state=Told.REFUSED.value, paper__in=list(papers), at__gt=since)
    return set(rows.values_list("paper", flat=True))


def _noted(one: Wanted, actor: str) -> Settling | None:
    """The row of what is told; None where somebody else was quicker."""
    at_ms = time.time_ns() // 1_000_000
    try:
        with transaction.atomic():
            return Settling.objects.system().create(
                advertiser=one.advertiser,
                currency=one.currency,
                paper=one.paper,
                micros=one.micros,
                event=money_id(at_ms, "settling", one.paper),
                event_ms=at_ms,
                actor=actor,
            )
    except IntegrityError:
        return None


def write(numbers: Collection[int]) -> None:
    """Tell of what was noted; the same twice counts once."""
    rows = Settling.objects.system().filter(pk__in=list(numbers), state=Told.WAITING.value)
    tell([event_of(row) for row in rows.order_by("pk")])


def event_of(row: Settling) -> SettlingEvent:
    """The event of a settling: the same bytes whenever it is made."""
    return SettlingEvent(
        id=row.event,
        occurred_at=row.event_ms,
        received_at=row.event_ms,
        paper=row.paper,
        amount_micros=row.micros,
    )


def follow() -> int:
    """Note what settlement made of settlings; how many were answered. Tells anew what was left untold."""
    rows = Settling.objects.system().filter(state=Told.WAITING.value).order_by("pk")[:AT_ONCE]
    return note_answers(list(rows), accepted=Told.ACCEPTED.value, refused=Told.REFUSED.value, write=write)


def settlings(
    caller: Caller, *, advertiser: int | None = None, after: int | None = None, limit: int = USUAL
) -> Slice[SettlingView]:
    """What deposits paid, newest first: the caller's own, or everybody's for the operator."""
    caller.require(Permission.MONEY)
    rows = Settling.objects.of(caller)
    if advertiser is not None:
        rows = rows.filter(advertiser=advertiser)
    found = newest(rows, lambda row: row, after=after, limit=limit)
    names = people.party_names(Kind.ADVERTISER, {row.advertiser for row in found.items})
    return Slice([_view(row, names.get(row.advertiser, "")) for row in found.items], found.following)


def _view(row: Settling, name: str) -> SettlingView:
    return SettlingView(
        id=row.pk,
        advertiser=row.advertiser,
        advertiser_name=name,
        paper=row.paper,
        currency=row.currency,
        micros=row.micros,
        state=Told(row.state),
        code=row.code,
        receipt=row.receipt,
        actor=row.actor,
        at=row.at,
    )
