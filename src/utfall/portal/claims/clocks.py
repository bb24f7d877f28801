"""How long a program takes at most to decide a claim, from when on; a claim's clock is that of its filing."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.claims.contracts import ClockView, Due, Record, State
from utfall.portal.claims.models import Claim, Clock
from utfall.portal.programs import facade as programs

USUAL_DAYS: Final = 60
LEAST_DAYS: Final = 7
MOST_DAYS: Final = 90
REMEMBERED: Final = timedelta(days=183)
_DECIDED: Final = [State.APPROVED.value, State.AUTO_APPROVED.value, State.DENIED.value]


def clock(caller: Caller, program: int) -> ClockView:
    """The clock of a program that the caller can see."""
    caller.require(Permission.LOOK)
    view = programs.program(caller, program)
    return clock_at(view.id, timezone.now())


def clock_at(program: int, at: datetime) -> ClockView:
    """The clock that is in force at a moment."""
    row = (
        Clock.objects.system()
        .filter(program=program, starts_at__lte=at)
        .order_by("-starts_at", "-pk")
        .first()
    )
    return ClockView(
        program=program, days=row.days if row else USUAL_DAYS, starts_at=row.starts_at if row else None
    )


def set_clock(caller: Caller, program: int, days: int) -> ClockView:
    """Set the clock of claims that are filed from now on."""
    caller.require(Permission.MANAGE)
    view = programs.program(caller, program)
    if not LEAST_DAYS <= days <= MOST_DAYS:
        refuse("days_range", _("Choose between 7 and 90 days."), "days")
    before = clock_at(program, timezone.now())
    with transaction.atomic():
        Clock.objects.system().create(
            program=view.id, advertiser=view.advertiser, days=days, actor=caller.actor
        )
        audit.record(
            caller,
            action="claims.clock",
            subject=f"program {view.id}",
            before={"days": before.days},
            after={"days": days},
            advertiser=view.advertiser,
        )
    return clock_at(program, timezone.now())


def due(caller: Caller, program: int, before: datetime) -> Due | None:
    """The claims of a program that the clock decides before a moment, unless somebody does; None for none."""
    caller.require(Permission.LOOK)
    rows = Claim.objects.of(caller).filter(program=program, state=State.OPEN.value, due_at__lt=before)
    sums: Counter[str] = Counter()
    for currency, micros in rows.values_list("currency", "amount_micros"):
        sums[currency] += micros
    found = rows.aggregate(claims=Count("pk"), due_last=Max("due_at"), filed_last=Max("filed_at"))
    return Due(sums=sums, **found) if found["claims"] else None


def records(programs: Iterable[int]) -> dict[int, Record]:
    """How programs dealt with the claims of the last half year."""
    since = timezone.now() - REMEMBERED
    rows = Claim.objects.system().filter(program__in=set(programs), decided_at__gte=since, state__in=_DECIDED)
    told: dict[int, list[tuple[str, float]]] = {}
    for program, state, filed, decided in rows.values_list("program", "state", "filed_at", "decided_at"):
        if decided is not None:
            told.setdefault(program, []).append((state, (decided - filed).total_seconds()))
    return {
        program: Record(
            program=program,
            decided=len(some),
            approved=sum(state != State.DENIED.value for state, _took in some),
            median_hours=int(median(took for _state, took in some) // 3600),
        )
        for program, some in told.items()
    }
