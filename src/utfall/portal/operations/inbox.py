"""The operator's inbox: what waits for a decision, of whatever app, decided by that app's own facade."""

from collections.abc import Callable, Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.access.paging import LARGEST
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import State as Proposed
from utfall.portal.creatives import facade as creatives
from utfall.portal.creatives.contracts import CreativeFilter
from utfall.portal.creatives.contracts import State as Shown
from utfall.portal.operations.contracts import Matter, WaitingView
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import State as Life


def waiting(caller: Caller, matter: Matter | None = None) -> list[WaitingView]:
    """What waits for the operator, the oldest first."""
    caller.require(Permission.OPERATE)
    found = [one for name, look in _LOOKS.items() if matter in (None, name) for one in look(caller)]
    return sorted(found, key=lambda one: one.since)


def waiting_count(caller: Caller) -> int:
    """How much waits: for the navigation, in counts."""
    caller.require(Permission.OPERATE)
    return (
        people.waiting(caller)
        + programs.counts(caller)[Life.IN_REVIEW]
        + audit.waiting(caller)
        + (len(list(_creatives(caller))) if creatives.needs_review() else 0)
    )


def decide(caller: Caller, matter: Matter, number: int, *, approve: bool, why: str = "") -> None:
    """Decide what waits; the app it is of does so, and writes it down. A refusal needs a reason."""
    caller.require(Permission.OPERATE)
    if not any(one.id == number for one in waiting(caller, matter)):
        raise NotFound
    if not approve and not why.strip():
        refuse("why_needed", _("Say why, so that whoever asked can do better."), "why")
    match matter:
        case Matter.ORGANISATION if approve:
            people.approve(caller, number)
        case Matter.ORGANISATION:
            people.suspend(caller, number, why)
        case Matter.PROGRAM:
            programs.change_state(caller, number, Life.ACTIVE if approve else Life.DRAFT, why)
        case Matter.PROPOSAL:
            audit.decide(caller, number, approve=approve, why=why)
        case Matter.CREATIVE if approve:
            creatives.approve(caller, number)
        case Matter.CREATIVE:
            creatives.reject(caller, number, why)


def _organisations(caller: Caller) -> Iterator[WaitingView]:
    for one in people.tenants(caller, state="pending", limit=LARGEST).items:
        yield WaitingView(
            matter=Matter.ORGANISATION,
            id=one.id,
            words=one.name,
            of="",
            detail=one.website or one.contact_email,
            since=one.created_at,
            url=reverse("people:tenant", kwargs={"org": caller.slug, "organisation": one.id}),
        )


def _programs(caller: Caller) -> Iterator[WaitingView]:
    rows = programs.programs(caller, state=Life.IN_REVIEW, count=LARGEST).items
    of = people.parties(Kind.ADVERTISER, {one.advertiser for one in rows})
    for one in rows:
        yield WaitingView(
            matter=Matter.PROGRAM,
            id=one.id,
            words=one.name,
            of=of[one.advertiser].name if one.advertiser in of else "",
            detail=one.tagline or one.website,
            since=one.submitted_at or one.created_at,
            url=reverse("programs:program", kwargs={"org": caller.slug, "program": one.id}),
        )


def _proposals(caller: Caller) -> Iterator[WaitingView]:
    rows = audit.proposals(caller, Proposed.WAITING, limit=LARGEST).items
    decidable = audit.decidable(caller, [one.id for one in rows])
    for one in rows:
        if one.id not in decidable:
            continue
        yield WaitingView(
            matter=Matter.PROPOSAL,
            id=one.id,
            words=one.words,
            of=one.asked_name,
            detail=one.asked_why,
            since=one.asked_at,
            url=reverse("audit:proposal", kwargs={"org": caller.slug, "proposal": one.id}),
        )


def _creatives(caller: Caller) -> Iterator[WaitingView]:
    rows = creatives.creatives(caller, CreativeFilter(state=Shown.IN_REVIEW), count=LARGEST).items
    for one in rows:
        if not creatives.may_decide(caller, one):
            continue
        yield WaitingView(
            matter=Matter.CREATIVE,
            id=one.id,
            words=one.name,
            of=one.submitted_by,
            detail=one.kind.value,
            since=one.created_at,
            url=reverse("creatives:creative", kwargs={"org": caller.slug, "creative": one.id}),
        )


_LOOKS: Final[dict[Matter, Callable[[Caller], Iterator[WaitingView]]]] = {
    Matter.ORGANISATION: _organisations,
    Matter.PROGRAM: _programs,
    Matter.PROPOSAL: _proposals,
    Matter.CREATIVE: _creatives,
}
