"""Whose key it is, what was noticed, and what changed."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta

from utfall.mcp.desk import Desk
from utfall.mcp.plain import Plain, listed, plain
from utfall.mcp.rehearsals import Plan
from utfall.mcp.tools import After, AnyProgram, Few, Id, Tools

tools = Tools()


@tools.reads("Whom you work for")
def who_am_i(desk: Desk) -> Plain:
    """The organisation this key speaks for, what it is in the market, and what it may do: look reads;
    manage is programs, partners, links; money decides about orders and claims; price is commission and
    budgets."""
    return {"portal": desk.portal, **plain(desk.client.people.this_key())}


@tools.reads("Alerts")
def alerts(
    desk: Desk,
    *,
    state: Literal["open", "ended"] | None = None,
    program: AnyProgram = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """What was noticed: metrics out of bounds, sudden changes, budgets at 90 %, tracking that went silent;
    each in one sentence with the numbers it compared."""
    found = desk.client.alerts.alerts(state=state, program=program, limit=limit, after=after)
    told = listed(found)
    for one in told["items"]:
        one.pop("picture", None)
    return told


@tools.writes("Acknowledge an alert", operation="alerts_acknowledge", needs="manage", can_be_undone=True)
def acknowledge_alert(
    desk: Desk, *, alert: Annotated[Id, Meta(description="Its number (tool alerts).")]
) -> Plan:
    """Say that somebody sees to an alert, so that colleagues need not."""
    found = desk.client.alerts.alert(alert)
    return Plan(
        would=f"Acknowledge alert {alert}: {found.sentence}",
        changes={"acknowledged": {"now": found.acknowledged_at is not None, "then": True}},
        seen=found.acknowledged_at,
        look=lambda: desk.client.alerts.alert(alert).acknowledged_at,
        do=lambda key: {"alert": plain(desk.client.alerts.acknowledge(alert, idempotency_key=key))},
    )


@tools.reads("What changed since a cursor")
def changes(
    desk: Desk,
    *,
    after: After = None,
    kinds: Annotated[
        Sequence[str],
        Meta(max_length=40, description="Only these: conversion.declined, claim.filed, program.terms, …"),
    ] = (),
    subject: Annotated[str | None, Meta(description="Only about this: conversion:17, partnership:3.")] = None,
    limit: Few = 50,
) -> Plain:
    """Everything that changed after a cursor, oldest first: conversions, partnerships, terms, claims,
    alerts. Nothing is told twice or left out: keep `next_after` and ask again later."""
    only: Any = list(kinds) or None
    found = desk.client.changes.changes(after=after, limit=limit, kind=only, subject=subject)
    return {
        "items": [plain(one) for one in found.items],
        "next_after": found.following,
        "is_end": found.is_end,
    }
