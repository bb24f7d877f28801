"""Every metric against a value worked out by hand; the same world as the table in docs/algorithms/lake.md."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.lake.worlds import (
    COUNTED,
    CPC,
    CPM,
    DUPLICATE,
    REPEATED,
    ROBOT,
    SEK,
    fact,
    facts,
    lake_of,
    touch,
    touches,
)
from utfall.lake import METRICS, Lake, Query

EXPECTED = {
    "impressions": 4,
    "viewables": 2,
    "completed_views": 1,
    "clicks": 2,
    "leads": 1,
    "actions": 1,
    "sales": 2,
    "installs": 1,
    "gross_impressions": 5,
    "gross_clicks": 3,
    "invalid_clicks": 1,
    "conversions": 5,
    "revenue": 1_500 * SEK,
    # 4 impressions at 0.011, 2 clicks at 2.20; orders: 110 + 55 for sales, 22, 33 and 44 for the others
    "cost": 4 * 11_000 + 2 * 2_200_000 + 264 * SEK,
    "cost_cpm": 4 * 11_000,
    "cost_vcpm": 0,
    "cost_cpcv": 0,
    "cost_cpc": 2 * 2_200_000,
    "cost_cpl": 22 * SEK,
    "cost_cpa": 33 * SEK,
    "cost_cps": 165 * SEK,
    "cost_cpi": 44 * SEK,
    "fee": 4 * 1_000 + 2 * 200_000 + 24 * SEK,
    "imported_cost": 700 * SEK,
    "commission_pending": 90 * SEK,
    "commission_approved": 4 * 10_000 + 2 * 2_000_000 + 150 * SEK,
    "commission_declined": 60 * SEK,
    "ctr": 0.5,
    "viewability": 0.5,
    "cvr": 2.5,
    "ecpm": (4 * 11_000 + 2 * 2_200_000 + 264 * SEK) * 1000 / 4,
    "cpc": (4 * 11_000 + 2 * 2_200_000 + 264 * SEK) / 2,
    "cpl": 4 * 11_000 + 2 * 2_200_000 + 264 * SEK,
    "cpa": (4 * 11_000 + 2 * 2_200_000 + 264 * SEK) / 5,
    "roas": 1_500 * SEK / (4 * 11_000 + 2 * 2_200_000 + 264 * SEK),
    "roi": (1_500 * SEK - 268_444_000) / 268_444_000,
    "aov": 750 * SEK,
    "epc": (90 * SEK + 154_040_000) / 2,
    "approval_rate": 154_040_000 / (154_040_000 + 60 * SEK),
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shown = touches(
        [
            *((touch("impression", n), CPM) for n in range(4)),
            (touch("impression", 5), ROBOT),
            (touch("impression", 0), DUPLICATE),
            (touch("viewable", 6), COUNTED),
            (touch("viewable", 7), COUNTED),
            (touch("video", 8, mark="start"), COUNTED),
            (touch("video", 9, mark="complete"), COUNTED),
            (touch("video", 10, mark="complete"), ROBOT),
            (touch("click", 11), CPC),
            (touch("click", 12), CPC),
            (touch("click", 13), REPEATED),
        ]
    )
    sale: dict[str, Any] = {"price_model": "cps", "sales": 1}
    told = facts(
        # An order of 1,000: commission 100, fee 10, approved later.
        fact(
            20,
            **sale,
            revenue_micros=1_000 * SEK,
            cost_micros=110 * SEK,
            fee_micros=10 * SEK,
            commission_pending_micros=100 * SEK,
        ),
        fact(
            21,
            kind="approve",
            status="approved",
            price_model="cps",
            commission_pending_micros=-100 * SEK,
            commission_approved_micros=100 * SEK,
        ),
        # An order of 500: commission 50, fee 5, pending.
        fact(
            22,
            **sale,
            revenue_micros=500 * SEK,
            cost_micros=55 * SEK,
            fee_micros=5 * SEK,
            commission_pending_micros=50 * SEK,
        ),
        fact(
            23,
            kind="lead",
            price_model="cpl",
            leads=1,
            status="approved",
            cost_micros=22 * SEK,
            fee_micros=2 * SEK,
            commission_approved_micros=20 * SEK,
        ),
        fact(
            24,
            kind="action",
            price_model="cpa",
            actions=1,
            status="approved",
            cost_micros=33 * SEK,
            fee_micros=3 * SEK,
            commission_approved_micros=30 * SEK,
        ),
        fact(
            25,
            kind="install",
            price_model="cpi",
            installs=1,
            cost_micros=44 * SEK,
            fee_micros=4 * SEK,
            commission_pending_micros=40 * SEK,
        ),
        # An order that was declined: what it added is taken back, and stands as declined.
        fact(
            26,
            **sale,
            revenue_micros=900 * SEK,
            cost_micros=66 * SEK,
            fee_micros=6 * SEK,
            commission_pending_micros=60 * SEK,
        ),
        fact(
            27,
            kind="decline",
            status="declined",
            price_model="cps",
            sales=-1,
            revenue_micros=-900 * SEK,
            cost_micros=-66 * SEK,
            fee_micros=-6 * SEK,
            commission_pending_micros=-60 * SEK,
            commission_declined_micros=60 * SEK,
        ),
        fact(28, kind="cost", status=None, program=None, publisher=None, imported_cost_micros=700 * SEK),
        batch=2,
    )
    return lake_of(tmp_path_factory.mktemp("lake"), shown, told)


def test_every_metric_has_a_value_worked_out_by_hand() -> None:
    assert EXPECTED.keys() == METRICS.keys()


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_what_its_definition_says(world: Path, name: str) -> None:
    with Lake(world) as lake:
        totals = lake.report(Query((name,))).totals
    assert totals[name].to_pylist() == [pytest.approx(EXPECTED[name], rel=1e-12)]


@pytest.mark.parametrize(
    "name", [name for name, metric in METRICS.items() if metric.unit in ("price", "ratio")]
)
def test_an_undefined_ratio_is_empty_and_never_zero(tmp_path: Path, name: str) -> None:
    root = lake_of(tmp_path, touches([(touch("viewable"), COUNTED)]))
    with Lake(root) as lake:
        report = lake.report(Query((name,), by=("publisher",)))
    assert report.rows[name].to_pylist() == [None]
    assert report.totals[name].to_pylist() == [None]


def test_an_empty_lake_counts_zero_and_knows_no_ratio(tmp_path: Path) -> None:
    with Lake(tmp_path) as lake:
        report = lake.report(Query(("clicks", "ctr")))
    assert report.rows.to_pylist() == [{"clicks": 0, "ctr": None}]


def test_amounts_stay_whole_far_beyond_what_a_float_can_hold(tmp_path: Path) -> None:
    large = 2**53 + 1
    told = facts(*(fact(n, revenue_micros=large, sales=1) for n in range(3)))
    with Lake(lake_of(tmp_path, told)) as lake:
        report = lake.report(Query(("revenue",)))
    assert report.totals.to_pylist() == [{"currency": "SEK", "revenue": 3 * large}]


def test_money_is_never_summed_across_currencies(tmp_path: Path) -> None:
    told = facts(fact(1, cost_micros=5), fact(2, cost_micros=7, currency="NOK"))
    with Lake(lake_of(tmp_path, told)) as lake:
        report = lake.report(Query(("cost",)))
    assert report.totals.to_pylist() == [{"currency": "NOK", "cost": 7}, {"currency": "SEK", "cost": 5}]
