"""Saying what changed: every change of people, roles, keys and organisations goes into the log."""

from collections.abc import Mapping
from typing import Any

from utfall.portal.access import Caller, Kind
from utfall.portal.people.models import Organisation


def record(
    caller: Caller,
    action: str,
    subject: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
    of: Organisation | None = None,
) -> None:
    """Write it into the log, in the transaction of the change. `of`: the organisation it happened to."""
    from utfall.portal.audit import facade as audit

    kind, number = (caller.kind, caller.number) if of is None else (Kind(of.kind), of.number)
    audit.record(
        caller,
        action=action,
        subject=subject,
        before=before,
        after=after,
        why=why,
        advertiser=number if kind is Kind.ADVERTISER else None,
        publisher=number if kind is Kind.PUBLISHER else None,
    )


def terms_changed() -> None:
    """Have the terms sealed anew: parties or keys are no longer what the edge was told."""
    from utfall.portal.sealing import facade as sealing

    sealing.touch()
