"""Conversions: which are recorded, how later calls merge, and what they cost."""

from typing import Any

import msgspec
import pytest

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import (
    DAY,
    HOUR,
    NOON,
    amendment,
    click,
    impression,
    lines,
    new_id,
    order,
    snapshot,
    varied,
)
from utfall.engine import OrderStatus
from utfall.events import AnyEvent, Conversion, Line, Outcome, Source
from utfall.terms import Enrolment, Group, Portion, Rule, Snapshot, load_snapshot, seal

EIGHT_PERCENT = 8_000_000
COST = 9_600_000
"""What an order of 100.00 SEK costs: 8.00 and a fee of 1.60."""


def settled(*events: AnyEvent, terms: Snapshot | None = None, **more: Any) -> Ledger:
    ledger = Ledger(terms or snapshot())
    ledger.settle(*events, **more)
    return ledger


def refusal(event: Conversion, terms: Snapshot | None = None) -> str | None:
    ledger = settled(event, terms=terms)
    if reason := ledger.verdict(event):
        assert ledger.standing() == {}
        assert list(ledger.orders()) == []
        assert msgspec.json.decode(ledger.decisions[-1].receipts[-1].body)["reason"] == reason
    return ledger.verdict(event)


def unpaid(event: Conversion, terms: Snapshot | None = None) -> str | None:
    """Why an order that was recorded is not paid."""
    ledger = settled(event, terms=terms)
    assert ledger.verdict(event) is None, "the order is recorded"
    assert ledger.standing() == {}
    assert ledger.order().status is OrderStatus.UNPAID
    return ledger.order().reason


def test_an_order_that_carries_a_click_is_pending_on_the_accounts_of_three_parties() -> None:
    ledger = settled(order("A-1", NOON, click()))
    assert ledger.standing() == {
        "advertiser 1 accrued": COST,
        "operator 1 fee_pending": -1_600_000,
        "publisher 10 pending": -EIGHT_PERCENT,
    }
    assert ledger.order().status is OrderStatus.PENDING


def test_the_order_of_an_unknown_advertiser_is_refused_as_unknown_advertiser() -> None:
    assert refusal(order(advertiser=7)) == "unknown_advertiser"


def test_an_order_for_a_program_nobody_has_is_unknown_program() -> None:
    assert refusal(order(program=999)) == "unknown_program"


def test_an_order_for_another_advertisers_program_is_unknown_program() -> None:
    other = '\n[[advertiser]]\nid = 2\nname = "Other"\n'
    assert refusal(order(advertiser=2, program=100), varied("[[enrolment]]", other + "[[enrolment]]")) == (
        "unknown_program"
    )


def test_an_order_before_any_version_of_any_program_is_program_not_active() -> None:
    terms = varied('fee = "20 %"', 'fee = "20 %"\n    from = 2027-01-01')
    assert refusal(order(), terms) == "program_not_active"


def test_an_order_older_than_the_program_accepts_is_too_old() -> None:
    assert refusal(order(received_at=NOON + 90 * DAY)) is None
    assert refusal(order(received_at=NOON + 90 * DAY + 1)) == "too_old"


def test_an_order_from_the_future_is_refused_beyond_the_tolerance() -> None:
    assert refusal(order(received_at=NOON - 300_000)) is None
    assert refusal(order(received_at=NOON - 300_001)) == "from_the_future"


def test_a_test_order_is_shown_and_moves_no_money() -> None:
    assert refusal(order("A-1", NOON, click(), test=True)) == "test"


def test_a_test_tells_the_advertiser_what_it_would_be_worth_and_counts_nothing() -> None:
    tried = order("A-1", NOON, click(), test=True, customer="c" * 32)
    ledger = settled(tried)
    receipt = ledger.decisions[-1].receipts[-1]
    read = msgspec.json.decode
    body, side = read(receipt.body), read(receipt.advertiser_side)
    assert (body["reason"], body["currency"], receipt.publisher) == ("test", "SEK", None)
    assert (side["commission_micros"], side["cost_micros"]) == (EIGHT_PERCENT, COST)
    assert [one["elimination"] for one in side["candidates"]] == [None]
    assert "candidates" not in read(receipt.publisher_side)
    assert not list(ledger.orders())
    ledger.settle(order("A-2", NOON, customer="c" * 32))
    assert ledger.order("A-2").orders_before == 0


def test_a_line_that_cannot_be_priced_is_an_invalid_field_and_stops_nothing() -> None:
    assert refusal(order(lines=(Line(amount_micros=-1),))) == "invalid_field"
    assert refusal(order(lines=(Line(amount_micros=10**15 + 1),))) == "invalid_field"
    assert refusal(order(lines=(Line(amount_micros=1, quantity=600_000),) * 2)) == "invalid_field"
    assert refusal(order(lines=(Line(amount_micros=1, quantity=-1),))) == "invalid_field"


def test_a_conversion_with_the_id_of_another_is_a_duplicate_event() -> None:
    first = order("A-1", NOON, click())
    other = msgspec.structs.replace(first, order="A-2")
    ledger = settled(first, other)
    assert ledger.verdict(first) == "duplicate_event"
    assert [held.order for held in ledger.orders()] == ["A-1"]


def test_nobody_can_use_up_the_event_ids_of_others() -> None:
    first = order("A-1", NOON, click())
    elsewhere = msgspec.structs.replace(first, advertiser=2)
    touch = impression(id=first.id, source=Source.API)
    ledger = settled(elsewhere, touch, first)
    assert ledger.verdicts[first.id][-1].reason is None
    assert ledger.balance("advertiser", 1, "accrued") == COST


def test_an_order_sent_again_under_a_new_id_is_a_duplicate_order() -> None:
    first = order("A-1", NOON, click())
    again = msgspec.structs.replace(first, id=new_id(NOON))
    ledger = settled(first)
    ledger.settle(again)
    assert ledger.verdict(again) == "duplicate_order"
    assert ledger.balance("advertiser", 1, "accrued") == COST


def test_the_same_reference_for_another_outcome_is_another_order() -> None:
    rule = '\n    [[program.rule]]\n    id = 9\n    outcome = "lead"\n    flat = "50"\n\n'
    ledger = settled(
        order("A-1", NOON, one := click()),
        order("A-1", NOON, one, outcome=Outcome.LEAD, lines=()),
        terms=varied("[[enrolment]]", rule + "[[enrolment]]"),
    )
    assert ledger.balance("publisher", 10, "pending") == -58_000_000


def test_an_order_nobody_caused_is_recorded_with_no_touch() -> None:
    assert unpaid(order()) == "no_touch"


def test_an_order_of_an_excluded_channel_is_channel_excluded() -> None:
    terms = varied('fee = "20 %"', 'fee = "20 %"\n    channels = { paid_search = "none" }')
    assert unpaid(order("A-1", NOON, click(), channel="paid_search"), terms) == "channel_excluded"
    assert settled(order("A-1", NOON, click(), channel="email"), terms=terms).order().reason is None


def test_an_order_in_another_currency_than_the_program_is_a_currency_mismatch() -> None:
    assert unpaid(order("A-1", NOON, click(), currency="EUR")) == "currency_mismatch"


def test_a_later_call_in_another_currency_than_the_order_is_a_currency_mismatch() -> None:
    ledger = settled(order("A-1", NOON, click()))
    ledger.settle(later := order("A-1", NOON, currency="EUR", code="SUMMER"))
    assert ledger.verdict(later) == "currency_mismatch"
    assert ledger.balance("advertiser", 1, "accrued") == COST


def test_an_order_without_a_rule_is_recorded_with_no_rule() -> None:
    terms = varied('    share = "8 %"', '    share = "8 %"\n    until = 2026-06-10')
    assert unpaid(order("A-1", NOON, click()), terms) == "no_rule"


LIMIT = """
    [[program.limit]]
    id = 1
    name = "a limit"
    measure = "{measure}"
    period = "month"
    cap = {cap}
    {more}

"""


def limited(measure: str, cap: str, more: str = "") -> Snapshot:
    text = LIMIT.format(measure=measure, cap=cap if measure == "count" else f'"{cap}"', more=more)
    return varied("[[enrolment]]", text + "[[enrolment]]")


def test_an_order_that_does_not_fit_under_a_cap_is_cap_reached() -> None:
    terms = limited("cost", "9.599999")
    assert unpaid(order("A-1", NOON, click()), terms) == "cap_reached"
    assert settled(order("A-1", NOON, click()), terms=limited("cost", "9.60")).order().reason is None


def test_an_order_that_does_not_fit_in_a_budget_is_budget_exhausted() -> None:
    assert unpaid(order("A-1", NOON, click()), limited("cost", "9.00", "is_budget = true")) == (
        "budget_exhausted"
    )


def test_an_order_is_paid_what_is_left_where_the_limit_clamps() -> None:
    ledger = settled(order("A-1", NOON, click()), terms=limited("cost", "6.00", 'over = "clamp"'))
    held = ledger.order()
    assert (held.status, held.reason) == (OrderStatus.PENDING, "cap_reached")
    assert (held.commission_micros, held.fee_micros) == (5_000_000, 1_000_000)


def test_an_order_that_costs_nothing_is_refused_by_a_full_number_too() -> None:
    """It used to reserve beyond the cap, which is a bug and stops settlement."""
    terms = limited("count", "1")
    ledger = settled(order("A-1", NOON, one := click()), terms=terms)
    ledger.settle(order("A-2", NOON, one, lines=lines(0)))
    assert ledger.order("A-2").reason == "cap_reached"


def test_a_declined_order_gives_its_cap_back_to_the_month_it_came_from() -> None:
    ledger = settled(order("A-1", NOON, one := click()), terms=limited("cost", "10.00"))
    ledger.settle(amendment("decline", at=NOON + 25 * DAY))
    ledger.settle(order("A-2", NOON, one), now=NOON + 25 * DAY)
    assert ledger.order("A-2").status is OrderStatus.PENDING


def test_a_flat_price_is_paid_once_and_split_by_amounts() -> None:
    terms = varied('    share = "8 %"', '    flat = "10.00"')
    ledger = settled(order("A-1", NOON, click(), lines=lines(100, 50, 50)), terms=terms)
    assert [line.commission_micros for line in ledger.order().lines] == [5_000_000, 2_500_000, 2_500_000]


def test_a_flat_price_per_unit_follows_the_quantity() -> None:
    terms = varied('    share = "8 %"', '    per_unit = "10.00"')
    basket = (Line(amount_micros=1, quantity=3), Line(amount_micros=0, quantity=2))
    ledger = settled(order("A-1", NOON, click(), lines=basket), terms=terms)
    assert [line.commission_micros for line in ledger.order().lines] == [30_000_000, 20_000_000]


@pytest.mark.parametrize(("outcome", "model"), [("lead", "cpl"), ("action", "cpa"), ("install", "cpi")])
def test_an_outcome_without_lines_is_paid_its_flat_price(outcome: str, model: str) -> None:
    rule = f'\n    [[program.rule]]\n    id = 9\n    outcome = "{outcome}"\n    flat = "50"\n\n'
    ledger = settled(
        order("A-1", NOON, click(), outcome=Outcome(outcome), lines=()),
        terms=varied("[[enrolment]]", rule + "[[enrolment]]"),
    )
    assert ledger.balance("publisher", 10, "pending") == -50_000_000
    assert (ledger.facts[0].price_model, getattr(ledger.facts[0], f"{outcome}s")) == (model, 1)


def test_an_action_is_priced_by_the_rule_of_its_name() -> None:
    quote = '    id = 9\n    outcome = "action"\n    action = "quote"\n    flat = "50"\n\n'
    rule = "\n    [[program.rule]]\n" + quote
    terms = varied("[[enrolment]]", rule + "[[enrolment]]")
    said = {"outcome": Outcome.ACTION, "lines": ()}
    ledger = settled(order("A-1", NOON, one := click(), action="quote", **said), terms=terms)
    ledger.settle(order("A-2", NOON, one, action="call", **said), order("A-3", NOON, one, **said))
    reasons = [ledger.order(reference, "action").reason for reference in ("A-1", "A-2", "A-3")]
    assert reasons == [None, "no_rule", "no_rule"]


def test_the_second_order_of_a_customer_is_known_as_such() -> None:
    rule = """
    [[program.rule]]
    id = 9
    outcome = "sale"
    share = "2 %"
    priority = 1
    when = { field = "customer.orders_before", op = "ge", value = 1 }

"""
    terms = varied("[[enrolment]]", rule + "[[enrolment]]")
    ledger = settled(order("A-1", NOON, one := click(), customer="c"), terms=terms)
    ledger.settle(order("A-2", NOON, one, customer="c"), order("A-3", NOON, one, customer="d"))
    paid = [held.commission_micros for held in ledger.orders()]
    assert paid == [8_000_000, 2_000_000, 8_000_000]


def test_a_customer_who_is_named_by_a_later_call_is_counted_from_then_on() -> None:
    ledger = settled(order("A-1", NOON, one := click(), source=Source.TAG))
    ledger.settle(order("A-1", NOON, one, customer="c"))
    ledger.settle(order("A-2", NOON, one, customer="c"))
    assert [held.orders_before for held in ledger.orders()] == [0, 1]


def test_a_later_call_fills_what_is_missing_and_says_who_said_what() -> None:
    tag = order("A-1", NOON, one := click(), source=Source.TAG, lines=(), country="SE")
    postback = order("A-1", NOON, source=Source.POSTBACK, code="SUMMER", channel="affiliate")
    ledger = settled(tag)
    assert ledger.order().commission_micros == 0
    ledger.settle(postback)
    held = ledger.order()
    assert (held.code, held.country, held.touch) == ("SUMMER", "SE", one.id)
    assert held.commission_micros == EIGHT_PERCENT
    assert held.supplied == {
        "clicks": "tag",
        "country": "tag",
        "code": "postback",
        "channel": "postback",
        "lines": "postback",
    }


def test_a_server_corrects_what_a_tag_said_and_a_tag_corrects_no_server() -> None:
    ledger = settled(order("A-1", NOON, click(), source=Source.TAG, country="SE"))
    ledger.settle(order("A-1", NOON, source=Source.POSTBACK, lines=lines(200), country="NO"))
    assert (ledger.order().country, ledger.order().commission_micros) == ("NO", 2 * EIGHT_PERCENT)
    ledger.settle(late := order("A-1", NOON, source=Source.TAG, lines=lines(300), country="DK"))
    assert ledger.verdict(late) == "duplicate_order"
    assert (ledger.order().country, ledger.order().commission_micros) == ("NO", 2 * EIGHT_PERCENT)


def test_of_two_servers_the_first_word_stands() -> None:
    ledger = settled(order("A-1", NOON, click(), country="SE"))
    ledger.settle(again := order("A-1", NOON, source=Source.POSTBACK, lines=lines(300), country="NO"))
    assert ledger.verdict(again) == "duplicate_order"
    assert (ledger.order().country, ledger.order().commission_micros) == ("SE", EIGHT_PERCENT)


def test_a_late_call_with_a_click_attributes_an_order_nobody_had() -> None:
    ledger = settled(order("A-1", NOON, source=Source.TAG))
    assert ledger.order().reason == "no_touch"
    ledger.settle(order("A-1", NOON, click(), source=Source.POSTBACK))
    held = ledger.order()
    assert (held.status, held.reason, held.publisher) == (OrderStatus.PENDING, None, 10)
    assert ledger.balance("publisher", 10, "pending") == -EIGHT_PERCENT


def test_the_facts_of_an_order_attributed_late_move_whole_to_its_publisher() -> None:
    ledger = settled(order("A-1", NOON, source=Source.TAG))
    ledger.settle(order("A-1", NOON, click(), source=Source.POSTBACK))
    told = [(fact.publisher, fact.sales, fact.revenue_micros) for fact in ledger.facts]
    assert told == [(None, 1, 100_000_000), (None, -1, -100_000_000), (10, 1, 100_000_000)]


def test_a_later_call_changes_no_price_after_approval() -> None:
    ledger = settled(order("A-1", NOON, click(), source=Source.TAG))
    ledger.settle(amendment("approve"))
    ledger.settle(order("A-1", NOON, source=Source.POSTBACK, lines=lines(999), country="SE"))
    assert ledger.order().country == "SE"
    assert ledger.balance("publisher", 10, "approved") == -EIGHT_PERCENT


def test_an_order_is_approved_by_the_clock_when_nobody_objected() -> None:
    ledger = settled(order("A-1", NOON, click()))
    ledger.settle(now=NOON + 30 * DAY - 1)
    assert ledger.order().status is OrderStatus.PENDING
    decided = ledger.settle(now=NOON + 30 * DAY)
    assert ledger.order().status is OrderStatus.APPROVED
    assert [receipt.kind for receipt in decided.receipts] == ["auto_approve"]
    ledger.settle(now=NOON + 60 * DAY - 1)
    assert ledger.balance("publisher", 10, "approved") == -EIGHT_PERCENT
    ledger.settle(now=NOON + 60 * DAY)
    assert ledger.balance("publisher", 10, "payable") == -EIGHT_PERCENT
    assert ledger.order().status is OrderStatus.PAYABLE


def test_a_clock_that_was_stopped_for_long_approves_and_releases_at_once() -> None:
    ledger = settled(order("A-1", NOON, click()))
    decided = ledger.settle(now=NOON + 90 * DAY)
    assert [receipt.kind for receipt in decided.receipts] == ["auto_approve", "release"]
    assert ledger.standing()["publisher 10 payable"] == -EIGHT_PERCENT


def test_a_program_that_never_approves_by_itself_waits_for_ever() -> None:
    terms = varied('fee = "20 %"', 'fee = "20 %"\n    auto_approval_days = "never"')
    ledger = settled(order("A-1", NOON, click()), terms=terms)
    ledger.settle(now=NOON + 5_000 * DAY)
    assert ledger.order().status is OrderStatus.PENDING


def test_an_objection_that_came_in_time_is_heard_however_late_it_is_settled() -> None:
    ledger = settled(order("A-1", NOON, click()))
    in_time = amendment("decline", at=NOON + 30 * DAY - 1)
    ledger.settle(in_time, now=NOON + 40 * DAY)
    assert ledger.verdict(in_time) is None
    assert ledger.standing() == {}


def test_an_objection_that_came_late_is_not_heard_however_early_it_is_settled() -> None:
    ledger = settled(order("A-1", NOON, click()))
    late = amendment("decline", at=NOON + 30 * DAY)
    ledger.settle(late, now=NOON + 30 * DAY)
    assert ledger.verdict(late) == "not_pending"


def test_an_order_is_settled_under_the_terms_of_its_time() -> None:
    changed = 'fee = "20 %"\n\n    [[program.terms]]\n    from = 2026-06-10\n    fee = "10 %"'
    ledger = settled(
        order("A-1", NOON, one := click()),
        order("A-2", NOON - DAY, click(at=NOON - DAY - HOUR)),
        terms=varied('fee = "20 %"', changed),
    )
    assert [held.fee_micros for held in ledger.orders()] == [800_000, 1_600_000]
    assert one.occurred_at > NOON - DAY


def moved_out_of_its_group() -> Snapshot:
    """Publisher 10 is Gold, which pays 20 %, until NOON; from then on the hold is 60 days and not 10."""
    agreed = snapshot().market
    (program,) = agreed.programs
    first = msgspec.structs.replace(program.versions[0], effective_from=0, hold_days=10)
    then = msgspec.structs.replace(first, version=2, effective_from=NOON, hold_days=60)
    others = [one for one in agreed.enrolments if one.publisher != 10]
    gold = Rule(id=9, program=100, name="Gold", outcome=Outcome.SALE, price=Portion(200_000), group=5)
    changed = msgspec.structs.replace(
        agreed,
        programs=(msgspec.structs.replace(program, versions=(first, then)),),
        groups=(Group(id=5, program=100, name="Gold"),),
        enrolments=(
            *others,
            Enrolment(program=100, publisher=10, starts_at=0, ends_at=NOON, group=5),
            Enrolment(program=100, publisher=10, starts_at=NOON),
        ),
        rules=(*agreed.rules, gold),
    )
    return load_snapshot(seal(changed))


def test_group_and_hold_are_those_of_their_time_however_late_it_is_settled() -> None:
    """The group is that of the click, price and hold are those of the order; nothing is as it is now."""
    before, after, now = NOON - HOUR, NOON + HOUR, NOON + 20 * DAY
    ledger = settled(
        order("A-1", before, click(before - HOUR), received_at=now),
        order("A-2", after, click(before), received_at=now),
        order("A-3", after, click(after - 1), received_at=now),
        *(amendment("approve", f"A-{number}", now) for number in (1, 2, 3)),
        terms=moved_out_of_its_group(),
    )
    held = {one.order: (one.group, one.commission_micros, one.payable_at) for one in ledger.orders()}
    assert held == {
        "A-1": (5, 20_000_000, now + 10 * DAY),
        "A-2": (5, 20_000_000, now + 60 * DAY),
        "A-3": (None, EIGHT_PERCENT, now + 60 * DAY),
    }
