"""What a tenant is allowed where that is not the usual; `access.allowances` reads it for who enforces it."""

import threading
import time
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, Problem, Refused
from utfall.portal.access.allowances import USUAL, Allowed
from utfall.portal.access.errors import Words
from utfall.portal.audit import facade as audit
from utfall.portal.operations.contracts import AllowanceView
from utfall.portal.operations.models import Allowance
from utfall.portal.people import facade as people

FRESH_SECONDS: Final = 5.0
"""Another process knows of a change within so long; the one that makes it, at once."""
WORDS: Final[dict[Allowed, Words]] = {
    Allowed.API_PER_SECOND: _("Requests to the API, a second, for each key"),
    Allowed.API_BURST: _("Requests to the API at once, for each key"),
    Allowed.API_KEYS: _("API keys in use"),
    Allowed.TASKS: _("Tasks waiting or running"),
}
_lock: Final = threading.Lock()
_known: dict[int, dict[Allowed, int]] = {}
_read_at: list[float] = []


def allowances(caller: Caller, organisation: int) -> list[AllowanceView]:
    """Everything that is limited for an organisation: how much, and how much is usual."""
    caller.require(Permission.OPERATE)
    people.tenant(caller, organisation)
    rows = Allowance.objects.of(caller).filter(organisation=organisation)
    own = {row.what: row.most for row in rows}
    return [
        AllowanceView(
            what=what,
            words=str(WORDS[what]),
            most=own.get(what.value, USUAL[what].usual),
            usual=USUAL[what].usual,
            largest=USUAL[what].largest,
            is_own=what.value in own,
        )
        for what in Allowed
    ]


def allow(caller: Caller, organisation: int, wanted: Mapping[Allowed, int | None]) -> list[AllowanceView]:
    """Allow a tenant more or less than usual; None is the usual again."""
    caller.require(Permission.OPERATE)
    found = people.tenant(caller, organisation)
    _refuse_unfit(wanted)
    before = {one.what.value: one.most for one in allowances(caller, organisation)}
    with transaction.atomic():
        rows = Allowance.objects.of(caller).filter(organisation=organisation)
        for what, most in wanted.items():
            if most is None or most == USUAL[what].usual:
                rows.filter(what=what.value).delete()
            else:
                Allowance.objects.system().update_or_create(
                    organisation=organisation, what=what.value, defaults={"most": most}
                )
        after = {one.what.value: one.most for one in allowances(caller, organisation)}
        if before != after:
            audit.record(
                caller,
                action="organisation.allowed",
                subject=f"organisation:{organisation}",
                before=before,
                after=after,
                advertiser=found.number if found.kind == "advertiser" else None,
                publisher=found.number if found.kind == "publisher" else None,
            )
        transaction.on_commit(forget)
    return allowances(caller, organisation)


def own_allowances(organisation: int) -> Mapping[Allowed, int]:
    """What was chosen for an organisation; read anew every few seconds, for all of them at once."""
    now = time.monotonic()
    with _lock:
        if not _read_at or now - _read_at[0] > FRESH_SECONDS:
            _read()
            _read_at[:] = [now]
        return _known.get(organisation, {})


def counts_of_own(caller: Caller) -> dict[int, int]:
    """How many allowances of its own each organisation has."""
    found: dict[int, int] = {}
    for organisation in Allowance.objects.of(caller).values_list("organisation", flat=True):
        found[organisation] = found.get(organisation, 0) + 1
    return found


def forget() -> None:
    """Read anew at the next question."""
    with _lock:
        _read_at.clear()


def _read() -> None:
    _known.clear()
    for row in Allowance.objects.system().filter(what__in=[one.value for one in Allowed]):
        _known.setdefault(row.organisation, {})[Allowed(row.what)] = row.most


def _refuse_unfit(wanted: Mapping[Allowed, int | None]) -> None:
    sentence = _("Choose a number from %(least)s to %(largest)s, or none for the usual.")
    found = [
        Problem(
            "out_of_bounds",
            sentence % {"least": USUAL[what].least, "largest": USUAL[what].largest},
            what.value,
        )
        for what, most in wanted.items()
        if most is not None and not USUAL[what].least <= most <= USUAL[what].largest
    ]
    if found:
        raise Refused(found)
