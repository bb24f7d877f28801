"""A report as people and machines get it."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.unit.lake.worlds import CPC, SEK, fact, facts, lake_of, terms, touch, touches
from utfall.lake import (
    DIMENSIONS,
    LANGUAGES,
    METRICS,
    Lake,
    Query,
    Report,
    table_rows,
    to_json,
    write_csv,
    write_parquet,
)

QUERY = Query(("clicks", "sales", "cost", "cpc", "aov", "cvr"), by=("program", "link"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    clicks = touches([(touch("click", n), CPC) for n in range(3)])
    told = facts(fact(9, link=2, sales=1, revenue_micros=1234 * SEK + 567_891), batch=2)
    with Lake(lake_of(tmp_path_factory.mktemp("lake"), clicks, told)) as lake:
        return lake.report(QUERY, snapshot=terms((1, "Europe/Stockholm", "SEK")))


def test_people_read_words_names_and_rounded_amounts(report: Report) -> None:
    assert table_rows(report, "en") == [
        [
            *("Program", "Link", "Currency", "Clicks", "Sales", "Cost", "Cost per click"),
            *("Average order value", "Conversion rate"),
        ],
        ["Program 1", "shoes", "SEK", "3", "0", "6.60", "2.2000", "", "0.0000"],
        ["Program 1", "2", "SEK", "0", "1", "0.00", "", "1\xa0234.5679", ""],
        ["Total", "", "SEK", "3", "1", "6.60", "2.2000", "1\xa0234.5679", "0.3333"],
    ]
    assert table_rows(report, "sv")[0][3:6] == ["Klick", "Köp", "Kostnad"]
    assert table_rows(report, "nb")[-1][0] == "Totalt"


def test_csv_has_whole_micros_and_leaves_the_unknown_empty(report: Report) -> None:
    file = io.StringIO()
    write_csv(report, file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert rows[0] == {
        "program": "1",
        "program_name": "Program 1",
        "link": "1",
        "link_name": "shoes",
        "currency": "SEK",
        "clicks": "3",
        "sales": "0",
        "cost_micros": "6600000",
        "cpc_micros": "2200000.0",
        "aov_micros": "",
        "cvr": "0.0",
    }
    assert rows[1]["link_name"] == ""
    assert rows[1]["aov_micros"] == "1234567891.0"


def test_json_says_what_every_column_means(report: Report) -> None:
    told = json.loads(to_json(report))
    assert told["shipped"] == 2
    assert told["columns"][0] == {
        "name": "program",
        "dimension": True,
        "words": {"sv": "Program", "nb": "Program", "en": "Program"},
    }
    assert told["columns"][6] == {
        "name": "cpc_micros",
        "unit": "price",
        "formula": "cost_micros ÷ clicks",
        "words": {"sv": "Kostnad per klick", "nb": "Kostnad per klikk", "en": "Cost per click"},
    }
    assert told["rows"][1]["cpc_micros"] is None
    assert told["rows"][0]["cost_micros"] == 6_600_000
    assert [(each["currency"], each["cost_micros"]) for each in told["totals"]] == [("SEK", 6_600_000)]


def test_parquet_keeps_the_types(report: Report, tmp_path: Path) -> None:
    write_parquet(report, tmp_path / "report.parquet")
    table = pq.read_table(tmp_path / "report.parquet")
    assert str(table.schema.field("cost_micros").type) == "int64"
    assert str(table.schema.field("cvr").type) == "double"
    assert table["program_name"].to_pylist() == ["Program 1", "Program 1"]


def test_amounts_are_shown_in_the_minor_units_of_their_currency(tmp_path: Path) -> None:
    told = facts(
        fact(1, cost_micros=1_500_000, currency="JPY"), fact(2, cost_micros=1_500_000, currency="KWD")
    )
    with Lake(lake_of(tmp_path, told)) as lake:
        rows = table_rows(lake.report(Query(("cost",))))
    assert rows == [["Currency", "Cost"], ["JPY", "2"], ["KWD", "1.500"], ["JPY", "2"], ["KWD", "1.500"]]


def test_a_report_without_rows_is_still_a_report(tmp_path: Path) -> None:
    with Lake(tmp_path) as lake:
        report = lake.report(Query(("clicks", "cost"), by=("day",)))
    file = io.StringIO()
    write_csv(report, file)
    assert file.getvalue() == "day,currency,clicks,cost_micros\n"
    assert json.loads(to_json(report))["rows"] == []
    assert table_rows(report) == [["Day", "Currency", "Clicks", "Cost"]]


@pytest.mark.parametrize("named", [*METRICS.values(), *DIMENSIONS.values()], ids=lambda each: each.name)
def test_everything_has_words_in_three_languages(named: object) -> None:
    assert all(getattr(named.words, language) for language in LANGUAGES)  # type: ignore[attr-defined]


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda each: each.name)
def test_every_metric_can_be_said_as_a_formula(metric: object) -> None:
    assert metric.description  # type: ignore[attr-defined]
