"""An order that two publishers share: each reads its own part, wherever it looks, and nobody another's."""

from pathlib import Path

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.conversions.parted import SHARED, WHOLE, WON, Shared
from tests.portal.market import TwoTenants
from utfall.events import Action
from utfall.portal.access import Caller, NotFound, Role
from utfall.portal.book import facade as book
from utfall.portal.book.facade import PUBLIC_KEY
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kind
from utfall.portal.changes.shapes import SHAPES
from utfall.portal.conversions import facade
from utfall.portal.conversions.contracts import Filters, Sort
from utfall.portal.conversions.paying import Answer, Told, keep
from utfall.portal.site import SiteConfig
from utfall.portal.tracking import facade as tracking
from utfall.workers.invariants import Evidence, check_all
from utfall.workers.signing import verify_receipt


@pytest.fixture
def shared(market: TwoTenants, own_site: SiteConfig) -> Shared:
    told = Shared(market)
    told.orders()
    return told


def sums(caller: Caller, search: str = "") -> list[int]:
    return [one.commission_micros for one in facade.totals(caller, Filters(search=search)).sums]


def test_everybody_lists_an_order_by_its_own_part(market: TwoTenants, shared: Shared) -> None:
    buyer, winner, other = (
        one.caller() for one in (market.a.advertiser, market.a.publisher, market.b.publisher)
    )
    (_, bought) = facade.conversions(buyer).items
    assert (bought.commission_micros, bought.fee_micros, bought.cost_micros) == (
        WHOLE,
        16_560_000,
        99_360_000,
    )
    (won,) = facade.conversions(winner).items
    assert (won.reference, won.commission_micros, won.subs) == ("S-1", WON, ("newsletter",))
    own, part = facade.conversions(other).items
    assert (own.reference, own.commission_micros) == ("S-2", 80_000_000)
    assert (part.reference, part.commission_micros) == ("S-1", SHARED)
    assert (part.subs, part.link, part.touch_at) == ((), None, None)
    assert [sums(caller) for caller in (buyer, winner, other)] == [
        [WHOLE + 80_000_000],
        [WON],
        [SHARED + 80_000_000],
    ]
    assert facade.conversions(market.b.advertiser.caller()).items == []


def test_a_shared_order_is_found_among_few_and_comes_with_the_own_part(
    market: TwoTenants, shared: Shared
) -> None:
    winner, other = market.a.publisher.caller(), market.b.publisher.caller()
    for asked in ("S-1", f"#{facade.conversions(winner).items[0].id}"):
        for caller, micros in ((winner, WON), (other, SHARED)):
            (found,) = facade.conversions(caller, Filters(search=asked, sort=Sort.CHEAPEST)).items
            assert (found.reference, found.commission_micros) == ("S-1", micros)
            assert sums(caller, asked) == [micros]
    assert not facade.conversions(other, Filters(search="S-1", commission_from_micros=WON)).items
    assert [one.micros for one in facade.coming(winner.publisher(None))] == [WON]
    assert sum(one.micros for one in facade.coming(other.publisher(None))) == SHARED + 80_000_000
    assert sum(one.commission_micros for one in facade.shares(other, Filters())) == SHARED + 80_000_000


def test_what_is_asked_of_commissions_is_asked_of_the_own_part(market: TwoTenants, shared: Shared) -> None:
    other = market.b.publisher.caller()
    small = Filters(commission_to_micros=SHARED, sort=Sort.CHEAPEST)
    assert [one.reference for one in facade.conversions(other, small).items] == ["S-1"]
    assert not facade.conversions(other, Filters(commission_from_micros=WHOLE)).items
    cheapest = facade.conversions(other, Filters(sort=Sort.CHEAPEST), limit=1)
    assert [one.reference for one in cheapest.items] == ["S-1"]
    following = facade.conversions(other, Filters(sort=Sort.CHEAPEST), cheapest.following, 1)
    assert [one.reference for one in following.items] == ["S-2"]
    assert not facade.conversions(other, Filters(sub="newsletter")).items


def test_an_order_is_paid_out_for_each_by_its_own_part_and_for_the_advertiser_by_the_winners(
    market: TwoTenants, shared: Shared
) -> None:
    winner, other = market.a.publisher.caller(), market.b.publisher.caller()
    (won,) = facade.conversions(winner).items
    with book.standing(shared.config.book_path) as found:
        assert found is not None
        orders = book.orders_numbered(found, {won.id})

    def paid(receipt: int, to: Caller) -> list[int]:
        answer = Answer(receipt, "", payout=receipt, is_paid=True, at=shared.now)
        keep([Told(answer, to.publisher(None), [won.id], is_last=True)], orders)
        callers = winner, other, market.a.advertiser.caller(), market.operator.caller()
        return [len(facade.conversions(one, Filters(paid=True)).items) for one in callers]

    assert paid(1, other) == [0, 1, 0, 0]
    assert paid(2, winner) == [1, 1, 1, 1]
    assert not facade.conversions(market.b.advertiser.caller(), Filters(paid=True)).items


def test_each_party_reads_and_proves_its_own_side_of_the_receipt(
    market: TwoTenants, shared: Shared, own_site: SiteConfig
) -> None:
    other = market.b.publisher.caller()
    part = facade.conversions(other).items[1]
    told = tracking.receipt(other, part.receipt)
    assert (told.party, told.sides, told.commission_micros) == ("publisher", ("publisher",), SHARED)
    assert {(one.kind, one.stands_micros) for one in told.parts} == {
        ("split", 24_000_000),
        ("on_top", 2_800_000),
    }
    assert not told.lines
    assert not told.touches
    won = tracking.receipt(market.a.publisher.caller(), part.receipt)
    assert (won.commission_micros, won.lines[0].commission_micros) == (WON, WON)
    assert [(one.kind, one.stands_micros) for one in won.parts] == [("split", WON)]
    paid = tracking.receipt(market.a.advertiser.caller(), part.receipt)
    assert sum(one.stands_micros for one in paid.parts) == paid.commission_micros == WHOLE
    key = (Path(own_site.keys_dir) / PUBLIC_KEY).read_bytes()
    for caller in (other, market.a.publisher.caller(), market.a.advertiser.caller()):
        assert verify_receipt(tracking.receipt_document(caller, part.receipt), key) == []
    with pytest.raises(NotFound):
        tracking.receipt(market.b.advertiser.caller(), part.receipt)
    assert facade.story(other, part.id).commission_micros == SHARED


def test_a_refund_takes_everybodys_part_and_the_book_holds(market: TwoTenants, shared: Shared) -> None:
    shared.now += 1000
    shared.settle(shared.amend("S-1", Action.REFUND, amount_micros=500_000_000))
    parts = [
        next(
            one.commission_micros for one in facade.conversions(side.caller()).items if one.reference == "S-1"
        )
        for side in (market.a.advertiser, market.a.publisher, market.b.publisher)
    ]
    assert parts == [WHOLE // 2, WON // 2, SHARED // 2]
    opened = book.open_book(shared.config.book_path, migrate=False)
    evidence = Evidence(
        book=opened,
        journal_dir=shared.config.journal_dir,
        snapshots_dir=shared.config.snapshots_dir,
        keys_dir=shared.config.keys_dir,
    )
    assert check_all(evidence) == []
    book.close_book(opened)


def test_each_party_is_told_of_its_own_part_and_of_nobody_elses(market: TwoTenants, shared: Shared) -> None:
    shared.now += 1000
    shared.settle(shared.amend("S-1", Action.APPROVE))
    a, b = market.a.publisher.caller(), market.b.publisher.caller()
    mine = changes.changes(b, kinds=[Kind.COMMISSION_RECORDED, Kind.COMMISSION_APPROVED]).items
    assert [(one.kind, one.body["commission_micros"]) for one in mine] == [
        (Kind.COMMISSION_RECORDED, SHARED),
        (Kind.COMMISSION_APPROVED, SHARED),
    ]
    assert {one["kind"] for one in mine[0].body["parts"]} == {"split", "on_top"}
    assert mine[0].body.keys() <= {one.name for one in SHAPES["commission"]}
    assert mine[0].body["order"] == "S-1"
    assert "newsletter" not in str(mine)
    own = [one for one in changes.changes(a).items if one.subject.startswith("conversion")]
    assert [(one.kind, one.body["commission_micros"]) for one in own] == [
        (Kind.CONVERSION_RECORDED, WON),
        (Kind.CONVERSION_APPROVED, WON),
    ]
    bought = changes.changes(market.a.advertiser.caller(), kinds=[Kind.CONVERSION_APPROVED]).items
    assert sum(one["commission_micros"] for one in bought[0].body["parties"]) == WHOLE
    assert bought[0].body.keys() | own[0].body.keys() <= {one.name for one in SHAPES["conversion"]}
    assert not changes.changes(market.a.advertiser.caller(), kinds=[Kind.COMMISSION_RECORDED]).items
    assert not changes.changes(market.b.advertiser.caller()).items


def test_the_pages_of_an_order_say_who_is_paid(
    market: TwoTenants, shared: Shared, client_of: ClientOf
) -> None:
    number = facade.conversions(market.a.publisher.caller()).items[0].id
    told = {}
    for one in (market.a.advertiser, market.a.publisher, market.b.publisher):
        client = client_of(one.users[Role.OWNER])
        page = client.get(f"/{one.slug}/conversions/{number}/").content.decode()
        told[one.slug] = page.replace("\u00a0", " ")
    bought, won, part = told.values()
    assert "Who is paid" in bought
    assert "26.80" not in bought
    assert all(words in bought for words in ("24.00", "2.80", "56.00"))
    assert "You earned this order." in won
    assert "24.00" not in won
    assert "and you have a part in it" in part
    assert all(words in part for words in ("Your part", "26.80", "24.00", "2.80"))
    assert "56.00" not in part
    receipt = facade.order(market.b.publisher.caller(), number).receipt
    page = client.get(f"/{market.b.publisher.slug}/receipts/{receipt}/").content.decode()
    assert "and you have a part in it" in page
