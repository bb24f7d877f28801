"""Bank files: payouts answered, deposits found by reference, the unknown matched by a person; once each."""

import os
import time
from collections.abc import Callable

import pytest
from django.test import Client

from tests.portal.payouts.conftest import Payday
from tests.portal.payouts.test_paying import paid
from tests.unit.bank.test_statements import entry, part, statement
from utfall.bank import Scheme, bank_account
from utfall.portal.access import Refused, Role
from utfall.portal.banking import facade
from utfall.portal.banking.contracts import FileKind, Settled, Verdict
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.contracts import Draft, HouseAccount
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import PayoutState
from utfall.portal.people import parties

REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<GrpHdr><MsgId>R-1</MsgId><CreDtTm>2026-11-22T10:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>{file}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
<GrpSts>{status}</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>"""


def ready(payday: Payday) -> int:
    """A payout with the bank, and the house's account as the statements have it; the payout's number."""
    payday.complete()
    account = bank_account(Scheme.IBAN, "SE4550000000058398257466", "SE")
    invoices.set_house_account(payday.operator, HouseAccount(currency="SEK", account=account))
    batch = paid(payday)
    return payouts.payouts_of_batch(payday.operator, batch.id).items[0].id


def settle(payday: Payday) -> None:
    payday.settle()
    facade.follow()


def deposits(payday: Payday) -> int:
    with opened() as found:
        assert found is not None
        told = book.balances_of(found, "advertiser", payday.side.advertiser.number)
        return -sum(one.balance_micros for one in told if one.bucket == "deposit")


def test_a_statement_is_matched_and_the_same_twice_changes_nothing(payday: Payday) -> None:
    number = ready(payday)
    reference = facade.deposit_reference(payday.side.advertiser.number)
    told = f"<RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf>"
    payer = "<RltdPties><Dbtr><Pty><Nm>Acme Shop</Nm></Pty></Dbtr></RltdPties>"
    entries = (
        entry("160.00", "DBIT", part("160.00", "DBIT", f"UP{number}"), "<AcctSvcrRef>B-1</AcctSvcrRef>"),
        entry("500.00", "CRDT", part("500.00", "CRDT", "X", told), "<AcctSvcrRef>B-2</AcctSvcrRef>"),
        entry("70.00", "CRDT", part("70.00", "CRDT", "Y", payer), "<AcctSvcrRef>B-3</AcctSvcrRef>"),
        entry("9.00", "DBIT", part("9.00", "DBIT", "FEE"), "<AcctSvcrRef>B-4</AcctSvcrRef>"),
        entry("1.00", "DBIT", part("1.00", "DBIT", "UP999"), "<AcctSvcrRef>B-5</AcctSvcrRef>"),
    )
    content = statement(*entries)
    view = facade.import_file(payday.operator, "camt053.xml", content)
    counted = dict(view.verdicts)
    assert counted == dict.fromkeys(
        (Verdict.PAID, Verdict.DEPOSIT, Verdict.SUSPENSE, Verdict.OUTGOING, Verdict.UNKNOWN_PAYOUT), 1
    )
    settle(payday)
    assert payouts.payout(payday.operator, number).state is PayoutState.COMPLETED
    assert deposits(payday) == 500_000_000
    again = facade.import_file(payday.operator, "again.xml", content)
    assert (again.id, again.trouble) == (view.id, "imported_before")
    during = facade.import_file(payday.operator, "054.xml", statement(*entries, message="camt.054.001.08"))
    assert dict(during.verdicts) == {Verdict.TWICE: 5}
    settle(payday)
    assert deposits(payday) == 500_000_000
    (unknown,) = facade.suspense(payday.operator)
    assert (unknown.micros, unknown.suggested) == (70_000_000, payday.side.advertiser.number)
    facade.match(payday.operator, unknown.id, payday.side.advertiser.number)
    settle(payday)
    assert deposits(payday) == 570_000_000
    assert facade.movement(payday.operator, unknown.id).verdict is Verdict.DEPOSIT
    own = facade.pay_in(payday.side.advertiser.caller())
    assert (own.reference, own.balances) == (reference, (("SEK", 570_000_000),))
    assert [one.micros for one in own.deposits] == [70_000_000, 500_000_000]
    with pytest.raises(Refused):
        facade.match(payday.operator, unknown.id, payday.market.b.advertiser.number)


def test_what_is_of_another_amount_than_its_payout_says_nothing_of_it(payday: Payday) -> None:
    number = ready(payday)
    content = statement(entry("150.00", "DBIT", part("150.00", "DBIT", f"UP{number}")))
    view = facade.import_file(payday.operator, "camt.xml", content)
    assert dict(view.verdicts) == {Verdict.NOT_NOW: 1}
    settle(payday)
    assert payouts.payout(payday.operator, number).state is PayoutState.SENT
    content = statement(entry("160.00", "DBIT", part("160.00", "DBIT", f"UP{number}")))
    assert dict(facade.import_file(payday.operator, "more.xml", content).verdicts) == {Verdict.PAID: 1}


def test_what_came_for_nobody_is_somebodys_by_its_payers_name_or_sent_back(
    payday: Payday, client_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(payday)
    billed = Draft(name="Östersunds Friluft AB", country="SE", town="Östersund", registration="5560360793")
    invoices.set_particulars(payday.side.advertiser.caller(), billed)
    payer = "<RltdPties><Dbtr><Pty><Nm>OSTERSUNDS FRILUFT, AB</Nm></Pty></Dbtr></RltdPties>"
    content = statement(
        entry("70.00", "CRDT", part("70.00", "CRDT", "Y")),
        entry("80.00", "CRDT", part("80.00", "CRDT", "Z", payer), "<AcctSvcrRef>B-2</AcctSvcrRef>"),
    )
    facade.import_file(payday.operator, "camt.xml", content)
    settle(payday)
    unknown, named = facade.suspense(payday.operator)
    assert (unknown.suggested, named.suggested) == (None, payday.side.advertiser.number)
    assert named.verdict is Verdict.SUSPENSE, "it is proposed, never taken for granted"
    house = client_of(payday.market.operator.users[Role.FINANCE])
    page = f"/{payday.market.operator.slug}/bank/suspense/"
    shown = house.get(page).content.decode()
    assert shown.count("Proposed: the payer bears this advertiser's name") == 1
    assert shown.count('<span class="field-optional">') == 2, "how one knows whose it is, of either"
    assert house.post(f"{page}{unknown.id}/").status_code == 422
    assert house.post(f"{page}{unknown.id}/sent-back/").status_code == 422
    monkeypatch.setattr(parties, "LISTED_AT_MOST", 0)
    typed = f"{named.suggested_name} ({named.suggested})"
    assert house.get(page).content.decode().count(f'value="{typed}"') == 1, "of too many for a list"
    assert house.post(f"{page}{named.id}/", {"advertiser": "Nobody"}).status_code == 422
    assert house.post(f"{page}{named.id}/", {"advertiser": typed}).status_code == 302
    settle(payday)
    assert deposits(payday) == 80_000_000
    facade.send_back(payday.operator, unknown.id, why="A mistake of theirs")
    settle(payday)
    view = facade.movement(payday.operator, unknown.id)
    assert (view.verdict, view.settled) == (Verdict.SENT_BACK, Settled.ACCEPTED)
    assert facade.waiting(payday.operator) == 0


def test_an_answer_about_a_whole_file_is_about_each_payment_in_it(payday: Payday) -> None:
    number = ready(payday)
    batch = payouts.payout(payday.operator, number).batch
    answer = REPORT.format(file=f"UTFALL-{batch}-SEK", status="RJCT").encode()
    view = facade.import_file(payday.operator, "pain002.xml", answer)
    assert (view.kind, dict(view.verdicts)) == (FileKind.STATUS, {Verdict.FAILED: 1})
    settle(payday)
    assert payouts.payout(payday.operator, number).state is PayoutState.FAILED


def test_a_file_that_cannot_be_read_says_how_to_mend_it(payday: Payday) -> None:
    payday.complete()
    view = facade.import_file(payday.operator, "x.xml", b"hello")
    assert (view.trouble, view.kind) == ("not_xml", FileKind.UNREAD)
    other = facade.import_file(
        payday.operator, "y.xml", statement(entry("1.00", "CRDT", part("1.00", "CRDT", "Z")))
    )
    assert other.trouble == "account_unknown"


def test_what_lies_in_the_directory_is_imported_and_moved(payday: Payday) -> None:
    ready(payday)
    place = facade.folder("in")
    place.mkdir(parents=True, exist_ok=True)
    old = time.time() - 60
    for name, content in (("a.xml", statement()), ("b.xml", b"hello"), ("c.part", b"")):
        (place / name).write_bytes(content)
        os.utime(place / name, (old, old))
    assert facade.look() == 2
    assert [one.name for one in facade.folder("done").iterdir()] == ["a.xml"]
    assert [one.name for one in facade.folder("refused").iterdir()] == ["b.xml"]
    assert facade.look() == 0
