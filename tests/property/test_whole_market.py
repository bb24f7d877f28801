"""What is promised where everything comes together: tiers, splits, overrides, limits, deferrals and money."""

from collections.abc import Callable
from random import Random
from typing import Any

import msgspec
from hypothesis import given

from tests.property import test_money as money
from tests.property import test_settlement as settlement
from tests.property.markets import START, STEPS, TOUCH_OUTCOMES, Teller, chances, market
from tests.unit.engine.market import HOUR
from utfall.terms import Snapshot, load_snapshot, seal


class WholeMarket(money.Life):
    """A random market with a history of its own, in which money moves as well."""

    def __init__(self, chance: Random, terms: Snapshot, *, tax_ppm: int = 250_000) -> None:
        super().__init__(chance, tax_ppm=tax_ppm, terms=terms, now=START)
        self.teller = Teller(chance)

    def trade(self) -> None:
        """Some of what happens in a market within a few hours."""
        told = []
        for _ in range(self.chance.randint(1, 6)):
            self.office.now += self.chance.choice((0, 60_000, HOUR))
            self.teller.now = self.office.now
            told.append(self.chance.choice(STEPS)(self.teller))
            self.teller.events.append(told[-1])
        self.ledger.settle(*told)

    def check(self) -> None:
        settlement.check(self.ledger)
        money.nobody_is_paid_twice(self)
        money.payouts_pay_what_was_payable(self)
        money.papers_say_what_was_earned_once(self)

    steps: tuple[Callable[[Any], None], ...] = (
        *(trade, trade, trade, trade, trade, trade, money.Life.wait, money.Life.wait),
        *(money.Life.fund, money.Life.match, money.Life.paper, money.Life.correct, money.Life.settle),
        *(money.Life.pay, money.Life.pay, money.Life.answer, money.Life.grant, money.Life.exchange),
    )


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
    WholeMarket(chance, market(chance)).live(25)


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
