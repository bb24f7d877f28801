"""Deposits that pay invoices, what publishers learn of it, and terms: in a real journal and book."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.portal.commission.made import enrolled, shop
from tests.portal.funding.conftest import UNIT, Office
from tests.portal.tracking.settled import BEYOND
from utfall.portal.access import Forbidden, NotFound, Permission, Refused, Role
from utfall.portal.alerts import facade as alerts
from utfall.portal.alerts import watching
from utfall.portal.alerts.models import Rule
from utfall.portal.alerts.rules import make_presets_of_terms
from utfall.portal.book import facade as book
from utfall.portal.finance import facade as finance
from utfall.portal.finance.own import own
from utfall.portal.funding import facade
from utfall.portal.funding.contracts import FundedState, State, TermsDraft, Told, Way
from utfall.portal.funding.models import Settling
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.paper_contracts import Standing
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.models import Program, TermsVersion
from utfall.portal.validation.facade import money_id

ClientOf = Callable[..., Client]
PARTS: Final = ("funded", "overdue", "invoiced", "later")


def test_deposits_pay_invoices_in_parts_and_nothing_twice(office: Office) -> None:
    facade.set_terms(
        office.operator,
        office.number,
        TermsDraft(currency="SEK", way=Way.INVOICED, limit_micros=300 * UNIT),
    )
    office.fund(100, "bank-1")
    office.invoice(192, "2026-11-10")
    assert office.standing() == (100, 0, 0, 240)
    (before,) = facade.standings(office.number)
    assert facade.settle() == 1
    assert facade.settle() == 0, "until the book has answered, nothing else is told"
    office.settle()
    assert office.standing() == (0, 0, 0, 140)
    (after,) = facade.standings(office.number)
    assert before.room_micros == after.room_micros == 160 * UNIT
    assert facade.settle() == 0, "the deposit is empty"
    office.fund(200, "bank-2")
    assert facade.settle_now(office.operator, office.number) == 1
    office.settle()
    assert office.standing() == (60, 0, 0, 0)
    told = facade.settlings(office.buyer).items
    assert [(one.micros // UNIT, one.state) for one in told] == [(140, Told.ACCEPTED), (100, Told.ACCEPTED)]
    assert all(one.receipt for one in told)


def test_what_the_book_refuses_is_noted_and_drafted_anew(office: Office) -> None:
    office.fund(100, "bank-1")
    office.invoice(192, "2026-11-10")
    assert facade.settle(office.number) == 1
    office.settle()
    assert office.standing() == (0, 0, 0, 140)
    office.fund(50, "bank-2")
    row = Settling.objects.system().get()
    row.pk, row.event, row.state, row.micros = None, "0" * 32, Told.REFUSED.value, 99 * UNIT
    row.save()
    assert facade.settle() == 0, "it was refused a moment ago"
    assert facade.settle_now(office.operator, office.number) == 1
    office.settle()
    assert office.standing() == (0, 0, 0, 90)


def test_what_a_process_left_untold_is_told_later(office: Office) -> None:
    office.fund(100, "bank-1")
    office.invoice(192, "2026-11-10")
    Settling.objects.system().create(
        advertiser=office.number,
        currency="SEK",
        paper="A-2026-000001",
        micros=100 * UNIT,
        event=money_id(1_795_000_000_000, "settling", "A-2026-000001"),
        event_ms=1_795_000_000_000,
        at=timezone.now() - timedelta(minutes=2),
    )
    assert facade.follow() == 0, "it is told now"
    office.settle()
    assert office.standing() == (0, 0, 0, 140)
    assert [one.state for one in facade.settlings(office.buyer).items] == [Told.ACCEPTED]


def test_a_publisher_learns_how_far_its_own_commission_is_covered(office: Office) -> None:
    publisher = office.payday.side.publisher.number
    (payable,) = facade.funded(publisher)
    assert (payable.status, payable.micros // UNIT, payable.state) == ("payable", 160, FundedState.NOT_YET)
    office.fund(100, "bank-1")
    (payable,) = facade.funded(publisher)
    # 100 of 192 are covered: five tenths.
    assert (payable.funded_micros // UNIT, payable.state) == (80, FundedState.PARTLY)
    office.invoice(192, "2026-11-10")
    office.fund(150, "bank-2")
    office.place("P-3")
    found = {one.status: (one.micros // UNIT, one.state) for one in facade.funded(publisher)}
    # The invoice is covered by 250 of 240; the 10 that are left cover a tenth of 96, rounded down.
    assert found == {"payable": (160, FundedState.FUNDED), "pending": (80, FundedState.PARTLY)}
    facade.settle()
    office.settle()
    again = {one.status: (one.micros // UNIT, one.state) for one in facade.funded(publisher)}
    assert again == found


def in_the_portal(office: Office) -> int:
    """The program that was settled, with its publisher in it, as the portal knows programs; its number."""
    market, number = office.payday.market, BEYOND + office.number
    caller, program = shop(market)
    row = Program.objects.system().get(pk=program.id)
    row.pk = number
    row.save()
    TermsVersion.objects.system().filter(program=program.id).update(program=number)
    Program.objects.system().filter(pk=program.id).delete()
    enrolled(market, programs.program(caller, number))
    return number


def test_a_publisher_reads_at_a_program_whether_it_is_funded(office: Office, client_of: ClientOf) -> None:
    number, publisher = in_the_portal(office), office.payday.side.publisher
    office.fund(100, "bank-1")
    office.invoice(192, "2026-11-10")
    office.place("P-3")
    client = client_of(publisher.users[Role.VIEWER])
    page, mine, all_of_them = (
        " ".join(client.get(f"/{publisher.slug}/{one}").content.decode().split())
        for one in (f"marketplace/{number}/", "my-programs/", "marketplace/")
    )
    # The deposit covers 100 of 240: four tenths of 160.
    assert "SEK 64.00 is funded. SEK 96.00 is invoiced, and the advertiser is late in paying." in page
    assert "SEK 80.00 is invoiced once it is approved." in page
    assert "Overdue" in page
    assert "Overdue" in mine
    assert "of SEK 160.00" in mine
    assert "SEK 160.00 is owed to you here." in all_of_them
    owner = publisher.caller()
    key = people.create_key(owner, "reader", frozenset({Permission.LOOK}))
    api = Client(headers={"authorization": f"Bearer {key.secret}"})
    one = api.get(f"/api/v1/marketplace/{number}").json()
    (listed,) = api.get("/api/v1/marketplace").json()["items"]
    assert one["funded"] == listed["funded"] == api.get(f"/api/v1/funding/funded?program={number}").json()
    told = {each["status"]: [each[f"{part}_micros"] // UNIT for part in PARTS] for each in one["funded"]}
    assert told == {"payable": [64, 96, 0, 0], "pending": [0, 0, 0, 80]}
    assert api.get(f"/api/v1/funding/funded?program={number + 1}").json() == []
    stranger = client_of(office.payday.market.b.publisher.users[Role.OWNER])
    theirs = f"/{office.payday.market.b.publisher.slug}/marketplace/{number}/"
    assert "SEK 160.00" not in " ".join(stranger.get(theirs).content.decode().split())


def test_terms_are_agreed_by_the_operator_alone(office: Office) -> None:
    number = office.number
    prepaid = TermsDraft(currency="SEK", way=Way.PREPAID, limit_micros=UNIT, days_to_pay=9)
    with pytest.raises(NotFound):
        facade.set_terms(office.buyer, number, prepaid)
    with pytest.raises(Forbidden):
        facade.settle_now(office.payday.market.operator.caller(Role.VIEWER), number)
    view = facade.set_terms(office.operator, number, prepaid)
    assert (view.limit_micros, view.days_to_pay) == (0, 0)
    (one,) = facade.standings(number)
    assert one.state is State.EXHAUSTED
    wrong = TermsDraft(currency="XXX", way=Way.INVOICED, limit_micros=-1, days_to_pay=999)
    with pytest.raises(Refused) as refused:
        facade.set_terms(office.operator, number, wrong)
    codes = [one.code for one in refused.value.problems]
    assert codes == ["currency_unknown", "limit_range", "days_range"]
    facade.set_terms(office.operator, number, TermsDraft(currency="SEK", way=Way.INVOICED, days_to_pay=45))
    assert facade.days_to_pay(number, "SEK") == 45
    assert [one.days_to_pay for one in facade.history(office.buyer)] == [45, 0]


def test_the_pages_and_the_api_of_both_sides(office: Office, client_of: ClientOf) -> None:
    market, side = office.payday.market, office.payday.side
    house = client_of(market.operator.users[Role.FINANCE])
    page = f"/{market.operator.slug}/funding/advertisers/{office.number}/"
    assert house.post(page, {"currency": "sek", "way": "invoiced", "limit": "-5"}).status_code == 422
    terms = {"currency": "sek", "way": "invoiced", "limit": "150", "days_to_pay": "14"}
    assert house.post(page, terms).status_code == 302
    office.fund(100, "bank-1")
    office.invoice(192, "2026-11-10")
    assert house.post(f"{page}settle/").status_code == 302
    office.settle()
    shown = house.get(page).content.decode()
    assert "A-2026-000001" in shown
    assert "14 days to pay" in shown
    assert 'value="150.00"' in shown, "what holds is not given up by leaving it out"
    listed = house.get(f"/{market.operator.slug}/funding/").content.decode()
    assert side.advertiser.name in listed
    assert "A-2026-000001" in listed
    buyer = client_of(side.advertiser.users[Role.FINANCE])
    own = buyer.get(f"/{side.advertiser.slug}/deposit/").content.decode()
    assert "A-2026-000001" in own
    home = buyer.get(f"/{side.advertiser.slug}/").content.decode()
    assert "Little is left of your deposit" in home
    owner = market.operator.caller()
    key = people.create_key(owner, "funding", frozenset({Permission.LOOK, Permission.MONEY}))
    api = Client(headers={"authorization": f"Bearer {key.secret}"})
    (standing,) = api.get(f"/api/v1/funding?advertiser={office.number}").json()
    assert (standing["receivable_micros"], standing["state"]) == (140 * UNIT, "low")
    sent = {"currency": "EUR", "way": "prepaid"}
    where = f"/api/v1/funding/advertisers/{office.number}"
    assert api.put(f"{where}/terms", sent, content_type="application/json").json()["limit_micros"] == 0
    assert api.post(f"{where}/settle", {}, content_type="application/json").json() == {"papers": 0}
    (told,) = api.get("/api/v1/funding/settlings").json()["items"]
    assert (told["paper"], told["micros"], told["state"]) == ("A-2026-000001", 100 * UNIT, "accepted")
    (funded,) = api.get(f"/api/v1/funding/funded?publisher={side.publisher.number}").json()
    # 100 of the invoice's 240 are paid: four tenths.
    assert (funded["micros"], funded["funded_micros"], funded["state"]) == (160 * UNIT, 64 * UNIT, "partly")
    assert api.get(f"/api/v1/finance/own?advertiser={office.number}").json()["papers"][0]["days_over"] > 0


def test_little_left_is_told_once_and_ends_by_itself(office: Office) -> None:
    def watched() -> list[str]:
        Rule.objects.system().update(next_look=timezone.now())
        watching.look()
        return [
            one.sentence.replace("\u202f", " ") for one in alerts.alerts(office.buyer, state="open").items
        ]

    limit = TermsDraft(currency="SEK", way=Way.INVOICED, limit_micros=200 * UNIT)
    facade.set_terms(office.operator, office.number, limit)
    assert make_presets_of_terms() == 1
    assert make_presets_of_terms() == 0
    assert watched() == ["96% of deposit and credit is used: SEK 192.00 of SEK 200.00."]
    office.payday.earn("P-3")
    assert watched() == ["Deposit and credit are used up: SEK 288.00 of SEK 200.00."]
    looker = office.payday.side.advertiser.caller(Role.VIEWER)
    assert alerts.alerts(looker).items == [], "who does not see to money reads nothing of the deposit"
    assert alerts.unread(looker) == 0
    office.fund(500, "bank-1")
    assert watched() == []


def test_an_invoice_that_is_overdue_is_told_once_and_ends_when_it_is_paid(office: Office) -> None:
    def told() -> list[str]:
        Rule.objects.system().update(next_look=timezone.now())
        watching.look()
        found = alerts.alerts(office.buyer, state="open").items
        return [one.sentence.replace("\u202f", " ").replace("\u00a0", " ") for one in found]

    office.invoice(192, "2026-11-10")
    assert make_presets_of_terms() == 1
    (sentence,) = told()
    assert sentence == "Invoice A-2026-000001 was due on 10 Nov 2026, and SEK 240.00 of it was not paid."
    office.payday.earn("P-3")
    office.invoice(96, book.today().isoformat())
    assert told() == [sentence], "the day itself is still in time"
    (alert,) = alerts.alerts(office.buyer, state="open").items
    assert alert.url.endswith(f"/invoices/?standing=overdue&party={office.number}")
    (seen,) = alerts.alerts(office.operator, state="open").items
    assert (seen.program_name, seen.advertiser_name) == ("", office.payday.side.advertiser.name)
    assert alerts.alerts(office.payday.side.advertiser.caller(Role.VIEWER)).items == []
    office.fund(100, "bank-1")
    facade.settle(office.number)
    office.settle()
    assert told() == [sentence], "a part is no payment"
    office.fund(140, "bank-2")
    facade.settle(office.number)
    office.settle()
    assert told() == []


def test_an_invoice_of_a_sunday_is_overdue_everywhere_once_monday_is_over(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could be paid on Monday in time: lists, alerts, first pages, the paper and publishers agree, and
    Monday is over at midnight in Swedish time.
    """
    buyer = client_of(office.payday.side.advertiser.users[Role.FINANCE])
    house = client_of(office.payday.market.operator.users[Role.FINANCE])
    office.invoice(192, "2026-11-22")
    make_presets_of_terms()

    def told(day: int, hour: int, minute: int) -> dict[str, bool]:
        now = datetime(2026, 11, day, hour, minute, tzinfo=book.ZONE)
        monkeypatch.setattr(timezone, "now", lambda: now)
        cache.clear()
        Rule.objects.system().update(next_look=now)
        watching.look()
        first = buyer.get(f"/{office.payday.side.advertiser.slug}/").content.decode()
        invoiced = buyer.get(f"/{office.payday.side.advertiser.slug}/invoices/").content.decode()
        (funded,) = facade.funded(office.payday.side.publisher.number)
        return {
            "list": bool(invoices.papers(office.buyer, standing=Standing.OVERDUE).items),
            "alert": bool(alerts.alerts(office.buyer, state="open").items),
            "first page": "Invoices are overdue" in first,
            "the operator's": "late in paying"
            in house.get(f"/{office.payday.market.operator.slug}/").content.decode(),
            "papers": "Overdue since" in invoiced,
            "own money": own(office.buyer).papers[0].days_over == 2,
            "finance": bool(sum(finance.figures(office.operator).ages[1:])),
            "publisher": bool(funded.overdue_micros),
        }

    for day in (22, 23):
        found = told(day, 23, 30)
        assert [one for one, is_over in found.items() if is_over] == [], day
    found = told(24, 0, 30)
    assert [one for one, is_over in found.items() if not is_over] == []
