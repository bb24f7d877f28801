"""A kind of change for tests that needs a second person."""

from collections.abc import Mapping
from typing import Any

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.audit import facade

CHANGE = "test.change"
made: list[tuple[str, Any]] = []


@facade.executor(CHANGE, words="Change for tests", needs=Permission.PRICE, has_amount=True)
def change(caller: Caller, payload: Mapping[str, Any]) -> None:
    if payload.get("late"):
        refuse("too_late", "It is too late for this.")
    made.append((caller.actor, dict(payload)))
