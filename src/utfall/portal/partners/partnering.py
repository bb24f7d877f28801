"""Partnerships: listing them, inviting, moving between groups, pausing, banning, and leaving."""

from collections.abc import Callable, Iterable
from typing import Final

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, Refused, Slice, refuse
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.audit import facade as audit
from utfall.portal.changes.facade import Kind as Changed
from utfall.portal.partners import letters
from utfall.portal.partners.applying import known_group
from utfall.portal.partners.contracts import (
    BanReason,
    EnrolmentView,
    PartnershipView,
    RowVerdict,
    State,
)
from utfall.portal.partners.models import Application, Enrolment, Partnership
from utfall.portal.partners.standing import enrol, move_on, plain, tell_of, view_of
from utfall.portal.people import facade as people


def partnership(caller: Caller, number: int) -> PartnershipView:
    """One partnership, for either side."""
    caller.require(Permission.LOOK)
    return _view(Partnership.objects.one(caller, pk=number))


def partnership_in(caller: Caller, program: int, publisher: int) -> PartnershipView | None:
    """How a publisher stands in a program, for either side; None where it never applied."""
    caller.require(Permission.LOOK)
    row = Partnership.objects.of(caller).filter(program=program, publisher=publisher).first()
    return _view(row) if row else None


def partnerships(
    caller: Caller,
    *,
    program: int | None = None,
    publisher: int | None = None,
    states: Iterable[State] = (),
    group: int | None = None,
    promotion_type: str = "",
    search: str = "",
    after: int | None = None,
    count: int = USUAL,
) -> Slice[PartnershipView]:
    """The caller's partnerships, newest first."""
    caller.require(Permission.LOOK)
    rows = _wanted(caller, program, publisher, group, promotion_type)
    if search.strip():
        rows = rows.filter(_matching(search))
    if wanted_states := [state.value for state in states]:
        rows = rows.filter(state__in=wanted_states)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    size = min(count, LARGEST)
    found = views_of(rows.order_by("-pk")[: size + 1])
    return Slice(found[:size], found[size - 1].id if len(found) > size else None)


def views_of(rows: Iterable[Partnership]) -> list[PartnershipView]:
    """Rows that were found in scope, each with its newest application."""
    found = list(rows)
    newest = _applications(found)
    return [view_of(row, newest.get(row.pk)) for row in found]


def counts(
    caller: Caller,
    *,
    program: int | None = None,
    group: int | None = None,
    promotion_type: str = "",
    search: str = "",
) -> dict[State, int]:
    """How many of the caller's partnerships are in each state, under the same filters as the list."""
    caller.require(Permission.LOOK)
    rows = _wanted(caller, program, None, group, promotion_type)
    if search.strip():
        rows = rows.filter(_matching(search))
    found = dict.fromkeys(State, 0)
    for state, count in rows.values_list("state").annotate(count=Count("pk")):
        found[State(state)] = count
    return found


def enrolments(caller: Caller, number: int) -> list[EnrolmentView]:
    """The intervals in which a partner earned, and its groups, newest first."""
    caller.require(Permission.LOOK)
    row = Partnership.objects.one(caller, pk=number)
    rows = Enrolment.objects.of(caller).filter(partnership=row).order_by("-starts_at", "-pk")
    return [
        EnrolmentView(id=one.pk, group=one.group, starts_at=one.starts_at, ends_at=one.ends_at)
        for one in rows
    ]


def answer(caller: Caller, number: int, *, accept: bool) -> PartnershipView:
    """A publisher accepts or declines an invitation."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = Partnership.objects.one(caller, pk=number)
        caller.publisher(row.publisher)
        if row.state != State.INVITED.value:
            refuse("not_invited", _("There is no invitation to answer."), status=409)
        move_on(caller, row, State.APPROVED if accept else State.DECLINED, group=row.group)
        letters.tell_answer(row, letters.program_name(row.program, caller))
    return view_of(row)


def move(caller: Caller, number: int, group: int | None, *, why: str = "") -> PartnershipView:
    """Move a partner into another group, or into none; what it earned until now stays as it was agreed."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = _of_advertiser(caller, number)
        known_group(caller, row.program, group)
        before = plain(row)
        if row.group == group:
            refuse("there_already", _("The partner is in this group already."), "group", status=409)
        row.group = group
        row.save(update_fields=["group"])
        enrol(row)
        tell_of(row, Changed.PARTNERSHIP_MOVED)
        audit.record(
            caller,
            action="partnership.moved",
            subject=f"partnership {row.pk}",
            before=before,
            after=plain(row),
            why=why,
            advertiser=row.advertiser,
            publisher=row.publisher,
        )
        if row.state == State.APPROVED.value:
            letters.tell_move(row, caller, letters.program_name(row.program, caller), why.strip())
    return view_of(row)


def pause(caller: Caller, number: int, *, why: str) -> PartnershipView:
    """Let a partner earn nothing for a while."""
    return _into(caller, number, State.PAUSED, why=why)


def resume(caller: Caller, number: int) -> PartnershipView:
    """Let a paused partner earn again."""
    caller.require(Permission.MANAGE)
    if Partnership.objects.one(caller, pk=number).state != State.PAUSED.value:
        refuse("not_paused", _("This partnership is not paused."), status=409)
    return _into(caller, number, State.APPROVED)


def ban(caller: Caller, number: int, reason: BanReason, *, why: str) -> PartnershipView:
    """End a partnership for good, with a reason the publisher reads."""
    return _into(caller, number, State.BANNED, why=why, reason=reason.value)


def lift_ban(caller: Caller, number: int, *, why: str) -> PartnershipView:
    """Let a banned publisher apply again."""
    caller.require(Permission.MANAGE)
    if Partnership.objects.one(caller, pk=number).state != State.BANNED.value:
        refuse("not_banned", _("This publisher is not banned."), status=409)
    return _into(caller, number, State.ARCHIVED, why=why)


def leave(caller: Caller, number: int) -> PartnershipView:
    """A publisher leaves a program."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = Partnership.objects.one(caller, pk=number)
        caller.publisher(row.publisher)
        move_on(caller, row, State.ARCHIVED, group=None)
    return view_of(row)


def is_enrolled(program: int, publisher: int) -> bool:
    """Whether a publisher may promote a program now."""
    rows = Partnership.objects.system().filter(program=program, publisher=publisher)
    return rows.filter(state=State.APPROVED.value).exists()


def several(
    caller: Caller, numbers: Iterable[int], do: Callable[[PartnershipView], PartnershipView]
) -> list[RowVerdict]:
    """Do something to each of several partnerships: a refusal of one stops no other."""
    caller.require(Permission.MANAGE)
    return [_one_of_several(caller, number, do) for number in dict.fromkeys(numbers)]


def _one_of_several(
    caller: Caller, number: int, do: Callable[[PartnershipView], PartnershipView]
) -> RowVerdict:
    try:
        with transaction.atomic():
            return RowVerdict(partnership=number, view=do(partnership(caller, number)))
    except Refused as refused:
        problem = refused.problems[0]
        return RowVerdict(partnership=number, view=None, sentence=problem.sentence, code=problem.code)
    except NotFound:
        sentence = _("There is no such partner, or it is not yours.")
        return RowVerdict(partnership=number, view=None, sentence=sentence, code="not_found")


def _wanted(
    caller: Caller, program: int | None, publisher: int | None, group: int | None, promotion_type: str
) -> QuerySet[Partnership]:
    rows = Partnership.objects.of(caller)
    for name, wanted in (("program", program), ("publisher", publisher), ("group", group)):
        rows = rows.filter(**{name: wanted}) if wanted is not None else rows
    if promotion_type:
        rows = rows.filter(promotion_types__icontains=f'"{promotion_type}"')
    return rows


def _matching(search: str) -> Q:
    """Partners whose name or website has the words; for a publisher, programs of such advertisers."""
    return Q(publisher__in=people.numbers_found(Kind.PUBLISHER, search))


def programs_of(caller: Caller) -> set[int]:
    """The programs a publisher takes part in or is invited to, listed or not."""
    rows = Partnership.objects.of(caller).exclude(state__in=[State.BANNED.value])
    return set(rows.values_list("program", flat=True))


def promoted(caller: Caller) -> dict[int, int | None]:
    """The programs a publisher promotes, each with the group it is in there."""
    rows = Partnership.objects.of(caller).filter(state=State.APPROVED.value)
    return dict(rows.values_list("program", "group"))


def _into(caller: Caller, number: int, state: State, *, why: str = "", reason: str = "") -> PartnershipView:
    caller.require(Permission.MANAGE)
    if state is not State.APPROVED and not why.strip():
        refuse("reason_missing", _("Say why; the publisher reads it."), "why")
    with transaction.atomic():
        row = _of_advertiser(caller, number)
        was = State(row.state)
        move_on(caller, row, state, note=why.strip(), reason=reason, group=row.group)
        if (occasion := _OCCASIONS.get((was, state))) is not None:
            letters.tell_publisher(row, occasion, caller, letters.program_name(row.program, caller))
    return view_of(row)


_OCCASIONS: Final = {
    (State.APPROVED, State.PAUSED): "paused",
    (State.PAUSED, State.APPROVED): "resumed",
    (State.BANNED, State.ARCHIVED): "lifted",
    **{(state, State.BANNED): "banned" for state in State},
}
"""Which changes the publisher is written about."""


def _of_advertiser(caller: Caller, number: int) -> Partnership:
    row = Partnership.objects.one(caller, pk=number)
    caller.advertiser(row.advertiser)
    return row


def _view(row: Partnership) -> PartnershipView:
    return view_of(row, _applications([row]).get(row.pk))


def _applications(rows: list[Partnership]) -> dict[int, Application]:
    """The newest application of each partnership."""
    found = Application.objects.system().filter(partnership__in=rows).order_by("pk")
    return {one.partnership_id: one for one in found}
