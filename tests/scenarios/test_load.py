"""Loading files: every form, every row a verdict, once in effect however often it is tried."""

import csv
import gzip
import json
import os
import signal
import subprocess
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

from tests.scenarios.running_cli import NORDIC, ago, command, environment, order, utfall, write_rows
from tests.waiting import wait_for
from utfall.edge.rows import Refused
from utfall.events import Conversion, Reason, Refusal, decode
from utfall.journal import StreamReader
from utfall.portal.book import facade
from utfall.workers.load import BATCH_ROWS, identified
from utfall.workers.rowfiles import Numbered, UnreadableFile, row_file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with terms and nothing else."""
    assert utfall(tmp_path / "data", "publish", str(NORDIC)).code == 0
    return tmp_path / "data"


def journaled(data: Path) -> list[Any]:
    """The events of the stream `load`."""
    with StreamReader(data / "journal", "load") as reader:
        return [decode(bytes(event)) for batch in reader.read(0, 1_000_000) for event in batch.events()]


def verdicts(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_row_has_a_verdict_and_refused_rows_are_kept_too(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    rows: list[dict[str, object]] = [
        order("A-1"),
        {"kind": "sneeze"},
        order("A-2", amount="1,5"),
        order("A-3", colour="red"),
    ]
    write_rows(file, rows)
    file.write_text(
        file.read_text(encoding="utf-8") + "[1]\n{broken\n\n" + '{"kind": "click"}\n', encoding="utf-8"
    )
    ran = utfall(data, "load", str(file), "--no-settle", "--json")
    assert ran.code == 1
    assert (ran.json["rows"], ran.json["accepted"], ran.json["refused"]) == (7, 1, 6)
    said = verdicts(tmp_path / "mixed.jsonl.verdicts.jsonl")
    assert [(each["row"], each.get("reason"), each.get("field")) for each in said] == [
        (1, None, None),
        (2, "unknown_kind", "kind"),
        (3, "invalid_field", "amount"),
        (4, "invalid_field", "colour"),
        (5, "malformed", None),
        (6, "malformed", None),
        (8, "missing_field", "link"),
    ]
    kept = journaled(data)
    assert [type(each) for each in kept] == [Conversion, *[Refusal] * 6]
    assert kept[3].reference == "A-3"


def test_csv_of_a_spreadsheet_is_read(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    lines = [
        "kind;advertiser;order;currency;amount;code;time",
        "conversion;1;Ö-1;SEK;12.50;KUNG10;2026-11-01T10:00:00+01:00",
    ]
    file.write_text("\n".join([*lines, "conversion;1;Ö-2;SEK;;;", "a;b;c;d;e;f;g;h;i"]), encoding="utf-8-sig")
    said = tmp_path / "said.csv"
    ran = utfall(data, "load", str(file), "--no-settle", "--verdicts", str(said), "--json")
    assert ran.json["reasons"] == {"malformed": 1, "missing_field": 1}
    with said.open(encoding="utf-8", newline="") as text:
        assert [row["verdict"] for row in csv.DictReader(text)] == ["accepted", "refused", "refused"]
    event = journaled(data)[0]
    assert (event.order, event.lines[0].amount_micros) == ("Ö-1", 12_500_000)
    assert event.occurred_at == 1_793_523_600_000


def test_parquet_keeps_exact_amounts_and_times(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "orders.parquet"
    at = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    rows = [
        {**order("P-1"), "amount": Decimal("0.10"), "occurred_at": at, "lines": None, "price": None},
        {
            **order("P-2"),
            "amount": None,
            "occurred_at": at,
            "lines": [{"amount": "7.00", "sku": "x"}],
            "price": None,
        },
        {**order("P-3"), "amount": Decimal("1.00"), "occurred_at": at, "lines": None, "price": 1.5},
    ]
    parquet.write_table(arrow.Table.from_pylist(rows), file)
    ran = utfall(data, "load", str(file), "--no-settle", "--json")
    assert ran.json["reasons"] == {"invalid_field": 1}
    first, second, _ = journaled(data)
    assert (first.lines[0].amount_micros, first.occurred_at) == (100_000, 1_793_523_600_000)
    assert (second.lines[0].amount_micros, second.lines[0].sku) == (7_000_000, "x")


def test_a_gzipped_file_is_read(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "orders.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps(order("G-1")).encode()))
    assert utfall(data, "load", str(file), "--no-settle").code == 0
    assert [each.order for each in journaled(data)] == ["G-1"]


def test_a_loaded_click_carries_a_token_that_an_order_can_name(data: Path, tmp_path: Path) -> None:
    clicks = write_rows(
        tmp_path / "clicks.jsonl", [{"kind": "click", "link": "fjall-blogg", "time": ago(120)}]
    )
    utfall(data, "load", str(clicks), "--no-settle")
    (said,) = verdicts(tmp_path / "clicks.jsonl.verdicts.jsonl")
    orders = write_rows(tmp_path / "orders.jsonl", [order("T-1", click=said["token"], code=None)])
    assert utfall(data, "load", str(orders)).code == 0
    (receipt,) = utfall(data, "receipt", "show", "T-1", "--json").json
    assert (receipt["body"]["method"], receipt["body"]["touch"]) == ("click", said["id"])


def test_a_file_loaded_twice_counts_once(data: Path, tmp_path: Path) -> None:
    rows = [order(f"B-{number}") for number in range(5)]
    file = write_rows(tmp_path / "orders.jsonl", rows)
    assert utfall(data, "load", str(file), "--no-settle").code == 0
    again = utfall(data, "load", str(file), "--no-settle")
    assert "loaded before" in again.err
    elsewhere = tmp_path / "renamed.jsonl"
    elsewhere.write_bytes(file.read_bytes())
    assert utfall(data, "load", str(elsewhere), "--no-settle").code == 0
    assert len(journaled(data)) == 5
    # Forgetting the progress is no way to be paid twice either: the ids are made of the rows.
    for path in (data / "load").iterdir():
        path.unlink()
    assert utfall(data, "load", str(file)).code == 0
    assert len(journaled(data)) == 10
    (row,) = utfall(data, "report", "--metrics", "sales", "--by", "program", "--json").json["rows"]
    assert row["sales"] == 5


def test_a_load_that_was_killed_goes_on_where_it_stopped(data: Path, tmp_path: Path) -> None:
    count = 4 * BATCH_ROWS
    file = write_rows(tmp_path / "many.jsonl", [order(f"K-{number}") for number in range(count)])
    progress = data / "load"
    killed = subprocess.Popen(
        command(data, "load", str(file), "--no-settle"), env=environment(), stdout=subprocess.DEVNULL
    )
    wait_for(lambda: list(progress.glob("*.json")), killed, pause_s=0.01)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    ran = utfall(data, "load", str(file), "--no-settle")
    assert ran.code == 0
    assert [each.order for each in journaled(data)] == [f"K-{number}" for number in range(count)]
    said = verdicts(tmp_path / "many.jsonl.verdicts.jsonl")
    assert [each["row"] for each in said] == list(range(1, count + 1))


def test_a_batch_that_reached_the_journal_before_the_crash_is_not_appended_again(
    data: Path, tmp_path: Path
) -> None:
    """The moment between the append and the note of it: the note of the first batch is put back."""
    count = 2 * BATCH_ROWS
    file = write_rows(tmp_path / "many.jsonl", [order(f"K-{number}") for number in range(count)])
    assert utfall(data, "load", str(file), "--no-settle").code == 0
    (note,) = (data / "load").glob("*.json")
    whole = json.loads(note.read_text(encoding="utf-8"))
    said = (tmp_path / "many.jsonl.verdicts.jsonl").read_bytes().splitlines(keepends=True)
    first = {"last_row": BATCH_ROWS, "rows": BATCH_ROWS, "accepted": BATCH_ROWS, "stream_end": BATCH_ROWS}
    size = len(b"".join(said[:BATCH_ROWS]))
    note.write_text(
        json.dumps({**whole, **first, "verdict_bytes": size, "finished": False}), encoding="utf-8"
    )
    ran = utfall(data, "load", str(file), "--no-settle")
    assert f"Continued after row {BATCH_ROWS}" in ran.err
    assert len(journaled(data)) == count
    assert (tmp_path / "many.jsonl.verdicts.jsonl").read_bytes() == b"".join(said)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("what.dat", b"x", "name its form"),
        ("empty.csv", b"", "first line must name every column"),
        ("twice.csv", b"a,a\n1,2\n", "named twice"),
        ("torn.csv", b'a,b\n"x,1\n', "unexpected end of data"),
        ("fake.parquet", b"PAR1", "Parquet"),
        ("fake.jsonl.gz", b"no gzip", "gzip"),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_refused_in_words(
    data: Path, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    ran = utfall(data, "load", str(file), "--no-settle")
    assert ran.code == 3
    assert words in ran.err


def test_a_line_that_is_too_long_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    file.write_bytes(b'{"a":"' + b"x" * 3_000_000 + b'"}\n{"b":1}\n')
    rows = [(each.number, each.row) for each in row_file(file).rows()]
    assert rows == [(1, Refused(Reason.TOO_LARGE)), (2, {"b": 1})]


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        row_file(tmp_path / "none.jsonl")
    assert utfall(tmp_path / "data", "load", "none.jsonl").code == 2


def test_the_made_id_depends_on_content_and_number_and_holds_the_time() -> None:
    row: dict[str, object] = {"kind": "click", "time": 1_700_000_000_000}
    ids = {made_id(number, row) for number in (1, 2, 2)}
    assert len(ids) == 2
    assert all(int(each[:12], 16) == 1_700_000_000_000 and each[12] == "7" for each in ids)
    assert made_id(1, {"kind": "click"})[12] == "8"
    assert made_id(1, {"kind": "click", "id": "x"}) == "x"


def made_id(number: int, row: dict[str, object]) -> str:
    found = identified(Numbered(number, row, 0))
    assert isinstance(found, dict)
    return str(found["id"])


def test_history_counts_as_received_when_it_happened(data: Path, tmp_path: Path) -> None:
    """An order of last spring and the objection to it: heard in its time, and refused where it was not."""
    days = 24 * 60
    rows = [
        order("H-1", occurred_at=ago(200 * days)),
        {"kind": "amendment", "advertiser": 1, "order": "H-1", "action": "decline", "reason": "cancelled"},
        order("H-2", occurred_at=ago(200 * days), received_at=ago(10 * days)),
        order("H-3", occurred_at=ago(200 * days), received_at="yesterday"),
    ]
    rows[1]["occurred_at"] = ago(190 * days)
    file = write_rows(tmp_path / "history.jsonl", rows)
    ran = utfall(data, "load", str(file), "--history", "--json")
    assert ran.json["reasons"] == {"invalid_field": 1}
    first, objection, late, _refusal = journaled(data)
    assert (first.received_at, objection.received_at) == (first.occurred_at, objection.occurred_at)
    assert late.received_at - late.occurred_at == 190 * days * 60_000
    book = facade.open_book(data / "book.sqlite3")
    assert facade.conversion(book, 1, "sale", "H-1").status == "declined"
    with pytest.raises(facade.Unknown):  # it was too old when it came
        facade.conversion(book, 1, "sale", "H-2")
