"""From events of the journal to calls, for whoever may see them."""

from collections.abc import Iterable
from typing import Final, TypeGuard

from utfall.events import (
    Amendment,
    AnyEvent,
    Click,
    Conversion,
    Cost,
    Impression,
    Refusal,
    Touch,
    VideoProgress,
    Viewable,
)
from utfall.portal.access import Caller
from utfall.portal.access.times import from_ms
from utfall.portal.tracking.contracts import Call, Wanted
from utfall.portal.tracking.naming import Names
from utfall.portal.tracking.reasons_words import reason_words

TOUCHES: Final = (Click, Impression, Viewable, VideoProgress)
KINDS: Final = ("conversion", "amendment", "click", "impression", "viewable", "video_progress", "cost")


Called = Touch | Conversion | Amendment | Cost | Refusal
"""What comes as a call. Money is told by the network itself."""


def is_call(event: AnyEvent) -> TypeGuard[Called]:
    """Whether an event came as a call."""
    return isinstance(event, Called)


def is_within(caller: Caller, event: Called) -> bool:
    """Whether an event is the caller's to see. An order is nobody's but its advertiser's."""
    if caller.sees_all:
        return True
    if isinstance(event, Conversion | Amendment | Cost):
        return event.advertiser in caller.advertisers
    return event.advertiser in caller.advertisers or event.publisher in caller.publishers


def is_wanted(event: Called, wanted: Wanted) -> bool:
    """Whether an event passes the filters."""
    kind = event.about if isinstance(event, Refusal) else str(event.__struct_config__.tag)
    verdict = "refused" if isinstance(event, Refusal) else "accepted"
    order = event.reference if isinstance(event, Refusal) else getattr(event, "order", None)
    return (
        wanted.kind in ("", kind)
        and wanted.verdict in ("", verdict)
        and (wanted.advertiser is None or event.advertiser == wanted.advertiser)
        and (not wanted.order or wanted.order.casefold() in (order or "").casefold())
        and (not wanted.tests_only or getattr(event, "test", False))
    )


def names_for(caller: Caller, events: Iterable[Called]) -> Names:
    """The names that these events need."""
    told = tuple(events)
    programs = {number for event in told if (number := getattr(event, "program", None)) is not None}
    publishers = {number for event in told if (number := getattr(event, "publisher", None)) is not None}
    return Names(caller, programs_=frozenset(programs), publishers=frozenset(publishers))


def call_of(caller: Caller, event: Called, names: Names) -> Call:
    """An event as the caller may see it."""
    match event:
        case Refusal():
            return _refused(event, names)
        case Conversion():
            return _order(event, names)
        case Amendment():
            return _amendment(event)
        case Cost():
            return _cost(event, names)
        case _:
            return _touch(caller, event, names)


def _touch(caller: Caller, event: Click | Impression | Viewable | VideoProgress, names: Names) -> Call:
    is_own = caller.sees_all or event.publisher in caller.publishers
    return Call(
        id=event.id,
        at=from_ms(event.received_at),
        kind=str(event.__struct_config__.tag),
        source=event.source.value,
        verdict="accepted",
        advertiser=event.advertiser,
        program=event.program,
        program_name=names.program(event.program),
        publisher=event.publisher,
        publisher_name=names.publisher(event.publisher),
        link=event.link,
        action=event.mark if isinstance(event, VideoProgress) else "",
        consent=event.consent.value,
        robot=event.robot or "",
        device=event.device or "",
        country=event.country or "",
        # What a publisher tells its placements apart by is nobody else's.
        sub=event.sub if is_own else (),
    )


def _order(event: Conversion, names: Names) -> Call:
    return Call(
        id=event.id,
        at=from_ms(event.received_at),
        kind="conversion",
        source=event.source.value,
        verdict="accepted",
        advertiser=event.advertiser,
        program=event.program,
        program_name=names.program(event.program),
        outcome=event.outcome.value,
        order=event.order,
        action=event.action or "",
        currency=event.currency,
        amount_micros=sum(line.amount_micros for line in event.lines) if event.lines else None,
        lines=len(event.lines),
        is_test=event.test,
        consent=event.consent.value,
        clicks=len(event.clicks),
        code=event.code or "",
        channel=event.channel or "",
        device=event.device or "",
        country=event.country or "",
    )


def _amendment(event: Amendment) -> Call:
    return Call(
        id=event.id,
        at=from_ms(event.received_at),
        kind="amendment",
        source=event.source.value,
        verdict="accepted",
        advertiser=event.advertiser,
        outcome=event.outcome.value,
        order=event.order,
        action=event.action.value,
    )


def _cost(event: Cost, names: Names) -> Call:
    return Call(
        id=event.id,
        at=from_ms(event.received_at),
        kind="cost",
        source=event.source.value,
        verdict="accepted",
        advertiser=event.advertiser,
        program=event.program,
        program_name=names.program(event.program),
        currency=event.currency,
        amount_micros=event.amount_micros,
        channel=event.channel,
    )


def _refused(event: Refusal, names: Names) -> Call:
    words = reason_words(event.reason, event.detail or "")
    return Call(
        id=event.id,
        at=from_ms(event.received_at),
        kind=event.about,
        source=event.source.value,
        verdict="refused",
        advertiser=event.advertiser,
        program=event.program,
        program_name=names.program(event.program),
        publisher=event.publisher,
        publisher_name=names.publisher(event.publisher),
        link=event.link,
        order=event.reference or "",
        reason=event.reason,
        field=event.detail or "",
        sentence=words.sentence,
        mend=words.mend,
    )
