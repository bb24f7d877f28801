"""The bridge: `settle(book, batch, terms)` decides a batch. Pure: the same arguments give the same bytes."""

from array import array
from collections.abc import Callable
from typing import Any, Final

from utfall.engine.amendments import settle_amendment
from utfall.engine.batch import Batch, Decisions
from utfall.engine.clock import catch_up, settle_due
from utfall.engine.draft import Draft
from utfall.engine.facts import NO_FATE, Fact
from utfall.engine.money.bonuses import settle_bonus
from utfall.engine.money.exchanges import settle_exchange
from utfall.engine.money.fundings import settle_funding, settle_matching, settle_settling
from utfall.engine.money.papers import settle_paper
from utfall.engine.money.payouts import settle_payout, settle_result
from utfall.engine.orders import settle_conversion
from utfall.engine.pools import recount
from utfall.engine.repeats import remembered_as
from utfall.engine.state import BookSlice, OrderKey, OrderState
from utfall.engine.touches import TouchDesk
from utfall.events import (
    Amendment,
    AnyEvent,
    Bonus,
    Conversion,
    Cost,
    Exchange,
    Funding,
    Matching,
    Paper,
    Payout,
    PayoutResult,
    Reason,
    Refusal,
    Settling,
)
from utfall.terms import Snapshot


def settle(book: BookSlice, batch: Batch, terms: Snapshot, secret: bytes) -> Decisions:
    """Decide every event of a batch, in order, and what the clock makes due.

    `book` must hold what `needs` asked for; it is changed while deciding. `secret` salts the receipts' sides.
    """
    assert batch.manifest.snapshot == terms.hash, "a batch is settled under the snapshot its manifest names"
    draft = Draft(book, batch, terms, secret)
    book.traffic.begin(batch.manifest.seq, batch.manifest.now)
    desk = TouchDesk(draft)
    touches = tuple(_settle_range(draft, desk, events) for events in batch.events)
    desk.close()
    settle_due(draft)
    return draft.decisions(touches, book.traffic.close())


def _settle_range(draft: Draft, desk: TouchDesk, events: list[AnyEvent]) -> bytes:
    fates = array("I")
    for event in events:
        other = _OTHERS.get(event.__class__)
        if other is None:
            fates.append(desk.settle(event))  # type: ignore[arg-type]
        else:
            other(draft, event)
            fates.append(NO_FATE)
    return fates.tobytes()


def _settle_conversion(draft: Draft, event: Conversion) -> None:
    key = OrderKey(event.advertiser, event.outcome.value, event.order)
    held = draft.book.orders.get(key)
    if held is not None:
        catch_up(draft, held, event)
    settle_conversion(draft, event, key, held)
    _recount(draft, event, held or draft.book.orders.get(key))


def _settle_amendment(draft: Draft, event: Amendment) -> None:
    held = draft.book.orders.get(OrderKey(event.advertiser, event.outcome.value, event.order))
    if held is not None:
        catch_up(draft, held, event)
    settle_amendment(draft, event, held)
    _recount(draft, event, held)


def _recount(draft: Draft, event: Conversion | Amendment, order: OrderState | None) -> None:
    """Count an order anew where tiers do, after whatever was decided about it."""
    if order is not None and order.tiers:
        recount(draft, order, event.id, min(event.received_at, draft.now))


def _settle_cost(draft: Draft, event: Cost) -> None:
    """An imported cost moves no money; it stands in the lake beside what Utfall itself cost."""
    known = event.advertiser in draft.terms.advertisers
    name = remembered_as(event)
    repeated = draft.is_repeat(name)
    reason = Reason.DUPLICATE_EVENT if repeated else None if known else Reason.UNKNOWN_ADVERTISER
    if reason is None:
        draft.remember(name)
    draft.facts.append(
        Fact(
            event=event.id,
            kind="cost",
            occurred_at=event.occurred_at,
            received_at=event.received_at,
            decided_at=draft.now,
            source=event.source.value,
            advertiser=event.advertiser,
            program=event.program,
            channel=event.channel,
            status="refused" if reason else None,
            reason=reason and reason.value,
            currency=event.currency,
            imported_cost_micros=0 if reason else event.amount_micros,
        )
    )


def _settle_refusal(draft: Draft, event: Refusal) -> None:
    """What the door refused is counted."""
    draft.facts.append(
        Fact(
            event=event.id,
            kind=event.about,
            occurred_at=event.occurred_at,
            received_at=event.received_at,
            decided_at=draft.now,
            source=event.source.value,
            advertiser=event.advertiser,
            program=event.program,
            publisher=event.publisher,
            link=event.link,
            status="refused",
            reason=event.reason,
        )
    )


_OTHERS: Final[dict[type, Callable[[Draft, Any], None]]] = {
    Conversion: _settle_conversion,
    Amendment: _settle_amendment,
    Cost: _settle_cost,
    Refusal: _settle_refusal,
    Funding: settle_funding,
    Matching: settle_matching,
    Paper: settle_paper,
    Settling: settle_settling,
    Payout: settle_payout,
    PayoutResult: settle_result,
    Bonus: settle_bonus,
    Exchange: settle_exchange,
}
