"""The example of docs/algorithms/funding.md, worked by hand there."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.portal.funding.papers import EXAMPLE, UNIT, paper
from utfall.portal.finance.ageing import receivables
from utfall.portal.finance.forecasting import forecast, incoming, outgoing
from utfall.portal.funding.contracts import Standing, State, TermsView, Way
from utfall.portal.funding.covering import covers, settlings
from utfall.portal.funding.funded import Amount, by_program, summed
from utfall.portal.payouts.contracts import DueDay

CENT = 10_000
TERMS = TermsView(
    advertiser=1,
    currency="SEK",
    way=Way.INVOICED,
    limit_micros=1000 * UNIT,
    days_to_pay=30,
    since=datetime(2026, 1, 1, tzinfo=UTC),
    actor="",
    why="",
)
STANDING = Standing(
    advertiser=1,
    terms=TERMS,
    deposit_micros=500 * UNIT,
    accrued_micros=360 * UNIT,
    owed_micros=120 * UNIT,
    receivable_micros=650 * UNIT,
    entry=7,
)
SETTLED = replace(STANDING, deposit_micros=0, receivable_micros=150 * UNIT)


def test_what_is_used_and_left_before_and_after_settling() -> None:
    assert (STANDING.used_micros, STANDING.means_micros) == (1130 * UNIT, 1500 * UNIT)
    assert (STANDING.share_ppm, STANDING.state) == (753_333, State.WELL)
    assert STANDING.room_micros == SETTLED.room_micros == 370 * UNIT


@pytest.mark.parametrize(
    ("more", "state"), [(0, State.WELL), (270, State.LOW), (280, State.LOW), (380, State.EXHAUSTED)]
)
def test_little_is_left_from_ninety_per_cent_on(more: int, state: State) -> None:
    assert replace(SETTLED, accrued_micros=(360 + more) * UNIT).state is state


def test_without_a_limit_nothing_is_ever_used_up() -> None:
    endless = replace(STANDING, terms=replace(TERMS, limit_micros=None), deposit_micros=0)
    assert (endless.state, endless.room_micros, endless.share_ppm) == (State.OPEN, None, None)


def test_a_deposit_pays_credit_notes_first_then_what_is_due_first() -> None:
    told = [(one.name, micros // UNIT) for one, micros in settlings(EXAMPLE[::-1], 500 * UNIT, CENT)]
    assert told == [("A-2026-000019", -50), ("A-2026-000017", 300), ("A-2026-000018", 250)]


def test_a_deposit_pays_whole_minor_units_and_no_more_than_it_has() -> None:
    assert [micros for _one, micros in settlings(EXAMPLE[:1], 123_456_789, CENT)] == [123_450_000]
    assert settlings(EXAMPLE[:2], 0, CENT) == []
    assert settlings(EXAMPLE[:2], -5 * UNIT, CENT) == []


def test_how_far_what_is_owed_is_covered() -> None:
    papers = [paper(17, 400, 400), paper(18, 400, 250, "2026-12-10")]
    found = covers(papers, 200 * UNIT, 120 * UNIT, 360 * UNIT)
    assert (found.owed, found.accrued) == (4, 0)
    by_entry = [found.tenths_of(found.paper(entry, None)) for entry in (1, 1800, 1801)]
    by_time = [found.tenths_of(found.paper(None, at)) for at in (1_800_000, 1_800_001, None)]
    assert (by_entry, by_time) == ([10, 10, 4], [10, 4, 4])


def test_an_invoice_that_was_credited_whole_covers_nothing() -> None:
    taken_back = paper(17, 400, 400, credited_micros=400 * UNIT)
    found = covers([taken_back], 0, 120 * UNIT, 0)
    assert (found.paper(1, None), found.owed) == (None, 0)


def test_what_is_not_funded_is_invoiced_overdue_or_neither() -> None:
    papers = [paper(17, 400, 100, "2026-11-10"), paper(18, 400, 0, "2026-12-10")]
    known = {1: {"SEK": covers(papers, 0, 120 * UNIT, 360 * UNIT)}}
    told = [
        Amount(1, 7, "SEK", "approved", 50 * UNIT, entry=1700),
        Amount(1, 7, "SEK", "approved", 80 * UNIT, entry=1800),
        Amount(1, 7, "SEK", "approved", 60 * UNIT, entry=1801),
        Amount(1, 7, "SEK", "pending", 100 * UNIT),
        Amount(1, 8, "EUR", "payable", 5 * UNIT, entry=1),
    ]
    found = summed(told, known, date(2026, 11, 22))
    parts = [
        (
            *(one.status, one.state.value, one.funded_micros // UNIT),
            *(one.overdue_micros // UNIT, one.invoiced_micros // UNIT, one.later_micros // UNIT),
        )
        for one in found
    ]
    assert parts == [
        ("approved", "partly", 10, 40, 80, 60),
        ("pending", "not_yet", 0, 0, 0, 100),
        ("payable", "not_yet", 0, 0, 0, 5),
    ]
    owed = by_program(found)
    assert {one: each.lacking_micros // UNIT for one, each in owed.items()} == {7: 180, 8: 5}


def test_how_old_invoices_are() -> None:
    (one,) = receivables(EXAMPLE, {1: "Acme"}, date(2026, 11, 22))
    assert [micros // UNIT for micros in one.ages] == [350, 300, 0, 0, 0]
    assert (one.name, one.total_micros) == ("Acme", 650 * UNIT)
    sunday = [paper(19, 70, 0, "2026-11-22")]
    ages = [receivables(sunday, {}, date(2026, 11, day))[0].ages[:2] for day in (22, 23, 24)]
    assert ages == [(70 * UNIT, 0), (70 * UNIT, 0), (0, 70 * UNIT)], "on Monday it can still be paid in time"


def test_the_cash_to_come() -> None:
    today = date(2026, 11, 22)
    income, stale = incoming(EXAMPLE, [STANDING], today)
    coming = [
        DueDay(day=date(2026, 12, 15), publishers=1, micros=90 * UNIT),
        DueDay(day=None, publishers=1, micros=5 * UNIT),
    ]
    outgo, unscheduled = outgoing("SEK", 40 * UNIT, coming, {date(2026, 12, 20): 60 * UNIT}, today)
    found = forecast(
        bank_micros=1000 * UNIT,
        today=today,
        income=income,
        outgo=outgo,
        unscheduled_micros=unscheduled,
        stale_micros=stale,
    )
    told = {
        one.starts.isoformat(): (one.in_micros // UNIT, one.out_micros // UNIT, one.ends_micros // UNIT)
        for one in found.weeks
        if one.in_micros or one.out_micros
    }
    assert told == {
        "2026-11-16": (0, 40, 960),
        "2026-12-07": (150, 0, 1110),
        "2026-12-14": (0, 90, 1020),
        "2026-12-28": (120, 0, 1140),
        "2027-01-11": (0, 60, 1080),
    }
    assert (found.unscheduled_micros, found.stale_micros, len(found.weeks)) == (5 * UNIT, 0, 12)
    assert found.lowest.starts == date(2026, 11, 16)


def test_money_comes_and_goes_on_banking_days() -> None:
    today = date(2026, 11, 1)
    poor = replace(STANDING, deposit_micros=0, owed_micros=10 * UNIT)
    income, _stale = incoming([paper(1, 70, 0, "2026-11-22")], [poor], today)
    assert [(one.day, one.micros // UNIT) for one in income] == [
        (date(2026, 11, 23), 70),
        (date(2026, 12, 30), 10),
    ]
    outgo, _unscheduled = outgoing("SEK", 0, [], {date(2026, 11, 2): 60 * UNIT}, today)
    assert outgo[1:] == [(date(2026, 11, 16), 60 * UNIT)], "the 15th is a Sunday"


def test_what_is_overdue_for_long_is_not_counted_on() -> None:
    old = [paper(1, 70, 0, "2026-08-23"), paper(2, 80, 0, "2026-08-24")]
    poor = replace(STANDING, deposit_micros=0, owed_micros=0)
    income, stale = incoming(old, [poor], date(2026, 11, 22))
    assert ([one.micros // UNIT for one in income], stale // UNIT) == ([80], 70)
