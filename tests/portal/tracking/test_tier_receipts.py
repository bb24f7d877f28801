"""The receipt of a tier's correction tells both parties how it was worked out."""

import time
from pathlib import Path

import msgspec

from tests.portal.conftest import ClientOf
from tests.portal.market import Side, TwoTenants
from tests.portal.tracking.settled import append, click_of, market_of, sale_of
from utfall.portal.access import Role
from utfall.portal.book import facade as book
from utfall.portal.site import SiteConfig, site
from utfall.portal.tracking import facade
from utfall.terms import Portion, Step, Tiered, TierMeasure, TierPeriod
from utfall.workers.publish import publish
from utfall.workers.settle import Settler, SettlerConfig

STEPS = (Step(0, Portion(80_000)), Step(1_000_000_000, Portion(100_000)))
PRICE = Tiered(TierMeasure.AMOUNT, TierPeriod.TOTAL, STEPS, retroactive=True)


def raised(side: Side) -> int:
    """The receipt of the correction that one order of 1,000.00 brings about."""
    root = Path(site().journal_dir).parent
    config = SettlerConfig(
        journal_dir=Path(site().journal_dir),
        book_path=Path(site().book_path),
        snapshots_dir=root / "settled-snapshots",
        keys_dir=Path(site().keys_dir),
    )
    market = market_of(side)
    (rule,) = market.rules
    stepped = msgspec.structs.replace(market, rules=(msgspec.structs.replace(rule, price=PRICE),))
    publish(stepped, config.snapshots_dir)
    now = time.time_ns() // 1_000_000
    click = click_of(side, now - 60_000)
    append(click, sale_of(side, f"tier-{now}", now - 3000, click=click))
    with Settler(config) as settler:
        settler.settle_all()
    found = book.open_book(config.book_path, migrate=False)
    (row, *_) = book.receipts_saying(found, "kind", "tier")
    book.close_book(found)
    return row.id


def test_both_parties_read_the_arithmetic(
    market: TwoTenants, own_site: SiteConfig, client_of: ClientOf
) -> None:
    number = raised(market.a)
    for tenant in market.a:
        view = facade.receipt(tenant.caller(), number)
        told = view.correction
        assert told is not None
        assert (told.earned_micros, told.target_micros, told.correction_micros) == (
            80_000_000,
            100_000_000,
            20_000_000,
        )
        assert (view.fee_micros is None) is (view.party == "publisher")
        page = client_of(tenant.users[Role.VIEWER]).get(f"/{tenant.slug}/receipts/{number}/")
        body = page.content.decode()
        assert page.status_code == 200
        assert "is corrected to the step that is reached now" in body
        assert "Less what they earned themselves" in body
