"""Questions are proved before anything is read, and an asker sees only what is theirs."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.lake.worlds import COUNTED, NOON, fact, facts, lake_of, touch, touches
from utfall.lake import (
    InvalidQuery,
    Lake,
    NotInScope,
    Query,
    QueryError,
    Scope,
    TooLarge,
    UnknownName,
    parse_where,
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    told = [
        fact(1, sales=1, advertiser=1, publisher=1, cost_micros=1, country="SE"),
        fact(2, sales=1, advertiser=1, publisher=2, cost_micros=10, country="NO"),
        fact(3, sales=1, advertiser=2, publisher=2, program=2, cost_micros=100, status="approved"),
        fact(
            4, kind="order", advertiser=1, publisher=None, program=None, cost_micros=1000, reason="no_touch"
        ),
    ]
    return lake_of(tmp_path_factory.mktemp("lake"), facts(*told))


def rows(root: Path, query: Query, scope: Scope | None = None) -> list[dict[str, object]]:
    with Lake(root) as lake:
        answer: list[dict[str, object]] = lake.report(query, scope=scope or Scope()).rows.to_pylist()
    return answer


def test_a_misspelt_metric_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="unknown metric 'clikcs'; did you mean clicks") as refused:
        Lake(Path("nowhere")).report(Query(("clikcs",)))
    assert refused.value.suggestion == "clicks"


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (Query(()), "at least one metric"),
        (Query(("clicks", "clicks")), "named twice"),
        (Query(("clicks",), by=("dya",)), "unknown dimension 'dya'; did you mean day"),
        (Query(("clicks",), where={"prgram": [1]}), "did you mean program"),
        (Query(("clicks",), where={"program": ["x"]}), "not a value"),
        (Query(("clicks",), where={"program": []}), "at least one value"),
        (Query(("clicks",), where={"country": "SE"}), "a list"),
        (Query(("clicks",), where={"day": ["tomorrow"]}), "not a value"),
        (Query(("clicks",), order=("sales",)), "cannot order by sales"),
        (Query(("clicks",), limit=0), "limit"),
        (Query(("clicks",), start=date(2026, 1, 2), end=date(2026, 1, 2)), "not after"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_before_anything_is_read(query: Query, why: str) -> None:
    with pytest.raises(QueryError, match=why):
        Lake(Path("nowhere")).report(query)


def test_everybody_sees_everything_without_a_scope(root: Path) -> None:
    assert rows(root, Query(("cost",))) == [{"currency": "SEK", "cost": 1111}]


@pytest.mark.parametrize(
    ("scope", "sales"),
    [
        (Scope(advertisers=frozenset({1})), 2),
        (Scope(advertisers=frozenset({2})), 1),
        (Scope(publishers=frozenset({2})), 2),
        (Scope(publishers=frozenset({1, 3})), 1),
        (Scope(advertisers=frozenset({2}), publishers=frozenset({1})), 2),
        (Scope(advertisers=frozenset()), 0),
        (Scope(publishers=frozenset()), 0),
    ],
)
def test_an_asker_sees_only_their_own_facts(root: Path, scope: Scope, sales: int) -> None:
    assert rows(root, Query(("sales",)), scope) == [{"sales": sales}]
    wide = Query(("sales",), where={"advertiser": [1, 2], "publisher": [1, 2, None]})
    assert rows(root, wide, scope) == [{"sales": sales}]


@pytest.mark.parametrize("metric", ["cost", "fee", "cost_cps", "roas", "ecpm", "imported_cost"])
def test_a_publisher_does_not_see_what_the_advertiser_pays_in_all(root: Path, metric: str) -> None:
    with pytest.raises(NotInScope, match=metric):
        rows(root, Query((metric,)), Scope(publishers=frozenset({1})))
    assert rows(root, Query((metric,)), Scope(advertisers=frozenset({1})))


def test_conditions_choose_values_and_the_empty_one(root: Path) -> None:
    assert rows(root, Query(("sales",), where={"country": ["SE"]})) == [{"sales": 1}]
    assert rows(root, Query(("sales",), where={"country": [None]})) == [{"sales": 1}]
    assert rows(root, Query(("sales",), where={"country": ["NO", None]})) == [{"sales": 2}]
    assert rows(root, Query(("sales",), where={"publisher": [2], "status": ["approved"]})) == [{"sales": 1}]
    assert rows(root, Query(("cost",), where={"currency": ["NOK"]})) == []


def test_conditions_can_be_typed() -> None:
    assert parse_where(["program=1,2", "country=SE,", "day=2026-11-25"]) == {
        "program": (1, 2),
        "country": ("SE", None),
        "day": (date(2026, 11, 25),),
    }
    with pytest.raises(InvalidQuery, match="write dimension=value"):
        parse_where(["program"])
    with pytest.raises(UnknownName):
        parse_where(["programs=1"])


def test_rows_come_in_the_order_asked_for_and_totals_are_of_all(root: Path) -> None:
    with Lake(root) as lake:
        report = lake.report(Query(("sales", "cost"), by=("publisher",), order=("-cost",), limit=2))
    assert report.rows["cost"].to_pylist() == [1000, 110]
    assert report.totals["cost"].to_pylist() == [1111]
    assert report.shipped == 1


def test_without_an_order_rows_come_by_their_dimensions_and_the_unknown_last(root: Path) -> None:
    assert [row["publisher"] for row in rows(root, Query(("sales",), by=("publisher",)))] == [1, 2, None]


def test_quotes_in_values_and_folders_are_only_text(tmp_path: Path) -> None:
    folder = tmp_path / "it's"
    lake_of(folder, touches([(touch("click", sub=("'; DROP TABLE facts; --",)), COUNTED)]))
    query = Query(("clicks",), where={"sub1": ["'; DROP TABLE facts; --"]})
    assert rows(folder, query) == [{"clicks": 1}]
    assert rows(folder, Query(("clicks",), by=("sub1",))) == [
        {"sub1": "'; DROP TABLE facts; --", "clicks": 1}
    ]


def test_a_column_named_like_a_word_of_sql_is_only_a_name(root: Path) -> None:
    query = Query(("sales",), by=("group", "link", "source", "channel", "verdict"))
    assert rows(root, query)[0]["verdict"] == "accepted"


def test_a_claimed_time_that_no_calendar_holds_is_kept_at_its_edge(tmp_path: Path) -> None:
    times = (-(1 << 62), NOON, 1 << 62)
    strange = facts(*(replace(fact(n, sales=1), occurred_at=at) for n, at in enumerate(times)))
    lake_of(tmp_path, strange)
    assert rows(tmp_path, Query(("sales",))) == [{"sales": 3}]
    months = [row["month"] for row in rows(tmp_path, Query(("sales",), by=("month",)))]
    assert months[1:] == ["2026-11", "9999-12"]


def test_an_answer_too_large_for_memory_is_refused_and_the_next_one_is_given(tmp_path: Path) -> None:
    told = facts(*(fact(n, sales=1, code=f"{n:040d}", category=f"{n:050d}") for n in range(20_000)))
    lake_of(tmp_path, told)
    with Lake(tmp_path, memory_limit="5MB") as lake:
        with pytest.raises(TooLarge, match="by code, category"):
            lake.report(Query(("sales",), by=("code", "category")))
        assert lake.report(Query(("sales",))).totals["sales"].to_pylist() == [20_000]
