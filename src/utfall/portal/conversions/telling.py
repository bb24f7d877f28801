"""The story of an order, from its receipts: who touched the customer, what was decided, what is to come.

Everything is read from the receipts by the side that their reader may see, so a publisher's story has the
touches of others without their names, and no amounts of the advertiser's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from math import log1p
from typing import Final

from utfall.engine import OrderStatus
from utfall.portal.access import Caller, NotFound
from utfall.portal.conversions import sharing
from utfall.portal.conversions.contracts import OrderView, Party
from utfall.portal.conversions.showing import views
from utfall.portal.conversions.story_contracts import Happening, Moment, Story
from utfall.portal.conversions.words import window_words
from utfall.portal.programs import facade as programs
from utfall.portal.tracking import facade as tracking
from utfall.portal.tracking.contracts import ReceiptView, StandingCorrection

TOLD_AT_MOST: Final = 40
"""Receipts of one story; an order with more keeps its first and its latest."""
WHOLE: Final = 1000
_TONES: Final = {
    "approve": "good",
    "auto_approve": "good",
    "release": "good",
    "decline": "bad",
    "refund": "warn",
    "amend": "news",
    "merge": "calm",
    "defer": "calm",
}
_IN_ORDER: Final = tuple(Happening)
"""What comes first of what happened in the same millisecond: cause before effect."""


def story(caller: Caller, number: int, side: str = "") -> Story:
    """The whole story of an order, by the caller's side of it; NotFound where it is not the caller's."""
    row = sharing.one(caller, number)
    latest = tracking.receipt(caller, row.receipt, side)
    (order,) = views(caller, [row], party=latest.party)
    numbers = [one.receipt for one in latest.chapters]
    told = _shortened(numbers)
    receipts = [latest if one == latest.receipt else _receipt(caller, one, latest.party) for one in told]
    moments = sorted(_moments(order, receipts), key=lambda one: (one.at, _IN_ORDER.index(one.happening)))
    standing = _standing(receipts)
    return Story(
        order=order,
        party=latest.party,
        parties=latest.sides,
        moments=placed(moments, order.occurred_at),
        lines=standing.lines,
        tiers=standing.tiers,
        parts=standing.parts,
        corrections=_corrections(caller, order, standing),
        limits=standing.limits,
        commission_micros=standing.commission_micros,
        fee_micros=standing.fee_micros,
        cost_micros=standing.cost_micros,
        terms_version=standing.terms_version,
        click_terms_version=_terms_at_click(caller, order),
        because=standing.because,
        evidence=standing.evidence,
        is_shortened=len(told) < len(numbers),
        is_behind=latest.chapters[-1].receipt > row.receipt,
    )


def _corrections(caller: Caller, order: OrderView, standing: ReceiptView) -> Sequence[StandingCorrection]:
    """What steps reached later changed about the period of the order, for who won it."""
    if order.publisher is None or not standing.tiers:
        return ()
    return tracking.corrections(caller, order.publisher, standing)


def _terms_at_click(caller: Caller, order: OrderView) -> int | None:
    """The version of the terms that the publisher could read when the click was made."""
    if order.program is None or order.touch_at is None:
        return None
    try:
        return programs.terms_in_force(caller, order.program, order.touch_at).number
    except NotFound:
        return None


def _shortened(numbers: Sequence[int]) -> list[int]:
    if len(numbers) <= TOLD_AT_MOST:
        return list(numbers)
    return [numbers[0], *numbers[1 - TOLD_AT_MOST :]]


def _receipt(caller: Caller, number: int, party: Party) -> ReceiptView:
    return tracking.receipt(caller, number, party)


def _standing(receipts: Sequence[ReceiptView]) -> ReceiptView:
    """The receipt that says what now holds: the latest that was not a refusal."""
    taken = [one for one in receipts if one.verdict == "accepted"]
    if not taken:
        raise NotFound
    return taken[-1]


def _moments(order: OrderView, receipts: Sequence[ReceiptView]) -> Iterator[Moment]:
    yield from _touches(receipts)
    first = receipts[0]
    if first.checkout_at is not None:
        yield Moment(at=first.checkout_at, happening=Happening.CHECKOUT, kind="checkout", tone="calm")
    yield Moment(
        at=order.occurred_at,
        happening=Happening.ORDER,
        kind=order.outcome,
        tone="news",
        who=order.advertiser_name,
    )
    for one in receipts:
        yield _decision(one)
    yield from _ahead(order)


def _touches(receipts: Iterable[ReceiptView]) -> Iterator[Moment]:
    """Every touch once, with the fate that the first receipt which knew it gave."""
    seen: set[tuple[object, ...]] = set()
    for receipt in receipts:
        for one in receipt.touches:
            key = (one.at, one.method, one.publisher_name, one.link)
            if key in seen:
                continue
            seen.add(key)
            yield Moment(
                at=one.at,
                happening=Happening.TOUCH,
                kind=one.method,
                tone="good" if one.is_winner else "calm",
                who=one.publisher_name,
                link=one.link,
                touch_class=one.touch_class,
                fate=one.fate,
                receipt=receipt.receipt,
                is_winner=one.is_winner,
                is_hidden=one.is_hidden,
            )


def _decision(one: ReceiptView) -> Moment:
    is_refusal = one.verdict == "refused"
    return Moment(
        at=one.decided_at,
        happening=Happening.REFUSAL if is_refusal else Happening.DECISION,
        kind="chargeback" if one.is_chargeback else one.kind,
        tone="bad" if is_refusal else _TONES.get(one.kind, _tone_of(one)),
        fate=_window_words(one.window_sku, one.window_days, one.delivery_days)
        if one.kind == "defer" and not is_refusal
        else one.sentence,
        status=one.status,
        because=one.because,
        evidence=one.evidence,
        commission_micros=one.commission_micros,
        receipt=one.receipt,
    )


def _tone_of(one: ReceiptView) -> str:
    return "warn" if one.status == OrderStatus.UNPAID.value else "news"


def _ahead(order: OrderView) -> Iterator[Moment]:
    """What time alone will do, and what did of which no receipt of the order says."""
    if order.status is OrderStatus.PENDING and order.approve_at is not None:
        yield Moment(
            at=order.approve_at,
            happening=Happening.AHEAD,
            kind="auto_approve",
            tone="calm",
            fate=_window_words(order.window_sku, order.window_days, order.delivery_days),
        )
    if order.status is OrderStatus.APPROVED and order.payable_at is not None:
        yield Moment(at=order.payable_at, happening=Happening.AHEAD, kind="release", tone="calm")
    if order.paid_at is not None:
        yield Moment(at=order.paid_at, happening=Happening.DECISION, kind="paid_out", tone="good")
    if order.locks_at is not None:
        how = Happening.DECISION if order.is_locked else Happening.AHEAD
        # A lock of no days falls together with its approval, which is told first.
        at = max(order.locks_at, order.decided_at or order.locks_at) if order.is_locked else order.locks_at
        yield Moment(at=at, happening=how, kind="lock", tone="calm")


def _window_words(sku: str, window_days: int | None, delivery_days: int | None) -> str:
    """Which item can be returned until then; nothing where no item decides."""
    return window_words(sku, window_days, delivery_days or 0) if sku and window_days else ""


def placed(moments: Sequence[Moment], around: datetime) -> list[Moment]:
    """Moments with their places on the axis: seconds about the order and weeks beside it are both to be seen.

    The distance from the order is scaled by its logarithm, each side of the order with its own length.
    """
    distances = [_scaled((one.at - around).total_seconds()) for one in moments]
    least, most = min(distances, default=0.0), max(distances, default=0.0)
    span = most - least
    found, before = [], None
    for one, distance in zip(moments, distances, strict=True):
        place = round((distance - least) / span * WHOLE) if span else WHOLE // 2
        after_s = 0 if before is None else int((one.at - before).total_seconds())
        found.append(replace(one, place=place, after_s=after_s))
        before = one.at
    return found


def _scaled(seconds: float) -> float:
    return log1p(abs(seconds) / 60) * (1 if seconds >= 0 else -1)
