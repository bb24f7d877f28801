"""Decisions through the real journal, settler and book: judged, written once, and read back."""

from pathlib import Path
from typing import Any

import pytest

from tests.portal.market import TwoTenants
from tests.portal.validation.conftest import Shop, shop_of
from utfall.events import Amendment, decode
from utfall.journal import StreamReader, streams, verify
from utfall.portal.access import Forbidden, NotFound, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.site import SiteConfig, site
from utfall.portal.validation import applying, facade, reading
from utfall.portal.validation.contracts import Asked, AskedLine, BatchView, RowState, RowView, State
from utfall.portal.validation.models import Batch
from utfall.workers.replay import ReplaySource, replay
from utfall.workers.settle import SettlerConfig


def rows_of(shop: Shop, batch: BatchView) -> dict[int, RowView]:
    return {row.number: row for row in facade.rows(shop.caller(), batch.id, limit=200).items}


def written() -> list[Amendment]:
    found = []
    for stream in streams(Path(site().journal_dir)):
        if stream.startswith("portal-"):
            with StreamReader(Path(site().journal_dir), stream) as reader:
                for batch in reader.read(0, 100_000):
                    found += [decode(bytes(event)) for event in batch.events()]
    assert all(isinstance(event, Amendment) for event in found)
    return found  # type: ignore[return-value]


def test_good_rows_are_written_and_bad_ones_say_why(shop: Shop) -> None:
    asked = [
        Asked(order=shop.orders["A1"], action="approve"),
        Asked(reference="A2", action="decline", reason="returned"),
        Asked(reference="nobody's", action="approve"),
        Asked(reference="A3", action="decline"),
        Asked(reference="A3", action="decline", reason="fraud"),
        Asked(reference="A4", action="forget"),
        Asked(reference="A1", action="approve"),
        Asked(reference="A5", day="2020-01-01", action="approve"),
        Asked(reference="A5", action="refund", reason="returned", amount="2000"),
        Asked(reference="A5", action="refund", reason="returned", amount="5", currency="NOK"),
        Asked(action="approve"),
    ]
    batch = facade.decide(shop.caller(), asked)
    rows = rows_of(shop, batch)
    assert [rows[number].code for number in range(1, 12)] == [
        *("", "", "unknown_order", "reason_missing", "evidence_missing", "action_unknown", "twice"),
        *("date_differs", "amount_too_large", "currency_differs", "order_missing"),
    ]
    assert all(row.sentence and row.mend for row in rows.values() if row.code)
    assert {event.order: event.action.value for event in written()} == {"A1": "approve", "A2": "decline"}
    assert facade.batch(shop.caller(), batch.id).state is State.WRITTEN
    shop.settle()
    rows = rows_of(shop, batch)
    assert rows[1].state is RowState.ACCEPTED
    assert rows[1].receipt
    assert (shop.status("A1"), shop.status("A2"), shop.status("A3")) == ("approved", "declined", "pending")
    assert facade.batch(shop.caller(), batch.id).state is State.SETTLED


def test_settlement_may_overrule_what_reading_found_good(shop: Shop) -> None:
    caller = shop.caller()
    first = facade.decide(caller, [Asked(order=shop.orders["A1"], action="decline", reason="cancelled")])
    second = facade.decide(caller, [Asked(order=shop.orders["A1"], action="approve")])
    shop.settle()
    assert rows_of(shop, first)[1].state is RowState.ACCEPTED
    row = rows_of(shop, second)[1]
    assert (row.state, row.code) == (RowState.OVERRULED, "already_declined")
    assert row.sentence


def test_lines_are_amended_and_refunded(basket: Shop) -> None:
    caller = basket.caller()
    facade.decide(
        caller,
        [
            Asked(reference="B1", action="amend", lines=(AskedLine(line=2, amount="50"),)),
            Asked(reference="B2", action="refund", reason="returned", lines=(AskedLine(line=1),)),
        ],
    )
    basket.settle()
    assert facade.standing(caller, basket.orders["B1"], 0).amount_micros == 450_000_000
    refunded = facade.standing(caller, basket.orders["B2"], 0)
    assert refunded.amount_micros == 300_000_000
    assert [line.refunded_micros for line in refunded.lines] == [300_000_000, 0, 0]
    again = facade.decide(caller, [Asked(reference="B2", action="amend", amount="100")])
    assert rows_of(basket, again)[1].code == "was_refunded"


def test_an_amount_of_the_whole_is_divided_and_conserved(basket: Shop) -> None:
    facade.decide(basket.caller(), [Asked(reference="B1", action="amend", amount="100.01")])
    (event,) = written()
    assert sum(line.amount_micros for line in event.lines) == 100_010_000
    assert [line.sku for line in event.lines] == ["s300", "s200", "s100"]


def test_the_same_key_writes_nothing_twice(shop: Shop) -> None:
    asked = [Asked(reference="A1", action="refund", reason="returned", amount="10")]
    first = facade.decide(shop.caller(), asked, key="once")
    again = facade.decide(shop.caller(), asked, key="once")
    assert first.id == again.id
    assert len(written()) == 1


@pytest.mark.parametrize("reached_the_journal", [False, True])
def test_a_batch_whose_writer_died_is_written_once(shop: Shop, reached_the_journal: bool) -> None:
    asked = [Asked(reference=one, action="approve") for one in ("A1", "A2")]
    batch = facade.decide(shop.caller(), asked)
    if not reached_the_journal:
        row = Batch.objects.system().get(pk=batch.id)
        facade.close()
        (Path(site().journal_dir) / "portal-0").rename(Path(site().journal_dir) / "Lost")
        assert not facade.is_written(row.stream, row.position, written_id(row))
    Batch.objects.system().filter(pk=batch.id).update(state=State.WRITING.value, written=0)
    applying.write(batch.id)
    assert [event.order for event in written()] == ["A1", "A2"]
    shop.settle()
    assert shop.status("A1") == shop.status("A2") == "approved"


def written_id(row: Batch) -> str:
    assert row.at_ms is not None
    return applying.id_of(row.ident, 1, row.at_ms)


def test_a_batch_is_one_entry_of_the_log(shop: Shop) -> None:
    asked = [Asked(reference=one, action="approve") for one in ("A1", "A2")]
    facade.decide(shop.caller(), asked)
    entries: Any = audit.entries(shop.caller(Role.OWNER)).items
    told = [one for one in entries if one.action == "validation.apply"]
    assert len(told) == 1
    assert told[0].after["approve SEK"]["orders"] == 2


def test_another_side_finds_nothing(own_site: SiteConfig, market: TwoTenants) -> None:
    theirs = shop_of(market.b, ("Z1",))
    mine = market.a.advertiser.caller()
    batch = facade.decide(mine, [Asked(order=theirs.orders["Z1"], action="approve")])
    row = facade.rows(mine, batch.id).items[0]
    assert (row.code, row.reference) == ("unknown_order", "")
    with pytest.raises(NotFound):
        facade.standing(mine, theirs.orders["Z1"], 0)


def test_who_may_not_handle_money_decides_nothing(shop: Shop) -> None:
    with pytest.raises(Forbidden):
        facade.decide(shop.caller(Role.DEVELOPER), [Asked(reference="A1", action="approve")])
    with pytest.raises((Forbidden, NotFound)):
        facade.decide(shop.side.publisher.caller(), [Asked(reference="A1", action="approve")], advertiser=1)


def test_a_preview_writes_nothing_and_is_applied_once(shop: Shop) -> None:
    caller = shop.caller()
    batch = facade.decide(caller, [Asked(reference="A1", action="approve")], apply=False)
    assert batch.state is State.READY
    assert written() == []
    facade.apply(caller, batch.id)
    with pytest.raises(Refused):
        facade.apply(caller, batch.id)
    assert len(written()) == 1


def test_a_replay_of_the_journal_gives_the_same_book(basket: Shop, tmp_path: Path) -> None:
    asked = [
        Asked(reference="B1", action="amend", amount="100"),
        Asked(reference="B2", action="refund", reason="returned", lines=(AskedLine(line=1),)),
    ]
    facade.decide(basket.caller(), asked)
    basket.settle()
    facade.decide(basket.caller(), [Asked(reference="B1", action="decline", reason="cancelled")])
    basket.settle()
    config = SettlerConfig(
        journal_dir=Path(site().journal_dir),
        book_path=Path(site().book_path),
        snapshots_dir=tmp_path / "settled-snapshots",
        keys_dir=Path(site().keys_dir),
    )
    assert replay(ReplaySource.of(config), tmp_path / "again.sqlite3").identical
    assert all(report.problem is None for report in verify(Path(site().journal_dir)))


def test_a_file_that_was_made_safe_for_spreadsheets_is_read_as_it_was_before() -> None:
    """Verdicts are downloaded, mended and sent again."""
    table = "order,action\n'-A1,approve\n'@2,approve\n'42,approve\n"
    assert [one.reference for one in reading.rows_of(table.encode())] == ["-A1", "@2", "'42"]
    lines = b'{"order": "\'-A1", "action": "approve"}'
    assert [one.reference for one in reading.rows_of(lines)] == ["'-A1"], "no spreadsheet was in between"
