"""The live debugger: what the edge heard since a cursor, and what was decided about it."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from utfall.portal.access import Caller, NotFound, Permission, refuse
from utfall.portal.site import site
from utfall.portal.tracking.calls import KINDS, call_of, is_call, is_wanted, is_within, names_for
from utfall.portal.tracking.contracts import Call, Settled, Wanted, Watched
from utfall.portal.tracking.settling import settled_since
from utfall.portal.tracking.watching import cursor_of, first_look, look, places_in

SHOWN: Final = 100
"""Calls in one answer; a screen holds a dozen."""
ORDERS: Final = frozenset({"conversion", "amendment"})


def calls(caller: Caller, cursor: str = "", wanted: Wanted | None = None) -> Watched:
    """What came since the cursor, newest first; without one, what came in the last few minutes."""
    caller.require(Permission.LOOK)
    wanted = wanted or Wanted()
    _check(caller, wanted)
    places, receipt = places_in(cursor) if cursor else (None, None)
    # Receipts first: what was decided by now was told before, so the look at the journal finds its call.
    settled, last = settled_since(caller, receipt, wanted.advertiser)
    journal = Path(site().journal_dir)
    tail = first_look(journal) if places is None else look(journal, places)
    calls = filter(is_call, tail.events)
    events = [event for event in calls if is_within(caller, event) and is_wanted(event, wanted)]
    shown = events[-SHOWN:]
    names = names_for(caller, shown)
    by_event = {one.event: one for one in settled if one.event}
    found = [
        replace(call_of(caller, event, names), settled=by_event.get(event.id)) for event in reversed(shown)
    ]
    return Watched(
        calls=tuple(_with_earnings(caller, found, settled, wanted)),
        settled=tuple(settled),
        cursor=cursor_of(tail.places, last),
        skipped=tail.skipped + len(events) - len(shown),
        has_journal=bool(tail.places),
        problem=tail.problem,
    )


def _check(caller: Caller, wanted: Wanted) -> None:
    if wanted.advertiser is not None and not caller.sees_all and wanted.advertiser not in caller.advertisers:
        raise NotFound
    if wanted.kind and wanted.kind not in KINDS:
        refuse("kind_unknown", ", ".join(KINDS), "kind")
    if wanted.verdict not in ("", "accepted", "refused"):
        refuse("verdict_unknown", "accepted, refused", "verdict")


def _with_earnings(caller: Caller, found: list[Call], settled: list[Settled], wanted: Wanted) -> list[Call]:
    """Orders are the advertiser's calls; a publisher sees what was settled of them in its favour."""
    if not caller.publishers:
        return found
    earned = [_earning(one) for one in settled if one.order and is_wanted_earning(one, wanted)]
    return sorted([*found, *earned], key=lambda call: call.at, reverse=True)[:SHOWN]


def is_wanted_earning(one: Settled, wanted: Wanted) -> bool:
    """Whether a receipt passes the filters of a publisher."""
    return (
        wanted.kind in ("", "conversion")
        and wanted.verdict in ("", one.verdict)
        and not wanted.tests_only
        and wanted.order.casefold() in one.order.casefold()
    )


def _earning(one: Settled) -> Call:
    return Call(
        id=f"receipt-{one.receipt}",
        at=one.decided_at,
        kind="conversion",
        source="settlement",
        verdict="accepted",
        program=one.program,
        program_name=one.program_name,
        publisher=one.publisher,
        outcome=one.outcome,
        order=one.order,
        settled=one,
    )
