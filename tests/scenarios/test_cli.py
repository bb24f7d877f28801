"""Every command, called as a process on a real folder: help, nothing, nonsense, the work, for machines."""

import json
import os
import shutil
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner, Result

from tests.scenarios.running_cli import NORDIC, Ran, ago, executed, order, utfall, write_rows
from utfall.cli import SECTIONS
from utfall.cli import command as utfall_command

COMMANDS = [name for section in SECTIONS for name in section.commands]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Nordic terms and a day of orders, settled and shipped. Read it, do not change it."""
    data = tmp_path_factory.mktemp("shop") / "data"
    assert utfall(data, "publish", str(NORDIC)).code == 0
    rows = [
        {"kind": "impression", "link": "fjall-blogg", "time": ago(90)},
        {"kind": "click", "link": "kust-pris", "time": ago(80), "sub1": "top"},
        order("A-1"),
        order("A-2", customer="ada@example.com", consent="granted"),
        order("A-3", code=None),
        order("A-4", currency="NOK"),
        {"kind": "amendment", "advertiser": 1, "order": "A-1", "action": "refund", "amount": "50.00"},
    ]
    file = write_rows(data.parent / "day.jsonl", rows)
    ran = utfall(data, "load", str(file))
    assert ran.code == 0, ran
    assert "7 rows: 7 accepted, 0 refused" in ran.out
    assert "settled 7 events" in ran.out
    return data


@pytest.fixture
def copy(shop: Path, tmp_path: Path) -> Path:
    """The shop, to change."""
    shutil.copytree(shop, tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("words", [["--help"], ["-h"], []], ids=["help", "h", "nothing"])
def test_the_help_lists_every_command_with_examples(tmp_path: Path, words: list[str]) -> None:
    ran = executed(tmp_path, *words)
    assert all(f"  {name} " in ran.out + ran.err for name in COMMANDS)
    assert "Examples:" in ran.out + ran.err
    assert "Exit codes:" in ran.out + ran.err
    assert ran.code in (0, 2)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_and_refuses_nonsense(tmp_path: Path, name: str) -> None:
    """Called in this process: that a command starts as one of its own is seen by all others here."""
    helped = called(tmp_path, name, "--help")
    assert helped.exit_code == 0
    assert f"Usage: utfall {name}" in helped.stdout
    wrong = called(tmp_path, name, "--no-such-option")
    assert wrong.exit_code == 2
    assert "no-such-option" in wrong.stderr.lower() or "Missing" in wrong.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == []


def called(data_dir: Path, *words: str) -> Result:
    """A call that ends before there is anything to do, without our settings."""
    ours = {name: None for name in os.environ if name.startswith("UTFALL_")}
    words = ("--data-dir", str(data_dir), *words)
    return CliRunner().invoke(utfall_command, words, prog_name="utfall", env=ours)


def test_a_mistyped_command_is_told_the_nearest(tmp_path: Path) -> None:
    ran = utfall(tmp_path, "reprot")
    assert ran.code == 2
    assert "Did you mean report?" in ran.err


def test_a_wrong_setting_is_named_with_where_it_came_from(tmp_path: Path) -> None:
    ran = utfall(tmp_path, "doctor", UTFALL_EDGE_PORT="many")
    assert ran.code == 3
    assert "edge_port" in ran.err
    assert "UTFALL_EDGE_PORT" in ran.err


def test_the_version_is_told(tmp_path: Path) -> None:
    assert executed(tmp_path, "--version").out.startswith("utfall ")


@pytest.mark.parametrize("words", [["trial-balance"], ["replay"], ["check"], ["receipt", "show", "A-1"]])
def test_without_a_book_it_is_said_how_to_get_one(tmp_path: Path, words: list[str]) -> None:
    ran = utfall(tmp_path / "data", *words)
    assert ran.code == 3
    assert "no book" in ran.err
    assert ran.out == ""


def test_without_terms_nothing_is_loaded(tmp_path: Path) -> None:
    file = write_rows(tmp_path / "a.jsonl", [order("A-1")])
    ran = utfall(tmp_path / "data", "load", str(file))
    assert ran.code == 3
    assert "utfall publish FILE" in ran.err


def test_publishing_shows_what_changes_and_check_writes_nothing(tmp_path: Path) -> None:
    data, changed = tmp_path / "data", tmp_path / "changed.toml"
    first = utfall(data, "publish", str(NORDIC), "--check", "--json")
    assert first.code == 0
    assert not first.json["published"]
    assert not data.exists()
    assert utfall(data, "publish", str(NORDIC)).code == 0
    assert "in force already" in utfall(data, "publish", str(NORDIC)).out
    changed.write_text(
        NORDIC.read_text(encoding="utf-8").replace('share = "5 %"', 'share = "7 %"'), encoding="utf-8"
    )
    ran = utfall(data, "publish", str(changed), "--json")
    (change,) = ran.json["changes"]
    assert (change["change"], change["what"], change["which"]) == ("changed", "rule", "1001 Every sale")
    assert change["how"] == "price 5 % → 7 %"
    assert (data / "snapshots" / "CURRENT").read_text(encoding="ascii").strip() == ran.json["snapshot"]


def test_an_unsound_program_file_is_refused_with_every_problem(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text('[[program]]\nid = 1\nadvertiser = 9\nname = "x"\ncurrency = "XQX"\n', encoding="utf-8")
    ran = utfall(tmp_path / "data", "publish", str(file))
    assert ran.code == 3
    assert "unknown advertiser 9" in ran.err
    assert "unknown currency XQX" in ran.err
    file.write_text("not toml at all", encoding="utf-8")
    assert utfall(tmp_path / "data", "publish", str(file)).code == 3


def test_the_report_tells_the_same_in_every_form(shop: Path, tmp_path: Path) -> None:
    words = ("report", "--metrics", "sales,revenue,cost", "--by", "program", "--where", "kind=conversion")
    table = utfall(shop, *words)
    assert "Fjällbutiken Sverige" in table.out
    told = utfall(shop, *words, "--json").json
    row = next(row for row in told["rows"] if (row["program"], row["currency"]) == (101, "SEK"))
    assert (row["sales"], row["revenue_micros"]) == (2, 200_000_000)
    file = tmp_path / "report.csv"
    assert utfall(shop, *words, "--format", "csv", "--out", str(file)).code == 0
    assert utfall(shop, *words, "--format", "csv").out == file.read_text(encoding="utf-8")
    columns = tmp_path / "report.parquet"
    assert utfall(shop, *words, "--format", "parquet", "--out", str(columns)).code == 0
    assert row in parquet.read_table(columns).to_pylist()


def test_a_wrong_report_is_a_wrong_call(shop: Path) -> None:
    for words in (
        ["--metrics", "clickz"],
        ["--by", "progam"],
        ["--where", "program"],
        ["--format", "parquet"],
    ):
        ran = utfall(shop, "report", *words)
        assert ran.code == 2, words
        assert "Error" in ran.err
    assert "did you mean clicks" in utfall(shop, "report", "--metrics", "clickz").err
    assert utfall(shop, "report", "--from", "yesterday").code == 2


def test_the_metrics_and_dimensions_are_listed(shop: Path) -> None:
    told = utfall(shop, "report", "--list", "--json").json
    assert "ecpm" in [each["name"] for each in told["metrics"]]
    assert "month" in [each["name"] for each in told["dimensions"]]


def test_a_folder_without_a_lake_reports_nothing(tmp_path: Path) -> None:
    ran = utfall(tmp_path / "data", "report")
    assert ran.code == 0
    assert "Nothing has happened" in ran.out


def test_the_trial_balance_is_zero(shop: Path) -> None:
    told = utfall(shop, "trial-balance", "--json").json
    assert [each["difference_micros"] for each in told["currencies"]] == [0]
    shown = utfall(shop, "trial-balance", "--accounts")
    assert "The book balances." in shown.out
    assert "Kodkungen" in shown.out


def test_receipts_are_shown_to_each_side(shop: Path) -> None:
    first, refund = utfall(shop, "receipt", "show", "A-1", "--json").json
    assert first["body"]["status"] == "pending"
    assert first["side"]["commission_micros"] == 2_000_000
    assert refund["side"]["commission_micros"] == 1_000_000
    publisher = utfall(shop, "receipt", "show", "A-1", "--party", "publisher", "--json").json[0]
    assert "fee_micros" not in publisher["side"]
    shown = utfall(shop, "receipt", "show", "A-1")
    assert "Voucher sites" in shown.out
    assert "2 %" in shown.out


def test_an_unpaid_order_says_why(shop: Path) -> None:
    assert "no_touch" in utfall(shop, "receipt", "show", "A-3").out
    assert "currency_mismatch" in utfall(shop, "receipt", "show", "A-4").out


def test_a_receipt_is_found_by_number_and_by_event(shop: Path) -> None:
    (first, _) = utfall(shop, "receipt", "show", "A-1", "--json").json
    number = str(first["body"]["receipt"])
    assert utfall(shop, "receipt", "show", number, "--json").json == [first]
    assert first in utfall(shop, "receipt", "show", first["body"]["event"], "--json").json
    missing = utfall(shop, "receipt", "show", "NOBODYS")
    assert (missing.code, "NOBODYS" in missing.err) == (3, True)


def test_a_receipt_is_verified_offline_and_an_altered_one_is_not(shop: Path, tmp_path: Path) -> None:
    file, key = tmp_path / "receipt.json", shop / "keys" / "receipts.pub"
    assert utfall(shop, "receipt", "export", "2", "--party", "publisher", "--out", str(file)).code == 0
    nowhere = tmp_path / "nowhere"
    held = utfall(nowhere, "receipt", "verify", str(file), "--key", str(key), "--json")
    assert (held.code, held.json) == (0, {"holds": True, "findings": []})
    document = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**document, "body": document["body"].replace("A-", "B-")}), encoding="utf-8")
    altered = utfall(nowhere, "receipt", "verify", str(file), "--key", str(key))
    assert altered.code == 1
    assert "signature" in altered.out
    file.write_text("{", encoding="utf-8")
    assert utfall(nowhere, "receipt", "verify", str(file), "--key", str(key)).code == 3
    assert not nowhere.exists()


def test_the_book_is_rebuilt_to_the_byte(shop: Path, tmp_path: Path) -> None:
    into = tmp_path / "again.sqlite3"
    told = utfall(shop, "replay", "--json", "--into", str(into)).json
    assert told["identical"]
    assert told["events"] == 7
    assert into.exists()
    assert utfall(shop, "replay", "--into", str(into)).code == 3
    assert "identical" in utfall(shop, "replay").out
    assert not list(shop.glob("rebuilt-*"))


def test_whatif_says_who_gains(shop: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.toml"
    text = NORDIC.read_text(encoding="utf-8").replace('share = "2 %"', 'share = "3 %"')
    changed.write_text(text, encoding="utf-8")
    told = utfall(shop, "whatif", str(changed), "--json").json
    gained = {each["publisher"]: each["difference_micros"] for each in told["publishers"]}
    assert gained[14] == 1_500_000
    assert told["orders_with_another_commission"] == 2
    assert "+1.50 SEK" in utfall(shop, "whatif", str(changed)).out
    current = (shop / "snapshots" / "CURRENT").read_text(encoding="ascii").strip()
    assert current != told["snapshot"]


def test_every_invariant_holds_and_a_changed_lake_is_found(shop: Path, copy: Path) -> None:
    told = utfall(shop, "check", "--json")
    assert told.code == 0
    assert told.json["holds"]
    assert all(each["holds"] and not each["note"] for each in told.json["checks"])
    assert utfall(shop, "check", "--quiet").out == ""
    for path in (copy / "lake" / "facts").rglob("*.parquet"):
        table = parquet.read_table(path)
        parquet.write_table(table.slice(0, table.num_rows - 1), path)
    ran = utfall(copy, "check")
    assert ran.code == 1
    assert "FAILS  the lake equals the book" in ran.out


def test_the_doctor_looks_at_everything(shop: Path, free_port: int) -> None:
    told = utfall(shop, "doctor", "--json", UTFALL_EDGE_PORT=str(free_port))
    assert told.code == 0, told.out
    looked_at = {each["what"] for each in told.json}
    assert {
        "python",
        "sqlite",
        "disk space",
        "fsync",
        "terms",
        "stream load",
        "settlement",
        "clock",
        "edge port",
        "portal port",
    } <= looked_at


def test_the_doctor_finds_a_key_that_others_can_read(copy: Path, free_port: int) -> None:
    (copy / "keys").chmod(0o755)
    ran = utfall(copy, "doctor", UTFALL_EDGE_PORT=str(free_port))
    assert ran.code == 1
    assert "others may read keys" in ran.out


def test_keys_are_rotated_and_listed_without_secrets(copy: Path) -> None:
    assert utfall(copy, "keys", "rotate", "--json").json == {"newest": 1, "keys": 2}
    listed = utfall(copy, "keys", "list", "--json").json
    assert [set(each) for each in listed["click"]] == [{"id", "created_at"}] * 2
    digest = utfall(copy, "keys", "digest", "--key", "demo-fjallbutiken").out.strip()
    assert digest in NORDIC.read_text(encoding="utf-8")


def test_erasing_a_customer_leaves_journal_book_and_replay_as_they_were(copy: Path) -> None:
    before = utfall(copy, "replay", "--json").json["digest"]
    erased = utfall(copy, "erase", "--advertiser", "1", "--customer", "ada@example.com", "--yes", "--json")
    assert (erased.code, erased.json) == (0, {"erased": True})
    again = utfall(copy, "erase", "--advertiser", "1", "--customer", "Ada@Example.com", "--yes")
    assert again.code == 1
    assert utfall(copy, "replay", "--json").json == {
        **utfall(copy, "replay", "--json").json,
        "identical": True,
        "digest": before,
    }
    refused = utfall(copy, "erase", "--advertiser", "1", "--customer", " ", "--yes")
    assert refused.code == 2


def test_erasing_asks_first(copy: Path) -> None:
    ran: Ran = utfall(copy, "erase", "--advertiser", "1", "--customer", "ada@example.com")
    assert ran.code == 1
    assert "Abort" in ran.err
    assert utfall(copy, "erase", "--advertiser", "1", "--customer", "ada@example.com", "--yes").code == 0


def test_settling_once_when_nothing_waits_does_nothing(copy: Path) -> None:
    assert "settled 0 events in 0 batches" in utfall(copy, "settle", "--once").out
