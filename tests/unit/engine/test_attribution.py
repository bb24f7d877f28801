"""Who is paid for an order: every question a candidate meets, and every way to leave."""

from typing import Any

import msgspec
import pytest

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import DAY, HOUR, MARKET, NOON, click, impression, order, snapshot, varied
from utfall.engine.attribution import ELIMINATIONS, Elimination
from utfall.events import AnyEvent, Conversion, Source
from utfall.terms import Snapshot

MINUTE = 60_000


def candidates(ledger: Ledger, party: str = "advertiser_side") -> list[dict[str, Any]]:
    """The candidates of the last receipt."""
    side = getattr(ledger.decisions[-1].receipts[-1], party)
    found: list[dict[str, Any]] = msgspec.json.decode(side)["candidates"]
    return found


def fates(bought: Conversion, *touches: AnyEvent, terms: Snapshot | None = None) -> dict[str, str | None]:
    """What eliminated each candidate of an order."""
    ledger = Ledger(terms or snapshot())
    if touches:
        ledger.settle(*touches, now=NOON)
    ledger.settle(bought, now=max(bought.received_at, NOON))
    return {one["id"]: one["elimination"] for one in candidates(ledger)}


def fate(bought: Conversion, *touches: AnyEvent, terms: Snapshot | None = None) -> str | None:
    (only,) = fates(bought, *touches, terms=terms).values()
    return only


def test_every_elimination_has_a_sentence() -> None:
    assert list(ELIMINATIONS) == list(Elimination)
    assert all(sentence.endswith(".") for sentence in ELIMINATIONS.values())


def test_a_token_needs_no_stored_click() -> None:
    assert fate(order("A-1", NOON, click())) is None


def test_a_token_of_a_link_that_is_gone_is_eliminated_as_unknown_link() -> None:
    assert fate(order("A-1", NOON, click(link=9999))) == "unknown_link"


def test_a_token_of_a_program_that_is_gone_is_eliminated_as_unknown_link() -> None:
    assert fate(order("A-1", NOON, click(program=999))) == "unknown_link"


SECOND = """
[[program]]
id = 101
advertiser = 1
name = "Norway"
currency = "NOK"

    [[program.rule]]
    id = 20
    outcome = "sale"
    share = "5 %"

[[enrolment]]
program = 101
publisher = 10

[[link]]
id = 2000
key = "norway"
program = 101
publisher = 10
destination = "https://shop.example/no"

[[code]]
code = "Summer"
program = 101
publisher = 10
"""


def test_a_click_of_another_program_than_the_order_names_is_other_program() -> None:
    terms = snapshot(MARKET + SECOND)
    foreign = click(link=2000, program=101)
    assert fate(order("A-1", NOON, foreign, program=100), terms=terms) == "other_program"
    assert fate(order("A-1", NOON, foreign, program=101, currency="NOK"), terms=terms) is None


def test_a_click_of_another_advertiser_is_other_program() -> None:
    theirs = SECOND.replace("advertiser = 1", "advertiser = 2") + '\n[[advertiser]]\nid = 2\nname = "B"\n'
    assert fate(order("A-1", NOON, click(link=2000, program=101)), terms=snapshot(MARKET + theirs)) == (
        "other_program"
    )


def test_a_code_is_looked_up_in_the_program_that_the_order_names() -> None:
    twins = snapshot(MARKET + SECOND.replace("NOK", "SEK"))
    assert fates(order(code="summer", program=100), terms=twins) == {
        "code:100:SUMMER": None,
        "code:101:SUMMER": "other_program",
    }


def test_a_code_of_two_programs_is_that_of_the_orders_currency() -> None:
    twins = snapshot(MARKET + SECOND)
    assert fates(order(code="summer", currency="NOK"), terms=twins) == {"code:101:SUMMER": None}
    assert fates(order(code="summer", currency="SEK"), terms=twins) == {"code:100:SUMMER": None}


def test_an_order_while_the_program_is_paused_eliminates_by_program_not_active() -> None:
    paused = 'fee = "20 %"\n\n    [[program.terms]]\n    from = 2026-06-10T11:30:00\n    status = "paused"'
    assert fate(order("A-1", NOON, click()), terms=varied('fee = "20 %"', paused)) == "program_not_active"


def test_a_click_after_the_order_is_after_order() -> None:
    assert fate(order("A-1", NOON, click(at=NOON))) is None
    assert fate(order("A-1", NOON, click(at=NOON + 1))) == "after_order"


def test_a_coupon_click_during_checkout_is_after_checkout_and_takes_nothing() -> None:
    hijack = click(at=NOON - 5 * MINUTE, link=1001)
    bought = order("A-1", NOON, click(), hijack, checkout_at=NOON - 10 * MINUTE)
    assert fates(bought)[hijack.id] == "after_checkout"
    assert fate(order("A-1", NOON, hijack, checkout_at=NOON - 5 * MINUTE)) == "after_checkout"
    assert fate(order("A-1", NOON, hijack, checkout_at=NOON - 5 * MINUTE + 1)) is None


def test_a_publisher_who_left_before_the_click_is_not_enrolled() -> None:
    ended = "program = 100\npublisher = 10\nuntil = 2026-06-10"
    terms = varied("program = 100\npublisher = 10", ended)
    assert fate(order("A-1", NOON, click()), terms=terms) == "not_enrolled"
    assert fate(order("A-1", NOON, click(at=NOON - DAY)), terms=terms) is None


def test_a_click_after_its_link_ended_is_link_expired() -> None:
    terms = varied('key = "blog"', 'key = "blog"\nuntil = 2026-06-10')
    assert fate(order("A-1", NOON, click()), terms=terms) == "link_expired"


def test_a_program_without_codes_eliminates_them_as_method_not_used() -> None:
    terms = varied('fee = "20 %"', 'fee = "20 %"\n    attribution = ["click", "view"]')
    assert fate(order(code="SUMMER"), terms=terms) == "method_not_used"


@pytest.mark.parametrize(
    ("policy", "code", "clicked", "viewed"),
    [
        ("any", None, "lost_to_method", "lost_to_method"),
        ("click", None, "lost_to_method", "channel_policy"),
        ("view", "channel_policy", "channel_policy", None),
        ("none", "channel_policy", "channel_policy", "channel_policy"),
    ],
)
def test_the_channel_policy_allows_only_its_methods(
    policy: str, code: str | None, clicked: str | None, viewed: str | None
) -> None:
    terms = varied('fee = "20 %"', f'fee = "20 %"\n    channels = {{ direct = "{policy}" }}')
    seen, touch = impression(visitor="v"), click()
    found = fates(order("A-1", NOON, touch, visitor="v", code="SUMMER", channel="direct"), seen, terms=terms)
    assert found == {"code:100:SUMMER": code, touch.id: clicked, seen.id: viewed}


@pytest.mark.parametrize(
    ("link", "window"),
    [(1000, 30 * DAY), (1001, 30 * DAY), (1002, 7 * DAY)],
    ids=["standard", "incentive", "soft"],
)
def test_a_click_older_than_the_window_of_its_class_is_outside_window(link: int, window: int) -> None:
    assert fate(order("A-1", NOON, click(at=NOON - window, link=link))) == "outside_window"
    assert fate(order("A-1", NOON, click(at=NOON - window + 1, link=link))) is None


def test_a_view_older_than_a_day_is_outside_window() -> None:
    assert fate(order(visitor="v"), impression(at=NOON - DAY, visitor="v")) == "outside_window"
    assert fate(order(visitor="v"), impression(at=NOON - DAY + 1, visitor="v")) is None


def test_the_code_beats_a_later_click_which_is_lost_to_method() -> None:
    touch = click(at=NOON)
    assert fates(order("A-1", NOON, touch, code="summer")) == {
        touch.id: "lost_to_method",
        "code:100:SUMMER": None,
    }


def test_the_click_beats_the_code_where_the_program_says_so() -> None:
    terms = varied('fee = "20 %"', 'fee = "20 %"\n    attribution = ["click", "code", "view"]')
    touch = click()
    found = fates(order("A-1", NOON, touch, code="summer"), terms=terms)
    assert found == {touch.id: None, "code:100:SUMMER": "lost_to_method"}


def test_a_later_soft_click_is_lost_to_class() -> None:
    standard, soft = click(at=NOON - DAY), click(link=1002)
    assert fates(order("A-1", NOON, standard, soft)) == {standard.id: None, soft.id: "lost_to_class"}


def test_an_earlier_click_of_the_same_rank_is_lost_to_later() -> None:
    standard, incentive = click(at=NOON - DAY), click(link=1001)
    assert fates(order("A-1", NOON, standard, incentive)) == {
        standard.id: "lost_to_later",
        incentive.id: None,
    }


def test_of_two_clicks_in_the_same_millisecond_the_greater_id_wins() -> None:
    first, second = click(), click()
    assert first.id < second.id
    for bought in (order("A-1", NOON, first, second), order("A-1", NOON, second, first)):
        assert fates(bought) == {first.id: "lost_to_later", second.id: None}


def test_a_touch_learnt_of_after_the_award_finds_it_written_once() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(order("A-1", NOON, first := click(at=NOON - DAY)))
    ledger.settle(order("A-1", NOON, better := click(at=NOON - 1), country="SE"))
    found = {one["id"]: one["elimination"] for one in candidates(ledger)}
    assert found == {first.id: None, better.id: "written_once"}
    assert (ledger.order().touch, ledger.balance("publisher", 10, "pending")) == (first.id, -8_000_000)


def test_a_visitor_is_known_again_without_a_token() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(touch := click(visitor="v", device="phone", country="SE", sub=("mail",)))
    ledger.settle(order(visitor="v"))
    held = ledger.order()
    assert (held.touch, held.touch_device, held.touch_country, held.sub) == (
        touch.id,
        "phone",
        "SE",
        ("mail",),
    )


def test_a_visitor_of_another_advertiser_is_a_stranger() -> None:
    text = (
        MARKET + '\n[[advertiser]]\nid = 2\nname = "B"\n' + SECOND.replace("advertiser = 1", "advertiser = 2")
    )
    ledger = Ledger(snapshot(text))
    ledger.settle(click(visitor="v"))
    ledger.settle(order(visitor="v", advertiser=2, currency="NOK"))
    assert candidates(ledger) == []


def test_a_stored_click_and_its_token_are_one_candidate_with_its_sub_ids() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(touch := click(visitor="v", sub=("a", "b")))
    ledger.settle(order("A-1", NOON, touch, visitor="v"))
    assert len(candidates(ledger)) == 1
    assert ledger.order().sub == ("a", "b")


def test_a_click_sent_under_the_id_of_another_takes_nothing_from_it() -> None:
    """The token is signed; a stored click is whatever somebody sent."""
    ledger = Ledger(snapshot())
    mine = click(link=1000)
    stolen = msgspec.structs.replace(click(link=1001, sub=("x",)), id=mine.id, source=Source.API)
    ledger.settle(mine, stolen)
    ledger.settle(order("A-1", NOON, mine))
    held = ledger.order()
    assert (held.publisher, held.link, held.sub) == (10, 1000, ())


def test_an_impression_sent_under_the_id_of_a_click_does_not_stand_for_it() -> None:
    ledger = Ledger(snapshot())
    mine = click()
    shown = msgspec.structs.replace(impression(visitor="v"), id=mine.id, source=Source.API)
    ledger.settle(shown, order("A-1", NOON, mine))
    assert ledger.order().method == "click"


def test_a_refused_click_is_no_candidate_by_identity() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(click(visitor="v", robot="crawler"))
    ledger.settle(order(visitor="v"))
    assert ledger.order().reason == "no_touch"


def test_a_publisher_sees_of_another_only_the_class_the_time_and_the_fate() -> None:
    ledger = Ledger(snapshot())
    mine, other = click(), click(at=NOON - 2 * HOUR, link=1001)
    ledger.settle(order("A-1", NOON, mine, other))
    theirs, own = candidates(ledger, "publisher_side")
    assert theirs == {
        "method": "click",
        "class": "incentive",
        "at": other.occurred_at,
        "elimination": "lost_to_later",
    }
    assert own["publisher"] == 10


def test_the_window_ends_do_not_depend_on_what_is_settled_together() -> None:
    touch = click(visitor="v")
    together, apart = Ledger(snapshot()), Ledger(snapshot())
    bought = order(visitor="v")
    together.settle(touch, bought)
    apart.settle(touch)
    apart.settle(bought)
    assert together.standing() == apart.standing()
