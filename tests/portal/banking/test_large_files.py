"""Large files: read as work, lot by lot; stopped and gone on with; no row twice, and a verdict for each."""

import csv
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.portal.banking.test_importing import ready, settle
from tests.portal.payouts.conftest import Payday
from tests.portal.payouts.test_paying import code_of
from tests.unit.bank.test_statements import balance, entry, part, statement
from utfall.portal.access import Forbidden, Refused, Role
from utfall.portal.banking import facade, importing
from utfall.portal.banking.contracts import FileState, Verdict
from utfall.portal.banking.models import BankFile, Movement
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import PayoutState
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Cancelled
from utfall.portal.work.running import do_next

ROWS = 1500


def large(number: int, reference: str) -> bytes:
    """A payout of ours, deposits of an advertiser, and the closing balance."""
    told = f"<RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf>"
    deposits = (
        entry("1.00", "CRDT", part("1.00", "CRDT", "X", told), f"<AcctSvcrRef>B-{one}</AcctSvcrRef>")
        for one in range(1, ROWS)
    )
    ours = entry("160.00", "DBIT", part("160.00", "DBIT", f"UP{number}"), "<AcctSvcrRef>B-0</AcctSvcrRef>")
    return statement(balance("OPBD", "160.00"), balance("CLBD", "1499.00"), *deposits, ours)


def test_a_large_file_is_work_that_goes_on_where_it_stopped(
    payday: Payday, client_of: Callable[..., Client]
) -> None:
    number = ready(payday)
    content = large(number, facade.deposit_reference(payday.side.advertiser.number))
    assert len(content) > importing.AT_ONCE_BYTES
    house, root = (
        client_of(payday.market.operator.users[Role.FINANCE]),
        f"/{payday.market.operator.slug}/bank",
    )
    made = house.post(f"{root}/", {"file": SimpleUploadedFile("camt.xml", content)})["Location"]
    shown = house.get(made).content.decode()
    assert "Being read" in shown
    assert "Stop</button>" in shown, "whoever sees to money may stop it"
    (view,) = facade.files(payday.operator).items
    assert (view.state, view.count) == (FileState.READING, 0)
    with pytest.raises(Refused) as refused:
        facade.go_on(payday.operator, view.id)
    assert code_of(refused) == "not_stopped"
    stopped(payday, view.id)
    assert facade.import_file(payday.operator, "camt.xml", content).trouble == "imported_before"
    assert "1,000 of 1,500" in house.get(made).content.decode()
    assert house.post(f"{made}go-on/").status_code == 302
    while do_next():
        pass
    view = facade.file(payday.operator, view.id)
    assert (view.state, view.done, view.rows) == (FileState.READ, ROWS, ROWS)
    assert dict(view.verdicts) == {Verdict.PAID: 1, Verdict.DEPOSIT: ROWS - 1}
    assert Movement.objects.system().values("key").distinct().count() == ROWS
    assert facade.last_balances() == {"SEK": (date(2026, 11, 25), 1_499_000_000)}
    settle(payday)
    assert payouts.payout(payday.operator, number).state is PayoutState.COMPLETED
    lines = b"".join(house.get(f"{made}verdicts/").streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(lines))
    assert len(rows) == ROWS
    assert (rows[-1]["name"], rows[-1]["amount"], rows[-1]["verdict"]) == (f"UP{number}", "-160.00", "paid")


def stopped(payday: Payday, number: int) -> None:
    """As if somebody had stopped the work after the first lot."""
    row = BankFile.objects.system().get(pk=number)
    assert row.task is not None

    def stop(_done: int, _rows: int) -> None:
        raise Cancelled

    with pytest.raises(Forbidden):
        work.cancel(payday.market.operator.caller(Role.VIEWER), row.task)
    work.cancel(payday.operator, row.task)  # who may send a file may stop its reading
    with pytest.raises(Cancelled):
        importing.read(row, payday.operator, stop)
    while do_next():
        pass
    assert Movement.objects.system().filter(file=number).count() == importing.LOT
