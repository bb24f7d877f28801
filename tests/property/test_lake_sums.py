"""However facts are spread over batches, days, files and groups, their totals equal the plain sum."""

import tempfile
from pathlib import Path
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.lake.worlds import NOON, fact, facts
from utfall.engine.facts import Fact
from utfall.lake import DIMENSIONS, METRICS, Lake, LakeWriter, Policy, Query, compact
from utfall.lake.formula import Sum
from utfall.lake.metrics import Metric

SUMS: Final[tuple[Metric, ...]] = tuple(
    metric
    for metric in METRICS.values()
    if isinstance(metric.formula, Sum) and metric.formula.measure in Fact.__struct_fields__
)
DAY_MS: Final = 86_400_000
amounts = st.integers(-(10**15), 10**15)
told_facts = st.builds(
    fact,
    st.integers(0, 2**60),
    at=st.integers(NOON - 3 * DAY_MS, NOON + 3 * DAY_MS),
    kind=st.sampled_from(["sale", "lead", "approve", "refund"]),
    program=st.sampled_from([None, 1, 2]),
    publisher=st.sampled_from([None, 1, 2, 3]),
    currency=st.sampled_from(["SEK", "NOK", "EUR"]),
    price_model=st.sampled_from([None, "cps", "cpl"]),
    category=st.sampled_from([None, "shoes", ""]),
    sub=st.sampled_from([(), ("a",), ("a", "b")]),
    sales=st.integers(-1, 1),
    revenue_micros=amounts,
    cost_micros=amounts,
    fee_micros=amounts,
    commission_pending_micros=amounts,
    commission_approved_micros=amounts,
    commission_declined_micros=amounts,
)


def plain_sums(told: list[Fact]) -> dict[str, dict[str, int]]:
    """Per currency, each metric that is a sum, added up in Python."""
    sums: dict[str, dict[str, int]] = {}
    for each in told:
        held = sums.setdefault(each.currency or "", {metric.name: 0 for metric in SUMS})
        for metric in SUMS:
            held[metric.name] += _value(metric, each)
    return dict(sorted(sums.items()))


def _value(metric: Metric, told: Fact) -> int:
    assert isinstance(metric.formula, Sum)
    counts = metric.formula.price_model in (None, told.price_model)
    value: int = getattr(told, metric.formula.measure) if counts else 0
    return value


def by_currency(rows: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """The same sums, added up over the rows of a report."""
    sums: dict[str, dict[str, int]] = {}
    for row in rows:
        held = sums.setdefault(row["currency"], {metric.name: 0 for metric in SUMS})
        for name in held:
            held[name] += row[name]
    return dict(sorted(sums.items()))


@settings(max_examples=12)
@given(
    batches=st.lists(st.lists(told_facts, max_size=12), min_size=1, max_size=6),
    by=st.lists(st.sampled_from(sorted(DIMENSIONS)), max_size=3, unique=True),
    merged=st.booleans(),
)
def test_the_sum_over_any_grouping_of_any_files_is_the_total(
    batches: list[list[Fact]], by: list[str], merged: bool
) -> None:
    expected = plain_sums([each for batch in batches for each in batch])
    with tempfile.TemporaryDirectory() as folder:
        with LakeWriter(Path(folder)) as writer:
            for number, batch in enumerate(batches, start=1):
                table = facts(*batch, batch=number)
                writer.write_part(table, first_batch=number, last_batch=number, now_ms=NOON)
            while merged and compact(writer, Policy(files=2), NOON):
                pass
        with Lake(Path(folder)) as lake:
            report = lake.report(Query(tuple(metric.name for metric in SUMS), by=tuple(by)))
    assert by_currency(report.rows.to_pylist()) == expected
    assert by_currency(report.totals.to_pylist()) == expected
