"""A retroactive price in steps: the correction in the feed and on the order's page; and bonuses."""

import msgspec
import pytest

from tests.portal.conftest import ClientOf
from tests.portal.conversions.lived import Lived
from tests.portal.market import TwoTenants
from tests.portal.tracking.settled import new_id
from utfall.events import Action, Bonus, BonusReason, Line, Outcome
from utfall.portal.access import Role
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kind
from utfall.portal.changes.shapes import SHAPES
from utfall.portal.conversions import facade
from utfall.portal.site import SiteConfig
from utfall.terms import Market, Portion, Rule, Step, Tiered, TierMeasure, TierPeriod

KRONA = 1_000_000


class Stepped(Lived):
    """The same market, in which every sale pays 8 %, and 10 % of the whole year from 1000.00 on."""

    def _terms(self) -> Market:
        steps = (Step(0, Portion(80_000)), Step(1000 * KRONA, Portion(100_000)))
        price = Tiered(TierMeasure.AMOUNT, TierPeriod.TOTAL, steps, retroactive=True)
        rule = Rule(id=1, program=self.program, name="sale", outcome=Outcome.SALE, price=price)
        return msgspec.structs.replace(super()._terms(), rules=(rule,))

    def orders(self) -> None:
        """600.00 and 700.00: 48.00 and 56.00, and a correction of 26.00 (docs/algorithms/tiers.md)."""
        for place, amount in enumerate((600, 700), 1):
            click = self.click(self.side)
            line = Line(amount_micros=amount * KRONA)
            self.settle(click, self.sale(f"T-{place}", click, lines=(line,)))
            self.now += 1000


@pytest.fixture
def stepped(market: TwoTenants, own_site: SiteConfig) -> Stepped:
    told = Stepped(market)
    told.orders()
    return told


def test_a_correction_is_told_to_both_sides_with_its_arithmetic(market: TwoTenants, stepped: Stepped) -> None:
    (bought,) = changes.changes(market.a.advertiser.caller(), kinds=[Kind.TIER_CORRECTED]).items
    (sold,) = changes.changes(market.a.publisher.caller(), kinds=[Kind.TIER_CORRECTED]).items
    assert (bought.body["commission_micros"], bought.body["fee_micros"]) == (26 * KRONA, 5_200_000)
    assert (sold.body["commission_micros"], "fee_micros" in sold.body) == (26 * KRONA, False)
    assert (sold.body["tier"]["target_micros"], sold.subject) == (130 * KRONA, "tier:1:total")
    assert bought.body.keys() <= {one.name for one in SHAPES["tier"]}
    assert not changes.changes(market.b.publisher.caller(), kinds=[Kind.TIER_CORRECTED]).items
    stepped.settle(stepped.amend("T-2", Action.REFUND, amount_micros=500 * KRONA))
    fallen = changes.changes(market.a.publisher.caller(), kinds=[Kind.TIER_CORRECTED]).items[-1]
    assert fallen.body["commission_micros"] == 0


def test_the_page_of_an_order_says_what_its_steps_paid_and_corrected(
    market: TwoTenants, stepped: Stepped, client_of: ClientOf
) -> None:
    order = facade.find(market.a.publisher.caller(), ["T-2"])["T-2"][0]
    for one in (market.a.advertiser, market.a.publisher):
        client = client_of(one.users[Role.OWNER])
        page = client.get(f"/{one.slug}/conversions/{order.id}/").content.decode().replace("\u00a0", " ")
        assert "holds for the whole period (all time): beside its 2 orders" in page
        assert "26.00" in page
        assert "56.00" in page
    (correction,) = facade.story(market.a.publisher.caller(), order.id).corrections
    assert (correction.commission_micros, correction.fee_micros) == (26 * KRONA, None)
    receipt = client.get(f"/{one.slug}/receipts/{correction.receipt}/").content.decode()
    assert "is corrected to the step that is reached now" in receipt


def test_a_bonus_is_told_to_both_sides(market: TwoTenants, stepped: Stepped) -> None:
    bonus = Bonus(
        id=new_id(stepped.now),
        occurred_at=stepped.now,
        received_at=stepped.now,
        program=stepped.program,
        publisher=market.a.publisher.number,
        currency="SEK",
        amount_micros=100 * KRONA,
        reason=BonusReason.PLACEMENT,
        words="The front page in week 47",
    )
    stepped.settle(bonus)
    (bought,) = changes.changes(market.a.advertiser.caller(), kinds=[Kind.BONUS_GRANTED]).items
    (sold,) = changes.changes(market.a.publisher.caller(), kinds=[Kind.BONUS_GRANTED]).items
    assert (bought.body["fee_micros"], sold.body["commission_micros"]) == (20 * KRONA, 100 * KRONA)
    assert bought.body.keys() | sold.body.keys() <= {one.name for one in SHAPES["bonus"]}
