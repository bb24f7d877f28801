"""For which reasons a program asks its own people for evidence; the usual ones unless it says otherwise."""

from collections.abc import Collection, Iterable
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction
from django.utils import timezone

from utfall.events import DeclineReason
from utfall.portal.access import Caller, Permission
from utfall.portal.audit import facade as audit
from utfall.portal.programs import facade as programs
from utfall.portal.sealing import facade as sealing
from utfall.portal.validation.contracts import PolicyView
from utfall.portal.validation.judging import USUAL_EVIDENCE, Ground
from utfall.portal.validation.models import Policy
from utfall.terms import Market, Program


def policy(caller: Caller, program: int) -> PolicyView:
    """What a program of the caller's asks for."""
    caller.require(Permission.LOOK)
    view = programs.program(caller, program)
    row = Policy.objects.of(caller).filter(pk=view.id).first()
    reasons = frozenset(map(DeclineReason, row.reasons)) if row else USUAL_EVIDENCE
    return PolicyView(program=view.id, reasons=reasons, is_own=row is not None)


def set_policy(caller: Caller, program: int, reasons: Collection[DeclineReason]) -> PolicyView:
    """Say for which reasons evidence is asked for from now on."""
    caller.require(Permission.MANAGE)
    view = programs.program(caller, program)
    before = policy(caller, program)
    wanted = sorted({reason.value for reason in reasons})
    with transaction.atomic():
        columns = {"advertiser": view.advertiser, "reasons": wanted, "changed_at": timezone.now()}
        Policy.objects.system().update_or_create(program=view.id, defaults=columns)
        audit.record(
            caller,
            action="validation.policy",
            subject=f"program {view.id}",
            before={"evidence_for": sorted(one.value for one in before.reasons)},
            after={"evidence_for": wanted},
            advertiser=view.advertiser,
        )
        sealing.touch()
    return policy(caller, program)


def with_evidence(found: Iterable[Program]) -> list[Program]:
    """Sealed programs with the reasons for which they themselves ask for evidence, whoever decides."""
    asked = {row.program: row.reasons for row in Policy.objects.system()}
    return [
        msgspec.structs.replace(one, evidence_for=tuple(map(DeclineReason, asked[one.id])))
        if asked.get(one.id)
        else one
        for one in found
    ]


def adopt(market: Market) -> None:
    """Take over for which reasons programs ask for evidence; what is said already stays."""
    for one in market.programs:
        if one.evidence_for:
            wanted = sorted({reason.value for reason in one.evidence_for})
            columns = {"advertiser": one.advertiser, "reasons": wanted}
            Policy.objects.system().get_or_create(program=one.id, defaults=columns)


def ground_of(caller: Caller, advertiser: int, now_ms: int) -> Ground:
    """What the rows of one advertiser are judged by at a moment."""
    rows = Policy.objects.of(caller).filter(advertiser=advertiser)
    evidence = {row.program: frozenset(map(DeclineReason, row.reasons)) for row in rows}
    own = programs.programs(caller, advertiser=advertiser, count=200).items
    zones = {one.id: ZoneInfo(one.zone) for one in own}
    return Ground(now_ms=now_ms, evidence=evidence, zones=zones)
