"""What the facade answers, over a book that a settler filled."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.world import DAY, NOON, WORKED, World
from utfall.engine import StoredTouch, decode_facts
from utfall.engine.repeats import remembered_as
from utfall.portal.book import facade, loading
from utfall.portal.book.connection import raw, writing
from utfall.portal.book.stored import decode_touch, encode_touch, id_of, key_of


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two clicks of one visitor, an order of each publisher, and one that nobody earned."""
    world = World(tmp_path_factory.mktemp("world"))
    first = world.click(11, NOON - DAY, visitor="v1", sub=("a", "", "c"))
    second = world.click(12, NOON - DAY + 1, visitor="v1")
    world.settle(first, second)
    world.settle(
        world.sale("A-1", *WORKED, clicks=[first]),
        world.sale("A-2", *WORKED, clicks=[second]),
        world.sale("A-3", *WORKED),
    )
    return world


def test_progress_says_how_far_and_under_which_clock(world: World) -> None:
    held = facade.progress(world.book)
    assert (held.seq, held.now) == (2, NOON)
    assert {stream: place.position for stream, place in held.places.items()} == {"edge-0": 5}
    assert (held.counters.order, held.counters.receipt) == (3, 5)


def test_the_trial_balance_shows_both_sides_and_their_difference(world: World) -> None:
    (one,) = facade.trial_balance(world.book)
    assert one.currency == "SEK"
    assert one.debits_micros == 2 * 138_312_000 + 2 * 300_000
    assert one.difference_micros == 0


def test_an_order_is_found_by_what_the_advertiser_calls_it(world: World) -> None:
    assert facade.conversion(world.book, 1, "sale", "A-2").publisher == 4
    assert facade.conversion(world.book, 1, "sale", "A-3").reason == "no_touch"
    with pytest.raises(facade.Unknown, match="A-9"):
        facade.conversion(world.book, 1, "sale", "A-9")


def test_an_order_leads_to_its_transactions_entries_and_receipts(world: World) -> None:
    order = facade.conversion(world.book, 1, "sale", "A-1")
    (transaction,) = facade.transactions_of(world.book, order.id)
    entries = facade.entries_of(world.book, transaction.id)
    assert [(one.owner, one.bucket, one.amount_micros) for one in entries] == [
        ("advertiser", "accrued", 138_312_000),
        ("publisher", "pending", -115_260_000),
        ("operator", "fee_pending", -23_052_000),
    ]
    assert facade.receipts_of_transaction(world.book, transaction.id) == facade.receipts_of_conversion(
        world.book, order.id
    )


def test_touches_posted_together_lead_to_their_receipt(world: World) -> None:
    (found,) = facade.receipts_of_transaction(world.book, 1)
    assert (found.kind, found.conversion, found.publisher) == ("touches", None, 3)


def test_receipts_are_found_by_what_they_say(world: World) -> None:
    (found,) = facade.receipts_saying(world.book, "reason", "no_touch")
    assert found.conversion == facade.conversion(world.book, 1, "sale", "A-3").id
    assert facade.receipts_saying(world.book, "event", "nothing") == []


def test_every_account_is_listed_once(world: World) -> None:
    found = facade.balances(world.book)
    assert len({one[:4] for one in found}) == len(found) == 8


def test_the_outbox_is_told_in_order_until_it_is_acknowledged(world: World) -> None:
    told = facade.read_outbox(world.book)
    assert [one.batch for one in told] == [1, 2]
    assert [len(decode_facts(one.body).facts) for one in told] == [0, 9]
    assert [one.batch for one in facade.read_outbox(world.book, after=1)] == [2]
    digest = facade.book_digest(world.book)
    facade.acknowledge(world.book, 1)
    assert facade.untold(world.book) == 1
    assert [one.batch for one in facade.read_outbox(world.book)] == [2]
    assert facade.book_digest(world.book) == digest, "what the lake has taken is no part of history"


def test_a_view_of_the_book_stands_still_while_others_write(world: World) -> None:
    with facade.reading(world.book) as view:
        before = view.execute("SELECT epoch FROM book_fence").fetchone()
        stranger = sqlite3.connect(world.config.book_path, isolation_level=None)
        stranger.execute("UPDATE book_fence SET epoch = epoch + 1")
        stranger.close()
        assert view.execute("SELECT epoch FROM book_fence").fetchone() == before
    assert raw(world.book).execute("SELECT epoch FROM book_fence").fetchone() != before


def test_a_transaction_that_fails_leaves_nothing(world: World) -> None:
    def failing() -> None:
        with writing(world.book) as connection:
            connection.execute("INSERT INTO book_outbox VALUES (99, x'')")
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert [one.batch for one in facade.read_outbox(world.book, after=90)] == []


def test_clicks_and_identities_are_loaded_as_they_were(world: World) -> None:
    connection = raw(world.book)
    touches = loading.load_identities(connection, [(1, "v1"), (1, "v2"), (2, "v1")])
    (found,) = touches.values()
    assert [touch.publisher for touch in found] == [3, 4]
    assert found[0].sub == ("a", "", "c")
    assert loading.load_clicks(connection, [touch.id for touch in found]) == {one.id: one for one in found}


def test_only_the_latest_touches_of_an_identity_compete(tmp_path: Path) -> None:
    world = World(tmp_path)
    count = loading.IDENTITY_TOUCHES + 5
    world.settle(*(world.impression(at=NOON - DAY + number, visitor="v") for number in range(count)))
    (found,) = loading.load_identities(raw(world.book), [(1, "v")]).values()
    assert [touch.at for touch in found] == [NOON - DAY + number for number in range(5, count)]


def test_events_that_were_seen_are_known_again(tmp_path: Path) -> None:
    world = World(tmp_path)
    events = [world.sale(f"A-{number}", *WORKED) for number in range(3)]
    unseen = world.sale("A-9", *WORKED)
    later = world.sale("A-4", *WORKED)
    world.settle(*events, later)
    asked = [remembered_as(event) for event in (*events, unseen, later)]
    assert loading.load_seen(raw(world.book), asked) == {*asked} - {remembered_as(unseen)}


@given(st.one_of(st.text(), st.from_regex(r"[0-9a-fA-F]{32}", fullmatch=True)))
def test_an_id_is_stored_so_that_it_can_be_read_back(identifier: str) -> None:
    assert id_of(key_of(identifier)) == identifier


IDS = st.one_of(
    st.text(alphabet="0aF f", min_size=30, max_size=34),
    st.text(),
    st.from_regex(r"ff[0-9a-f]{30}", fullmatch=True),
)


@given(IDS, IDS)
def test_two_ids_are_never_stored_alike(one: str, other: str) -> None:
    assert (key_of(one) == key_of(other)) == (one == other)


@given(
    st.booleans(),
    st.integers(1, 1 << 40),
    st.none() | st.text(),
    st.lists(st.text(max_size=5), max_size=10),
)
def test_a_touch_is_stored_so_that_it_can_be_read_back(
    is_click: bool, link: int, text: str | None, sub: list[str]
) -> None:
    touch = StoredTouch("0f" * 16, 5, is_click, link, 7, 3, text, text, text, tuple(sub))
    assert decode_touch(key_of(touch.id), touch.at, encode_touch(touch)) == touch
