"""Claims as either side may read them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from utfall.portal.access import Caller, Kind, Permission, Slice
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.claims import awarding
from utfall.portal.claims.contracts import (
    Answer,
    Award,
    ClaimView,
    Finding,
    MessageView,
    ProofView,
    State,
)
from utfall.portal.claims.models import Claim, Message
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs


def claim(caller: Caller, number: int) -> ClaimView:
    """One claim, or NotFound."""
    caller.require(Permission.LOOK)
    row = Claim.objects.one(caller, pk=number)
    awarding.follow([row])
    return _views(caller, [row])[0]


def claims(
    caller: Caller,
    *,
    states: Iterable[State] = (),
    program: int | None = None,
    search: str = "",
    due_until: datetime | None = None,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[ClaimView]:
    """The caller's claims, newest first; `due_until`: those whose clock ends before."""
    caller.require(Permission.LOOK)
    rows = Claim.objects.of(caller)
    if wanted := [one.value for one in states]:
        rows = rows.filter(state__in=wanted)
    if program is not None:
        rows = rows.filter(program=program)
    if search:
        rows = rows.filter(reference__startswith=search)
    if due_until is not None:
        rows = rows.filter(due_at__lt=due_until)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    size = min(limit, LARGEST)
    found = list(rows.order_by("-pk")[: size + 1])
    awarding.follow(found[:size])
    return Slice(_views(caller, found[:size]), found[size - 1].pk if len(found) > size else None)


def waiting(caller: Caller) -> int:
    """How many claims wait for the caller's side."""
    caller.require(Permission.LOOK)
    state = State.MORE_INFO if caller.kind is Kind.PUBLISHER else State.OPEN
    return Claim.objects.of(caller).filter(state=state.value).count()


def messages(caller: Caller, number: int) -> list[MessageView]:
    """What was said about a claim, oldest first."""
    caller.require(Permission.LOOK)
    row = Claim.objects.one(caller, pk=number)
    said = Message.objects.of(caller).filter(claim=row).prefetch_related("proofs").order_by("pk")
    return [_message(caller, one) for one in said]


def _message(caller: Caller, row: Message) -> MessageView:
    """Who of the other side wrote is not shown: the side is."""
    mine = "publisher" if caller.kind is Kind.PUBLISHER else "advertiser"
    return MessageView(
        id=row.pk,
        side=row.side,
        actor=row.actor if row.side == mine or caller.sees_all else "",
        text=row.text,
        at=row.at,
        proofs=tuple(
            ProofView(id=one.pk, name=one.name, kind=one.kind, bytes=one.bytes) for one in row.proofs.all()
        ),
    )


def _views(caller: Caller, rows: Sequence[Claim]) -> list[ClaimView]:
    named = {one.id: one.name for one in _programs(caller, {row.program for row in rows})}
    publishers = people.parties(Kind.PUBLISHER, {row.publisher for row in rows})
    advertisers = people.parties(Kind.ADVERTISER, {row.advertiser for row in rows})
    return [
        _view(
            caller,
            row,
            program_name=named.get(row.program, f"#{row.program}"),
            publisher_name=_name(publishers, row.publisher),
            advertiser_name=_name(advertisers, row.advertiser),
        )
        for row in rows
    ]


def _programs(caller: Caller, numbers: set[int]) -> Sequence[Any]:
    return programs.programs(caller, numbers=frozenset(numbers), count=200).items if numbers else []


def _name(parties: dict[int, Any], number: int) -> str:
    return parties[number].name if number in parties else f"#{number}"


def _view(caller: Caller, row: Claim, **names: str) -> ClaimView:
    same = ("advertiser", "program", "publisher", "reference", "placed_on", "amount_micros", "currency")
    more = ("note", "denial", "words", "award_reference", "award_reason", "receipt", "commission_micros")
    told: dict[str, Any] = {name: getattr(row, name) for name in (*same, *more)}
    times = ("filed_at", "due_at", "asked_at", "decided_at")
    told |= {name: getattr(row, name) for name in times} | names
    return ClaimView(
        id=row.pk,
        answer=answer_of(row.answer),
        order=None if caller.kind is Kind.PUBLISHER else row.order,
        state=State(row.state),
        award=Award(row.award),
        **told,
    )


def answer_of(told: dict[str, Any]) -> Answer:
    """An answer as it was kept."""
    at = told.get("click_at")
    return Answer(
        finding=Finding(told["finding"]),
        click_at=datetime.fromisoformat(at) if at else None,
        rule=told.get("rule", ""),
        reason=told.get("reason", ""),
        remarks=tuple(told.get("remarks", ())),
        is_open=told.get("is_open", False),
    )
