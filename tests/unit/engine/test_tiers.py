"""Prices in steps: where an order is split, what its receipts show to whom, and when a correction is certain.

The tables of docs/algorithms/tiers.md are goldens; `tests/property/test_tiers.py` holds the promises.
"""

from typing import Any

import msgspec
import pytest

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import DAY, HOUR, MARKET, NOON, amendment, click, lines, order, snapshot, varied
from utfall.engine import Decisions, OrderStatus, PoolKey
from utfall.engine.tiers import split
from utfall.events import Click, Conversion
from utfall.terms import Flat, Portion, Snapshot, Step, Tiered, TierMeasure, TierPeriod

PLAIN = 'share = "8 %"'
STEPS = 'steps = [ { from = "0", share = "8 %" }, { from = "1000", share = "10 %" } ]'
CLICK = 2_500_000
RETROACTIVE = "retroactive = true,"
JUNE = PoolKey(1, 10, "2026-06")
END_OF_JUNE = NOON + 20 * DAY + 12 * HOUR
"""The program of these tests counts in UTC."""


def tiered(more: str = "", period: str = "month") -> Snapshot:
    """The small market, in which every sale but shoes is priced in steps by amount."""
    return varied(PLAIN, written(more, period))


def written(more: str = "", period: str = "month") -> str:
    return f'tiers = {{ measure = "amount", period = "{period}", {more} {STEPS} }}'


def sold(reference: str, units: int, *, at: int = NOON, by: Click | None = None) -> Conversion:
    return order(reference, at, *([by] if by else []), lines=lines(units))


def sides(decided: Decisions, kind: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Body, advertiser's and publisher's side of the only receipt of a kind."""
    (found,) = (one for one in decided.receipts if one.kind == kind)
    body, own, other = (
        msgspec.json.decode(data) for data in (found.body, found.advertiser_side, found.publisher_side)
    )
    return body, own, other


def test_an_order_that_crosses_two_steps_by_commission_is_cut_where_the_commission_reaches_them() -> None:
    price = Tiered(
        TierMeasure.COMMISSION,
        TierPeriod.YEAR,
        (Step(0, Portion(100_000)), Step(10_000_000, Portion(200_000)), Step(30_000_000, Portion(500_000))),
    )
    parts = list(split(price, 5_000_000, 200_000_000))
    assert [(one.amount_micros, one.commission_micros) for one in parts] == [
        (50_000_000, 5_000_000),
        (100_000_000, 20_000_000),
        (50_000_000, 25_000_000),
    ]


def test_a_step_that_pays_nothing_keeps_all_that_comes() -> None:
    price = Tiered(TierMeasure.COMMISSION, TierPeriod.YEAR, (Step(0, Portion(0)), Step(1, Portion(200_000))))
    (part,) = split(price, 0, 900_000_000)
    assert (part.amount_micros, part.commission_micros) == (900_000_000, 0)


def test_the_receipt_of_an_order_shows_its_parts_and_the_amounts_to_the_advertiser_alone() -> None:
    ledger, clicked = Ledger(tiered()), click()
    ledger.settle(clicked, sold("A-1", 600, by=clicked))
    _, own, other = sides(ledger.settle(sold("A-2", 700, by=clicked)), "conversion")
    (tier,) = own["tiers"]
    assert (tier["rule"], tier["period"], tier["measure"], tier["position"]) == (
        1,
        "2026-06",
        "amount",
        600_000_000,
    )
    assert tier["parts"] == [
        {
            "amount_micros": 400_000_000,
            "commission_micros": 32_000_000,
            "price": {"ppm": 80_000, "type": "share"},
            "start": 0,
        },
        {
            "amount_micros": 300_000_000,
            "commission_micros": 30_000_000,
            "price": {"ppm": 100_000, "type": "share"},
            "start": 1_000_000_000,
        },
    ]
    assert [part.get("amount_micros") for part in other["tiers"][0]["parts"]] == [None, None]
    assert [part["commission_micros"] for part in other["tiers"][0]["parts"]] == [32_000_000, 30_000_000]


def test_the_receipt_of_a_correction_shows_how_it_was_worked_out_and_follows_the_one_before() -> None:
    ledger, clicked = Ledger(tiered(RETROACTIVE)), click()
    ledger.settle(clicked, sold("A-1", 600, by=clicked))
    first = ledger.settle(sold("A-2", 700, by=clicked))
    body, own, other = sides(first, "tier")
    assert (
        own["tier"]
        == other["tier"]
        == {
            "amount_micros": 1_300_000_000,
            "commission_micros": 104_000_000,
            "correction_micros": 26_000_000,
            "measure": "amount",
            "orders": 2,
            "period": "2026-06",
            "position": 1_300_000_000,
            "price": {"ppm": 100_000, "type": "share"},
            "shared": False,
            "start": 1_000_000_000,
            "target_micros": 130_000_000,
            "waiting_micros": 0,
        }
    )
    assert (own["fee_micros"], own["cost_micros"]) == (5_200_000, 31_200_000)
    assert "fee_micros" not in other
    later = ledger.settle(amendment("refund", "A-2", NOON + DAY))
    again, _, _ = sides(later, "tier")
    assert again["prior"] == next(one.hash for one in first.receipts if one.kind == "tier")
    assert body["prior"] is None
    (transaction,) = (one for one in later.transactions if one.kind == "tier")
    assert transaction.corrects == body["transaction"]


def test_a_publisher_that_is_counted_with_others_is_not_told_what_they_brought() -> None:
    ledger, one, two = Ledger(tiered("shared = true, retroactive = true,")), click(), click(link=1001)
    ledger.settle(one, two, sold("A-1", 600, by=one))
    decided = ledger.settle(sold("A-2", 700, by=two))
    told = [
        (
            msgspec.json.decode(receipt.advertiser_side)["tier"],
            msgspec.json.decode(receipt.publisher_side)["tier"],
        )
        for receipt in decided.receipts
        if receipt.kind == "tier"
    ]
    assert [own["position"] for own, _ in told] == [1_300_000_000, 1_300_000_000]
    assert ["position" in other for _, other in told] == [False, False]
    assert [other["amount_micros"] for _, other in told] == [600_000_000, 700_000_000]
    assert [other["correction_micros"] for _, other in told] == [12_000_000, 14_000_000]


def test_a_tests_receipt_shows_the_steps_and_counts_nowhere() -> None:
    ledger, clicked = Ledger(tiered()), click()
    decided = ledger.settle(clicked, order("A-1", NOON, clicked, lines=lines(1500), test=True))
    _, own, _ = sides(decided, "conversion")
    assert [part["commission_micros"] for part in own["tiers"][0]["parts"]] == [80_000_000, 50_000_000]
    assert ledger.pools() == {}


def test_a_later_call_is_priced_on_top_of_what_the_pool_holds_without_the_order() -> None:
    ledger, clicked = Ledger(tiered()), click()
    ledger.settle(clicked, sold("A-1", 900, by=clicked), sold("A-2", 200, by=clicked))
    ledger.settle(amendment("amend", "A-1", NOON + HOUR, lines=lines(1000)))
    assert ledger.order("A-1").commission_micros == 64_000_000 + 20_000_000
    assert ledger.pools()[JUNE].counted.amount_micros == 1_200_000_000


@pytest.mark.parametrize(("period", "name"), [("quarter", "2026-Q2"), ("year", "2026"), ("total", "total")])
def test_a_period_has_a_name_and_counts_what_occurred_in_it(period: str, name: str) -> None:
    ledger, clicked = Ledger(tiered(period=period)), click()
    ledger.settle(clicked, sold("A-1", 600, by=clicked))
    assert list(ledger.pools()) == [PoolKey(1, 10, name)]


def test_a_correction_in_total_is_certain_so_long_after_it_began() -> None:
    ledger, clicked = Ledger(tiered(RETROACTIVE, "total")), click()
    ledger.settle(clicked, sold("A-1", 1300, by=clicked))
    ledger.settle(now=NOON + 30 * DAY - 1)
    assert [one.status for one in ledger.pools().values()] == [OrderStatus.PENDING]
    ledger.settle(now=NOON + 30 * DAY)
    assert [one.status for one in ledger.pools().values()] == [OrderStatus.APPROVED]
    ledger.settle(now=NOON + 60 * DAY)
    assert ledger.balance("publisher", 10, "payable") == -130_000_000 - CLICK
    told = [(one.kind, one.source) for one in ledger.facts if one.kind.startswith("tier")]
    assert told == [("tier", None), ("tier_approve", "clock")]


def test_where_nothing_is_approved_by_time_a_correction_follows_its_orders() -> None:
    fee = 'fee = "20 %"'
    market = MARKET.replace(fee, f'{fee}\n    auto_approval_days = "never"', 1)
    terms = snapshot(market.replace(PLAIN, written(RETROACTIVE), 1))
    ledger, clicked = Ledger(terms), click()
    ledger.settle(clicked, sold("A-1", 600, by=clicked), sold("A-2", 700, by=clicked))
    ledger.settle(amendment("approve", "A-1", NOON + DAY))
    ledger.settle(now=END_OF_JUNE + DAY)
    assert ledger.pools()[JUNE].status is OrderStatus.PENDING
    ledger.settle(amendment("approve", "A-2", END_OF_JUNE + 2 * DAY))
    assert ledger.pools()[JUNE].status is OrderStatus.APPROVED
    assert ledger.balance("publisher", 10, "approved") == -130_000_000 - CLICK
    ledger.settle(now=END_OF_JUNE + 32 * DAY)
    assert ledger.balance("publisher", 10, "payable") == -130_000_000 - CLICK


def test_a_pool_keeps_the_steps_under_which_it_was_opened() -> None:
    ledger, clicked = Ledger(tiered(RETROACTIVE)), click()
    ledger.settle(clicked, sold("A-1", 600, by=clicked))
    dearer = varied(PLAIN, written(RETROACTIVE).replace("10 %", "20 %"))
    ledger.settle(sold("A-2", 700, by=clicked), terms=dearer)
    assert ledger.balance("publisher", 10, "pending") == -130_000_000
    ledger.settle(sold("B-1", 1300, at=END_OF_JUNE + DAY, by=clicked))
    assert ledger.pools()[PoolKey(1, 10, "2026-07")].correction_micros == 1300 * 120_000


def test_flat_prices_per_order_are_refunded_in_proportion_and_corrected_likewise() -> None:
    steps = 'steps = [ { from = 0, flat = "50" }, { from = 2, flat = "60" } ]'
    text = f'tiers = {{ measure = "orders", period = "month", retroactive = true, {steps} }}'
    ledger, clicked = Ledger(varied(PLAIN, text)), click()
    ledger.settle(clicked, sold("A-1", 100, by=clicked), sold("A-2", 100, by=clicked))
    assert ledger.pools()[JUNE].correction_micros == 20_000_000
    ledger.settle(amendment("refund", "A-1", NOON + DAY, amount_micros=30_000_000))
    assert ledger.order("A-1").commission_micros == 35_000_000
    assert ledger.pools()[JUNE].correction_micros == 7_000_000 + 10_000_000
    assert ledger.pools()[JUNE].price.steps[1].price == Flat(60_000_000)
