"""Rehearsals: what a change would do, and the token with which it is done.

A rehearsal is kept in this process, which has one key. Its token is chance; it works once, for ten minutes,
for the same tool and the very same arguments, and only while what was looked at is as it was. So nobody can
make up a token, use another's, or have something done that was not shown.

    load      what stands now is looked at again
    decide    it equals what was shown, or the change is declined as `changed_since`
    commit    the token is spent, and the API is called with an idempotency key that follows from it
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any, Final

from utfall.client import NotReached
from utfall.mcp.plain import Plain
from utfall.mcp.refusals import Declined

SECONDS: Final = 600
OPEN_AT_MOST: Final = 100
SPENT_REMEMBERED: Final = 1000
AGAIN: Final = "Call the tool without `confirm`, show what it would do, and use the new token."


def nothing_to_see() -> None:
    """What a plan looks at where nothing that stands can move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a change would do.

    `would` says it in words; `changes` says from what to what; `notes` what else one should know. `seen` is
    what that was made of, and `look` reads it again: it must not have moved. `do` takes an idempotency key.
    """

    would: str
    do: Callable[[str], Plain]
    changes: Plain | None = None
    notes: tuple[str, ...] = ()
    seen: Any = None
    look: Callable[[], Any] = nothing_to_see


@dataclass(frozen=True, slots=True)
class _Rehearsed:
    tool: str
    arguments: Plain
    plan: Plan
    until: float


class Rehearsals:
    """The rehearsals of one key that are not done yet."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, _Rehearsed] = {}
        self._spent: dict[str, None] = {}

    def rehearse(self, tool: str, arguments: Plain, plan: Plan) -> Plain:
        """Keep a plan, and say what it would do and how it is done."""
        token = token_urlsafe(12)
        self._open[token] = _Rehearsed(tool, arguments, plan, self._clock() + SECONDS)
        while len(self._open) > OPEN_AT_MOST:
            del self._open[next(iter(self._open))]
        said = {"dry_run": True, "would": plan.would, "changes": plan.changes, "notes": list(plan.notes)}
        return {
            **{name: value for name, value in said.items() if value},
            "confirm": token,
            "expires_in_seconds": SECONDS,
            "next": "Nothing was changed. Show this to the person you work for; if they agree, call "
            f"{tool} again with the same arguments and this `confirm`.",
        }

    def perform(self, tool: str, arguments: Plain, token: str) -> Plain:
        """Do what was rehearsed, once."""
        rehearsed = self._rehearsed(tool, arguments, token)
        if rehearsed.plan.look() != rehearsed.plan.seen:
            self._close(token)
            raise Declined(
                "changed_since", "What this is about has changed since the dry run.", AGAIN, "confirm"
            )
        if not self._close(token):
            raise Declined("confirm_used", "This token was used already.", AGAIN, "confirm")
        try:
            done = rehearsed.plan.do(f"mcp {token}")
        except NotReached:
            # The same idempotency key goes with the same token: nothing is done twice.
            self._open[token] = rehearsed
            raise
        return {"done": True, "did": rehearsed.plan.would, **done}

    def _rehearsed(self, tool: str, arguments: Plain, token: str) -> _Rehearsed:
        rehearsed = self._open.get(token)
        if rehearsed is None:
            if token in self._spent:
                raise Declined("confirm_used", "This token was used already.", AGAIN, "confirm")
            raise Declined("confirm_unknown", "This token is of no dry run of ours.", AGAIN, "confirm")
        if self._clock() > rehearsed.until:
            self._close(token)
            raise Declined("confirm_expired", "This token is older than ten minutes.", AGAIN, "confirm")
        if (tool, arguments) != (rehearsed.tool, rehearsed.arguments):
            sentence = "This token belongs to a dry run with other arguments."
            raise Declined("confirm_other_arguments", sentence, AGAIN, "confirm")
        return rehearsed

    def _close(self, token: str) -> bool:
        """Whether it was open until now."""
        self._spent[token] = None
        while len(self._spent) > SPENT_REMEMBERED:
            del self._spent[next(iter(self._spent))]
        return self._open.pop(token, None) is not None
