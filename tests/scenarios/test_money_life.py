"""The life that docs/algorithms/money.md works by hand, through the real journal, settler and book."""

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.scenarios.world import DAY, World, evidence_of
from utfall.engine import decode_facts
from utfall.events import (
    Action,
    AnyEvent,
    Bonus,
    BonusReason,
    Exchange,
    Funding,
    Line,
    Matching,
    MoneyEvent,
    Paper,
    PaperKind,
    Payout,
    PayoutEnd,
    PayoutResult,
    Settling,
)
from utfall.portal.book import checking, facade
from utfall.workers.invariants import check_all, papers_and_payouts_hold
from utfall.workers.replay import ReplaySource, replay
from utfall.workers.settle import Settler

Told = tuple[MoneyEvent, str | None]


def micros(units: float) -> int:
    return round(units * 1_000_000)


class Patient(World):
    """A world whose one settler stays."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.settler = Settler(self.config, lambda: self.now)

    def settle(self, *events: AnyEvent, stream: str = "edge-0") -> int:
        if events:
            self.append(*events, stream=stream)
        return self.settler.settle_all()


class Office:
    """Who tells a world about money, and what was answered."""

    def __init__(self, world: World) -> None:
        self.world = world

    def tell(self, kind: Any, **fields: Any) -> facade.Answer:
        at = self.world.now
        event = kind(id=self.world.ids.at(at), occurred_at=at, received_at=at, **fields)
        self.world.settle(event, stream="portal-0")
        return self.answer(event)

    def answer(self, event: MoneyEvent) -> facade.Answer:
        return facade.answers(self.world.book, [event.id])[event.id]

    def fund(self, units: float, identity: str, advertiser: int | None = 1) -> facade.Answer:
        return self.tell(
            Funding,
            advertiser=advertiser,
            currency="SEK",
            amount_micros=micros(units),
            identity=identity,
            day="2026-11-01",
        )

    def paper(self, kind: PaperKind, party: int, series: str, net: float, tax: float) -> facade.Answer:
        """What the book says must be said, checked against what was worked by hand."""
        book, through = self.world.book, facade.last_transaction(self.world.book)
        asked = facade.unpapered(book, kind.owner, party, "SEK", through)
        assert asked.whole_micros == micros(net)
        sums = list(facade.earned_sums(book, kind.owner, party, "SEK", after=asked.since, through=through))
        assert sum(one.amount_micros for one in sums) + asked.left_micros == asked.standing_micros
        return self.tell(
            Paper,
            paper=kind,
            series=series,
            number=facade.next_number(book, series),
            party=party,
            currency="SEK",
            period_from="2026-11-01",
            period_until="2026-11-30",
            through=through,
            net_micros=micros(net),
            tax_micros=micros(tax),
            digest="d",
        )

    def pay(self, publisher: int, units: float, currency: str = "SEK", **fields: Any) -> facade.Answer:
        book, through = self.world.book, facade.last_transaction(self.world.book)
        return self.tell(
            Payout,
            **{
                "number": facade.next_payout(book),
                "publisher": publisher,
                "currency": currency,
                "through": through,
                "amount_micros": micros(units),
                **fields,
            },
        )

    def bank(self, payout: int, *results: PayoutEnd) -> None:
        for result in results:
            said = self.tell(PayoutResult, payout=payout, result=result, identity=f"{payout} {result}")
            assert said.reason is None

    def orders(self, *told: tuple[str, int, float]) -> None:
        world = self.world
        for reference, link, units in told:
            click = world.click(link)
            world.settle(world.sale(reference, Line(amount_micros=micros(units)), clicks=[click]))
        world.settle(*(world.amend(reference, Action.APPROVE) for reference, _, _ in told))

    def wait(self, days: int) -> None:
        self.world.now += days * DAY
        self.world.settle()


def accepted(*answers: facade.Answer) -> None:
    assert [one.reason for one in answers] == [None] * len(answers)


def first_half(office: Office) -> None:
    """Steps 1 to 14."""
    unknown = office.world.ids.at(office.world.now)
    accepted(office.fund(300, "B1"))
    event = Funding(
        id=unknown,
        occurred_at=office.world.now,
        received_at=office.world.now,
        advertiser=None,
        currency="SEK",
        amount_micros=micros(50),
        identity="B2",
        day="2026-11-01",
    )
    office.world.settle(event, stream="portal-0")
    accepted(office.tell(Matching, funding=unknown, advertiser=1))
    office.orders(("A-1", 11, 1000), ("A-2", 11, 500), ("A-3", 11, 333.33), ("A-4", 12, 125))
    grant = {"program": 7, "publisher": 3, "currency": "SEK", "reason": BonusReason.PLACEMENT}
    accepted(office.tell(Bonus, amount_micros=micros(25), **grant))
    accepted(office.paper(PaperKind.INVOICE, 1, "A-2026", 217.99, 54.50))
    accepted(office.tell(Settling, paper="A-2026-000001", amount_micros=micros(272.49)))
    office.wait(30)
    accepted(office.paper(PaperKind.SELF_BILLING, 3, "S3-2026", 171.66, 42.92))
    accepted(office.paper(PaperKind.SELF_BILLING, 4, "S4-2026", 10, 0))
    accepted(office.pay(3, 214.58))
    office.bank(1, PayoutEnd.COMPLETED)
    accepted(office.pay(4, 10))
    office.bank(2, PayoutEnd.FAILED)
    accepted(office.pay(4, 10))
    office.bank(3, PayoutEnd.COMPLETED, PayoutEnd.RETURNED)


def second_half(office: Office) -> None:
    """Steps 15 to 24."""
    world = office.world
    world.settle(world.amend("A-1", Action.REFUND, amount_micros=micros(500)))
    accepted(office.paper(PaperKind.SELF_BILLING_CREDIT, 3, "S3-2026", -39.99, -10))
    accepted(office.paper(PaperKind.CREDIT_NOTE, 1, "A-2026", -47.99, -12))
    accepted(office.tell(Settling, paper="A-2026-000002", amount_micros=micros(-59.99)))
    assert office.pay(3, 0.01).reason == "amount_differs"
    office.orders(("A-5", 11, 2000))
    office.wait(30)
    accepted(office.paper(PaperKind.SELF_BILLING, 3, "S3-2026", 159.99, 40))
    accepted(office.pay(3, 150))
    said = {"owner": "publisher", "party": 4, "currency": "SEK", "into": "EUR", "rate_source": "ECB"}
    rate = {"currency_micros": 10_978_000, "into_micros": 1_000_000, "day": "2026-10-30"}
    through = facade.last_transaction(world.book)
    amounts = {"amount_micros": micros(10), "into_amount_micros": 910_913, "through": through}
    accepted(office.tell(Exchange, **said, **rate, **amounts))
    accepted(office.pay(4, 0.91, "EUR"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    world = Patient(tmp_path_factory.mktemp("life"))
    office = Office(world)
    with world.settler:
        first_half(office)
        second_half(office)
    return office


def test_the_worked_life_stands_as_the_documentation_says(office: Office) -> None:
    stands = {
        (one.owner, one.owner_id, one.bucket, one.currency): one.balance_micros
        for one in facade.balances(office.world.book)
        if one.balance_micros
    }
    assert stands == {
        ("advertiser", 1, "owed", "SEK"): 191_999_680,
        ("advertiser", 1, "deposit", "SEK"): -137_500_000,
        ("publisher", 3, "payable", "SEK"): -6_400,
        ("publisher", 3, "transfer", "SEK"): -150_000_000,
        ("operator", 1, "bank", "SEK"): 135_420_000,
        ("operator", 1, "fee", "SEK"): -60_333_280,
        ("operator", 1, "vat_out", "SEK"): -42_500_000,
        ("operator", 1, "vat_in", "SEK"): 72_920_000,
        ("operator", 1, "exchange", "SEK"): -10_000_000,
        ("publisher", 4, "payable", "EUR"): -913,
        ("publisher", 4, "transfer", "EUR"): -910_000,
        ("operator", 1, "exchange", "EUR"): 910_913,
    }
    assert not any(one.difference_micros for one in facade.trial_balance(office.world.book))


def test_everything_that_must_hold_holds(office: Office, tmp_path: Path) -> None:
    config = office.world.config
    assert check_all(evidence_of(config)) == []
    assert replay(ReplaySource.of(config), tmp_path / "again.sqlite3").difference is None


def test_a_payout_leads_to_its_commissions_and_each_to_its_receipt(office: Office) -> None:
    book = office.world.book
    paid = {number: facade.commissions_of_payout(book, number) for number in range(1, 6)}
    assert {number: [one.reference or one.source for one in ones] for number, ones in paid.items()} == {
        1: ["bonus", "A-1", "A-2", "A-3"],
        2: [],
        3: [],
        4: ["A-5"],
        5: [],
    }
    row = facade.payout(book, 5)
    (exchange,) = facade.exchanges_of_payout(book, row.transaction)
    assert [one.reference for one in facade.paid_by(book, exchange.transaction, ("", 0), 10)] == ["A-4"]
    for one in paid[1]:
        assert one.receipt is not None
        body = msgspec.json.decode(facade.receipt(book, one.receipt).body)
        assert body["kind"] == ("bonus" if one.source == "bonus" else "release")
    for line in facade.lines(book, "publisher", 3, "payable", "SEK"):
        if line.kind != "release" or line.conversion is not None:
            assert facade.receipts_of_transaction(book, line.transaction), line.kind


def test_the_lines_of_an_account_lead_from_nothing_to_what_stands(office: Office) -> None:
    book = office.world.book
    lines = facade.lines(book, "publisher", 3, "payable", "SEK")
    assert lines[-1].balance_micros == -6_400
    assert sum(one.amount_micros for one in lines) == -6_400
    second = facade.lines(book, "publisher", 3, "payable", "SEK", after=lines[2].transaction, count=2)
    assert second == lines[3:5]
    row = facade.payout(book, 4)
    made_of = facade.lines_of_payout(book, 4)
    opening = facade.standing_at(book, "publisher", 3, "payable", "SEK", row.since)
    assert opening + sum(one.amount_micros for one in made_of) == -row.amount_micros - row.rest_micros


def test_entries_are_found_by_the_time_of_their_settling(office: Office) -> None:
    book = office.world.book
    first, last = next(facade.batches(book)), office.world.now
    assert facade.transaction_at(book, first.now - 1) == 0
    assert facade.transaction_at(book, last) == facade.last_transaction(book)
    middle = facade.transaction_at(book, first.now)
    assert 0 < middle < facade.last_transaction(book)


def test_what_was_paid_does_not_change_what_the_lake_is_compared_with(office: Office) -> None:
    book = office.world.book
    told: Counter[str] = Counter()
    for row in facade.read_outbox(book, 0, 10_000):
        for fact in decode_facts(row.body).facts:
            told.update({name: getattr(fact, name) for name in checking.MEASURES})
    stands = checking.standing_sums(book)["SEK"]
    assert stands == dict(told)
    assert stands["commission_approved_micros"] == micros(301.6664)
    assert stands["cost_micros"] == micros(361.99968)


DAMAGES = (
    "UPDATE book_payout SET amount_micros = amount_micros + 10000 WHERE number = 4",
    "UPDATE book_paper SET number = 7 WHERE name = 'A-2026-000002'",
    "UPDATE book_paper SET since = 1 WHERE name = 'S3-2026-000002'",
    "UPDATE book_paper SET settled_micros = 0 WHERE name = 'A-2026-000001'",
    "UPDATE book_commission SET paid_by = 60 WHERE source = 'bonus'",
    "UPDATE book_line SET amount_micros = amount_micros - 1 WHERE transaction_id = 2",
    "UPDATE book_funding SET status = 'suspense' WHERE identity = 'B2'",
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_book_that_lies_about_money_is_found_out(office: Office, tmp_path: Path, damage: str) -> None:
    path, config = tmp_path / "book.sqlite3", office.world.config
    facade.close_book(office.world.book)
    shutil.copy(config.book_path, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for (guard,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        assert connection.execute(damage).rowcount
    book = facade.open_book(path, migrate=False)
    assert list(papers_and_payouts_hold(evidence_of(config, book)))
    facade.close_book(book)


REFUSED = {
    "UPDATE book_paper SET net_micros = 1": "a paper is never changed",
    "DELETE FROM book_paper": "a paper is never deleted",
    "INSERT INTO book_paper SELECT 999, 'x', kind, series, 9, owner, party, currency, period_from,"
    " period_until, since, through, net_micros, tax_micros, 0, 0, left_micros, due, corrects, digest, 'y',"
    " at, transaction_id FROM book_paper WHERE name = 'A-2026-000001'": "papers of a series have no gap",
    "UPDATE book_payout SET amount_micros = 1": "a payout is never changed",
    "DELETE FROM book_payout": "a payout is never deleted",
    "UPDATE book_payout SET status = 'sent'": "a payout goes on from where it is",
    "UPDATE book_funding SET amount_micros = 1": "a funding is never changed",
    "DELETE FROM book_funding": "a funding is never deleted",
    "UPDATE book_commission SET paid_by = 10000 WHERE paid_by IS NOT NULL": "a commission is paid once",
    "UPDATE book_paper SET settled_micros = 10 * net_micros": "CHECK",
}


def test_the_book_itself_refuses_to_change_what_was_issued_or_sent(office: Office) -> None:
    with closing(sqlite3.connect(office.world.config.book_path, isolation_level=None)) as connection:
        for attempt, words in REFUSED.items():
            with pytest.raises(sqlite3.IntegrityError, match=words):
                connection.execute(attempt)
