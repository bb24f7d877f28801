"""Impressions, viewables, video and clicks: which are billed, at which price, and which are only kept."""

import msgspec
import pytest

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import (
    DAY,
    HOUR,
    NOON,
    click,
    impression,
    order,
    snapshot,
    varied,
    video,
    viewable,
)
from utfall.engine import Policy, TrafficPolicy
from utfall.events import AnyEvent, Source
from utfall.terms import Snapshot

MINUTE = 60_000
CLICK = 3_000_000
"""What a click costs in the small market: 2.50 SEK and 20 % of it."""


def verdict(event: AnyEvent, terms: Snapshot | None = None) -> str | None:
    ledger = Ledger(terms or snapshot())
    ledger.settle(event, now=max(event.received_at, NOON))
    if ledger.verdict(event) is not None:
        assert ledger.standing() == {}, "what is refused moves no money"
    return ledger.verdict(event)


def test_a_click_is_owed_approved_and_fee_at_once() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(click(), click(at=NOON))
    assert ledger.standing() == {
        "advertiser 1 owed": 2 * CLICK,
        "operator 1 fee": -1_000_000,
        "publisher 10 approved": -5_000_000,
    }


def test_a_click_on_an_unknown_link_is_refused_as_unknown_link() -> None:
    assert verdict(click(link=9999)) == "unknown_link"


def test_a_click_before_the_first_version_finds_program_not_active() -> None:
    terms = varied('fee = "20 %"', 'fee = "20 %"\n    from = 2026-06-10')
    assert verdict(click(at=NOON - DAY), terms) == "program_not_active"
    assert verdict(click(), terms) is None


@pytest.mark.parametrize("status", ["draft", "in_review", "closed"])
def test_a_program_that_is_not_live_is_program_not_active(status: str) -> None:
    assert verdict(click(), varied('fee = "20 %"', f'status = "{status}"')) == "program_not_active"


def test_a_click_while_the_program_is_paused_is_program_paused() -> None:
    paused = '''fee = "20 %"

    [[program.terms]]
    from = 2026-06-10T10:00:00
    status = "paused"

    [[program.terms]]
    from = 2026-06-10T11:30:00
    fee = "20 %"'''
    terms = varied('fee = "20 %"', paused)
    assert verdict(click(at=NOON - HOUR), terms) == "program_paused"
    assert verdict(click(at=NOON - HOUR // 2), terms) is None
    assert verdict(click(at=NOON - 2 * HOUR - 1), terms) is None


def test_a_click_outside_the_links_interval_is_link_expired() -> None:
    terms = varied('key = "blog"', 'key = "blog"\nfrom = 2026-06-10T11:00:00\nuntil = 2026-06-10T11:07:00')
    assert verdict(click(at=NOON - HOUR - 1), terms) == "link_expired"
    assert verdict(click(at=NOON - HOUR), terms) is None
    assert verdict(click(at=NOON - HOUR + 7 * MINUTE), terms) == "link_expired"


def test_an_interval_that_ends_within_a_quarter_of_an_hour_ends_there_for_every_click() -> None:
    terms = varied('key = "blog"', 'key = "blog"\nuntil = 2026-06-10T11:07:00')
    ledger = Ledger(terms)
    early, late = click(at=NOON - HOUR + 6 * MINUTE), click(at=NOON - HOUR + 8 * MINUTE)
    ledger.settle(early, late, click(at=NOON - HOUR + 5 * MINUTE))
    assert (ledger.verdict(early), ledger.verdict(late)) == (None, "link_expired")
    assert ledger.balance("advertiser", 1, "owed") == 2 * CLICK


def test_a_click_for_a_publisher_outside_the_program_is_not_enrolled() -> None:
    ended = "program = 100\npublisher = 10\nuntil = 2026-06-01"
    assert verdict(click(), varied("program = 100\npublisher = 10", ended)) == "not_enrolled"


def test_a_touch_older_than_the_program_accepts_is_too_old() -> None:
    old = click(received_at=NOON - HOUR + 90 * DAY)
    assert verdict(old) is None
    assert verdict(msgspec.structs.replace(old, received_at=old.received_at + 1)) == "too_old"


def test_a_touch_from_the_future_is_refused_beyond_the_tolerance() -> None:
    ahead = click(received_at=NOON - HOUR - 300_000)
    assert verdict(ahead) is None
    further = msgspec.structs.replace(ahead, received_at=ahead.received_at - 1)
    assert verdict(further) == "from_the_future"


def test_a_loaded_touch_sent_twice_is_a_duplicate_event() -> None:
    ledger = Ledger(snapshot())
    first = impression(source=Source.LOAD)
    ledger.settle(first, first)
    assert ledger.verdict(first) == "duplicate_event"
    ledger.settle(first)
    assert ledger.verdict(first) == "duplicate_event"
    assert [verdict.reason for verdict in ledger.verdicts[first.id]] == [None, *["duplicate_event"] * 2]


def test_robot_click_is_kept_and_not_billed() -> None:
    assert verdict(click(robot="crawler")) == "robot"


def test_a_robot_does_not_make_a_persons_click_a_repeated_one() -> None:
    ledger = Ledger(snapshot())
    person = click(at=NOON, visitor="v")
    ledger.settle(click(robot="crawler", visitor="v"), person)
    assert ledger.verdict(person) is None


def test_repeated_click_of_one_visitor_within_the_hour_is_not_billed() -> None:
    ledger = Ledger(snapshot())
    first, again = click(visitor="v"), click(at=NOON - 1, visitor="v")
    elsewhere, later = click(link=1001, at=NOON - 1, visitor="v"), click(at=NOON, visitor="v")
    ledger.settle(first, again, elsewhere)
    ledger.settle(later)
    verdicts = [ledger.verdict(one) for one in (first, again, elsewhere, later)]
    assert verdicts == [None, "repeated_click", None, None]


def test_repeated_click_without_consent_is_known_by_its_address_and_agent() -> None:
    ledger = Ledger(snapshot())
    first = click(address="a", browser="firefox")
    again, other = click(address="a", browser="firefox"), click(address="a", browser="safari")
    ledger.settle(first, again, other)
    assert [ledger.verdict(one) for one in (first, again, other)] == [None, "repeated_click", None]


def test_clicks_without_any_identity_are_never_repeated() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(click(), click())
    assert ledger.balance("advertiser", 1, "owed") == 2 * CLICK


def test_clicks_beyond_the_limit_of_an_address_are_address_too_fast() -> None:
    ledger = Ledger(snapshot(), Policy(traffic=TrafficPolicy(address_clicks_per_minute=2)))
    clicks = [click(address="a", visitor=f"v{number}") for number in range(3)]
    next_minute = click(at=NOON - HOUR + MINUTE, address="a", visitor="w")
    ledger.settle(*clicks[:2])
    ledger.settle(clicks[2], next_minute)
    verdicts = [ledger.verdict(one) for one in (*clicks, next_minute)]
    assert verdicts == [None, None, "address_too_fast", None]


def test_clicks_beyond_the_limit_of_a_link_are_link_too_fast() -> None:
    ledger = Ledger(snapshot(), Policy(traffic=TrafficPolicy(link_clicks_per_minute=2)))
    clicks = [click() for _ in range(3)]
    ledger.settle(*clicks, elsewhere := click(link=1001))
    verdicts = [ledger.verdict(one) for one in (*clicks, elsewhere)]
    assert verdicts == [None, None, "link_too_fast", None]


def test_a_check_of_traffic_set_to_zero_is_off() -> None:
    off = TrafficPolicy(repeat_window_ms=0, address_clicks_per_minute=0, link_clicks_per_minute=0)
    ledger = Ledger(snapshot(), Policy(traffic=off))
    ledger.settle(*(click(visitor="v", address="a") for _ in range(100)))
    assert ledger.balance("advertiser", 1, "owed") == 100 * CLICK


def test_a_click_beyond_a_budget_is_budget_exhausted_and_takes_nothing() -> None:
    budget = budget_of("7.00", "cost", is_budget="true")
    ledger = Ledger(varied("[[enrolment]]", budget + "[[enrolment]]"))
    clicks = [click() for _ in range(3)]
    ledger.settle(*clicks)
    assert [ledger.verdict(one) for one in clicks] == [None, None, "budget_exhausted"]
    assert ledger.balance("advertiser", 1, "owed") == 2 * CLICK


def test_a_click_beyond_a_cap_is_cap_reached_until_the_next_day() -> None:
    cap = budget_of("2", "count", period="day")
    ledger = Ledger(varied("[[enrolment]]", cap + "[[enrolment]]"))
    clicks = [click() for _ in range(3)]
    ledger.settle(*clicks, tomorrow := click(at=NOON + DAY))
    verdicts = [ledger.verdict(one) for one in (*clicks, tomorrow)]
    assert verdicts == [None, None, "cap_reached", None]


def test_impressions_without_a_price_use_up_no_cap() -> None:
    cap = budget_of("2", "count", period="day")
    ledger = Ledger(varied("[[enrolment]]", cap + "[[enrolment]]"))
    seen: list[AnyEvent] = [impression() for _ in range(5)]
    ledger.settle(*seen, clicked := click())
    assert [ledger.verdict(one) for one in (*seen, clicked)] == [None] * 6


def budget_of(cap: str, measure: str, period: str = "total", is_budget: str = "false") -> str:
    amount = cap if measure == "count" else f'"{cap}"'
    return f"""
    [[program.limit]]
    id = 1
    name = "a limit"
    measure = "{measure}"
    period = "{period}"
    cap = {amount}
    is_budget = {is_budget}

"""


def test_a_program_that_pays_for_clicks_shows_its_impressions_at_no_cost() -> None:
    ledger = Ledger(snapshot())
    shown = impression()
    decided = ledger.settle(shown)
    assert ledger.verdicts[shown.id] == [(None, 0)]
    assert decided.transactions == []
    assert decided.facts.fates[0].price_model is None


PRICED = """
    [[program.rule]]
    id = 4
    outcome = "{outcome}"
    per_thousand = "20.00"

"""


@pytest.mark.parametrize(
    ("outcome", "event", "model"),
    [
        ("impression", impression(), "cpm"),
        ("viewable", viewable(), "vcpm"),
        ("video", video(), "cpcv"),
    ],
)
def test_a_price_per_thousand_is_a_thousandth_for_each(outcome: str, event: AnyEvent, model: str) -> None:
    ledger = Ledger(varied("[[enrolment]]", PRICED.format(outcome=outcome) + "[[enrolment]]"))
    decided = ledger.settle(event)
    assert ledger.balance("publisher", 10, "approved") == -20_000
    assert ledger.balance("advertiser", 1, "owed") == 24_000
    assert decided.facts.fates[0].price_model == model


@pytest.mark.parametrize("mark", ["start", "first_quartile", "midpoint", "third_quartile"])
def test_only_a_completed_view_of_a_video_is_paid(mark: str) -> None:
    ledger = Ledger(varied("[[enrolment]]", PRICED.format(outcome="video") + "[[enrolment]]"))
    ledger.settle(video(mark=mark), video(), video(mark=mark))
    assert ledger.balance("advertiser", 1, "owed") == 24_000


def test_a_rule_may_ask_about_the_touch_itself() -> None:
    rule = PRICED.format(outcome="click").replace(
        'per_thousand = "20.00"',
        'per_thousand = "20.00"\n    priority = 1\n'
        '    when = { field = "touch.sub2", op = "eq", value = "newsletter" }',
    )
    ledger = Ledger(varied("[[enrolment]]", rule + "[[enrolment]]"))
    ledger.settle(click(sub=("a", "newsletter")), click(sub=("newsletter",)), click())
    assert ledger.balance("publisher", 10, "approved") == -20_000 - 2 * 2_500_000


def test_touches_of_one_hour_and_rule_are_one_transaction_with_one_receipt() -> None:
    ledger = Ledger(snapshot())
    decided = ledger.settle(click(), click(at=NOON - 1), click(at=NOON), click(link=1001))
    assert [transaction.kind for transaction in decided.transactions] == ["touches"] * 3
    receipts = [msgspec.json.decode(receipt.body) for receipt in decided.receipts]
    assert [(one["publisher"], one["hour"], one["count"], one["each_micros"]) for one in receipts] == [
        (10, NOON - HOUR, 2, 2_500_000),
        (10, NOON, 1, 2_500_000),
        (11, NOON - HOUR, 1, 2_500_000),
    ]


def test_a_new_version_of_the_terms_within_an_hour_makes_a_receipt_of_its_own() -> None:
    versions = 'fee = "20 %"\n\n    [[program.terms]]\n    from = 2026-06-10T11:20:00\n    fee = "20 %"'
    ledger = Ledger(varied('fee = "20 %"', versions))
    decided = ledger.settle(click(), click(at=NOON - HOUR // 2))
    receipts = [msgspec.json.decode(receipt.body) for receipt in decided.receipts]
    assert [(one["terms_version"], one["count"]) for one in receipts] == [(1, 1), (2, 1)]


def test_a_sum_of_touches_becomes_payable_when_its_hold_ends() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(click())
    ledger.settle(now=NOON + 30 * DAY - 1)
    assert ledger.balance("publisher", 10, "approved") == -2_500_000
    decided = ledger.settle(now=NOON + 30 * DAY)
    assert ledger.balance("publisher", 10, "payable") == -2_500_000
    assert decided.transactions[0].corrects == 1
    assert ledger.settle(now=NOON + 31 * DAY).transactions == []


def test_a_touch_with_an_identity_is_stored_and_one_without_is_not() -> None:
    ledger = Ledger(snapshot())
    known, seen = click(visitor="v"), impression(visitor="v")
    decided = ledger.settle(click(), known, seen, impression(), viewable(visitor="v"))
    assert [touch.id for touch in decided.touches] == [known.id, seen.id]


def test_a_program_that_does_not_look_back_at_views_stores_none() -> None:
    terms = varied('fee = "20 %"', 'fee = "20 %"\n    windows_days = { view = 0 }')
    assert Ledger(terms).settle(impression(visitor="v")).touches == []


def test_nothing_is_both_paid_and_refused() -> None:
    """A refused touch is not looked up again by another name: its id is told once per appearance."""
    ledger = Ledger(snapshot())
    events: list[AnyEvent] = [click(robot="r"), click(), click(link=9999), order("A-9")]
    ledger.settle(*events)
    assert all(len(ledger.verdicts[event.id]) == 1 for event in events)
