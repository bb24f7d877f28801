"""What came back is listed with its next step, and a batch of many payments is several files."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from django.conf import settings
from django.test import Client

from tests.portal.payouts.conftest import Payday
from tests.portal.payouts.test_pages import call
from tests.portal.payouts.test_paying import alone, code_of, paid
from tests.unit.bank.schemas import said_of
from utfall.bank import Scheme, Verdict, bank_account
from utfall.events import PayoutEnd
from utfall.portal.access import NotFound, Permission, Refused, Role
from utfall.portal.payouts import facade
from utfall.portal.payouts.contracts import BatchView, PayoutState, Result
from utfall.portal.people import facade as people


def failed(payday: Payday, batch: BatchView, reason: str) -> int:
    (one,) = facade.payouts_of_batch(payday.operator, batch.id).items
    said = Result(name=one.name, verdict=Verdict.FAILED, identity="B", on=date(2026, 11, 22), reason=reason)
    facade.note([said])
    payday.settle()
    return one.id


def test_what_came_back_says_what_happens_next(payday: Payday, client_of: Callable[..., Client]) -> None:
    payday.complete()
    number = failed(payday, paid(payday), "AC04")
    (one,) = facade.came_back(payday.operator).items
    assert (one.payout.id, one.again, one.payout.reason) == (number, None, "AC04")
    assert one.due is not None
    assert [each.reason.value for each in one.due.reasons] == ["account_refused"]
    assert facade.came_back_count(payday.operator) == 1
    house = client_of(payday.market.operator.users[Role.FINANCE])
    page = house.get(f"/{payday.market.operator.slug}/payouts/came-back/").content.decode()
    assert "The account is closed." in page
    assert "The bank refused this account. Give another." in page
    seller = client_of(payday.side.publisher.users[Role.FINANCE])
    own = f"/{payday.side.publisher.slug}"
    assert f"{own}/getting-paid/account/" in seller.get(f"{own}/payouts/{number}/").content.decode()
    key = people.create_key(payday.market.operator.caller(), "h", [Permission.LOOK, Permission.MONEY]).secret
    (told,) = call(key, "get", "/payouts/came-back").json()["items"]
    assert (told["payout"]["id"], told["due"]["is_due"]) == (number, False)
    facade.set_account(payday.publisher, "Acme Blog AB", bank_account(Scheme.BANKGIRO, "5050-1055", "SE"))
    payday.pass_days(3)
    (one,) = facade.came_back(payday.operator).items
    assert one.due is not None
    assert one.due.is_due
    again = facade.payouts_of_batch(payday.operator, paid(payday).id).items[0].id
    assert facade.came_back(payday.operator).items == []
    (one,) = facade.came_back(payday.operator, is_open=False).items
    assert one.again == again
    with pytest.raises(NotFound):
        facade.came_back(payday.publisher)


def test_what_failed_before_the_file_was_made_does_not_stand_in_it(payday: Payday) -> None:
    other = Payday(payday.market, payday.market.b)
    other.earn("Q-1")
    for one in (other, payday):
        one.complete()
    alone(payday)
    batch = facade.prepare(payday.operator, "SEK")
    facade.release(payday.operator, batch.id)
    payday.settle()
    small, large = facade.payouts_of_batch(payday.operator, batch.id, limit=2).items
    facade.note_by_hand(payday.operator, large.id, PayoutEnd.FAILED, why="The account is somebody else's")
    with pytest.raises(Refused) as refused:
        facade.send(payday.operator, batch.id)
    assert code_of(refused) == "not_ready", "the book has not read of it yet"
    payday.settle()
    facade.send(payday.operator, batch.id)
    file = facade.bank_file(payday.operator, batch.id)
    assert facade.names_in_file(file.name.removesuffix(".xml")) == [small.name]
    assert f">{large.name}<".encode() not in file.content
    again = paid(payday)
    assert (again.payouts, again.amount_micros) == (1, large.amount_micros), "it is paid once, by the next"


def test_a_batch_of_more_payments_than_the_bank_takes_is_several_files(payday: Payday) -> None:
    other = Payday(payday.market, payday.market.b)
    other.earn("Q-1")
    for one in (other, payday):
        one.complete()
    alone(payday)
    settings.SITE = msgspec.structs.replace(settings.SITE, bank_file_payments=1)
    batch = facade.prepare(payday.operator, "SEK")
    facade.release(payday.operator, batch.id)
    payday.settle()
    sent = facade.send(payday.operator, batch.id)
    assert (sent.payouts, sent.files) == (2, 2)
    first, second = (facade.bank_file(payday.operator, batch.id, part) for part in (1, 2))
    assert (first.name, second.name) == (f"UTFALL-{batch.id}-SEK-1.xml", f"UTFALL-{batch.id}-SEK-2.xml")
    for file in (first, second):
        assert said_of(file.content, "pain.001.001.09") == []
    settings.SITE = msgspec.structs.replace(settings.SITE, bank_file_payments=10_000)
    assert facade.bank_file(payday.operator, batch.id, 2) == second
    with pytest.raises(NotFound):
        facade.bank_file(payday.operator, batch.id, 3)
    (large, small) = reversed(facade.payouts_of_batch(payday.operator, batch.id).items)
    assert (large.amount_micros, small.amount_micros) == (160_000_000, 80_000_000)
    assert facade.names_in_file(f"UTFALL-{batch.id}-SEK-2") == [small.name]
    assert facade.names_in_file(f"UTFALL-{batch.id}-SEK") == [large.name, small.name]
    assert {one.state for one in (large, small)} == {PayoutState.SENT}
