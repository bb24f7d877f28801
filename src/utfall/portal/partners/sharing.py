"""Splits and overrides: who else is paid, agreed for the future and never for the past.

A split is the advertiser's, and so is what it pays on top. What a child gives away of its own commission it
agrees to itself, or the operator does for the whole network.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, Problem, Refused, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.partners.models import Override, Split, SplitShare
from utfall.portal.partners.sharing_contracts import OverrideDraft, OverrideView, SplitDraft, SplitView
from utfall.portal.partners.sharing_sealed import (
    sealed_override,
    sealed_overrides,
    sealed_split,
    sealed_splits,
)
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.sealing import facade as sealing
from utfall.terms import Split as SealedSplit
from utfall.terms.dividing import override_problems, split_problems

MOST: Final = 500
"""Splits of one program, and overrides of one child."""


def splits(caller: Caller, *, program: int | None = None) -> list[SplitView]:
    """The caller's splits, newest first; a publisher reads its own share of each."""
    caller.require(Permission.LOOK)
    rows = _own_splits(caller)
    rows = rows.filter(program=program) if program is not None else rows
    return [_split_view(caller, row) for row in rows.order_by("-pk")[:MOST].prefetch_related("shares")]


def split(caller: Caller, number: int) -> SplitView:
    """One of the caller's splits, or NotFound."""
    caller.require(Permission.LOOK)
    row = _own_splits(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    return _split_view(caller, row)


def overrides(caller: Caller, *, program: int | None = None) -> list[OverrideView]:
    """The caller's overrides, newest first: what its parents and its children have agreed."""
    caller.require(Permission.LOOK)
    rows = _own_overrides(caller)
    rows = rows.filter(program=program) if program is not None else rows
    return [_override_view(row) for row in rows.order_by("-pk")[:MOST]]


def override(caller: Caller, number: int) -> OverrideView:
    """One of the caller's overrides, or NotFound."""
    caller.require(Permission.LOOK)
    row = _own_overrides(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    return _override_view(row)


@transaction.atomic
def add_split(caller: Caller, draft: SplitDraft) -> SplitView:
    """Share what a publisher wins in a program of the caller's, from now or a later time on."""
    caller.require(Permission.PRICE)
    program = programs.program(caller, draft.program)
    caller.advertiser(program.advertiser)
    starts_at = _start(draft.starts_at, draft.ends_at)
    _known(publisher for publisher, _ppm in draft.shares)
    _insist(split_problems([SealedSplit(id=1, program=1, publisher=draft.publisher, shares=draft.shares)]))
    if Split.objects.of(caller).filter(program=program.id).count() >= MOST:
        refuse("too_many_splits", _("A program has at most 500 splits: end some and use what is left."))
    row = Split(
        program=program.id,
        advertiser=program.advertiser,
        publisher=draft.publisher,
        starts_at=starts_at,
        ends_at=draft.ends_at,
        created_by=caller.name,
    )
    row.save()
    SplitShare.objects.system().bulk_create(
        SplitShare(split=row, publisher=publisher, ppm=ppm) for publisher, ppm in draft.shares
    )
    _insist(split_problems([*sealed_splits(draft.publisher)]))
    _changed(caller, "split_made", row, _plain_split(row))
    return _split_view(caller, row)


@transaction.atomic
def add_override(caller: Caller, draft: OverrideDraft) -> OverrideView:
    """Give a parent a share of what its child earns, from now or a later time on."""
    caller.require(Permission.PRICE if caller.kind is not Kind.PUBLISHER else Permission.MANAGE)
    advertiser = None
    if draft.program is not None:
        program = programs.program(caller, draft.program)
        advertiser = program.advertiser
    _may_agree(caller, draft, advertiser)
    _known((draft.parent, draft.child))
    if Override.objects.system().filter(child=draft.child).count() >= MOST:
        refuse("too_many_overrides", _("A publisher has at most 500 overrides."))
    row = Override(
        program=draft.program,
        advertiser=advertiser,
        parent=draft.parent,
        child=draft.child,
        ppm=draft.ppm,
        on_top=draft.on_top,
        starts_at=_start(draft.starts_at, draft.ends_at),
        ends_at=draft.ends_at,
        created_by=caller.name,
    )
    row.save()
    _insist(override_problems([*sealed_overrides(draft.child)]))
    _changed(caller, "override_made", row, _plain_override(row))
    return _override_view(row)


@transaction.atomic
def end_split(caller: Caller, number: int, at: datetime | None = None, *, why: str = "") -> SplitView:
    """Let a split end now or at a later time: what was placed before stays shared."""
    caller.require(Permission.PRICE)
    row = Split.objects.one(caller, pk=number)
    caller.advertiser(row.advertiser)
    _end(caller, row, at, "split_ended", why)
    return _split_view(caller, row)


@transaction.atomic
def end_override(caller: Caller, number: int, at: datetime | None = None, *, why: str = "") -> OverrideView:
    """Let an override end now or at a later time: what was placed before stays as it is."""
    caller.require(Permission.PRICE if caller.kind is not Kind.PUBLISHER else Permission.MANAGE)
    row = _own_overrides(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    if row.on_top and caller.kind is Kind.PUBLISHER:
        refuse("not_yours_to_end", _("The advertiser pays this override, and alone can end it."))
    _end(caller, row, at, "override_ended", why)
    return _override_view(row)


@transaction.atomic
def keep_split(caller: Caller, number: int) -> SplitView:
    """Take back an end that is still to come: it holds on."""
    caller.require(Permission.PRICE)
    row = Split.objects.one(caller, pk=number)
    caller.advertiser(row.advertiser)
    _keep(caller, row, "split_kept")
    _insist(split_problems([*sealed_splits(row.publisher)]))
    return _split_view(caller, row)


@transaction.atomic
def keep_override(caller: Caller, number: int) -> OverrideView:
    """Take back an end that is still to come, by whoever pays it."""
    caller.require(Permission.PRICE if caller.kind is not Kind.PUBLISHER else Permission.MANAGE)
    row = _own_overrides(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    if not pays(caller, row):
        refuse("not_yours_to_give", _("Only who pays an override can let it hold on."))
    _keep(caller, row, "override_kept")
    _insist(override_problems([*sealed_overrides(row.child)]))
    return _override_view(row)


def pays(caller: Caller, one: Override | OverrideView) -> bool:
    """Whether the caller pays an override within its reach; the operator agrees for everybody."""
    if caller.kind is Kind.OPERATOR:
        return True
    return caller.kind is not Kind.PUBLISHER if one.on_top else one.child in caller.publishers


def _own_splits(caller: Caller) -> QuerySet[Split]:
    """A split is its advertiser's, and everybody's who has a share in it."""
    if caller.kind is not Kind.PUBLISHER:
        return Split.objects.of(caller)
    return Split.objects.system().filter(pk__in=SplitShare.objects.of(caller).values("split"))


def _own_overrides(caller: Caller) -> QuerySet[Override]:
    """An override is its advertiser's, its parent's, and its child's where the child pays it."""
    if caller.kind is not Kind.PUBLISHER:
        return Override.objects.of(caller)
    given = Q(child__in=caller.publishers, on_top=False)
    return Override.objects.system().filter(given | Q(parent__in=caller.publishers))


def _may_agree(caller: Caller, draft: OverrideDraft, advertiser: int | None) -> None:
    """Whoever pays an override agrees to it."""
    if draft.on_top and draft.program is None:
        refuse(
            "program_missing", _("Say in which program: what is paid on top is its advertiser's."), "program"
        )
    if caller.kind is Kind.OPERATOR:
        return
    if draft.on_top and advertiser is not None and caller.kind is not Kind.PUBLISHER:
        caller.advertiser(advertiser)
        return
    if not draft.on_top and draft.child in caller.publishers:
        return
    refuse(
        "not_yours_to_give",
        _("Only who pays an override can agree to it: the advertiser on top, the child out of its own."),
    )


def _start(asked: datetime | None, ends_at: datetime | None) -> datetime:
    now = timezone.now()
    if asked is not None and asked < now:
        refuse("begins_in_the_past", _("It begins now or later: what was earned stays."), "starts_at")
    if ends_at is not None and ends_at <= (asked or now):
        refuse("ends_too_early", _("It ends before it begins: let it end later."), "ends_at")
    return asked or now


def _known(publishers: Iterable[int]) -> None:
    wanted = set(publishers)
    missing = sorted(wanted - people.parties(Kind.PUBLISHER, list(wanted)).keys())
    if missing:
        refuse("unknown_publisher", _("There is no such publisher."), "publisher")


_SENTENCES: Final = (
    ("at the same time", "meets_another", _("Another one holds at the same time: end that one first.")),
    ("its shares", "shares_not_whole", _("The shares are above zero and come to 100 %.")),
    ("nobody has two", "winner_missing", _("Whoever wins has one of the shares, and nobody has two.")),
    ("it names", "shares_out_of_range", _("Share among 2 to 20 publishers.")),
    ("own parent", "own_parent", _("Nobody is its own parent: choose another publisher.")),
    ("a share above zero", "share_out_of_range", _("A share is above 0 and at most 100 %.")),
    ("give away", "gives_too_much", _("Together that is more than the child earns: take less.")),
)
"""What the seal would say, and what people are told instead."""


def _insist(problems: Iterable[tuple[str, str]]) -> None:
    """Refuse what the seal would refuse; the transaction takes back what was written."""
    said = [why for _where, why in problems]
    found = [
        Problem(code, sentence, "") for part, code, sentence in _SENTENCES if any(part in why for why in said)
    ]
    assert bool(found) == bool(said), "every problem of the seal has a sentence"
    if found:
        raise Refused(found)


def _end(caller: Caller, row: Split | Override, at: datetime | None, action: str, why: str) -> None:
    now = timezone.now()
    ends_at = at or now
    if ends_at < now:
        refuse("ends_in_the_past", _("It ends now or later: what was earned stays."), "ends_at")
    if row.ends_at is not None and row.ends_at <= ends_at:
        refuse("nothing_changed", _("It ends before that already."))
    before = {"ends_at": row.ends_at.isoformat() if row.ends_at else None}
    row.ends_at = max(ends_at, row.starts_at)
    row.save(update_fields=["ends_at"])
    _changed(caller, action, row, {"ends_at": row.ends_at.isoformat()}, before, why)


def _keep(caller: Caller, row: Split | Override, action: str) -> None:
    if row.ends_at is None or row.ends_at <= timezone.now():
        refuse("nothing_to_keep", _("It has no end to come. One that has ended is agreed anew."), status=409)
    before = {"ends_at": row.ends_at.isoformat()}
    row.ends_at = None
    row.save(update_fields=["ends_at"])
    _changed(caller, action, row, {"ends_at": None}, before)


def _changed(
    caller: Caller,
    action: str,
    row: Split | Override,
    after: dict[str, object],
    before: Mapping[str, object] | None = None,
    why: str = "",
) -> None:
    is_split = isinstance(row, Split)
    audit.record(
        caller,
        action=f"partner.{action}",
        subject=f"{'split' if is_split else 'override'} {row.pk}",
        before=before,
        after=after,
        why=why,
        advertiser=row.advertiser,
    )
    sealing.touch()


def _plain_split(row: Split) -> dict[str, object]:
    sealed = sealed_split(row)
    return {
        "program": row.program,
        "publisher": row.publisher,
        "shares": [list(one) for one in sealed.shares],
    }


def _plain_override(row: Override) -> dict[str, object]:
    sealed = sealed_override(row)
    return {name: getattr(sealed, name) for name in ("program", "parent", "child", "ppm", "on_top")}


def _split_view(caller: Caller, row: Split) -> SplitView:
    shares: Sequence[tuple[int, int]] = sealed_split(row).shares
    if caller.kind is Kind.PUBLISHER:
        shares = [one for one in shares if one[0] in caller.publishers]
    return SplitView(
        id=row.pk,
        program=row.program,
        advertiser=row.advertiser,
        publisher=row.publisher,
        shares=tuple(shares),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )


def _override_view(row: Override) -> OverrideView:
    return OverrideView(
        id=row.pk,
        program=row.program,
        advertiser=row.advertiser,
        parent=row.parent,
        child=row.child,
        ppm=row.ppm,
        on_top=row.on_top,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
