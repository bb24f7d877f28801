"""Grants: asked for, perhaps of a second person, noted, and told to settlement once they are durable.

grant       a bonus or a placement; the proposal's number where a second person is asked
take_back   all that is left of one, or a part
grants      what was granted, newest first: by the caller's own programs, or to its own publishers
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from utfall.events import BonusReason
from utfall.events.limits import AMOUNT_MICROS
from utfall.money import Money
from utfall.portal.access import Caller, Kind, NotFound, Permission, Problem, Refused, Slice, refuse
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit import facade as audit
from utfall.portal.bonuses.contracts import WORDS_CHARS, GrantDraft, GrantView, State
from utfall.portal.bonuses.following import write
from utfall.portal.bonuses.models import Grant
from utfall.portal.look.formats import money
from utfall.portal.partners import facade as partners
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.programs.contracts import State as ProgramState
from utfall.portal.validation.facade import money_id

KIND: Final = "bonus.grant"
"""The kind of proposal that waits where the operator asks for four eyes."""
LIVE: Final = frozenset({ProgramState.ACTIVE, ProgramState.PAUSED})


@transaction.atomic
def grant(caller: Caller, draft: GrantDraft) -> GrantView | int:
    """Grant a publisher an amount; or the proposal that waits for a second person."""
    caller.require(Permission.PRICE)
    view = _own_program(caller, draft.program)
    _insist(view, draft)
    before = _told_before(view.advertiser, draft.token)
    if before is not None:
        return before
    if audit.needs_approval(KIND, flat=Money(draft.micros, view.currency)):
        return _propose(caller, view, draft)
    return _grant(caller, view, draft)


def grant_proposed(approver: Caller, payload: Mapping[str, Any]) -> None:
    """A second person agreed."""
    draft = msgspec.convert(dict(payload), GrantDraft)
    view = _own_program(approver, draft.program)
    _insist(view, draft)
    if _told_before(view.advertiser, draft.token) is None:
        _grant(approver, view, draft)


def _own_program(caller: Caller, number: int) -> ProgramView:
    """A program whose money the caller may spend: its own, never one that it merely sees."""
    if caller.kind is Kind.PUBLISHER:
        raise NotFound
    return programs.program(caller, number)


def _insist(view: ProgramView, draft: GrantDraft) -> None:
    problems = []
    if view.state not in LIVE:
        problems.append(Problem("program_not_live", _("Only a program that is live grants anything.")))
    if not 0 < draft.micros <= AMOUNT_MICROS:
        problems.append(Problem("amount_out_of_range", _("Grant more than nothing."), "micros"))
    if not partners.is_enrolled(draft.program, draft.publisher):
        words = _("Choose a publisher that is a partner of the program.")
        problems.append(Problem("not_a_partner", words, "publisher"))
    if not 0 < len(_tidied(draft.words)) <= WORDS_CHARS:
        words = _("Say in at most 200 characters what it is for: both of you read it.")
        problems.append(Problem("words_needed", words, "words"))
    if problems:
        raise Refused(problems)


def _tidied(text: str) -> str:
    return " ".join(text.split())


def _told_before(advertiser: int, token: str | None) -> GrantView | None:
    """What the same form told when it was sent before, for an advertiser that was found in scope."""
    if token is None:
        return None
    found = _views(list(Grant.objects.system().filter(advertiser=advertiser, token=token)))
    return found[0] if found else None


def _propose(caller: Caller, view: ProgramView, draft: GrantDraft) -> int:
    words = _("%(amount)s for %(publisher)s, by %(program)s: %(words)s") % {
        "amount": money(draft.micros, view.currency),
        "publisher": people.party(Kind.PUBLISHER, draft.publisher).name,
        "program": view.name,
        "words": _tidied(draft.words),
    }
    return audit.propose(
        caller,
        KIND,
        {**asdict(draft), "kind": draft.kind.value},
        words,
        subject=f"program {view.id}",
        after=_recorded(draft.micros, view.currency, draft.kind.value, draft.words),
        advertiser=view.advertiser,
    )


def _recorded(micros: int, currency: str, reason: str, words: str) -> dict[str, Any]:
    amount = {"micros": micros, "currency": currency}
    return {"amount": amount, "reason": reason, "words": _tidied(words)}


def _grant(caller: Caller, view: ProgramView, draft: GrantDraft) -> GrantView:
    row = Grant(
        program=view.id,
        advertiser=view.advertiser,
        publisher=draft.publisher,
        currency=view.currency,
        micros=draft.micros,
        reason=draft.kind.value,
        words=_tidied(draft.words),
        token=draft.token,
    )
    return _kept(caller, row, "bonus.granted")


@transaction.atomic
def take_back(
    caller: Caller, number: int, *, micros: int | None = None, words: str = "", token: str | None = None
) -> GrantView:
    """Take back all that is left of a grant, or a part; also what was paid out: it is owed then."""
    caller.require(Permission.PRICE)
    first = _own_grant(caller, number)
    before = _told_before(first.advertiser, token)
    if before is not None:
        return before
    left = first.micros - _taken([first.pk]).get(first.pk, 0)
    wanted = left if micros is None else micros
    if first.state != State.GRANTED.value or first.takes_back_id is not None:
        refuse("not_granted", _("Only what was granted can be taken back."), status=409)
    if not 0 < wanted <= left:
        refuse("amount_out_of_range", _("Take back no more than what is left of it."), "micros")
    row = Grant(
        program=first.program,
        advertiser=first.advertiser,
        publisher=first.publisher,
        currency=first.currency,
        micros=-wanted,
        reason=BonusReason.CLAWBACK.value,
        words=_tidied(words)[:WORDS_CHARS] or first.words,
        takes_back=first,
        token=token,
    )
    return _kept(caller, row, "bonus.taken_back")


def _own_grant(caller: Caller, number: int) -> Grant:
    """A grant by the caller's own program, locked: what is left of it is counted by one at a time."""
    if caller.kind is Kind.PUBLISHER:
        raise NotFound
    found = Grant.objects.of(caller).select_for_update().filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def _taken(numbers: Sequence[int]) -> dict[int, int]:
    """How much of grants was taken back, or is about to be; what settlement refused was not."""
    rows = Grant.objects.system().filter(takes_back__in=numbers).exclude(state=State.REFUSED.value)
    sums = rows.order_by().values_list("takes_back").annotate(micros=Sum("micros"))
    return {number: -micros for number, micros in sums if number is not None}


def _kept(caller: Caller, row: Grant, action: str) -> GrantView:
    """Note what is told, and tell it once it is durable; a form that is sent twice is told once."""
    row.event_ms = time.time_ns() // 1_000_000
    row.actor = caller.actor
    row.event = money_id(row.event_ms, "bonus", row.program, row.publisher, row.token or time.time_ns())
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        (known,) = _views(list(Grant.objects.of(caller).filter(advertiser=row.advertiser, token=row.token)))
        return known
    audit.record(
        caller,
        action=action,
        subject=f"publisher {row.publisher}",
        before=None,
        after=_recorded(row.micros, row.currency, row.reason, row.words),
        advertiser=row.advertiser,
        publisher=row.publisher,
    )
    transaction.on_commit(lambda: write([row.pk]))
    (told,) = _views([row])
    return told


def granted(caller: Caller, number: int) -> GrantView:
    """One grant that the caller gave or got, or NotFound."""
    caller.require(Permission.LOOK)
    (found,) = _views([Grant.objects.one(caller, pk=number)])
    return found


def grants(
    caller: Caller,
    *,
    program: int | None = None,
    publisher: int | None = None,
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[GrantView]:
    """What was granted, newest first: by the caller's own programs, or to its own publishers."""
    caller.require(Permission.LOOK)
    rows = Grant.objects.of(caller)
    if program is not None:
        rows = rows.filter(program=program)
    if publisher is not None:
        rows = rows.filter(publisher=publisher)
    found = newest(rows, lambda row: row, after=after, limit=limit)
    return Slice(_views(found.items), found.following)


def _views(rows: Sequence[Grant]) -> list[GrantView]:
    taken = _taken([row.pk for row in rows])
    names = people.party_names(Kind.PUBLISHER, {row.publisher for row in rows})
    return [
        GrantView(
            id=row.pk,
            program=row.program,
            advertiser=row.advertiser,
            publisher=row.publisher,
            publisher_name=names.get(row.publisher, f"#{row.publisher}"),
            currency=row.currency,
            micros=row.micros,
            left_micros=max(row.micros - taken.get(row.pk, 0), 0),
            reason=row.reason,
            words=row.words,
            takes_back=row.takes_back_id,
            state=State(row.state),
            code=row.code,
            receipt=row.receipt,
            actor=row.actor,
            at=row.at,
        )
        for row in rows
    ]
