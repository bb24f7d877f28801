"""Money that came: told to the journal, matched to whoever it is of, and what settlement made of it."""

import time
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.events import Funding, Matching, MoneyEvent
from utfall.portal.access import Caller, Kind, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.banking.contracts import MovementView, Settled, Verdict
from utfall.portal.banking.models import Movement
from utfall.portal.banking.showing import movement_views
from utfall.portal.book.facade import answers_to
from utfall.portal.people import facade as people
from utfall.portal.storing import store
from utfall.portal.validation.facade import again, money_id, tell

ABANDONED_AFTER: Final = timedelta(minutes=1)
AT_ONCE: Final = 5000


def write(keys: Collection[str]) -> None:
    """Tell of fundings that were written down; the same twice counts once."""
    wanted = list(keys)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = Movement.objects.system().filter(key__in=some, settled=Settled.WAITING.value)
        tell([event_of(row) for row in rows.exclude(verdict=Verdict.TWICE.value).order_by("pk")])


def event_of(row: Movement) -> MoneyEvent:
    """The event that a movement waits for: that it came, or whose it is. Names of payers stay here."""
    if row.matching:
        assert row.matching_ms is not None, "a movement that was matched has its time"
        return Matching(
            id=row.matching,
            occurred_at=row.matching_ms,
            received_at=row.matching_ms,
            funding=row.event,
            advertiser=row.matched_to,
        )
    assert row.event_ms is not None, "a funding has its time"
    return Funding(
        id=row.event,
        occurred_at=row.event_ms,
        received_at=row.event_ms,
        advertiser=row.advertiser,
        currency=row.currency,
        amount_micros=row.micros,
        identity=row.key,
        day=row.on.isoformat(),
    )


def match(caller: Caller, movement: int, advertiser: int, *, why: str = "") -> MovementView:
    """Say whose money it is that came without a reference that we know."""
    caller.require_operator(Permission.MONEY)
    return _matched(caller, movement, people.party(Kind.ADVERTISER, advertiser).number, why)


def send_back(caller: Caller, movement: int, *, why: str) -> MovementView:
    """Say that it was sent back to whoever paid it."""
    caller.require_operator(Permission.MONEY)
    if not why.strip():
        refuse("why_needed", _("Say why and how it was sent back: it stands in the log."), "why")
    return _matched(caller, movement, None, why)


def _matched(caller: Caller, movement: int, advertiser: int | None, why: str) -> MovementView:
    with transaction.atomic():
        row = Movement.objects.one(caller, pk=movement)
        is_free = row.verdict == Verdict.SUSPENSE.value and row.settled == Settled.ACCEPTED.value
        if not is_free or (row.matching and not row.code):
            refuse("not_in_suspense", _("This payment does not wait for its owner any more."), status=409)
        row.matching_ms = time.time_ns() // 1_000_000
        row.matching = money_id(row.matching_ms, "matching", row.key)
        row.matched_to, row.settled, row.code = advertiser, Settled.WAITING.value, ""
        row.save()
        audit.record(
            caller,
            action="movement.matched" if advertiser is not None else "movement.sent_back",
            subject=f"movement {row.pk}",
            before=None,
            after={"amount": {"micros": row.micros, "currency": row.currency}, "advertiser": advertiser},
            why=why.strip(),
            advertiser=advertiser,
        )
        key = row.key
        transaction.on_commit(lambda: write([key]))
    return movement_views([row])[0]


def follow() -> int:
    """Note what settlement made of fundings and matchings; how many were answered."""
    waiting = list(Movement.objects.system().filter(settled=Settled.WAITING.value).order_by("pk")[:AT_ONCE])
    if not waiting:
        return 0
    answers = answers_to([row.matching or row.event for row in waiting])
    answered = [row for row in waiting if (row.matching or row.event) in answers]
    for row in answered:
        answer = answers[row.matching or row.event]
        _note(row, answer.reason, answer.receipt)
    store(answered, "receipt", "code", "settled", "verdict", "advertiser")
    late = int((timezone.now() - ABANDONED_AFTER).timestamp() * 1000)
    left = [row for row in waiting if (row.matching_ms or row.event_ms or 0) < late]
    lost = {row.matching or row.event: row.key for row in left}
    write([lost[event] for event in again(lost.keys() - answers.keys())])
    return len(answered)


def _note(row: Movement, reason: str | None, receipt: int) -> None:
    is_good = reason is None
    row.receipt, row.code = receipt, reason or ""
    if row.matching:
        row.settled = Settled.ACCEPTED.value
        if is_good and row.matched_to is not None:
            row.verdict, row.advertiser = Verdict.DEPOSIT.value, row.matched_to
        elif is_good:
            row.verdict = Verdict.SENT_BACK.value
    else:
        row.settled = (Settled.ACCEPTED if is_good else Settled.REFUSED).value
