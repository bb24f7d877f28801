"""From events in a journal to entries in the book, with the numbers that docs/algorithms works by hand."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.scenarios.world import DAY, HOUR, MINUTE, NOON, WORKED, World, evidence_of, market
from utfall.engine import ENGINE_VERSION, Manifest, Range, encode_manifest
from utfall.events import Action, DeclineReason, Line, LineChange, Outcome, Source, encode
from utfall.events.limits import AMOUNT_MICROS, LINES
from utfall.journal import CorruptRecord, StreamBusy, StreamWriter
from utfall.money import PPM
from utfall.portal.book import checking, facade, loading
from utfall.portal.book.connection import raw
from utfall.portal.book.facade import Fenced
from utfall.terms import Limit, Measure, Over, Period, Portion
from utfall.workers.invariants import check_all
from utfall.workers.publish import publish
from utfall.workers.replay import ReplaySource, replay
from utfall.workers.settle import Settler, wall_clock
from utfall.workers.whatif import what_if


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def budget(cap_micros: int, over: Over = Over.CLAMP) -> Limit:
    return Limit(
        id=1,
        program=7,
        name="month",
        measure=Measure.COST,
        period=Period.MONTH,
        cap=cap_micros,
        over=over,
        is_budget=True,
        outcome=Outcome.SALE,
    )


def free_clicks(world: World) -> None:
    """Terms without a price for clicks, so that the accounts show orders alone."""
    terms = market()
    rules = tuple(rule for rule in terms.rules if rule.outcome is not Outcome.CLICK)
    publish(msgspec.structs.replace(terms, rules=rules), world.config.snapshots_dir)


def test_the_worked_order_costs_what_the_table_says(world: World) -> None:
    click = world.click(at=NOON - DAY)
    free_clicks(world)
    world.settle(click, world.sale("A-1", *WORKED, clicks=[click]))
    assert world.standing() == {
        "advertiser 1 accrued": 138_312_000,
        "operator 1 fee_pending": -23_052_000,
        "publisher 3 pending": -115_260_000,
    }
    order = facade.conversion(world.book, 1, "sale", "A-1")
    assert (order.status, order.publisher, order.commission_micros, order.fee_micros) == (
        "pending",
        3,
        115_260_000,
        23_052_000,
    )


def test_time_alone_approves_a_commission_and_makes_it_payable(world: World) -> None:
    free_clicks(world)
    click = world.click(at=NOON - DAY)
    world.settle(click, world.sale("A-1", *WORKED, clicks=[click]))
    world.now = NOON + 30 * DAY - 1
    assert world.settle() == 0, "nothing is due yet, so no manifest is written"
    world.now += 1
    assert world.settle() == 1
    assert world.standing() == {
        "advertiser 1 owed": 138_312_000,
        "operator 1 fee": -23_052_000,
        "publisher 3 approved": -115_260_000,
    }
    world.now += 30 * DAY
    assert world.settle() == 1
    assert world.standing() == {
        "advertiser 1 owed": 138_312_000,
        "operator 1 fee": -23_052_000,
        "publisher 3 payable": -115_260_000,
    }
    assert [receipt["kind"] for receipt in world.receipts("A-1")] == ["conversion", "auto_approve", "release"]


def test_a_refund_after_approval_reverses_in_proportion(world: World) -> None:
    """300.00 of line 0: 107.88 × 599 / 899 = 71.88 is left of its commission; fee 15.852."""
    free_clicks(world)
    click = world.click(at=NOON - DAY)
    world.settle(click, world.sale("A-1", *WORKED, clicks=[click]))
    world.now += DAY
    world.settle(world.amend("A-1", Action.APPROVE))
    world.now += DAY
    change = LineChange(line=0, amount_micros=300_000_000)
    world.settle(world.amend("A-1", Action.REFUND, changes=(change,), reason=DeclineReason.RETURNED))
    assert world.standing() == {
        "advertiser 1 owed": 79_260_000 + 15_852_000,
        "operator 1 fee": -15_852_000,
        "publisher 3 approved": -79_260_000,
    }


def test_a_refund_of_all_leaves_nothing_even_when_it_was_payable(world: World) -> None:
    free_clicks(world)
    click = world.click(at=NOON - DAY)
    world.settle(click, world.sale("A-1", *WORKED, clicks=[click]))
    world.now += 60 * DAY
    world.settle()
    world.settle(world.amend("A-1", Action.REFUND))
    assert world.standing() == {}
    assert facade.conversion(world.book, 1, "sale", "A-1").status == "reversed"


def test_a_declined_order_leaves_nothing(world: World) -> None:
    free_clicks(world)
    click = world.click(at=NOON - DAY)
    world.settle(click, world.sale("A-1", *WORKED, clicks=[click]))
    world.settle(world.amend("A-1", Action.DECLINE, reason=DeclineReason.CANCELLED))
    assert world.standing() == {}
    assert facade.conversion(world.book, 1, "sale", "A-1").status == "declined"


def test_clicks_and_impressions_are_posted_as_sums_that_end_their_hold(world: World) -> None:
    """1,000 impressions at 2.00 per thousand, 3 clicks at 0.25, fee 20 %; payable after 30 days."""
    clicks = [world.click(visitor=f"v{number}") for number in range(3)]
    world.settle(*[world.impression() for _ in range(1000)], *clicks)
    assert world.standing() == {
        "advertiser 1 owed": 2_400_000 + 900_000,
        "operator 1 fee": -400_000 - 150_000,
        "publisher 3 approved": -2_000_000 - 750_000,
    }
    world.now = NOON + HOUR + 30 * DAY
    world.settle()
    assert world.standing()["publisher 3 payable"] == -2_750_000


def test_calls_about_one_order_merge_whichever_comes_first(world: World) -> None:
    """The tag knows the click, the server knows the basket; later batches add what earlier ones lacked."""
    free_clicks(world)
    click = world.click(at=NOON - DAY)
    world.settle(click, world.sale("A-1", *WORKED, source=Source.POSTBACK), stream="edge-0")
    assert world.standing() == {}, "nobody is known to have earned it yet"
    world.settle(world.sale("A-1", clicks=[click], source=Source.TAG), stream="edge-1")
    assert world.standing()["publisher 3 pending"] == -115_260_000
    world.settle(world.sale("A-1", *WORKED, clicks=[click], source=Source.POSTBACK))
    assert world.standing()["publisher 3 pending"] == -115_260_000, "the same once more changes nothing"
    assert [one["kind"] for one in world.receipts("A-1")] == ["conversion", "merge", "conversion"]


def test_an_identity_and_sub_ids_are_found_again_in_later_batches(world: World) -> None:
    click = world.click(visitor="visitor-9", sub=("email", "week-44"))
    world.settle(click)
    world.now += HOUR
    world.settle(world.sale("A-1", *WORKED, visitor="visitor-9"))
    assert facade.conversion(world.book, 1, "sale", "A-1").publisher == 3
    assert world.receipts("A-1")[0]["touch"] == click.id


def test_a_duplicate_event_is_settled_once_across_batches(world: World) -> None:
    click = world.click(at=NOON - DAY)
    sale = world.sale("A-1", *WORKED, clicks=[click])
    loaded = world.impression(source=Source.LOAD)
    world.settle(sale, loaded)
    before = world.standing()
    world.settle(sale, loaded, stream="load")
    assert world.standing() == before
    assert world.receipts("A-1")[-1]["reason"] == "duplicate_event"


def test_a_budget_is_filled_to_the_micro_across_batches(tmp_path: Path) -> None:
    """138.312 wanted twice of 200.00: the second order takes the 61.688 that are left, the third nothing."""
    world = World(tmp_path, budget(200_000_000))
    free = [world.click(at=NOON - DAY, visitor=f"v{number}") for number in range(3)]
    world.settle(*free)
    for number, click in enumerate(free):
        world.settle(world.sale(f"A-{number}", *WORKED, clicks=[click]))
    (row,) = facade.budgets(world.book)
    assert (row.cap, row.reserved, row.settled) == (200_000_000, 200_000_000, 0)
    costs = [facade.conversion(world.book, 1, "sale", f"A-{number}") for number in range(3)]
    assert [one.commission_micros + one.fee_micros for one in costs] == [138_312_000, 61_688_000, 0]
    assert costs[2].reason == "budget_exhausted"


def test_an_event_that_names_another_program_than_its_link_counts_for_its_link(tmp_path: Path) -> None:
    """Whatever a sender claims, limits and identities follow the link."""
    limit = Limit(id=1, program=7, name="seen", measure=Measure.COUNT, period=Period.TOTAL, cap=3)
    world = World(tmp_path, limit)
    for number in range(4):
        world.settle(world.click(program=99, publisher=98, advertiser=97, visitor=f"v{number}"))
    (row,) = facade.budgets(world.book)
    assert row.settled == 3
    assert world.standing()["publisher 3 approved"] == -750_000


def test_the_order_of_settlement_is_written_down_first(world: World) -> None:
    """A settler dies after writing a manifest; the next settles that very batch, though more has come."""
    world.append(*[world.click(visitor=f"a{number}") for number in range(3)])
    dying = Settler(world.config, lambda: world.now)
    dying._desk.settle = lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        dying.step()
    dying.close()
    world.append(*[world.click(visitor=f"b{number}") for number in range(5)])
    world.now += MINUTE
    with Settler(world.config, lambda: world.now) as settler:
        first, second = settler.step(), settler.step()
    assert first is not None
    assert second is not None
    assert (first.events, first.now) == (3, NOON)
    assert (second.events, second.now) == (5, NOON + MINUTE)


def test_the_clock_of_settlement_never_goes_back(world: World) -> None:
    world.settle(world.click(visitor="a"))
    world.now -= HOUR
    world.settle(world.click(visitor="b"))
    assert [batch.now for batch in facade.batches(world.book)] == [NOON, NOON]


def test_streams_share_a_batch_fairly(world: World) -> None:
    config = world.config
    world.append(*[world.click(visitor=f"a{number}") for number in range(50)], stream="edge-0")
    world.append(*[world.click(visitor=f"b{number}") for number in range(2)], stream="edge-1")
    world.append(*[world.click(visitor=f"c{number}") for number in range(50)], stream="load")
    world.config = replace(config, batch_events=20)
    with Settler(world.config, lambda: world.now) as settler:
        settler.step()
        assert {stream: place.position for stream, place in settler._desk.places.items()} == {
            "edge-0": 9,
            "edge-1": 2,
            "load": 9,
        }
        settler.settle_all()
        assert settler.waiting == 0
    assert world.standing()["publisher 3 approved"] == -102 * 250_000


def test_how_events_are_cut_into_batches_does_not_change_who_owes_what(tmp_path: Path) -> None:
    def settled(folder: Path, size: int) -> dict[str, int]:
        world = World(folder, budget(500_000_000))
        clicks = [world.click(at=NOON - DAY, visitor=f"v{number}") for number in range(8)]
        world.config = replace(world.config, batch_events=size)
        sales = [world.sale(f"A-{number}", *WORKED, clicks=[click]) for number, click in enumerate(clicks)]
        world.settle(*clicks, *sales, *(world.amend(f"A-{number}", Action.APPROVE) for number in range(4)))
        return world.standing()

    found = [settled(tmp_path / str(size), size) for size in (1, 3, 1000)]
    assert found[0] == found[1] == found[2]
    assert found[0]["advertiser 1 owed"] > 0


def test_a_second_settler_is_turned_away(world: World) -> None:
    with Settler(world.config, wall_clock), pytest.raises(StreamBusy):
        Settler(world.config, wall_clock)


def test_a_settler_that_was_replaced_may_commit_no_more(world: World) -> None:
    world.append(world.click(visitor="a"))
    with Settler(world.config, lambda: world.now) as old:
        facade.acquire(world.book, "another machine")
        with pytest.raises(Fenced, match="another machine"):
            old.step()
    assert world.standing() == {}
    assert world.settle() == 1, "what it wrote down is settled by its successor"
    assert world.standing()["publisher 3 approved"] == -250_000


def test_nothing_is_settled_before_terms_are_published(world: World) -> None:
    (world.config.snapshots_dir / "CURRENT").unlink()
    assert world.settle(world.click()) == 0
    assert facade.progress(world.book).seq == 0


def test_a_record_that_is_no_event_stops_the_settler_and_says_where(world: World) -> None:
    world.append(world.click(visitor="a"), world.click(visitor="b"))
    with StreamWriter(world.config.journal_dir, "edge-0") as writer:
        writer.append([encode(world.click(visitor="c")), b"\xc0"])
    with pytest.raises(CorruptRecord) as found:
        world.settle()
    assert (found.value.stream, found.value.position) == ("edge-0", 3)
    assert facade.progress(world.book).seq == 0


def busy_month(world: World) -> None:
    """A month with a bit of everything, in many batches, under two versions of the terms."""
    clicks = [
        world.click(link=11 + number % 2, visitor=f"v{number}", sub=(f"s{number}",)) for number in range(20)
    ]
    world.settle(*clicks, *(world.impression(link=12) for _ in range(100)))
    for number, click in enumerate(clicks):
        world.now += HOUR
        world.settle(world.sale(f"A-{number}", *WORKED, clicks=[click], customer=f"c{number % 5}"))
        if number == 10:
            publish(market(budget(900_000_000), hold_days=10), world.config.snapshots_dir)
    world.now += DAY
    world.settle(
        world.amend("A-1", Action.APPROVE),
        world.amend("A-2", Action.DECLINE),
        world.amend("A-3", Action.REFUND, amount_micros=100_000_000),
        world.amend("A-4", Action.AMEND, lines=(Line(amount_micros=50_000_000),)),
        world.sale("A-5", code="VINTER", channel="newsletter"),
        stream="console",
    )
    world.now += 80 * DAY
    world.settle()


def test_a_replay_gives_the_same_bytes(world: World, tmp_path: Path) -> None:
    busy_month(world)
    told: list[int] = []
    report = replay(
        ReplaySource.of(world.config), tmp_path / "again" / "book.sqlite3", lambda one: told.append(one.seq)
    )
    assert report.difference is None
    assert report.identical
    assert report.digest == facade.book_digest(world.book)
    assert told == list(range(1, report.batches + 1))
    assert report.events == 145


def test_a_replay_says_when_another_engine_settled_some_of_it(world: World, tmp_path: Path) -> None:
    """As an installation has it that was brought up to date: its first manifests name the engine of then."""
    world.append(world.sale("A-1", *WORKED), world.sale("A-2", *WORKED))
    with StreamWriter(world.config.journal_dir, "settlement") as writer:
        ranges = (Range(stream="edge-0", start=0, end=1),)
        first = Manifest(seq=1, now=NOON, snapshot=world.snapshot, ranges=ranges, engine=ENGINE_VERSION + 1)
        writer.append([encode_manifest(first)])
    assert world.settle() == 2
    source = ReplaySource.of(world.config)
    report = replay(source, tmp_path / "again.sqlite3")
    assert report.identical
    assert report.caution is not None
    assert "1 of 2 batches" in report.caution
    assert f"1 by version {ENGINE_VERSION + 1}" in report.caution
    assert what_if(source, market(), tmp_path / "whatif").caution == report.caution


def test_every_manifest_names_the_engine_that_settled_it(world: World, tmp_path: Path) -> None:
    world.settle(world.sale("A-1", *WORKED))
    (stored,) = facade.batches(world.book)
    assert msgspec.msgpack.decode(stored.manifest)["engine"] == ENGINE_VERSION
    assert replay(ReplaySource.of(world.config), tmp_path / "again.sqlite3").caution is None


@pytest.mark.parametrize("batch_events", [1, 2, 3, 20_000])
@pytest.mark.parametrize(("late_ms", "status"), [(-1, "declined"), (1, "approved")])
def test_a_decline_counts_by_when_it_was_received_however_much_waits(
    world: World, batch_events: int, late_ms: int, status: str
) -> None:
    """The settler stood still for two months; the objection was in the journal, behind others."""
    world.config = replace(world.config, batch_events=batch_events)
    click = world.click(at=NOON - DAY)
    world.settle(click, world.sale("A-1", *WORKED, clicks=[click]))
    due = NOON + 30 * DAY
    world.now = NOON + DAY
    before = [world.sale(f"B-{number}", *WORKED) for number in range(5)]
    world.now = due + late_ms
    world.append(*before, world.amend("A-1", Action.DECLINE, reason=DeclineReason.CANCELLED))
    world.append(*(world.impression(at=NOON + DAY) for _ in range(3)), stream="edge-1")
    world.now = due + 5 * DAY
    world.append(world.sale("B-9", *WORKED))
    world.now = NOON + 59 * DAY
    world.settle()
    assert facade.conversion(world.book, 1, "sale", "A-1").status == status
    clocks = [one.now for one in facade.batches(world.book)]
    assert clocks == sorted(clocks)
    assert clocks[-1] == world.now, "once nothing waits, the clock is the world's"


def test_balances_outgrow_64_bits_and_stay_exact(tmp_path: Path) -> None:
    """Orders of the largest amounts that the door accepts, at 100 % commission and 100 % fee."""
    world = World(tmp_path)
    terms = market()
    everything = msgspec.structs.replace(terms.rules[0], price=Portion(PPM))
    dearest = msgspec.structs.replace(terms.programs[0].versions[0], fee_ppm=PPM)
    program = msgspec.structs.replace(terms.programs[0], versions=(dearest,))
    publish(
        msgspec.structs.replace(terms, rules=(everything,), programs=(program,)), world.config.snapshots_dir
    )
    click = world.click(at=NOON - DAY)
    basket = (Line(amount_micros=AMOUNT_MICROS),) * LINES
    world.settle(click)
    for lot in range(4):
        world.settle(*(world.sale(f"A-{lot}-{number}", *basket, clicks=[click]) for number in range(15)))
    earned = 60 * LINES * AMOUNT_MICROS
    assert earned > 1 << 63
    assert world.standing() == {
        "advertiser 1 accrued": 2 * earned,
        "operator 1 fee_pending": -earned,
        "publisher 3 pending": -earned,
    }
    assert [one.difference_micros for one in facade.trial_balance(world.book)] == [0]
    assert [one.commission_micros for one in facade.earned(world.book)] == [earned]
    world.settle(world.amend("A-0-0", Action.DECLINE))
    assert world.standing()["publisher 3 pending"] == LINES * AMOUNT_MICROS - earned
    config = world.config
    assert check_all(evidence_of(config)) == []
    assert checking.standing_sums(world.book)["SEK"]["cost_micros"] == 2 * (earned - LINES * AMOUNT_MICROS)
    assert replay(ReplaySource.of(config), tmp_path / "again.sqlite3").identical


def test_a_later_touch_under_the_same_id_does_not_take_the_place_of_the_first(world: World) -> None:
    """Whoever knows a click's id cannot make it somebody else's."""
    free_clicks(world)
    click = world.click(11, NOON - DAY, visitor="v1", sub=("email",))
    world.settle(click)
    forged = msgspec.structs.replace(click, link=12, publisher=4, sub=("forged",))
    world.settle(forged, stream="edge-1")
    found = loading.load_clicks(raw(world.book), [click.id])
    assert (found[click.id].publisher, found[click.id].sub) == (3, ("email",))
    (touches,) = loading.load_identities(raw(world.book), [(1, "v1")]).values()
    assert [one.publisher for one in touches] == [3]


def test_a_replay_names_the_first_row_that_differs(world: World, tmp_path: Path) -> None:
    busy_month(world)
    from utfall.portal.book.connection import writing

    with writing(world.book) as connection:
        connection.execute("UPDATE book_conversion SET reason = 'forged' WHERE id = 7")
    report = replay(ReplaySource.of(world.config), tmp_path / "again.sqlite3")
    assert report.difference is not None
    assert report.difference.table == "book_conversion"
    assert report.difference.first is not None
    assert report.difference.first[0] == 7


def test_a_whatif_says_who_would_gain_and_who_would_lose(world: World, tmp_path: Path) -> None:
    """Without the code and at twice the shoe rate: 215.76 + 6.392 + 0.988 instead of 115.26 per order."""
    free_clicks(world)
    first, second = world.click(11, NOON - DAY), world.click(12, NOON - DAY)
    world.settle(
        first,
        second,
        world.sale("A-1", *WORKED, clicks=[first]),
        world.sale("A-2", *WORKED, clicks=[first], code="VINTER"),
    )
    before = facade.book_digest(world.book)
    terms = market()
    shoes = msgspec.structs.replace(terms.rules[1], price=Portion(240_000))
    other = msgspec.structs.replace(terms, codes=(), rules=(terms.rules[0], shoes))
    report = what_if(ReplaySource.of(world.config), other, tmp_path / "whatif")
    assert [(one.publisher, one.before_micros, one.after_micros) for one in report.changes] == [
        (3, 115_260_000, 446_280_000),
        (4, 115_260_000, 0),
    ]
    (total,) = report.totals
    assert (total.currency, total.difference_micros) == ("SEK", 215_760_000)
    assert (report.orders, report.orders_with_another_payer, report.orders_with_another_commission) == (
        2,
        1,
        2,
    )
    assert facade.book_digest(world.book) == before, "the book itself is left alone"
