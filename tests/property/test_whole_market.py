"""What is promised where everything comes together: tiers, splits, overrides, limits, deferrals and money."""

from collections.abc import Callable
from random import Random
from typing import Any

import msgspec
from hypothesis import given

from tests.property import test_money as money
from tests.property import test_settlement as settlement
from tests.property.markets import (
    PROGRAMS,
    PUBLISHERS,
    START,
    STEPS,
    TOUCH_OUTCOMES,
    Teller,
    chances,
    market,
)
from tests.unit.engine.market import DAY, HOUR, amendment
from utfall.engine import OrderState, OrderStatus, Transaction
from utfall.events import Action
from utfall.terms import Snapshot, load_snapshot, seal

SELLING = (*STEPS, *(Teller.conversion,) * len(STEPS))
"""As in any history, with twice as many orders: most markets refuse many of them."""


class WholeMarket(money.Life):
    """A random market with a history of its own, in which everybody's money moves as well."""

    publishers = PUBLISHERS
    advertisers = (1, 2)
    currencies = ("SEK", "NOK")
    granting = tuple((number, currency) for number, (_, currency, _) in PROGRAMS.items())

    def __init__(self, chance: Random, terms: Snapshot, *, tax_ppm: int = 250_000) -> None:
        super().__init__(chance, tax_ppm=tax_ppm, terms=terms, now=START)
        self.teller = Teller(chance, names="ABCDEFGHIJKLMNOPQRSTUVWX")

    def trade(self) -> None:
        """Some of what happens in a market within a few hours; clicks of long ago mostly are forgotten."""
        told = []
        if self.chance.random() < 0.8:
            self.teller.clicks.clear()
        for _ in range(self.chance.randint(3, 10)):
            self.office.now += self.chance.choice((0, 60_000, HOUR))
            self.teller.now = self.office.now
            told.append(self.chance.choice(SELLING)(self.teller))
            self.teller.events.append(told[-1])
        self.ledger.settle(*told)

    def approve(self) -> None:
        """The advertisers approve whatever waits."""
        self._amend(
            Action.APPROVE, [one for one in self.ledger.orders() if one.status is OrderStatus.PENDING]
        )

    def charge_back(self) -> None:
        """Some of what is payable, or was paid, is refunded: whole or in part."""
        payable = [one for one in self.ledger.orders() if one.status is OrderStatus.PAYABLE]
        some = [one for one in payable if self.chance.random() < 0.5]
        self._amend(Action.REFUND, some, amount_micros=self.chance.choice((None, None, 333_333, 50_000_000)))

    def _amend(self, action: Action, orders: list[OrderState], **more: Any) -> None:
        told = [
            amendment(
                action, one.order, self.office.now, advertiser=one.advertiser, outcome=one.outcome, **more
            )
            for one in orders
        ]
        self.teller.events += told
        if told:
            self.ledger.settle(*told)

    def pay_day(self) -> None:
        """Everybody with anything payable is paid."""
        for publisher, currency in {(one.party, one.currency) for one in money.payable_to(self)}:
            self.office.pay(publisher, currency)

    def hear_the_bank(self) -> None:
        """Payouts arrive, or fail; of those that arrived some come back."""
        for one in list(self.ledger.purse.payouts.values()):
            if one.status == "sent":
                self.office.end(one.number, self.chance.choice(("completed", "completed", "failed")))
            elif one.status == "completed" and self.chance.random() < 0.3:
                self.office.end(one.number, "returned")

    def check(self) -> None:
        settlement.check(self.ledger)
        money.nobody_is_paid_twice(self)
        money.payouts_pay_what_was_payable(self)
        money.papers_say_what_was_earned_once(self)

    steps: tuple[Callable[[Any], None], ...] = (
        *(
            trade,
            trade,
            trade,
            trade,
            trade,
            trade,
            approve,
            approve,
            money.Life.wait,
            money.Life.wait,
            charge_back,
        ),
        *(pay_day, pay_day, hear_the_bank, hear_the_bank),
        *(money.Life.fund, money.Life.match, money.Life.paper, money.Life.correct, money.Life.settle),
        *(money.Life.pay, money.Life.answer, money.Life.grant, money.Life.exchange),
    )


def nothing_was_payable_before_its_hold(life: WholeMarket) -> None:
    """Whatever it is: the hold is that of the terms of its own time, counted from its approval."""
    transactions = life.ledger.purse.transactions
    clocks = {one.id: told.manifest.now for told in life.ledger.decisions for one in told.transactions}
    orders = {one.id: one for one in life.ledger.orders()}
    for key, held in life.ledger.purse.commissions.items():
        if key.source == "conversion":
            due = approved_at(life, orders[key.number]) + hold_of(life, orders[key.number])
        else:
            due = held_until(life, transactions[key.number - 1])
        assert clocks[held.released] >= due
    for one in transactions:
        if one.kind == "tier_release":
            assert clocks[one.id] >= held_until(life, transactions[(one.corrects or 0) - 1])


def hold_of(life: WholeMarket, order: OrderState) -> int:
    version = life.ledger.terms.programs[order.program or 0].terms_at(order.occurred_at)
    assert version is not None
    return version.hold_days * DAY


def approved_at(life: WholeMarket, order: OrderState) -> int:
    """When somebody approved an order, or when silence could have."""
    (approval,) = [
        one for one in life.ledger.purse.transactions if (one.kind, one.order) == ("approve", order.id)
    ]
    told = {one.id: one for one in life.teller.events}.get(approval.event or "")
    if told is not None:
        return told.occurred_at
    version = life.ledger.terms.programs[order.program or 0].terms_at(order.occurred_at)
    assert version is not None
    assert version.auto_approval_days is not None
    return order.occurred_at + version.auto_approval_days * DAY


def held_until(life: WholeMarket, transaction: Transaction) -> int:
    """Until when the terms that its receipt names hold what a transaction accrued, or approved."""
    if transaction.kind == "clawback":
        return transaction.occurred_at
    (version,) = {
        msgspec.json.decode(one.body)["terms_version"]
        for told in life.ledger.decisions
        for one in told.receipts
        if one.transaction == transaction.id
    }
    terms = life.ledger.terms.programs[transaction.program].versions[int(version) - 1]
    return transaction.occurred_at + terms.hold_days * DAY


def reversible(terms: Snapshot) -> Snapshot:
    """The same market where nothing is paid for touches, which nobody takes back, and terms do not change."""
    agreed = terms.market
    changed: Snapshot = load_snapshot(
        seal(
            msgspec.structs.replace(
                agreed,
                programs=tuple(
                    msgspec.structs.replace(one, versions=one.versions[:1]) for one in agreed.programs
                ),
                enrolments=tuple(msgspec.structs.replace(one, ends_at=None) for one in agreed.enrolments),
                rules=tuple(one for one in agreed.rules if one.outcome not in TOUCH_OUTCOMES),
            )
        )
    )
    return changed


@given(chances)
def test_the_promises_hold_where_everything_comes_together(chance: Random) -> None:
    life = WholeMarket(chance, market(chance))
    life.live(25)
    nothing_was_payable_before_its_hold(life)
    money.every_paid_micro_is_explained(life)


@given(chances)
def test_reversing_a_whole_market_brings_every_account_to_zero(chance: Random) -> None:
    life = WholeMarket(chance, reversible(market(chance)), tax_ppm=chance.choice((0, 1_000_000)))
    life.live(20)
    life.reverse()
    life.check()
    assert life.ledger.standing() == {}
    assert not any(
        pool.correction_micros or pool.fee_micros or pool.holds for pool in life.ledger.pools().values()
    )
