"""Proposals: a change waits until a second person allows it, and only then is it made."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, NotFound, Permission, Slice, refuse
from utfall.portal.access.errors import Words
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit.chain import plain, record
from utfall.portal.audit.contracts import DecidedBy, ProposalView, State
from utfall.portal.audit.models import Proposal
from utfall.portal.audit.policy import decided_by, kind_of, policy

LIFE: Final = timedelta(days=14)
"""How long a proposal waits; the market it was made for is another one after that."""


def propose(
    caller: Caller,
    kind: str,
    payload: Mapping[str, Any],
    words: Words,
    *,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
    advertiser: int | None = None,
    publisher: int | None = None,
) -> int:
    """Ask for a change; the proposal's number. `words` say it in a sentence, `before` and `after` in full."""
    caller.require(kind_of(kind).needs)
    with transaction.atomic():
        asked = Proposal.objects.system().create(
            kind=kind,
            payload=plain(payload),
            words=str(words)[:300],
            subject=subject,
            before=plain(before),
            after=plain(after),
            asked_why=why,
            asked_by=caller.person,
            asked_name=caller.actor,
            expires_at=timezone.now() + LIFE,
            organisation=caller.organisation,
            advertiser=advertiser,
            publisher=publisher,
        )
        _record(caller, asked, "propose", why)
    return asked.pk


def decide(caller: Caller, proposal: int, *, approve: bool, why: str = "") -> ProposalView:
    """Allow or refuse a proposal; allowing makes the change at once, in the same transaction."""
    with transaction.atomic():
        asked = _undecided(caller, proposal)
        may_decide(caller, asked)
        if not approve and not why.strip():
            refuse("why_needed", _("Say why, so that whoever asked can do better."), "why")
        asked.state = Proposal.State.APPROVED if approve else Proposal.State.REFUSED
        asked.decided_by, asked.decided_name = caller.user, caller.actor
        asked.decided_at, asked.why = timezone.now(), why
        asked.save()
        _record(caller, asked, "approve" if approve else "refuse", why)
        if approve:
            kind_of(asked.kind).act(caller, asked.payload)
    return view(asked)


def withdraw(caller: Caller, proposal: int) -> ProposalView:
    """Whoever asked no longer wants it."""
    with transaction.atomic():
        asked = _undecided(caller, proposal)
        if asked.organisation != caller.organisation:
            raise NotFound
        caller.require(kind_of(asked.kind).needs)
        asked.state, asked.decided_at = Proposal.State.WITHDRAWN, timezone.now()
        asked.decided_by, asked.decided_name = caller.user, caller.actor
        asked.save()
        _record(caller, asked, "withdraw", "")
    return view(asked)


def may_decide(caller: Caller, asked: Proposal) -> None:
    """Raise unless the caller is the second person that is asked for; what a key asks, its maker asks."""
    caller.require(kind_of(asked.kind).needs)
    if policy(asked.kind).decided_by is DecidedBy.OPERATOR:
        caller.require(Permission.OPERATE)
    if caller.user is None:
        refuse("person_needed", _("A person has to decide this; a key cannot."), status=403)
    if caller.user == asked.asked_by:
        refuse("own_proposal", _("You asked for this yourself. Somebody else has to decide it."), status=403)


def can_decide(caller: Caller, proposal: int) -> bool:
    """Whether the caller is a second person who may decide it now."""
    asked = Proposal.objects.one(caller, pk=proposal)
    return asked.pk in decidable(caller, [asked.pk])


def decidable(caller: Caller, numbers: Collection[int]) -> set[int]:
    """Which of some proposals the caller may decide now."""
    return set(_decidable(caller).filter(pk__in=list(numbers)).values_list("pk", flat=True))


def _decidable(caller: Caller) -> QuerySet[Proposal]:
    """What waits and `may_decide` lets the caller decide."""
    rows = Proposal.objects.of(caller).filter(state=Proposal.State.WAITING, expires_at__gt=timezone.now())
    if caller.user is None:
        return rows.none()
    return rows.filter(kind__in=decided_by(caller)).exclude(asked_by=caller.user)


def proposals(
    caller: Caller, state: State | None = None, *, after: int | None = None, limit: int = USUAL
) -> Slice[ProposalView]:
    """The proposals that concern the caller, newest first."""
    caller.require(Permission.LOOK)
    rows = Proposal.objects.of(caller)
    if state is not None:
        rows = rows.filter(state=state.value)
    return newest(rows, view, after=after, limit=limit)


def proposal(caller: Caller, number: int) -> ProposalView:
    """One proposal, or NotFound."""
    caller.require(Permission.LOOK)
    return view(Proposal.objects.one(caller, pk=number))


def proposal_state(number: int) -> State | None:
    """Where a proposal stands, for the app whose change it is; None where there is none."""
    row = Proposal.objects.system().filter(pk=number).only("state").first()
    return State(row.state) if row else None


def waiting(caller: Caller) -> int:
    """How many proposals wait for the caller to decide them."""
    return _decidable(caller).count()


def expire() -> int:
    """What nobody decided in time is over; how many that were."""
    late = list(
        Proposal.objects.system().filter(state=Proposal.State.WAITING, expires_at__lte=timezone.now())
    )
    for asked in late:
        with transaction.atomic():
            asked.state, asked.decided_at = Proposal.State.EXPIRED, timezone.now()
            asked.save()
            _record(None, asked, "expire", "")
    return len(late)


def _undecided(caller: Caller, proposal: int) -> Proposal:
    asked = Proposal.objects.one(caller, pk=proposal)
    if asked.state != Proposal.State.WAITING:
        refuse("decided", _("This has been decided already."), status=409)
    if asked.expires_at <= timezone.now():
        refuse("expired", _("This waited too long. Ask for it again."), status=409)
    return asked


def _record(caller: Caller | None, asked: Proposal, verb: str, why: str) -> None:
    record(
        caller,
        action=f"proposal.{verb}",
        subject=f"proposal {asked.pk}",
        before=asked.before,
        after={"kind": asked.kind, "words": asked.words, "asked_by": asked.asked_name, "change": asked.after},
        why=why,
        advertiser=asked.advertiser,
        publisher=asked.publisher,
    )


def view(asked: Proposal) -> ProposalView:
    """A proposal as others may know it."""
    return ProposalView(
        id=asked.pk,
        kind=asked.kind,
        words=asked.words,
        subject=asked.subject,
        payload=asked.payload,
        before=asked.before,
        after=asked.after,
        asked_why=asked.asked_why,
        asked_by=asked.asked_by,
        asked_name=asked.asked_name,
        asked_at=asked.asked_at,
        expires_at=asked.expires_at,
        state=State(asked.state),
        decided_name=asked.decided_name,
        decided_at=asked.decided_at,
        why=asked.why,
        advertiser=asked.advertiser,
        publisher=asked.publisher,
    )
