"""An order that two publishers share: each reads its own part, wherever it looks, and nobody another's."""

from pathlib import Path

import msgspec
import pytest

from tests.portal.conversions.lived import Lived
from tests.portal.market import TwoTenants
from utfall.events import Action, Line
from utfall.portal.access import Caller, NotFound
from utfall.portal.book import facade as book
from utfall.portal.book.facade import PUBLIC_KEY
from utfall.portal.conversions import facade
from utfall.portal.conversions.contracts import Filters, Sort
from utfall.portal.site import SiteConfig
from utfall.portal.tracking import facade as tracking
from utfall.terms import Market, Override, Split
from utfall.workers.invariants import Evidence, check_all
from utfall.workers.signing import verify_receipt

ORDER = Line(amount_micros=1_000_000_000, sku="boot-7")
WON, SHARED, WHOLE = 56_000_000, 26_800_000, 82_800_000
"""8 % of 1000.00 are shared 70 to 30; the second has 5 % of the first's on top as its parent."""


class Shared(Lived):
    """The same market, in which A's publisher shares with B's, which is also its parent."""

    def _terms(self) -> Market:
        winner, other = self.side.publisher.number, self.market.b.publisher.number
        return msgspec.structs.replace(
            super()._terms(),
            splits=(
                Split(
                    id=1,
                    program=self.program,
                    publisher=winner,
                    shares=((winner, 700_000), (other, 300_000)),
                ),
            ),
            overrides=(
                Override(id=1, parent=other, child=winner, ppm=50_000, program=self.program, on_top=True),
            ),
        )


@pytest.fixture
def shared(market: TwoTenants, own_site: SiteConfig) -> Shared:
    told = Shared(market)
    click = told.click(market.a, sub=("newsletter",))
    alone = told.click(market.b)
    orders = told.sale("S-1", click, lines=(ORDER,)), told.sale("S-2", alone, lines=(ORDER,))
    told.settle(click, alone, *orders)
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
