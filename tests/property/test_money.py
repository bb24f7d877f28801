"""What is promised of money, for any history of orders, refunds, papers, payouts and what banks say."""

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.property.test_settlement import books_balance
from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import DAY, HOUR, NOON, amendment, click, lines, order, snapshot
from tests.unit.engine.treasury import ORE, Treasury
from utfall.engine import ExchangeState, OrderStatus, PaperState, Party
from utfall.engine.money.state import MONEY_KINDS, PAID_KINDS
from utfall.engine.posting import OPERATOR
from utfall.events import Action
from utfall.terms import Snapshot

TERMS = snapshot()
PUBLISHERS = (10, 11)
SILENCE = HOLD = 30 * DAY
"""Silence approves an order of the program, which is held from then on."""
histories = st.builds(Random, st.integers(0, 1 << 62))


class Life:
    """A random life, step by step; everything that must hold is checked after each."""

    publishers: tuple[int, ...] = PUBLISHERS
    advertisers: tuple[int, ...] = (1,)
    currencies: tuple[str, ...] = ("SEK",)
    """In which somebody earns; money is turned into EUR as well."""
    granting: tuple[tuple[int, str], ...] = ((100, "SEK"),)
    """The programs that grant bonuses, each with its currency."""

    def __init__(
        self, chance: Random, *, tax_ppm: int = 250_000, terms: Snapshot = TERMS, now: int = NOON
    ) -> None:
        self.chance = chance
        self.ledger = Ledger(terms)
        self.office = Treasury(self.ledger, tax_ppm=tax_ppm, now=now)
        self.orders = 0
        self.identities = 0

    def live(self, steps: int) -> None:
        for _ in range(steps):
            self.office.now += self.chance.choice((HOUR, DAY, 20 * DAY))
            self.chance.choice(self.steps)(self)
            self.check()

    def check(self) -> None:
        check(self)

    def sell(self) -> None:
        self.orders += 1
        publisher = self.chance.randrange(2)
        amount = self.chance.randint(1, 3000)
        at = self.office.now
        self.ledger.settle(
            order(f"A-{self.orders}", at, click(at - HOUR, 1000 + publisher), lines=lines(amount))
        )

    def decide(self) -> None:
        if self.orders:
            action = self.chance.choice((Action.APPROVE, Action.APPROVE, Action.DECLINE, Action.REFUND))
            part = self.chance.choice((None, 333_333, 50_000_000)) if action is Action.REFUND else None
            name = f"A-{self.chance.randint(1, self.orders)}"
            self.ledger.settle(amendment(action, name, self.office.now, amount_micros=part))

    def wait(self) -> None:
        self.office.now += 61 * DAY
        self.ledger.settle(now=self.office.now)
        self.ledger.settle(now=self.office.now)

    def look(self) -> None:
        """The clock is looked at in the very moment in which the engine means that something is due."""
        orders = [
            one for one in self.ledger.orders() if one.status in (OrderStatus.PENDING, OrderStatus.APPROVED)
        ]
        due = [at for one in orders if (at := one.payable_at or one.approve_at) is not None]
        due += [one.payable_at for one in self.ledger.accruals()]
        if due:
            self.office.now = max(self.office.now, min(due))
            self.ledger.settle(now=self.office.now)

    def fund(self) -> None:
        self.identities += 1
        whose = self.chance.choice((*self.advertisers, *self.advertisers, None))
        amount, currency = self.chance.randint(1, 900_000) * ORE, self._currency()
        self.office.fund(amount, f"B{self.identities}", whose, currency=currency)

    def _currency(self) -> str:
        """Drawn only where there are several."""
        return self.chance.choice(self.currencies) if len(self.currencies) > 1 else self.currencies[0]

    def match(self) -> None:
        unknown = [one.event for one in self.ledger.purse.fundings.values() if one.status == "suspense"]
        if unknown:
            self.office.match(self.chance.choice(unknown), self.chance.choice((*self.advertisers, None)))

    def paper(self) -> None:
        parties = [("advertiser", one) for one in self.advertisers]
        parties += [("publisher", one) for one in self.publishers]
        self.office.paper(*self.chance.choice(parties), self._currency())

    def correct(self) -> None:
        papers = [one for one in self.ledger.purse.papers.values() if one.net_micros > one.credited_micros]
        if papers:
            paper = self.chance.choice(papers)
            net = (paper.net_micros - paper.credited_micros) // ORE // self.chance.choice((1, 2)) * ORE
            tax = net * self.office.tax_ppm // 1_000_000 // ORE * ORE
            self.office.correct(paper.name, net, tax)

    def settle(self) -> None:
        if papers := list(self.ledger.purse.papers):
            paper = self.ledger.purse.papers[self.chance.choice(papers)]
            self.office.settle(paper.name, paper.open_micros // self.chance.choice((1, 2)))

    def pay(self) -> None:
        publisher = self.chance.choice(self.publishers)
        wrong = {"amount_micros": 100_000_000} if self.chance.random() < 0.1 else {}
        stale = {"through": self.chance.randint(0, self.ledger.purse.last)} if wrong else {}
        currency = self.chance.choice((*self.currencies, *self.currencies, "EUR"))
        self.office.pay(publisher, currency, **wrong, **stale)

    def answer(self) -> None:
        if self.ledger.purse.payouts:
            number = self.chance.choice(list(self.ledger.purse.payouts))
            self.office.end(number, self.chance.choice(("completed", "failed", "returned")))

    def grant(self) -> None:
        amount = self.chance.randint(1, 200_000_000)
        publisher, signed = self.chance.choice(self.publishers), self.chance.choice((amount, amount, -amount))
        program, currency = self.chance.choice(self.granting) if len(self.granting) > 1 else self.granting[0]
        self.office.grant(publisher, signed, program=program, currency=currency)

    def exchange(self) -> None:
        if self.chance.random() < 0.5:
            publisher = self.chance.choice(self.publishers)
            self.office.exchange("publisher", publisher, self.office.held("publisher", publisher, "payable"))
        else:
            self.office.exchange("advertiser", 1, self.chance.randint(1, 5_000) * ORE)

    steps: tuple[Callable[[Any], None], ...] = (
        *(sell, sell, sell, decide, wait, wait, look, look, fund, match, paper, paper, correct, settle),
        *(pay, pay, answer, answer, grant, exchange),
    )

    def reverse(self) -> None:
        """Take everything back."""
        self.office.now += DAY
        purse, office = self.ledger.purse, self.office
        for payout in list(purse.payouts.values()):
            if payout.status == "sent":
                assert office.end(payout.number, "failed") is None
            elif payout.status == "completed":
                assert office.end(payout.number, "returned") is None
        for one in [one for one in purse.exchanges.values() if one.undone is None]:
            back = {"amount_micros": -one.amount_micros, "into_amount_micros": -one.into_amount_micros}
            assert office.exchange(one.owner, one.party, 0, **back, undoes=one.event) is None
        self._unearn()
        self._unpaper()
        for funding in [one for one in purse.fundings.values() if one.status == "suspense"]:
            assert office.match(funding.event, None) is None
        for account, micros in list(self.ledger.balances.items()):
            if account.bucket == "deposit" and micros:
                currency, _, advertiser, _ = account
                name = f"the last {advertiser} {currency}"
                assert office.fund(micros, name, advertiser, currency=currency) is None

    def _unearn(self) -> None:
        for one in self.ledger.orders():
            if one.status not in (OrderStatus.DECLINED, OrderStatus.REVERSED):
                about = {"advertiser": one.advertiser, "outcome": one.outcome}
                self.ledger.settle(amendment(Action.REFUND, one.order, self.office.now, **about))
        self.wait()
        for told in [told for told in self.ledger.purse.transactions if told.kind in ("bonus", "clawback")]:
            (amount,) = [entry.amount_micros for entry in told.entries if entry.owner == "publisher"]
            given = {"program": told.program, "currency": told.currency}
            assert self.office.grant(told.publisher, amount, **given) is None
        self.wait()

    def tax_of(self, party: Party) -> list[int]:
        return [-one.tax_micros for one in papers_of(self, party)]

    def _unpaper(self) -> None:
        for party in papered(self):
            if self.office.unpapered(party):
                assert self.office.paper(*party, tax_micros=sum(self.tax_of(party))) is None
        papers = list(self.ledger.purse.papers.values())
        for paper in sorted(papers, key=lambda one: one.open_micros):
            if paper.owner == "advertiser" and paper.open_micros:
                assert self.office.settle(paper.name, paper.open_micros) is None


def papered(life: Life) -> list[Party]:
    """Who has papers, in which currency."""
    papers = life.ledger.purse.papers.values()
    return sorted({Party(one.owner, one.party, one.currency) for one in papers})


def papers_of(life: Life, party: Party) -> list[PaperState]:
    papers = life.ledger.purse.papers.values()
    return [one for one in papers if (one.owner, one.party, one.currency) == party]


def payable_to(life: Life) -> list[Party]:
    """To whom anything ever was payable, in which currency."""
    accounts = life.ledger.balances
    return sorted(
        Party("publisher", one.owner_id, one.currency) for one in accounts if one.bucket == "payable"
    )


def check(life: Life) -> None:
    books_balance(life.ledger)
    nobody_is_paid_twice(life)
    nobody_is_paid_before_the_hold(life)
    payouts_pay_what_was_payable(life)
    papers_say_what_was_earned_once(life)
    facts_sum_to_what_was_earned(life)


def nobody_is_paid_twice(life: Life) -> None:
    marks_are_of_what_was_released(life)
    whoever_is_paid_earned_it(life)
    the_bank_holds_what_came_and_did_not_go(life)


def marks_are_of_what_was_released(life: Life) -> None:
    """A mark names one transaction, and its publisher's; what it marks was released through its entry."""
    purse = life.ledger.purse
    until = {one.transaction: one.through for one in purse.payouts.values()}
    until |= {one.transaction: one.through for one in purse.exchanges.values()}
    whose = {one.transaction: one.publisher for one in purse.payouts.values()}
    whose |= {one.transaction: one.party for one in purse.exchanges.values()}
    for key, transaction in purse.paid_by.items():
        assert purse.commissions[key].released <= until[transaction]
        assert key.publisher == whose[transaction]


def whoever_is_paid_earned_it(life: Life) -> None:
    """With a payout, all that a publisher was paid and did not give back is no more than what it earned."""
    purse = life.ledger.purse
    for last in purse.payouts.values():
        if last.transaction == purse.last:
            party = Party("publisher", last.publisher, last.currency)
            assert paid_to(life, party) <= earned_by(life, party)


def paid_to(life: Life, party: Party) -> int:
    """By what became of payouts and exchanges, whatever the accounts say."""
    payouts = [one for one in life.ledger.purse.payouts.values() if one.status in ("sent", "completed")]
    paid = sum(one.amount_micros for one in payouts if (one.publisher, one.currency) == party[1:])
    return paid + sum(one.amount_micros for one in turned_by(life, party) if one.currency == party.currency)


def earned_by(life: Life, party: Party) -> int:
    """What became payable, less what was taken back of it, and what came of another currency."""
    earned = life.office.earned_on(party, "payable")
    return earned + sum(
        one.into_amount_micros for one in turned_by(life, party) if one.into == party.currency
    )


def turned_by(life: Life, party: Party) -> list[ExchangeState]:
    exchanges = life.ledger.purse.exchanges.values()
    return [one for one in exchanges if (one.owner, one.party) == party[:2] and one.undone is None]


def the_bank_holds_what_came_and_did_not_go(life: Life) -> None:
    """Every payment counts once, by what became of it in the end."""
    purse = life.ledger.purse
    bank: Counter[str] = Counter()
    for funding in purse.fundings.values():
        bank[funding.currency] += funding.amount_micros if funding.status != "sent_back" else 0
    for payout in purse.payouts.values():
        bank[payout.currency] -= payout.amount_micros if payout.status == "completed" else 0
    for currency, micros in bank.items():
        assert life.ledger.balance("operator", OPERATOR, "bank", currency) == micros


def nobody_is_paid_before_the_hold(life: Life) -> None:
    """What is paid was payable, and nothing becomes payable within thirty days of its approval, or grant."""
    transactions = life.ledger.purse.transactions
    clocks = {
        one.id: decided.manifest.now for decided in life.ledger.decisions for one in decided.transactions
    }
    approved = {
        one.order: clocks[one.id] if one.event else one.occurred_at + SILENCE
        for one in transactions
        if one.kind == "approve"
    }
    for key, held in life.ledger.purse.commissions.items():
        if key.source == "conversion":
            assert clocks[held.released] >= approved[key.number] + HOLD
        elif (granted := transactions[key.number - 1]).kind == "bonus":
            assert clocks[held.released] >= granted.occurred_at + HOLD


def payouts_pay_what_was_payable(life: Life) -> None:
    """No payout or exchange takes more than what stands there when it is posted."""
    for party in payable_to(life):
        stands = 0
        for transaction, entry in life.ledger.purse.lines(party, "payable"):
            stands -= entry.amount_micros
            if transaction.kind in ("payout", "exchange") and entry.amount_micros > 0:
                assert stands >= 0
    for payout in life.ledger.purse.payouts.values():
        assert payout.amount_micros % ORE == 0
        assert 0 <= payout.rest_micros < ORE


def papers_say_what_was_earned_once(life: Life) -> None:
    """Nets of all papers and what is left of the last are all that was earned through it."""
    purse = life.ledger.purse
    series: Counter[str] = Counter()
    for paper in purse.papers.values():
        series[paper.series] += 1
        assert paper.number == series[paper.series]
    for party in papered(life):
        papers = papers_of(life, party)
        bucket, sign = ("owed", 1) if party.owner == "advertiser" else ("payable", -1)
        earned = sum(
            entry.amount_micros
            for one, entry in purse.lines(party, bucket)
            if one.id <= papers[-1].through and one.kind not in MONEY_KINDS
        )
        assert sum(one.net_micros for one in papers) + papers[-1].left_micros == sign * earned


def facts_sum_to_what_was_earned(life: Life) -> None:
    told = sum(one.cost_micros for one in life.ledger.facts)
    stands: int = 0
    for bucket in ("accrued", "owed"):
        for one, entry in life.ledger.purse.lines(Party("advertiser", 1, "SEK"), bucket):
            stands += entry.amount_micros if one.kind not in MONEY_KINDS else 0
    assert told == stands


@given(histories)
def test_the_promises_about_money_hold_after_every_step_and_every_paid_micro_leads_to_a_receipt(
    chance: Random,
) -> None:
    life = Life(chance)
    life.live(40)
    every_paid_micro_is_explained(life)


@given(histories)
def test_reversing_everything_brings_every_account_to_zero(chance: Random) -> None:
    """Papers at a tax of nothing or of the whole, so that taxes of parts add up to the tax of all."""
    life = Life(chance, tax_ppm=chance.choice((0, 1_000_000)))
    life.live(30)
    life.reverse()
    assert life.ledger.standing() == {}


def every_paid_micro_is_explained(life: Life) -> None:
    """Each line of a payable account is explained by a receipt: its own, its order's, or its touches'."""
    explained: set[int] = set()
    for decided in life.ledger.decisions:
        for receipt in decided.receipts:
            body = msgspec.json.decode(receipt.body)
            explained |= {body["transaction"], body.get("into_transaction")} - {None}
    for party in payable_to(life):
        for one, _ in life.ledger.purse.lines(party, "payable"):
            assert {one.id, one.corrects} & explained
    for payout in life.ledger.purse.payouts.values():
        party = Party("publisher", payout.publisher, payout.currency)
        through = sum(
            -entry.amount_micros
            for one, entry in life.ledger.purse.lines(party, "payable")
            if one.id < payout.transaction and (one.id <= payout.through or one.kind in PAID_KINDS)
        )
        assert payout.amount_micros + payout.rest_micros == through
