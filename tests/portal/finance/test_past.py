"""What stood at the end of a past day: the life that docs/algorithms/funding.md works by hand, in 2025."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.test import Client

from tests.portal.payouts.conftest import HOUSE_IBAN
from tests.portal.statements.conftest import Desk, desk
from tests.scenarios.test_money_life import Office, Patient, accepted, micros
from tests.scenarios.world import market
from tests.unit.accounting.sie_reader import read
from utfall.events import Action, Funding, Line, Matching, Paper, PaperKind, Settling
from utfall.portal.access import Caller, NotFound, Permission, Refused, Role
from utfall.portal.banking.models import BankFile, Closing
from utfall.portal.book import facade as book
from utfall.portal.finance import facade, month_ends
from utfall.portal.finance.contracts import Figures, Said
from utfall.portal.finance.exchanging import positions
from utfall.portal.finance.models import FeeMonth, MonthEnd
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.contracts import HouseAccount
from utfall.portal.people import facade as people
from utfall.portal.statements import facade as statements
from utfall.portal.statements.contracts import BooksForm
from utfall.rates import Table
from utfall.terms import Advertiser, Enrolment, Link, Market
from utfall.workers.publish import publish

__all__ = ["desk"]
ClientOf = Callable[..., Client]
END: Final = date(2025, 11, 30)
SWEDEN: Final = ZoneInfo("Europe/Stockholm")


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> int:
    """A moment of 2025 in Swedish time, in UTC milliseconds."""
    return int(datetime(2025, month, day, hour, minute, tzinfo=SWEDEN).timestamp() * 1000)


def two_advertisers() -> Market:
    """The market of the scenarios with an advertiser more, whose program has the same terms."""
    one = market()
    program = msgspec.structs.replace(one.programs[0], id=8, advertiser=2)
    rule = msgspec.structs.replace(one.rules[0], id=9, program=8)
    return msgspec.structs.replace(
        one,
        advertisers=(*one.advertisers, Advertiser(id=2, name="Skog")),
        programs=(*one.programs, program),
        enrolments=(*one.enrolments, Enrolment(program=8, publisher=4, starts_at=0)),
        links=(
            *one.links,
            Link(id=13, key="skog", program=8, publisher=4, destination="https://skog.example/"),
        ),
        rules=(*one.rules, rule),
    )


class Past(Office):
    """Who tells the world of advertisers 1 and 2 at moments of its own."""

    def approve(self, order: str, units: float, advertiser: int = 1) -> None:
        """An order is placed and approved at once."""
        world = self.world
        place = {"advertiser": 2, "program": 8, "publisher": 4} if advertiser == 2 else {}
        click = world.click(13 if advertiser == 2 else 11, **place)
        sale = world.sale(order, Line(amount_micros=micros(units)), clicks=[click])
        told = (sale, world.amend(order, Action.APPROVE))
        for one in told:
            world.settle(msgspec.structs.replace(one, advertiser=advertiser))

    def invoice(self, net: float, tax: float, due: date) -> None:
        """All that advertiser 1 owes is invoiced."""
        through = book.last_transaction(self.world.book)
        assert book.unpapered(self.world.book, "advertiser", 1, "SEK", through).whole_micros == micros(net)
        told = {"series": "A-2025", "number": 1, "party": 1, "currency": "SEK", "digest": "d"}
        days = {"period_from": "2025-11-01", "period_until": "2025-11-30", "due": due.isoformat()}
        amounts = {"net_micros": micros(net), "tax_micros": micros(tax), "through": through}
        accepted(self.tell(Paper, paper=PaperKind.INVOICE, **told, **days, **amounts))

    def pay(self, units: float) -> None:  # type: ignore[override]
        """The deposit pays of the invoice."""
        accepted(self.tell(Settling, paper="A-2025-000001", amount_micros=micros(units)))


def live(office: Past) -> None:
    """The worked life."""
    world = office.world
    accepted(office.fund(50, "B1"))
    office.approve("A-1", 1000)
    world.now = at(11, 10)
    office.invoice(96, 24, date(2025, 11, 20))
    office.pay(50)
    world.now = at(11, 28)
    unknown = Funding(
        id=world.ids.at(world.now),
        occurred_at=world.now,
        received_at=world.now,
        advertiser=None,
        currency="SEK",
        amount_micros=micros(30),
        identity="B2",
        day="2025-11-28",
    )
    world.settle(unknown, stream="portal-0")
    world.now = at(11, 30, 23, 30)
    office.approve("B-1", 500, advertiser=2)
    world.now = at(12, 1, 0, 30)
    office.approve("A-2", 250)
    world.now = at(12, 2)
    accepted(office.tell(Matching, funding=unknown.id, advertiser=1))
    accepted(office.fund(70, "B3"))
    office.pay(70)
    world.now = at(12, 4, 18)
    world.settle()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Past:
    """The life, settled once."""
    world = Patient(tmp_path_factory.mktemp("past"))
    world.now = at(11, 3)
    publish(two_advertisers(), world.config.snapshots_dir)
    office = Past(world)
    with world.settler:
        live(office)
    return office


def stands(found: Figures) -> dict[str, int]:
    """What stands by bucket, where it is not zero."""
    return {one.bucket: one.micros for one in found.accounts if one.micros}


def test_the_worked_life_stood_as_the_documentation_says(desk: Desk) -> None:
    then = facade.figures(desk.operator, "SEK", END)
    assert stands(then) == {
        "bank": micros(80),
        "suspense": micros(-30),
        "receivable": micros(70),
        "owed": micros(48),
        "approved": micros(-120),
        "fee": micros(-24),
        "vat_out": micros(-24),
    }
    assert (then.as_of, then.today, then.imbalance_micros) == (END, END, 0)
    (owing,) = then.receivables
    assert (owing.advertiser, owing.ages) == (1, (0, micros(70), 0, 0, 0))
    assert [(one.advertiser, one.deposit_micros, one.owed_micros) for one in then.stood] == [
        (1, 0, 0),
        (2, 0, micros(48)),
    ]
    assert [(one.identity, one.day, one.micros) for one in then.unowned] == [
        ("B2", date(2025, 11, 28), micros(30))
    ]
    assert (then.payables, then.used, then.coming, then.forecast) == ((), (), (), None)
    assert then.at == datetime(2025, 11, 30, 22, 30, tzinfo=UTC)
    last = facade.figures(desk.operator, "SEK", date(2025, 12, 4))
    assert stands(last) == {
        "bank": micros(150),
        "deposit": micros(-30),
        "owed": micros(72),
        "approved": micros(-60),
        "payable": micros(-80),
        "fee": micros(-28),
        "vat_out": micros(-24),
    }
    assert (last.receivables, last.unowned) == ((), ())
    assert [(one.publisher, one.micros) for one in last.payables] == [(3, micros(80))]
    assert last.entry > then.entry


def test_every_day_agrees_with_the_accountants_file_and_with_both_ends_of_the_book(
    desk: Desk, office: Past
) -> None:
    days = [date(2025, 11, day) for day in (3, 10, 27, 28, 29, 30)]
    days += [date(2025, 12, day) for day in range(1, 5)]
    sides = set()
    with book.opened() as found:
        assert found is not None
        now = book.last_transaction(found)
        assert book.balances_then(found, now) == book.balances(found)
    for day in days:
        then = facade.figures(desk.operator, "SEK", day)
        sides.add(now - then.entry < then.entry)
        assert then.imbalance_micros == 0
        assert then.stands("advertiser", "receivable") == sum(one.total_micros for one in then.receivables)
        assert sum(one.micros for one in then.payables) == -then.stands("publisher", "payable")
        assert sum(one.deposit_micros for one in then.stood) == -then.stands("advertiser", "deposit")
        assert sum(one.micros for one in then.unowned) == -then.stands("operator", "suspense")
        file = statements.export_books(desk.operator, BooksForm.SIE, "SEK", date(2025, 11, 1), day)
        told = read(file.content).balances
        closing = {**told["UB"], **told["RES"]}
        accounts = {
            "1930": "bank",
            "2999": "suspense",
            "2420": "deposit",
            "1510": "receivable",
            "1620": "owed",
        }
        accounts |= {"2990": "approved", "2440": "payable", "2611": "vat_out"}
        stood = stands(then)
        for number, bucket in accounts.items():
            assert closing.get(number, 0) == Decimal(stood.get(bucket, 0)) / 1_000_000, (day, bucket)
        assert -closing.get("3040", 0) - closing.get("4600", 0) == Decimal(-stood.get("fee", 0)) / 1_000_000
    assert sides == {True, False}, "added up from either end"


def test_the_fees_of_a_month_are_those_of_its_advertisers(desk: Desk) -> None:
    for is_kept in (False, True):
        then = facade.figures(desk.operator, "SEK", END)
        assert [(one.month, one.micros) for one in then.fees][-1] == ("2025-11", micros(24))
        fees = facade.month_fees(desk.operator, "SEK", as_of=END)
        assert (fees.month, fees.micros, fees.entry) == ("2025-11", micros(24), then.entry)
        told = [(one.advertiser, one.micros) for one in fees.advertisers]
        assert told == [(1, micros(16)), (2, micros(8))]
        december = facade.figures(desk.operator, "SEK", date(2025, 12, 4)).advertiser_fees
        assert [(one.month, one.advertiser, one.micros) for one in december] == [
            ("2025-11", 1, micros(16)),
            ("2025-11", 2, micros(8)),
            ("2025-12", 1, micros(4)),
        ]
        if not is_kept:
            facade.keep(date(2025, 12, 4))
            # As an older process would have left it: told in sum, and told apart by nobody.
            FeeMonth.objects.system().filter(month="2025-12").update(advertisers=None)
            assert facade.keep(date(2025, 12, 4)) == 1
    assert FeeMonth.objects.system().get(month="2025-11").advertisers == {
        "SEK": {"1": micros(16), "2": micros(8)}
    }
    with pytest.raises(Refused) as refused:
        facade.month_fees(desk.operator, "SEK", "2024-11", END)
    assert refused.value.problems[0].code == "month_not_told"
    with pytest.raises(NotFound):
        facade.month_fees(desk.advertiser)


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("day_not_over", book.today),
        ("day_not_over", lambda: book.today() + timedelta(days=40)),
        ("before_the_book", lambda: date(2025, 11, 2)),
        ("before_the_book", lambda: date.min),
        ("day_not_over", lambda: date.max),
    ],
)
def test_a_day_that_cannot_be_told_is_refused(desk: Desk, code: str, day: Callable[[], date]) -> None:
    with pytest.raises(Refused) as refused:
        facade.figures(desk.operator, "SEK", day())
    assert (refused.value.problems[0].code, refused.value.problems[0].field) == (code, "as_of")
    with pytest.raises(Refused) as again:
        facade.month_fees(desk.operator, "SEK", as_of=day())
    assert again.value.problems == refused.value.problems


def test_yesterday_is_refused_while_something_may_still_be_settled_on_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = datetime(2025, 12, 6, 0, 30, tzinfo=SWEDEN)
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock)
    with pytest.raises(Refused) as refused:
        facade.figures(desk.operator, "SEK", date(2025, 12, 5))
    assert (refused.value.problems[0].code, refused.value.status) == ("day_not_over", 409)
    clock += timedelta(hours=1)
    assert facade.figures(desk.operator, "SEK", date(2025, 12, 5)).stands("operator", "bank") == micros(150)


def test_ends_of_months_are_kept_one_by_one_and_change_no_answer(desk: Desk) -> None:
    days = [date(2025, 11, 10), END, date(2025, 12, 1), date(2025, 12, 3), date(2026, 1, 31)]
    before = [facade.figures(desk.operator, "SEK", day) for day in days]
    assert [month_ends.keep(), month_ends.keep()] == [END, date(2025, 12, 31)]
    while month_ends.keep():
        pass
    last = book.today().replace(day=1) - timedelta(days=1)
    if not statements.days_are_over(last):  # in the first hour of a month
        last = last.replace(day=1) - timedelta(days=1)
    assert MonthEnd.objects.system().order_by("day").last() == MonthEnd.objects.system().get(day=last)
    assert [facade.figures(desk.operator, "SEK", day) for day in days] == before
    with book.opened() as found:
        assert found is not None
        entry = before[1].entry
        known = month_ends.nearest(found, entry)
        assert known is not None
        moved = book.moved_by_account(found, 0, entry)
        assert (known.through, known.micros) == (entry, {one: moved[one] for one in moved if moved[one]})
        # It is what figures are made of: one that somebody changed does not balance.
        MonthEnd.objects.system().filter(day=END).update(balances={"1": 1})
        assert facade.figures(desk.operator, "SEK", END).imbalance_micros == 1
        MonthEnd.objects.system().update(history="another")
        assert month_ends.nearest(found, entry) is None
    assert [facade.figures(desk.operator, "SEK", day) for day in days] == before
    assert month_ends.keep() == END
    assert MonthEnd.objects.system().count() == 1
    assert [facade.figures(desk.operator, "SEK", day) for day in days] == before


def test_an_exchange_is_worth_what_it_was_on_that_day() -> None:
    rates = {"EUR": [(END, 1_000_000), (date(2025, 12, 4), 1_000_000)]}
    table = Table(rates | {"SEK": [(END, 10_978_000), (date(2025, 12, 4), 11_200_000)]})
    for day, value in ((END, 10_978_000), (date(2025, 12, 2), 10_978_000), (date(2025, 12, 4), 11_200_000)):
        (euro,) = positions({"EUR": 1_000_000}, "SEK", lambda: table, day)
        assert euro.value_micros == value


def test_what_the_bank_said_is_of_that_day_or_before(desk: Desk) -> None:
    invoices.set_house_account(desk.operator, HouseAccount(currency="SEK", account=HOUSE_IBAN))
    for on, units in ((date(2025, 11, 28), 80), (date(2025, 12, 3), 151)):
        told = {"name": "s.xml", "digest": on.isoformat(), "kind": "statement", "way": "sent"}
        file = BankFile.objects.system().create(**told)
        held = {"account": HOUSE_IBAN.number, "currency": "SEK", "on": on, "micros": micros(units)}
        Closing.objects.system().create(file=file, **held)
    then, last = (facade.figures(desk.operator, "SEK", day) for day in (END, date(2025, 12, 4)))
    assert (then.said, then.unexplained_micros) == (Said(on=date(2025, 11, 28), micros=micros(80)), 0)
    assert last.unexplained_micros == micros(1)
    assert facade.figures(desk.operator, "SEK", date(2025, 11, 27)).said is None


def page_of(client: Client, address: str) -> tuple[int, str]:
    """A page's status, and its text with single spaces."""
    answer = client.get(address)
    return answer.status_code, " ".join(answer.content.decode().split())


def test_the_page_says_that_it_is_the_past(desk: Desk, client_of: ClientOf) -> None:
    house = client_of(desk.market.operator.users[Role.FINANCE])
    root = f"/{desk.market.operator.slug}/finance/"
    status, then = page_of(house, f"{root}?currency=SEK&as_of=2025-11-30")
    assert status == 200
    assert "This is the past: the end of 30 Nov 2025" in then
    assert "nobody had said yet whose it is" in then
    for words in ("SEK 80.00", "SEK 70.00", "1–30 days over", "Fees of the month until then"):
        assert words in then, words
    assert "No statement of that day or before was imported." in then
    for words in ("Cash to come", "Paid on", "credit.csv", "forecast.csv", "standing=open"):
        assert words not in then, words
    assert "accounts.csv?currency=SEK&amp;as_of=2025-11-30" in then
    assert f"month=2025-11{chr(35)}fees-by-advertiser" in then
    status, now = page_of(house, f"{root}?currency=SEK")
    assert (status, "This is the past" in now, "Cash to come" in now) == (200, False, True)
    ended = book.today().replace(day=1) - timedelta(days=1)
    assert (f"as_of={ended.isoformat()}" in now, "payable.csv" in now) == (True, False)
    for wrong in ("2025-11-31", "2025-11-01", book.today().isoformat()):
        status, page = page_of(house, f"{root}?as_of={wrong}")
        assert (status, "One thing needs mending" in page, "This is the past" in page) == (422, True, False)
        assert house.get(f"{root}accounts.csv?as_of={wrong}").status_code == 422


def test_the_files_and_the_api_say_the_same(desk: Desk, client_of: ClientOf) -> None:
    house = client_of(desk.market.operator.users[Role.FINANCE])
    root = f"/{desk.market.operator.slug}/finance/"
    then = facade.figures(desk.operator, "SEK", date(2025, 12, 4))

    def lines(table: str) -> list[str]:
        answer = house.get(f"{root}{table}.csv?currency=SEK&as_of=2025-12-04")
        assert f"{table}-SEK-2025-12-04.csv" in answer["Content-Disposition"]
        return b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]

    ended = f"SEK,{then.entry},2025-12-04"
    assert f"operator,bank,150.00,{ended}" in lines("accounts")
    (owed,) = [one for one in lines("payable") if one.startswith("3,")]
    assert owed.endswith(f",80.00,{ended}")
    assert any(
        one.startswith("1,") and one.endswith(f",30.00,0.00,24.00,0.00,{ended}") for one in lines("deposits")
    )
    assert any(
        one.startswith("2025-11,2,") and one.endswith(f",8.00,{ended}") for one in lines("advertiser_fees")
    )
    unknown = house.get(f"{root}unowned.csv?currency=SEK&as_of=2025-11-30")
    (money,) = b"".join(unknown.streaming_content).decode().splitlines()[1:]  # type: ignore[attr-defined]
    assert ",2025-11-28,B2,,30.00,SEK," in money
    for table in ("credit", "coming", "forecast"):
        assert house.get(f"{root}{table}.csv?as_of=2025-12-04").status_code == 404
    assert house.get(f"{root}payable.csv").status_code == 404
    key = people.create_key(
        desk.market.operator.caller(), "close", frozenset({Permission.LOOK, Permission.MONEY})
    )
    api = Client(headers={"authorization": f"Bearer {key.secret}"})
    answer: dict[str, Any] = api.get("/api/v1/finance?currency=SEK&as_of=2025-12-04").json()
    assert (answer["as_of"], answer["entry"], answer["forecast"]) == ("2025-12-04", then.entry, None)
    assert [(one["publisher"], one["micros"]) for one in answer["payables"]] == [(3, micros(80))]
    assert {one["bucket"]: one["micros"] for one in answer["accounts"] if one["micros"]} == stands(then)
    now = api.get("/api/v1/finance?currency=SEK").json()
    assert (now["as_of"], now["stood"], now["payables"], len(now["forecast"]["weeks"])) == (None, [], [], 12)
    fees = api.get("/api/v1/finance/fees?currency=SEK&month=2025-11&as_of=2025-12-04").json()
    assert (fees["month"], fees["micros"]) == ("2025-11", micros(24))
    assert [one["micros"] for one in fees["advertisers"]] == [micros(16), micros(8)]
    for path, code in (
        ("/finance?as_of=2030-01-01", "day_not_over"),
        ("/finance?as_of=2025-11-01", "before_the_book"),
        ("/finance/fees?month=2024-01", "month_not_told"),
    ):
        refused = api.get(f"/api/v1{path}")
        assert (refused.status_code, code in refused.content.decode()) == (422, True)


def callers(desk: Desk) -> list[Caller]:
    return [desk.advertiser, desk.publisher]


def test_nobody_else_reads_the_past(desk: Desk) -> None:
    for caller in callers(desk):
        with pytest.raises(NotFound):
            facade.figures(caller, "SEK", END)
