"""A newer table takes the place of the one that comes along, and what is none changes nothing."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from utfall.rates import bundled, find_table, newest_table, unpacked

TABLE = "Date,SEK,NOK\n2031-03-04,11.5,\n2031-03-03,11.4,10.1\n"


def packed(text: str, name: str = "eurofxref-hist.csv") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, text)
    return content.getvalue()


def test_the_newest_day_wins_and_older_days_stay(tmp_path: Path) -> None:
    assert newest_table(tmp_path) is bundled()
    (tmp_path / "eurofxref-hist.zip").write_bytes(packed(TABLE))
    table = newest_table(tmp_path)
    assert (table.newest, table.oldest) == (date(2031, 3, 4), bundled().oldest)
    assert table.rate("SEK", "EUR", date(2031, 3, 5)).currency_micros == 11_500_000
    assert table.rate("NOK", "SEK", date(2026, 11, 1)).turned(1_000_000_000) == 1_064_584_950
    (tmp_path / "eurofxref-hist.csv").write_text(TABLE.replace("2031-03-04", "2031-03-05"))
    assert newest_table(tmp_path).newest == date(2031, 3, 5)


def test_what_is_no_table_or_older_changes_nothing(tmp_path: Path) -> None:
    for text in ("hello", "Date,SEK\n1999-01-04,9.4\n", "Date,SEK\n2031-01-01,abc\n"):
        (tmp_path / "eurofxref-hist.csv").write_text(text)
        assert newest_table(tmp_path) is bundled()


def damaged() -> bytes:
    """An archive whose packed bytes are others."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eurofxref-hist.csv", TABLE * 100)
    return content.getvalue()[:60] + bytes(20) + content.getvalue()[80:]


@pytest.mark.parametrize(
    "content", [packed(TABLE, "other.csv"), b"PK\x03\x04 hello", "Datum: å".encode(), damaged()]
)
def test_what_cannot_be_unpacked_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"table|archive"):
        unpacked(content)


def test_where_a_table_is_from_and_what_was_passed_over_is_said(tmp_path: Path) -> None:
    assert find_table(tmp_path)[1:] == ("", ())
    (tmp_path / "eurofxref-hist.csv").write_text("hello")
    (tmp_path / "eurofxref-hist.zip").write_bytes(packed(TABLE))
    found = find_table(tmp_path)
    assert found.file == "eurofxref-hist.zip"
    assert found.passed_over == (("eurofxref-hist.csv", "a table of rates begins with a column Date"),)
    assert found.table.last("NOK") == (date(2031, 3, 3), 10_100_000)
    assert found.table.last("XXX") is None
