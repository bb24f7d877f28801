"""What stands in a file: names, amounts to the öre, nothing that a spreadsheet would run."""

import csv
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest

from tests.portal.market import TwoTenants
from utfall.portal.access import NotFound, Refused
from utfall.portal.reports import facade, files
from utfall.portal.reports.contracts import Form, Rhythm, ScheduleDraft, Unit
from utfall.portal.reports.models import ReportFile, Schedule
from utfall.portal.reports.sending import following
from utfall.portal.reports.spreadsheet import write_xlsx
from utfall.portal.reports.tasks import forget_expired, send_due
from utfall.portal.reports.wanted import Wanted
from utfall.portal.work.running import do_next

WANTED = Wanted(metrics=("clicks", "revenue"), by=("day",))


def test_a_csv_file_has_amounts_in_their_own_unit(busy: TwoTenants, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    assert files.write(busy.a.advertiser.caller(), WANTED, Form.CSV, path, "x") == 3
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Day", "Currency", "Clicks", "Revenue"]
    assert {tuple(row[1:]) for row in rows[1:]} == {("SEK", "2", "100")}


def test_a_parquet_file_keeps_whole_micros(busy: TwoTenants, tmp_path: Path) -> None:
    path = tmp_path / "report.parquet"
    files.write(busy.a.advertiser.caller(), WANTED, Form.PARQUET, path, "x")
    assert pq.read_table(path)["revenue_micros"].to_pylist() == [100_000_000] * 3


def test_a_workbook_is_well_formed_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_xlsx(path, "a/b", ["=1+1", "<n>"], [None, Unit.COUNT], [["=cmd()", 7], [None, None]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    assert sheet.findall(".//s:f", space) == []
    assert [one.text for one in sheet.findall(".//s:t", space)] == ["=1+1", "<n>", "=cmd()"]
    assert [one.text for one in sheet.findall(".//s:v", space)] == ["7"]


def test_an_expired_file_is_refused_and_removed(busy: TwoTenants) -> None:
    caller = busy.a.advertiser.caller()
    made = facade.export(caller, WANTED, Form.CSV)
    with pytest.raises(Refused) as refused:
        facade.fetch(caller, made.id)
    assert refused.value.problems[0].code == "file_not_ready"
    while do_next():
        pass
    _view, path = facade.fetch(caller, made.id)
    ReportFile.objects.system().update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(Refused) as refused:
        facade.fetch(caller, made.id)
    assert refused.value.problems[0].code == "file_expired"
    assert forget_expired() == 1
    assert not path.exists()


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (ScheduleDraft(rhythm=Rhythm.DAILY, hour=7), "2026-03-28T06:00"),
        (ScheduleDraft(rhythm=Rhythm.DAILY, hour=5), "2026-03-29T03:00"),
        (ScheduleDraft(rhythm=Rhythm.WEEKLY, weekday=0, hour=7), "2026-03-30T05:00"),
        (ScheduleDraft(rhythm=Rhythm.MONTHLY, day=31, hour=0), "2026-03-30T22:00"),
    ],
)
def test_the_next_time_follows_the_clock_of_the_zone(draft: ScheduleDraft, expected: str) -> None:
    now = datetime(2026, 3, 28, 5, 0, tzinfo=UTC)  # a Saturday; the clocks go forward the night after
    assert following(draft, "Europe/Stockholm", now).isoformat()[:16] == expected


def test_a_letter_has_the_table_and_goes_only_to_who_is_still_a_member(busy: TwoTenants) -> None:
    from utfall.portal.people.models import Membership
    from utfall.portal.post.models import Letter

    caller = busy.a.advertiser.caller()
    kept = facade.save(caller, "Mornings", WANTED)
    facade.schedule(caller, kept.id, ScheduleDraft(rhythm=Rhythm.DAILY, zone="UTC"))
    due = datetime.now(UTC) + timedelta(days=2)
    assert send_due(due) == 1
    letter = Letter.objects.system().latest("pk")
    assert "Mornings" in letter.subject
    assert "100" in letter.text
    assert "<table" in letter.html
    (file,) = facade.files(caller).items
    assert f"/reports/files/{file.id}/fetch/" in letter.html
    assert "3 rows, until" in letter.text
    _view, path = facade.fetch(caller, file.id)
    assert len(path.read_text("utf-8-sig").splitlines()) == 4, "it is there when the letter comes"
    with pytest.raises(NotFound):
        facade.fetch(busy.a.agency.caller(), file.id)
    assert send_due(due) == 0
    Membership.objects.system().filter(user=caller.user).delete()
    assert send_due(due + timedelta(days=2)) == 0
    assert not Schedule.objects.system().exists()
