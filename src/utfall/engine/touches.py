"""The high-volume path: impressions, viewables, video progress and clicks, priced one by one, posted in sums.

A touch's price depends only on its link, its kind and its time, unless a rule asks about the touch itself.
So a slot keeps the answer for one link, kind and quarter of an hour (every time zone's offset is a multiple
of one), and most touches need two look-ups. Sums are kept per program, publisher, hour, rule and kind: one
transaction, one receipt.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final, NamedTuple

from msgspec import Struct

from utfall.engine.batch import Transaction
from utfall.engine.capping import Scope, amount, covering, refusal, row
from utfall.engine.documents import AdvertiserSide, Body, PublisherSide
from utfall.engine.draft import Draft
from utfall.engine.facts import PRICE_MODELS, Fate
from utfall.engine.matching import applies
from utfall.engine.posting import standing
from utfall.engine.pricing import each_micros, fee_of, partner_values, sub_values
from utfall.engine.repeats import remembered_as
from utfall.engine.state import Accrual, LimitKey, LimitState, OrderStatus, StoredTouch
from utfall.engine.validity import DAY_MS, InForce, terms_in_force
from utfall.events import Click, Impression, Outcome, Reason, Source, Touch, VideoProgress, Viewable
from utfall.terms import Limit, Rule

SLOT_MS: Final = 900_000
HOUR_MS: Final = 3_600_000
_OUTCOMES: Final[dict[type, Outcome]] = {
    Impression: Outcome.IMPRESSION,
    Viewable: Outcome.VIEWABLE,
    VideoProgress: Outcome.VIDEO,
    Click: Outcome.CLICK,
}


class Sum(Struct):
    """What one transaction will say: touches of one program, publisher, hour, rule and kind."""

    transaction: int
    slot: "Slot"
    hour: int
    ids: list[str]


class Cover(NamedTuple):
    """A limit over a slot: its row, and what each touch takes of it."""

    limit: Limit
    key: LimitKey
    state: LimitState
    each: int


class Slot(Struct):
    """The answer for touches of one link, kind and quarter of an hour."""

    reason: Reason | None
    in_force: InForce | None = None
    outcome: Outcome = Outcome.IMPRESSION
    rule: Rule | None = None
    each_micros: int = 0
    fee_micros: int = 0
    covers: tuple[Cover, ...] = ()
    fate: int = -1
    ids: list[str] | None = None
    indexes: bool = False
    max_age_ms: int = 0


class TouchDesk:
    """Settles the touches of one batch."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._slots: dict[tuple[object, ...], Slot] = {}
        self._sums: dict[tuple[int, int, int, int, int], Sum] = {}
        self._refused: dict[Reason, int] = {}
        self._tolerance = draft.manifest.policy.future_tolerance_ms

    def settle(self, touch: Touch) -> int:
        """The number of the fate a touch meets."""
        key = (touch.link, touch.__class__, touch.occurred_at // SLOT_MS)
        slot = self._slots.get(key) or self._slot(key, touch)
        if slot.reason is None:
            age = touch.received_at - touch.occurred_at
            if age > slot.max_age_ms or -age > self._tolerance:
                return self._refuse(Reason.TOO_OLD if age > 0 else Reason.FROM_THE_FUTURE)
        if touch.source is not Source.EDGE:
            name = remembered_as(touch)
            if self._draft.is_repeat(name):
                return self._refuse(Reason.DUPLICATE_EVENT)
            self._draft.remember(name)
        if slot.reason is not None:
            return self._refuse(slot.reason)
        if touch.robot is not None:
            return self._refuse(Reason.ROBOT)
        if touch.__class__ is Click:
            reason = self._draft.book.traffic.judge(touch, self._draft.manifest.policy.traffic)
            if reason is not None:
                return self._refuse(reason)
        if slot.covers and (reached := self._take(slot)):
            return self._refuse(refusal(reached))
        if slot.fate < 0:
            self._open(slot, touch)
        if slot.ids is not None:
            slot.ids.append(touch.id)
        if slot.indexes and (touch.visitor is not None or (touch.sub and touch.__class__ is Click)):
            self._index(touch, slot)
        return slot.fate

    def _refuse(self, reason: Reason) -> int:
        fate = self._refused.get(reason)
        if fate is None:
            fate = self._refused[reason] = self._number(Fate(reason=reason.value))
        return fate

    def _number(self, fate: Fate) -> int:
        return self._draft.fates.setdefault(fate, len(self._draft.fates))

    def _slot(self, key: tuple[int, type, int], touch: Touch) -> Slot:
        """Work out the answer for a touch, and keep it for its like.

        Where a rule asks about the touch itself, or a video's mark decides, only the same answers are alike.
        """
        like = (*key, touch.device, touch.country, touch.sub, getattr(touch, "mark", None))
        return self._slots.get(like) or self._new_slot(key, like, touch)

    def _new_slot(self, key: tuple[int, type, int], like: tuple[object, ...], touch: Touch) -> Slot:
        held = terms_in_force(touch, self._draft.terms)
        outcome = _OUTCOMES[touch.__class__]
        rules = () if isinstance(held, Reason) else self._rules(held, outcome, touch)
        slot = Slot(held) if isinstance(held, Reason) else self._priced(held, outcome, rules, touch)
        own = any(rule.when is not None for rule in rules) or touch.__class__ is VideoProgress
        if not self._changes_within(key, touch):
            self._slots[like if own else key] = slot
        return slot

    def _changes_within(self, key: tuple[int, type, int], touch: Touch) -> bool:
        start = key[2] * SLOT_MS
        times = self._draft.terms.changes_of(touch.link)
        return any(start < time < start + SLOT_MS for time in times)

    def _rules(self, held: InForce, outcome: Outcome, touch: Touch) -> tuple[Rule, ...]:
        if isinstance(touch, VideoProgress) and touch.mark != "complete":
            return ()
        return tuple(
            rule
            for rule in self._draft.terms.rules_for(held.program.id, outcome)
            if rule.holds_at(touch.occurred_at)
            and rule.publisher in (None, held.link.publisher)
            and rule.group in (None, held.enrolment.group)
        )

    def _priced(self, held: InForce, outcome: Outcome, rules: Iterable[Rule], touch: Touch) -> Slot:
        rule = self._first(held, rules, touch)
        each = each_micros(rule) if rule else 0
        fee = fee_of(each, held.terms.fee_ppm)
        clicked = touch.__class__ is Click
        return Slot(
            reason=None,
            in_force=held,
            outcome=outcome,
            rule=rule,
            each_micros=each,
            fee_micros=fee,
            covers=self._covers(held, outcome, touch.occurred_at, each, fee) if rule else (),
            indexes=clicked or (touch.__class__ is Impression and held.terms.windows.view > 0),
            max_age_ms=held.terms.max_age_days * DAY_MS,
        )

    def _first(self, held: InForce, rules: Iterable[Rule], touch: Touch) -> Rule | None:
        group = held.enrolment.group
        values = {
            **partner_values(held.link.publisher, group, self._draft.terms),
            **sub_values(touch.sub),
            "touch.link": touch.link,
            "touch.device": touch.device,
            "touch.country": touch.country,
        }
        for rule in rules:
            if applies(
                rule,
                at=touch.occurred_at,
                action=None,
                publisher=held.link.publisher,
                group=group,
                values=values,
            ):
                return rule
        return None

    def _covers(self, held: InForce, outcome: Outcome, at: int, each: int, fee: int) -> tuple[Cover, ...]:
        """The limits over a slot. What costs nothing is limited by number only."""
        scope = Scope(held.program.id, held.link.publisher, held.enrolment.group, outcome, at)
        limits = self._draft.book.limits
        return tuple(
            Cover(limit, key, row(limits, limit, key), taken)
            for limit, key in covering(scope, self._draft.terms)
            if (taken := amount(limit, each, fee))
        )

    def _take(self, slot: Slot) -> Limit | None:
        """Settle one touch on every limit over it, or on none: then the limit that has no room."""
        for limit, _, state, each in slot.covers:
            if state.reserved + state.settled + each > state.cap:
                return limit
        for _, _, state, each in slot.covers:
            state.settled += each
        return None

    def _open(self, slot: Slot, touch: Touch) -> None:
        """Give a slot its sum (where it has a price) and its fate."""
        held = slot.in_force
        assert held is not None, "only a valid touch is counted"
        priced = slot.rule is not None and slot.each_micros > 0
        held_sum = self._sum(slot, touch.occurred_at // HOUR_MS) if priced else None
        slot.ids = held_sum.ids if held_sum else None
        slot.fate = self._number(
            Fate(
                rule=slot.rule.id if slot.rule else None,
                price_model=PRICE_MODELS[slot.outcome] if slot.rule else None,
                transaction=held_sum.transaction if held_sum else None,
                group=held.enrolment.group,
                channel=held.link.channel,
                currency=held.program.currency,
                cost_micros=slot.each_micros + slot.fee_micros,
                commission_micros=slot.each_micros,
                fee_micros=slot.fee_micros,
            )
        )

    def _sum(self, slot: Slot, hour: int) -> Sum:
        assert slot.in_force is not None
        assert slot.rule is not None
        link = slot.in_force.link
        version = slot.in_force.terms.version
        key = (link.program, link.publisher, hour, slot.rule.id, version)
        held = self._sums.get(key)
        if held is None:
            held = self._sums[key] = Sum(self._draft.next_transaction(), slot, hour, [])
        return held

    def close(self) -> None:
        """Post every sum: its transaction, its receipt, and its wait for the hold to end."""
        for held in self._sums.values():
            self._post(held)

    def _post(self, held: Sum) -> None:
        slot, count = held.slot, len(held.ids)
        assert slot.in_force is not None
        assert slot.rule is not None
        program, publisher = slot.in_force.program, slot.in_force.link.publisher
        self._draft.transactions.append(
            Transaction(
                id=held.transaction,
                kind="touches",
                currency=program.currency,
                occurred_at=held.hour * HOUR_MS,
                program=program.id,
                publisher=publisher,
                rule=slot.rule.id,
                entries=standing(
                    OrderStatus.APPROVED,
                    advertiser=program.advertiser,
                    publisher=publisher,
                    commission_micros=slot.each_micros * count,
                    fee_micros=slot.fee_micros * count,
                ),
            )
        )
        self._draft.accruals.append(
            Accrual(
                transaction=held.transaction,
                program=program.id,
                publisher=publisher,
                currency=program.currency,
                commission_micros=slot.each_micros * count,
                payable_at=(held.hour + 1) * HOUR_MS + slot.in_force.terms.hold_days * DAY_MS,
            )
        )
        self._write(held)

    def _write(self, held: Sum) -> None:
        """The receipt of a sum: how many, at what price, and a digest of which."""
        slot, count = held.slot, len(held.ids)
        assert slot.in_force is not None
        assert slot.rule is not None
        commission, fee = slot.each_micros * count, slot.fee_micros * count
        self._draft.receipt(
            Body(
                advertiser=slot.in_force.program.advertiser,
                count=count,
                currency=slot.in_force.program.currency,
                each_micros=slot.each_micros,
                events_digest=blake2b("".join(held.ids).encode(), digest_size=32).hexdigest(),
                hour=held.hour * HOUR_MS,
                kind="touches",
                outcome=slot.outcome,
                program=slot.in_force.program.id,
                publisher=slot.in_force.link.publisher,
                rule=slot.rule.id,
                terms_version=slot.in_force.terms.version,
                transaction=held.transaction,
            ),
            AdvertiserSide(
                commission_micros=commission,
                cost_micros=commission + fee,
                fee_micros=fee,
                limits=self._draft.limits_shown(cover.key for cover in slot.covers),
            ),
            PublisherSide(commission_micros=commission),
        )

    def _index(self, touch: Touch, slot: Slot) -> None:
        """Make a touch findable: it carries an identity, or sub-ids that its token cannot hold.

        Whose it is says its link, whatever the event claims.
        """
        held = slot.in_force
        assert held is not None, "only a valid touch is indexed"
        stored = StoredTouch(
            touch.id,
            touch.occurred_at,
            touch.__class__ is Click,
            touch.link,
            held.program.id,
            held.link.publisher,
            touch.visitor,
            touch.device,
            touch.country,
            touch.sub,
        )
        self._draft.touches.append(stored)
        self._draft.book.remember(held.program.advertiser, (stored,))
