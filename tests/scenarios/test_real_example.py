"""The real job in small: wheels of the same shape, the same terms, the totals the guide gives by hand."""

import re
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.law.tree import ROOT
from tests.scenarios.running_cli import utfall

REAL = ROOT / "examples" / "real"
GUIDE = ROOT / "docs" / "guides" / "real.md"
BY_HAND = re.compile(r"^```\n((?:obd=|tr ).*?)^```$", re.DOTALL | re.MULTILINE)
ORDERS = [("00001", "19970101", 11.77), ("00001", "19970118", 20000.0), ("00002", "19970131", 250000.0)]
ORDERS += [("00002", "19970131", 77.0), ("00003", "19970201", 0.0), ("00003", "19980630", 900000.0)]
ORDERS += [(f"0001{month}", f"19970{month}15", 333333.33) for month in range(1, 6)]
HEADING = " customer_id  date number_of_cds  dollar_value\r\n"


def module(name: str) -> ModuleType:
    """A module of the example, which is no package."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location(name, REAL / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """Six logs of ten impressions, and eleven orders."""
    folder = tmp_path / "var" / "real" / "wheels"
    sources = module("sources")
    for policy, campaign in sources.LOGS:
        path = sources.log_path(folder, policy, campaign)
        path.parent.mkdir(parents=True)
        lines = [f"{n},2019-11-24 00:0{n}:17.004101+00:00,{n},1,{int(n % 3 == 0)},0.1" for n in range(10)]
        path.write_text(
            "\n".join([",timestamp,item_id,position,click,propensity_score", *lines]) + "\n", encoding="utf-8"
        )
    master = folder / sources.ORDERS
    master.parent.mkdir(parents=True)
    lines = [f" {customer} {day}  1 {dollars:7.2f}\r\n" for customer, day, dollars in sorted(ORDERS)]
    master.write_text(HEADING + "".join(lines), encoding="ascii", newline="")
    return folder


def by_hand(folder: Path) -> list[int]:
    """What the guide's own commands print."""
    blocks = BY_HAND.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(blocks) == 2
    ran = [
        subprocess.run(["bash", "-euc", block], cwd=folder, capture_output=True, text=True, check=True)
        for block in blocks
    ]
    return [int(number) for each in ran for number in each.stdout.split()]


def test_the_totals_are_those_that_the_guide_gives_by_hand(tmp_path: Path, wheels: Path) -> None:
    data, sources = tmp_path / "data", module("sources")
    assert utfall(data, "publish", str(REAL / "market.toml")).code == 0
    for name, rows in {
        "bandit": sources.bandit_rows(wheels),
        "free": sources.order_rows(wheels, 2),
        "limited": sources.order_rows(wheels, 3),
    }.items():
        sources.write_rows(tmp_path / f"{name}.jsonl", rows)
        assert utfall(data, "load", str(tmp_path / f"{name}.jsonl"), "--no-settle").code == 0
    assert utfall(data, "settle", "--once").code == 0
    metrics = "impressions,clicks,sales,revenue,cost_cpm,cost_cpc,cost"
    told: dict[int, dict[str, Any]] = {
        row["program"]: row
        for row in utfall(data, "report", "--by", "program", "--metrics", metrics, "--json").json["rows"]
    }
    rules = utfall(
        data, "report", "--by", "rule", "--metrics", "sales", "--where", "program=3", "--json"
    ).json["rows"]
    from_the_lake = [
        told[1]["impressions"] + told[2]["impressions"],
        told[1]["clicks"] + told[2]["clicks"],
        told[1]["cost_cpm_micros"],
        told[2]["cost_cpc_micros"],
        told[3]["sales"],
        next(row["sales"] for row in rules if row["rule"] == 3),
        told[3]["revenue_micros"],
        told[3]["cost_micros"],
        told[4]["cost_micros"],
    ]
    assert from_the_lake == by_hand(tmp_path)
    assert from_the_lake[:4] == [60, 24, 60_000, 12 * 250_000]
    assert from_the_lake[5] == 8
    assert from_the_lake[8] == 80_000_000_000 < from_the_lake[7]
    assert utfall(data, "check").code == 0


def test_the_picture_has_every_figure_and_loads_nothing() -> None:
    chart = module("chart")
    drawn = chart.Chart(
        "Two < three",
        "words",
        ["a", "b"],
        [chart.Series("x", "free", [1_500_000, 0])],
        [chart.Mark("cap", 2_000_000)],
    )
    text = chart.page("Title", "Lead", [drawn])
    assert "Two &lt; three" in text
    assert "a: x 1.50" in text
    assert "prefers-color-scheme: dark" in text
    assert "http" not in text.replace("http-equiv", "")
