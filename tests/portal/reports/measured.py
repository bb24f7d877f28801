"""A lake beside the portal under test, in which both sides of the market have traffic and orders."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from tests.portal.market import Side, TwoTenants
from tests.unit.lake.worlds import CPC, ROBOT, SEK, fact, facts, touch, touches
from utfall.lake import LakeWriter
from utfall.portal.reports.desk import forget_lakes
from utfall.portal.site import site


def noon() -> datetime:
    """Of today, whichever day it became since the tests began."""
    return datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def at(days_ago: int, hour: int = 12) -> int:
    """UTC milliseconds of an hour some days ago."""
    return int((noon() - timedelta(days=days_ago)).replace(hour=hour).timestamp() * 1000)


def empty() -> None:
    """Nothing was measured yet."""
    forget_lakes()
    shutil.rmtree(site().lake_dir, ignore_errors=True)


def fill(market: TwoTenants, programs: tuple[int, int] = (1, 2)) -> None:
    """For each side on each of three days: clicks of its publisher, one of them a robot's, and one sale."""
    empty()
    root = Path(site().lake_dir)
    root.parent.mkdir(parents=True, exist_ok=True)
    with LakeWriter(root) as lake:
        for batch, days_ago in enumerate((2, 1, 0), start=1):
            tables = [
                table
                for place, side in enumerate((market.a, market.b))
                for table in _day(side, programs[place], place + 1, days_ago, batch)
            ]
            lake.write_part(
                pa.concat_tables(tables), first_batch=batch, last_batch=batch, now_ms=at(days_ago)
            )


def _day(side: Side, program: int, times: int, days_ago: int, batch: int) -> Iterator[pa.Table]:
    parties: dict[str, Any] = {
        "advertiser": side.advertiser.number,
        "publisher": side.publisher.number,
        "program": program,
    }
    moment = at(days_ago, 9)
    pairs = [
        (touch("click", 100 * batch + 10 * times + number, at=moment, device="mobile", **parties), fate)
        for number, fate in enumerate([CPC] * 2 * times + [ROBOT])
    ]
    yield touches(pairs, batch=batch)
    sold = fact(
        1000 * batch + times,
        at=moment,
        price_model="cps",
        sales=1,
        revenue_micros=100 * SEK * times,
        cost_micros=11 * SEK * times,
        fee_micros=SEK * times,
        commission_pending_micros=10 * SEK * times,
        **parties,
    )
    yield facts(sold, batch=batch)
