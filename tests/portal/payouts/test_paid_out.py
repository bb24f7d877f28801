"""Orders that were paid out: told once each, shown so, and no longer where the payout came back."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from tests.portal.conftest import ClientOf
from tests.portal.payouts.conftest import Payday
from tests.portal.payouts.test_paying import paid
from utfall.bank import Verdict
from utfall.engine import OrderStatus
from utfall.events import PayoutEnd
from utfall.portal.access import Role
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kept, Kind
from utfall.portal.changes.shapes import SHAPES
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions import paying, projecting
from utfall.portal.conversions.contracts import Filters, OrderView
from utfall.portal.payouts import facade
from utfall.portal.payouts.contracts import Result
from utfall.portal.site import site
from utfall.portal.tracking import facade as tracking
from utfall.workers import paid_out
from utfall.workers.follow import catch_up, follow_once

DAY = timezone.localdate()


def followed() -> None:
    catch_up(Path(site().book_path), print)


def said(payday: Payday, payout: int, end: PayoutEnd) -> None:
    """The bank said it of a payout, and it is settled."""
    result = Result(
        name=f"UP{payout}",
        verdict=Verdict.COMPLETED,
        identity=f"bank:{end.value}:{payout}",
        on=DAY,
        returned=end is PayoutEnd.RETURNED,
    )
    assert facade.note([result]) == ["noted"]
    payday.settle()


def told(*kinds: Kind) -> list[Kept]:
    return [one for one in changes.kept(0, 10_000) if one.kind in kinds]


def listed(payday: Payday) -> list[OrderView]:
    return list(conversions.conversions(payday.publisher, Filters()).items)


@pytest.fixture
def payout(payday: Payday) -> int:
    """A payout of two orders that is with the bank."""
    payday.complete()
    batch = paid(payday)
    followed()
    (one,) = facade.payouts_of_batch(payday.operator, batch.id).items
    return one.id


def test_a_completed_payout_is_told_to_its_orders_and_a_returned_one_takes_it_back(
    payday: Payday, payout: int
) -> None:
    assert [one.is_paid for one in listed(payday)] == [False, False]
    said(payday, payout, PayoutEnd.COMPLETED)
    followed()
    orders = listed(payday)
    assert [(one.is_paid, one.payout) for one in orders] == [(True, payout)] * 2
    bought = conversions.conversions(payday.side.advertiser.caller(), Filters()).items
    assert [(one.is_paid, one.payout) for one in bought] == [(True, None)] * 2
    changed = told(Kind.CONVERSION_PAID_OUT)
    assert {one.subject for one in changed} == {f"conversion:{one.id}" for one in orders}
    (first, _second) = changed
    assert first.publisher_body is not None
    assert first.publisher_body["payout"] == payout
    assert "payout" not in first.body
    assert (first.body["commission_micros"], first.body["status"]) == (80_000_000, "paid")
    assert first.body.keys() | first.publisher_body.keys() <= {one.name for one in SHAPES["conversion"]}
    receipt = tracking.receipt(payday.publisher, orders[0].receipt)
    assert (receipt.paid_at, receipt.payout) == (orders[0].paid_at, payout)
    story = conversions.story(payday.publisher, orders[0].id)
    assert story.moments[-1].kind == "paid_out"

    said(payday, payout, PayoutEnd.RETURNED)
    followed()
    assert [one.is_paid for one in listed(payday)] == [False, False]
    returned = told(Kind.CONVERSION_PAYOUT_RETURNED)
    assert [one.body["status"] for one in returned] == ["payable", "payable"]
    assert tracking.receipt(payday.publisher, orders[0].receipt).paid_at is None


def test_it_is_told_once_whoever_dies_meanwhile_and_though_the_list_is_made_anew(
    payday: Payday, payout: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paid_out, "AT_ONCE", 1)
    said(payday, payout, PayoutEnd.COMPLETED)
    book = Path(site().book_path)
    while follow_once(book, print).receipts:
        pass
    kept = paying.keep
    monkeypatch.setattr(paying, "keep", lambda *_: None)  # as if it died after it told and before it kept
    assert paid_out.tell_paid(book)
    monkeypatch.setattr(paying, "keep", kept)
    assert len(told(Kind.CONVERSION_PAID_OUT)) == 1
    followed()
    assert len(told(Kind.CONVERSION_PAID_OUT)) == 2
    assert paying.waiting(1) == []
    projecting.forget_all()
    followed()
    assert len(told(Kind.CONVERSION_PAID_OUT)) == 2
    assert [one.is_paid for one in listed(payday)] == [True, True]


def test_a_payout_that_failed_told_nobody_anything(payday: Payday, payout: int) -> None:
    facade.note_by_hand(payday.operator, payout, PayoutEnd.FAILED, why="The bank called")
    payday.settle()
    followed()
    assert told(Kind.CONVERSION_PAID_OUT, Kind.CONVERSION_PAYOUT_RETURNED) == []
    assert [one.is_paid for one in listed(payday)] == [False, False]


def test_what_was_paid_out_is_found_by_both_sides_page_by_page_and_as_a_file(
    payday: Payday, payout: int, client_of: ClientOf
) -> None:
    wanted, buyer = Filters(paid=True), payday.side.advertiser
    assert conversions.counted(payday.publisher, wanted).orders == 0
    said(payday, payout, PayoutEnd.COMPLETED)
    followed()
    for caller in (payday.publisher, buyer.caller(), payday.operator):
        first = conversions.conversions(caller, wanted, limit=1)
        rest = conversions.conversions(caller, wanted, after=first.following)
        assert [one.id for one in (*first.items, *rest.items)] == [one.id for one in listed(payday)]
        assert conversions.counted(caller, wanted).orders == 2
    assert not conversions.conversions(
        payday.publisher, replace(wanted, statuses=(OrderStatus.PENDING,))
    ).items
    browser = client_of(buyer.users[Role.OWNER])
    page = browser.get(f"/{buyer.slug}/conversions/?status=paid").content.decode()
    assert '<option value="paid" selected>' in page
    assert page.count("data-bulk-one") == 2
    lines = browser.get(f"/{buyer.slug}/conversions/export/?status=paid").getvalue().decode().splitlines()
    assert len(lines) == 1 + 2
