"""Papers are drafted with reasons, issued once under numbers without a gap, kept as they were, corrected."""

import io
import time
import zipfile
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from django.test import Client
from msgspec import structs

from tests.portal.conftest import ClientOf
from tests.portal.invoices.conftest import BUYER, SELLER, Bureau, today
from tests.unit.papers.rules import CEN, PEPPOL, broken
from utfall.events import Paper as PaperEvent
from utfall.events import PaperKind
from utfall.papers import Payment
from utfall.papers.pdf import write_pdf
from utfall.portal.access import NotFound, Permission, Refused, Role
from utfall.portal.invoices import facade, frozen, issuing, paper_letters
from utfall.portal.invoices.contracts import Draft
from utfall.portal.invoices.models import Paper
from utfall.portal.invoices.paper_contracts import PaperState, PaperView, RunState, RunWanted, Side, Standing
from utfall.portal.people import facade as people
from utfall.portal.post import facade as post
from utfall.portal.validation.facade import money_id, tell
from utfall.portal.work.running import do_next


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problems[0].code


def issued(bureau: Bureau) -> tuple[PaperView, PaperView]:
    """The invoice and the self-billing invoice of a run that went to its end."""
    bureau.furnish()
    assert bureau.issue(bureau.draft()).state is RunState.ISSUED
    (self_billing, invoice) = facade.papers(bureau.operator).items
    return invoice, self_billing


def test_a_draft_says_what_each_paper_would_say_or_why_there_is_none(bureau: Bureau) -> None:
    with pytest.raises(Refused) as refused:
        bureau.draft()
    assert code_of(refused) == "house_particulars"
    bureau.furnish()
    facade.remove_house_account(bureau.operator, "SEK")
    facade.set_particulars(bureau.payday.publisher, Draft(name="Ås", country="SE", town="Lund", postcode="1"))
    run = bureau.draft()
    assert run.state is RunState.DRAFT
    assert [(one.state, one.reason) for one in bureau.rows(run)] == [
        (PaperState.NONE, "no_house_account"),
        (PaperState.DRAFT, ""),
    ]
    bureau.furnish()
    facade.draft_again(bureau.operator, run.id)
    assert do_next()
    (invoice, self_billing) = bureau.rows(run)
    assert [(one.words.split(": ")[1], one.minor) for one in invoice.lines] == [
        ("provision", 16_000),
        ("nätverksavgift", 3_200),
    ]
    assert (invoice.net_micros, invoice.tax_micros) == (192_000_000, 48_000_000)
    assert (self_billing.net_micros, self_billing.tax_micros) == (160_000_000, 40_000_000)
    assert [one.papers for one in facade.run(bureau.operator, run.id).totals] == [1, 1]
    wrong = RunWanted(until=today() + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        facade.prepare(bureau.operator, wrong)
    assert code_of(refused) == "until_future"


def test_papers_are_issued_once_and_are_the_same_for_ever(bureau: Bureau) -> None:
    invoice, self_billing = issued(bureau)
    publisher = bureau.side.publisher.number
    assert (invoice.name, self_billing.name) == (
        f"A-{today().year}-000001",
        f"S{publisher}-{today().year}-000001",
    )
    assert (invoice.open_micros, invoice.due_on) == (240_000_000, today() + timedelta(days=30))
    assert facade.open_papers(bureau.side.advertiser.number) == [invoice]
    before = facade.pdf(invoice.name), facade.ubl(invoice.name)
    for content in (before[1], facade.ubl(self_billing.name)):
        assert broken(content, CEN) == []
    assert broken(before[1], PEPPOL) == []
    facade.set_particulars(bureau.buyer, replace(BUYER, name="Another AB"))
    assert (facade.pdf(invoice.name), facade.ubl(invoice.name)) == before
    assert b"Shop AB" in facade.document(invoice.name).content
    assert bureau.rows(bureau.draft()) == [], "nothing was earned since"
    assert (paper_letters.tell(), paper_letters.tell()) == (2, 0)
    letters = [one.subject for one in post.letters(bureau.payday.market.operator.caller()).items]
    assert any(invoice.name in one for one in letters)
    with pytest.raises(NotFound):
        facade.paper(bureau.payday.market.b.advertiser.caller(), invoice.id or 0)
    assert facade.papers(bureau.payday.market.b.advertiser.caller()).items == []
    assert facade.papers(bureau.buyer, standing=Standing.OPEN).items == facade.papers(bureau.buyer).items
    assert facade.papers(bureau.buyer, standing=Standing.OVERDUE).items == []
    assert facade.papers(bureau.operator, kind=PaperKind.SELF_BILLING).items == [self_billing]
    assert facade.papers(bureau.operator, search="acme shop").items == [invoice]
    assert facade.papers(bureau.buyer, search=self_billing.name.lower()).items == []
    assert facade.papers(bureau.buyer, search=invoice.name.lower()).items == [invoice]


def test_a_paper_that_was_frozen_before_accounts_were_written_out_stays_as_it_was(bureau: Bureau) -> None:
    """What is kept under 1 has no such key: it is read, and its PDF has the bare number."""
    invoice, _self_billing = issued(bureau)
    now = msgspec.json.decode(facade.document(invoice.name).content)
    payment = now["paper"]["payment"]
    assert payment.pop("written").replace(" ", "") == payment["account"]
    before = frozen.decoded(msgspec.json.encode({**now, "version": 1}))
    bare = structs.replace(before.paper, payment=Payment(**payment))
    assert write_pdf(before.paper, before.language) == write_pdf(bare, before.language)
    assert facade.pdf(invoice.name) != write_pdf(before.paper, before.language)


def test_what_is_kept_and_was_changed_is_not_shown_as_issued(bureau: Bureau, client_of: ClientOf) -> None:
    invoice, _self_billing = issued(bureau)
    path = frozen.place(invoice.digest)
    path.write_bytes(path.read_bytes().replace(b"Shop", b"Shap"))
    with pytest.raises(Refused) as refused:
        facade.pdf(invoice.name)
    assert code_of(refused) == "paper_damaged"
    reader = bureau.side.advertiser
    page = client_of(reader.users[Role.VIEWER]).get(f"/{reader.slug}/invoices/{invoice.id}/")
    assert (page.status_code, page.content.count(b"This paper is damaged")) == (409, 2)
    assert b"The operator puts its file back" in page.content


def test_a_missing_rate_is_named_with_the_way_to_it(bureau: Bureau, client_of: ClientOf) -> None:
    bureau.furnish()
    run = bureau.draft()
    lacking = {"state": "none", "reason": "no_rate", "why": "SEK NOK 2026-11-20", "content": ""}
    Paper.objects.system().filter(run=run.id, owner="advertiser").update(**lacking)
    house = bureau.payday.market.operator
    page = client_of(house.users[Role.FINANCE]).get(f"/{house.slug}/invoices/runs/{run.id}/")
    said = "There is no rate of SEK in NOK of 20 Nov 2026 or the seven days before."
    assert said in page.content.decode()
    assert f"/{house.slug}/payouts/rates/" in page.content.decode()
    secret = people.create_key(house.caller(), "s", [Permission.MONEY]).secret
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    rows = client.get(f"/api/v1/invoices/runs/{run.id}/papers", {"state": "none"}).json()["items"]
    assert [(one["reason"], one["sentence"].startswith(said)) for one in rows] == [("no_rate", True)]


def test_issuing_again_after_a_process_died_gives_the_same_papers(bureau: Bureau) -> None:
    bureau.furnish()
    run = bureau.draft()
    stale = list(Paper.objects.system().filter(run=run.id))

    def die(*_far: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        facade.issue_now(bureau.operator, run.id, die)
    assert facade.run(bureau.operator, run.id).state is RunState.ISSUING
    first = facade.issue_now(bureau.operator, run.id)
    names = [(one.name, one.state) for one in bureau.rows(first)]
    facade.issue_now(bureau.operator, run.id)
    issuing.freeze(stale, today(), 1)
    bureau.settle()
    assert [one.name for one in bureau.rows(run)] == [name for name, _state in names]
    assert len(facade.papers(bureau.operator).items) == 2
    assert facade.run(bureau.operator, run.id).state is RunState.ISSUED


def test_a_number_that_went_to_another_is_followed_by_the_next(bureau: Bureau) -> None:
    bureau.furnish()
    run = bureau.draft()
    publisher, at = bureau.side.publisher.number, time.time_ns() // 1_000_000
    event = PaperEvent(
        id=money_id(at, "paper", "by hand"),
        occurred_at=at,
        received_at=at,
        paper=PaperKind.SELF_BILLING,
        series=f"A-{today().year}",
        number=1,
        party=publisher,
        currency="SEK",
        period_from=f"{today()}",
        period_until=f"{today()}",
        through=run.through,
        net_micros=160_000_000,
        tax_micros=0,
        digest="d",
    )
    tell([event])
    bureau.issue(run)
    bureau.settle()
    invoice, self_billing = bureau.rows(run)
    assert (invoice.name, invoice.state) == (f"A-{today().year}-000002", PaperState.ISSUED)
    assert (self_billing.state, self_billing.reason) == (PaperState.REFUSED, "amount_differs")
    facade.draft_again(bureau.operator, run.id)
    assert do_next()
    assert [one.name for one in bureau.rows(run)] == [invoice.name]


def test_whoever_changed_since_the_draft_is_left_out(bureau: Bureau) -> None:
    bureau.furnish()
    run = bureau.draft()
    facade.set_particulars(bureau.payday.publisher, replace(SELLER, town="Malmö"))
    bureau.issue(run)
    (invoice, self_billing) = bureau.rows(run)
    assert (invoice.reason, self_billing.reason) == ("", "changed")
    assert "Draft again" in str(self_billing.sentence)


def test_a_credit_note_takes_back_and_the_next_run_invoices_anew(bureau: Bureau) -> None:
    invoice, _self_billing = issued(bureau)
    assert invoice.id is not None
    with pytest.raises(Refused) as refused:
        facade.correct(bureau.operator, invoice.id, why="Twice", net_micros=192_010_000)
    assert code_of(refused) == "exceeds_paper"
    facade.correct(bureau.operator, invoice.id, why="One order too many", net_micros=80_000_000)
    bureau.settle()
    part = facade.papers(bureau.operator).items[0]
    assert (part.name, part.net_micros, part.tax_micros) == (
        f"A-{today().year}-000002",
        -80_000_000,
        -20_000_000,
    )
    assert part.corrects == invoice.name
    assert broken(facade.ubl(part.name), CEN) == []
    facade.correct(bureau.operator, invoice.id, why="All of it")
    bureau.settle()
    assert facade.paper(bureau.operator, invoice.id).creditable_micros == 0
    run = facade.prepare(bureau.operator, RunWanted(until=today(), side=Side.ADVERTISER))
    (again,) = bureau.rows(run)
    assert [(one.words, one.minor) for one in again.lines] == [
        ("Krediterat tidigare, faktureras på nytt", 19_200)
    ]


def test_pages_draft_issue_and_hand_out(bureau: Bureau, client_of: ClientOf) -> None:
    bureau.furnish()
    market = bureau.payday.market
    office = client_of(market.operator.users[Role.FINANCE])
    at = f"/{market.operator.slug}/invoices"
    sent = {"side": "both", "since": f"{today().replace(day=1)}", "until": f"{today()}"}
    page = office.post(f"{at}/runs/", sent)
    assert page.status_code == 302
    assert b"every 1s" in office.get(page["Location"]).content
    assert do_next()
    assert b"192.00" in office.get(page["Location"]).content
    assert office.post(f"{page['Location']}issue/").status_code == 302
    assert do_next()
    bureau.settle()
    run = page["Location"]
    assert b"Issued" in office.get(run).content
    packed = zipfile.ZipFile(io.BytesIO(b"".join(office.get(f"{run}xml.zip"))))
    assert len(packed.namelist()) == 2
    assert b"192.00" not in office.get(f"{at}/?kind=self_billing").content
    (invoice,) = facade.papers(bureau.buyer).items
    shop = client_of(bureau.side.advertiser.users[Role.VIEWER])
    own = f"/{bureau.side.advertiser.slug}/invoices/"
    assert invoice.name.encode() in shop.get(own).content
    assert b"240.00" in shop.get(f"{own}{invoice.id}/").content
    assert shop.get(f"{own}{invoice.id}/pdf/").content.startswith(b"%PDF")
    assert invoice.name.encode() in b"".join(shop.get(f"{own}list.csv"))
    assert shop.get(f"{own}list.csv?party={bureau.payday.market.b.advertiser.number}").status_code == 404
    refused = office.post(f"{at}/{invoice.id}/credit/", {"amount": "1000", "why": "Wrong"})
    assert refused.status_code == 422
    assert office.post(f"{at}/{invoice.id}/credit/", {"why": "Wrong"}).status_code == 302
