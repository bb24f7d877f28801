"""Whatever is asked of whatever facts: rollups in files and in memory give the same bytes as the facts."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.property.test_lake_sums import told_facts
from tests.unit.lake.worlds import NOON, facts, terms
from utfall.engine.facts import Fact
from utfall.lake import DIMENSIONS, HeldLake, Lake, LakeWriter, Policy, Query, Scope, compact
from utfall.lake import report as reporting
from utfall.lake.rolling import due_for_rollup
from utfall.terms import Snapshot

MARKETS: Final[tuple[Snapshot | None, ...]] = (
    None,
    terms((1, "Europe/Stockholm", "SEK"), (2, "Europe/Stockholm", "SEK")),
    terms((1, "Europe/Oslo", "NOK"), (2, "Europe/Helsinki", "EUR")),
    terms((1, "America/St_Johns", "SEK"), (2, "Europe/Oslo", "NOK")),
)
SUMS: Final = ("sales", "revenue", "cost", "cost_cps", "commission_pending", "commission_approved")
RATIOS: Final = ("aov", "cpa", "roas", "approval_rate", "cvr")
days = st.dates(date(2026, 11, 21), date(2026, 11, 29))


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Any question that makes sense, with rows in an order that leaves none to chance."""
    by = tuple(draw(st.lists(st.sampled_from(sorted(DIMENSIONS)), max_size=3, unique=True)))
    metrics = tuple(draw(st.lists(st.sampled_from((*SUMS, *RATIOS)), min_size=1, max_size=4, unique=True)))
    where: dict[str, Any] = draw(
        st.dictionaries(st.sampled_from(["program", "publisher"]), st.just([1, None]), max_size=1)
    )
    start, end = sorted((draw(days), draw(days)))
    bounded = start < end and draw(st.booleans())
    return Query(metrics, by, where, start if bounded else None, end if bounded else None)


def told(report: Any) -> tuple[Any, ...]:
    return (report.rows.schema, report.rows.to_pylist(), report.totals.to_pylist(), report.shipped)


@settings(max_examples=8)
@given(
    batches=st.lists(st.lists(told_facts, min_size=1, max_size=12), min_size=1, max_size=4),
    asked=st.lists(queries(), min_size=1, max_size=3),
    market=st.sampled_from(MARKETS),
    scope=st.sampled_from([Scope(), Scope(advertisers=frozenset({1})), Scope(advertisers=frozenset())]),
)
def test_rollups_change_no_byte_of_any_answer(
    batches: list[list[Fact]], asked: list[Query], market: Snapshot | None, scope: Scope
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with LakeWriter(root) as writer, Lake(root) as plain:
            for number, batch in enumerate(batches, start=1):
                table: pa.Table = facts(*batch, batch=number)
                writer.write_part(table, first_batch=number, last_batch=number, now_ms=NOON)
            expected = [told(plain.report(query, scope=scope, snapshot=market)) for query in asked]
            held = HeldLake(root)
            assert [told(one) for one in held.reports(asked, scope=scope, snapshot=market)] == expected
            roll_all(writer)
            assert [told(plain.report(query, scope=scope, snapshot=market)) for query in asked] == expected
            assert [told(one) for one in held.reports(asked, scope=scope, snapshot=market)] == expected
            while compact(writer, Policy(files=2, roll_rows=1), NOON):
                pass
            assert [told(one) for one in held.reports(asked, scope=scope, snapshot=market)] == expected
            held.close()


def roll_all(writer: LakeWriter) -> None:
    """Rollups of every part, however small."""
    while due_for_rollup(writer.catalog, 1) is not None:
        compact(writer, Policy(files=10**6, after_ms=10**15, roll_rows=1), NOON)


@settings(max_examples=8)
@given(
    batch=st.lists(told_facts, min_size=1, max_size=30),
    query=queries(),
    market=st.sampled_from(MARKETS),
)
def test_few_rows_are_finished_as_the_engine_would(
    batch: list[Fact], query: Query, market: Snapshot | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with LakeWriter(root) as writer, Lake(root) as lake:
            writer.write_part(facts(*batch, batch=1), first_batch=1, last_batch=1, now_ms=NOON)
            short = told(lake.report(query, snapshot=market))
            few, reporting.FEW = reporting.FEW, -1  # type: ignore[misc]
            try:
                assert told(lake.report(query, snapshot=market)) == short
            finally:
                reporting.FEW = few  # type: ignore[misc]
