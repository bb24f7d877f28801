"""The follower: rows and changes from the receipts of a real book, whatever happens to it meanwhile."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from msgspec.structs import replace

from tests.scenarios.world import DAY, HOUR, MINUTE, WORKED, World
from utfall.engine import OrderStatus
from utfall.events import Action, DeclineReason, Line, LineChange, Outcome
from utfall.portal.book import facade as book
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kept, Kind
from utfall.portal.conversions import projecting
from utfall.portal.conversions.models import Conversion, SubId
from utfall.portal.site import SiteConfig
from utfall.workers.follow import AT_ONCE, catch_up, difference, follow_once

SHOE = Line(amount_micros=100_000_000, category="shoes")


@pytest.fixture
def world(portal: SiteConfig, tmp_path: Path) -> Iterator[World]:
    """A real journal, settler and book beside the portal's own files."""
    made = World(tmp_path, auto_approval_days=30, hold_days=30)
    yield made
    connections[str(made.config.book_path)].close()


def followed(world: World) -> list[str]:
    """Follow all there is; what was said about it."""
    said: list[str] = []
    catch_up(world.config.book_path, said.append)
    with book.reading(world.book):
        assert difference(world.book) == []
    return said


def row(reference: str) -> Conversion:
    return Conversion.objects.system().get(reference=reference)


def told(subject: str = "") -> list[Kept]:
    return [one for one in changes.kept(0, 10_000) if not subject or one.subject == subject]


def test_a_row_says_what_is_known_of_its_order(world: World) -> None:
    click = world.click(sub=("newsletter", "top"), device="phone", country="SE")
    world.now += HOUR
    sale = world.sale("A-1", *WORKED, clicks=[click], code="HEJ", customer_is_new=True, country="NO")
    world.settle(click, sale)
    followed(world)
    found = row("A-1")
    assert (found.advertiser, found.program, found.publisher, found.link) == (1, 7, 3, 11)
    assert (found.status, found.reason, found.method, found.touch_class) == (
        "pending",
        None,
        "click",
        "standard",
    )
    assert (found.amount_micros, found.commission_micros, found.fee_micros) == (
        991_250_000,
        115_260_000,
        23_052_000,
    )
    assert (found.touch_seconds, found.touch_device, found.touch_country) == (3600, "phone", "SE")
    assert (found.country, found.device, found.code, found.customer) == ("NO", "phone", "HEJ", "new")
    assert (found.subs, found.rules, found.lines) == (["newsletter", "top"], [1, 2], 3)
    assert (found.first_receipt, found.receipt, found.receipts) == (1, 1, 1)
    assert found.approve_at == sale.occurred_at + 30 * DAY
    assert list(SubId.objects.system().values_list("value", flat=True)) == ["newsletter", "top"]


def test_the_life_of_an_order_is_told_receipt_by_receipt(world: World) -> None:
    click = world.click()
    world.settle(click, world.sale("A-1", SHOE, clicks=[click]))
    followed(world)
    world.now += 31 * DAY
    world.settle()
    followed(world)
    assert (row("A-1").status, row("A-1").decided_at) == ("approved", world.now)
    decided = world.now
    world.now += DAY
    refund = world.amend("A-1", Action.REFUND, changes=(LineChange(line=0, amount_micros=50_000_000),))
    world.settle(refund)
    world.now += 40 * DAY
    world.settle()
    followed(world)
    found = row("A-1")
    assert (found.status, found.decided_at, found.receipts) == ("payable", decided, 4)
    assert (found.amount_micros, found.refunded_micros, found.commission_micros) == (50_000_000,) * 2 + (
        6_000_000,
    )
    (subject,) = {one.subject for one in told()}
    assert subject == f"conversion:{found.id}"
    assert [one.kind for one in told()] == [
        Kind.CONVERSION_RECORDED,
        Kind.CONVERSION_APPROVED,
        Kind.CONVERSION_REFUNDED,
        Kind.CONVERSION_PAYABLE,
    ]
    numbers = [one.id for one in book.receipts_of_conversion(world.book, found.id)]
    assert [one.receipt for one in told()] == numbers


def test_a_decline_is_told_with_its_reason_and_evidence(world: World) -> None:
    click = world.click()
    world.settle(click, world.sale("A-1", SHOE, clicks=[click]))
    world.now += MINUTE
    why = {"reason": DeclineReason.RETURNED, "evidence": "parcel 17 came back"}
    world.settle(world.amend("A-1", Action.DECLINE, **why))
    followed(world)
    assert (row("A-1").status, row("A-1").reason) == ("declined", "returned")
    last = told()[-1]
    assert last.kind is Kind.CONVERSION_DECLINED
    assert (last.body["because"], last.body["evidence"]) == ("returned", "parcel 17 came back")
    assert last.publisher_body is not None
    assert last.publisher_body["evidence"] == "parcel 17 came back"


def test_what_a_publisher_reads_of_a_change_has_no_amounts_of_the_advertisers(world: World) -> None:
    click = world.click()
    world.settle(click, world.sale("A-1", SHOE, clicks=[click]))
    followed(world)
    (one,) = told()
    assert (one.body["amount_micros"], one.body["fee_micros"]) == (100_000_000, 2_400_000)
    assert one.publisher_body is not None
    assert not {"amount_micros", "fee_micros"} & one.publisher_body.keys()
    assert one.publisher_body["commission_micros"] == 12_000_000


def test_a_change_names_the_click_and_the_sub_ids_that_earned_it(world: World) -> None:
    """To the publisher as well: it is its own click. A code that is not its own it is not told."""
    click = world.click(sub=("newsletter", "top"))
    by_code, by_click = (world.sale(name, SHOE, clicks=[click]) for name in ("A-1", "A-2"))
    world.settle(click, replace(by_code, code="VINTER"), replace(by_click, code="OTHERS"))
    followed(world)
    first, second = (one.publisher_body for one in told())
    assert first is not None
    assert second is not None
    assert (first["method"], first["click_id"], first["code"]) == ("code", None, "VINTER")
    assert (second["click_id"], second["subs"], second["code"]) == (click.id, ["newsletter", "top"], None)
    assert told()[1].body["code"] == "OTHERS"


def test_a_refused_call_concerns_the_advertiser_alone(world: World) -> None:
    click = world.click()
    sale = world.sale("A-1", SHOE, clicks=[click])
    world.settle(click, sale)
    world.now += MINUTE
    world.settle(world.sale("A-1", SHOE, clicks=[click]), world.amend("B-9", Action.APPROVE))
    followed(world)
    refused = [one for one in told() if one.kind is Kind.CONVERSION_REFUSED]
    assert [one.publisher for one in refused] == [None, None]
    assert {one.body["reason"] for one in refused} == {"duplicate_order", "unknown_order"}
    assert (row("A-1").receipts, row("A-1").changed_at) == (2, row("A-1").recorded_at)


def test_an_order_nobody_earned_is_there_with_its_reason(world: World) -> None:
    world.settle(world.sale("A-1", SHOE), world.sale("L-1", outcome=Outcome.LEAD))
    followed(world)
    assert (row("A-1").status, row("A-1").reason, row("A-1").publisher) == ("unpaid", "no_touch", None)
    assert row("L-1").outcome == "lead"


def test_following_again_changes_nothing(world: World) -> None:
    world.settle(*(world.sale(f"A-{n}", SHOE) for n in range(20)))
    followed(world)
    before = changes.latest(), list(Conversion.objects.system().values())
    followed(world)
    assert before == (changes.latest(), list(Conversion.objects.system().values()))


def test_a_projection_made_anew_is_the_same_and_tells_nobody_twice(world: World) -> None:
    click = world.click()
    world.settle(click, *(world.sale(f"A-{n}", SHOE, clicks=[click]) for n in range(20)))
    world.now += 31 * DAY
    world.settle()
    followed(world)
    before = changes.latest(), list(Conversion.objects.system().values())
    projecting.forget_all()
    followed(world)
    assert before == (changes.latest(), list(Conversion.objects.system().values()))


def test_a_book_restored_from_a_backup_is_noticed_and_followed_anew(world: World, tmp_path: Path) -> None:
    """What is settled again the same way is not told again; what is settled otherwise is."""
    backup, path = tmp_path / "backup.sqlite3", world.config.book_path
    world.settle(world.sale("A-1", SHOE))
    _copied(path, backup)
    world.settle(world.sale("A-2", SHOE), world.sale("A-3", SHOE))
    assert followed(world) == []
    assert len(told()) == 3
    _copied(backup, path)
    (said,) = followed(world)
    assert "restored" in said
    assert [one.reference for one in Conversion.objects.system()] == ["A-1"]
    assert len(told()) == 3
    world.settle()
    assert followed(world) == []
    assert Conversion.objects.system().count() == 3
    assert len(told()) == 3


def test_a_row_that_is_not_what_the_book_says_is_found(world: World) -> None:
    world.settle(world.sale("A-1", SHOE))
    followed(world)
    Conversion.objects.system().update(amount_micros=1)
    with book.reading(world.book):
        (found,) = difference(world.book) or []
    assert "unpaid in SEK" in found


def test_nothing_is_compared_before_everything_was_read(world: World) -> None:
    world.settle(world.sale("A-1", SHOE))
    with book.reading(world.book):
        assert difference(world.book) is None


def test_many_receipts_are_read_step_by_step(world: World) -> None:
    world.settle(*(world.sale(f"A-{n}", SHOE) for n in range(AT_ONCE + 5)))
    assert follow_once(world.config.book_path, print).receipts == AT_ONCE
    assert follow_once(world.config.book_path, print).receipts == 5
    followed(world)


def test_without_a_book_it_waits(portal: SiteConfig, tmp_path: Path) -> None:
    assert catch_up(tmp_path / "book.sqlite3", print) == 0


def test_an_order_waits_until_it_is_approved(world: World) -> None:
    click = world.click()
    world.settle(click, world.sale("A-1", SHOE, clicks=[click]))
    followed(world)
    assert row("A-1").status == OrderStatus.PENDING
    assert row("A-1").decided_at is None


def _copied(source: Path, target: Path) -> None:
    """A copy of a book that nobody is writing, in place of another."""
    for path in (source, target):
        connections[str(path)].close() if str(path) in connections.settings else None
    book_of_it = book.open_book(source, migrate=False)
    with connections[book_of_it.alias].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close_book(book_of_it)
    for rest in ("-wal", "-shm"):
        target.with_name(target.name + rest).unlink(missing_ok=True)
    shutil.copyfile(source, target)
