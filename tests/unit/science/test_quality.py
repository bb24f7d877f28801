"""Traffic quality: the document's examples; what is planted is found in its period, the honest is let be."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from utfall.science.quality import Clicked, Detector, Ordered, Touched, Verdict, review
from utfall.science.quality.bursts import bursts, dispersion, rate, shape
from utfall.science.quality.chances import binomial_tail, blamed, q_values, share_of_others, slower
from utfall.science.quality.words import SENTENCES

DAY, HOUR, MINUTE, SECOND = 86_400_000, 3_600_000, 60_000, 1_000
START = 20_000 * DAY
DAYS = 100


def order(name: str, at: int, publisher: int, delay_s: float | None = 3_600, **more: Any) -> Ordered:
    """An order at a time after the start, by one click so long before."""
    touches = () if delay_s is None else (Touched(START + at - int(delay_s * SECOND), publisher),)
    return Ordered(id=name, at=START + at, program=1, publisher=publisher, touches=touches, **more)


def click(name: str, at: int, publisher: int, address: str | None = None) -> Clicked:
    return Clicked(id=name, at=START + at, program=1, publisher=publisher, address=address)


def honest_orders(chance: Random, publishers: int = 5, each: int = 60) -> Iterator[Ordered]:
    """People: log-normal delays of about an hour, anybody once."""
    for publisher in range(1, publishers + 1):
        for number in range(each):
            delay = max(chance.lognormvariate(8.2, 1.2), 45)
            at = chance.randrange(2 * DAY, DAYS * DAY)
            yield order(f"h{publisher}-{number}", at, publisher, delay, owed_micros=1_000_000, currency="SEK")


def honest_clicks(chance: Random, publishers: int = 5, a_day: int = 8) -> Iterator[Clicked]:
    for publisher in range(1, publishers + 1):
        for number in range(DAYS * a_day):
            address = f"{chance.getrandbits(32)}"
            yield click(f"c{publisher}-{number}", chance.randrange(DAYS * DAY), publisher, address)


def by(verdicts: tuple[Verdict, ...], detector: Detector) -> set[str]:
    return {one.subject for one in verdicts if one.detector is detector}


def test_the_worked_example_of_quick_clicks_is_right() -> None:
    q = share_of_others(6, 600)
    assert round(q, 4) == 0.0108
    assert 1e-53 < binomial_tail(31, 40, q) < 1e-51
    honest = [40 * share_of_others(count, 600) / mine for count, mine in ((0, 4), (0, 9), (0, 10), (6, 8))]
    assert [round(each, 3) for each in honest] == [0.008, 0.004, 0.003, 0.054]


def test_the_worked_example_of_a_burst_is_right() -> None:
    (found,) = bursts([0] * 20 + [6, 5, 0, 4, 3] + [0] * 75, [0.1] * 100)
    assert (found.first, found.last, found.observed) == (20, 24, 18)
    assert round(found.expected, 6) == 0.5
    assert found.p_value < 1e-12


def test_a_tail_is_exact_and_never_more_than_one() -> None:
    assert binomial_tail(2, 2, 0.5) == pytest.approx(0.25)
    assert binomial_tail(1, 1_000, 0.9) == pytest.approx(1.0)
    assert (binomial_tail(3, 2, 0.5), binomial_tail(1, 2, 0.0), binomial_tail(1, 2, 1.0)) == (0.0, 0.0, 1.0)


def test_looking_at_many_costs() -> None:
    assert q_values([0.001, *([1.0] * 99)])[0] == pytest.approx(0.1)
    assert q_values([]) == []


def test_delays_of_nobody_say_nothing() -> None:
    assert slower([], [1.0]) == (0.0, 1.0)
    assert slower([1.0, 2.0], [5.0, 6.0]) == (0.0, 1.0)


def test_nobody_is_blamed_who_is_rather_honest() -> None:
    assert blamed([0.001] * 50 + [0.6]) == list(range(50))
    assert blamed([0.2, 0.3]) == []


def test_a_season_of_the_program_is_no_burst() -> None:
    totals = [45.0] * 50 + [180.0] * 5 + [45.0] * 45
    mine = [5] * 50 + [20] * 5 + [5] * 45
    shapes = shape(totals, mine)
    expected = [rate(mine, shapes) * each for each in shapes]
    assert all(span.p_value > 0.01 for span in bursts(mine, expected, dispersion(mine, expected)))


@pytest.mark.parametrize("seed", range(5))
def test_an_honest_market_is_let_be(seed: int) -> None:
    chance = Random(seed)
    found = review([*honest_orders(chance)], [*honest_clicks(chance)])
    assert found.verdicts == ()
    assert found.periods == ()
    assert {one.at_stake_micros for one in found.stakes} == {0}


def test_nothing_at_all_is_nothing() -> None:
    found = review([], [])
    assert (found.verdicts, found.periods, found.stakes) == ((), (), ())


def test_quick_orders_are_blamed_and_the_publishers_slow_ones_are_not() -> None:
    chance = Random(1)
    planted = [order(f"q{n}", n * DAY + 2 * DAY, 3, 3 + n, owed_micros=5, currency="SEK") for n in range(30)]
    found = review([*honest_orders(chance), *planted], [])
    assert by(found.verdicts, Detector.QUICK_CLICK) == {one.id for one in planted}
    stake = found.stakes[0]
    assert (stake.publisher, stake.orders, stake.doubtful, stake.at_stake_micros) == (3, 90, 30, 150)
    assert stake.by_detector == {Detector.QUICK_CLICK: 30}


def test_readers_who_are_quick_throughout_are_let_be() -> None:
    """An extension at the checkout: minutes from click to order, and no more of them towards the click."""
    chance = Random(2)
    quick = [
        order(f"x{n}", n * HOUR + 2 * DAY, 9, max(chance.lognormvariate(5.9, 1.0), 45)) for n in range(300)
    ]
    assert by(review([*honest_orders(chance), *quick], []).verdicts, Detector.QUICK_CLICK) == set()


def test_a_click_after_the_checkout_began_is_a_habit_or_an_accident() -> None:
    chance = Random(3)
    told = [
        order(one.id, one.at - START, one.publisher, 3_600, checkout_at=one.at - MINUTE)
        for one in honest_orders(chance)
    ]
    late = [
        order(f"l{n}", n * DAY + 2 * DAY, 2, 90, checkout_at=START + n * DAY + 2 * DAY - 120_000)
        for n in range(9)
    ]
    once = order("once", 50 * DAY, 4, 90, checkout_at=START + 50 * DAY - 120_000)
    found = review([*told, *late, once], [])
    assert by(found.verdicts, Detector.LATE_CLICK) == {one.id for one in late}


def flooded(chance: Random) -> tuple[list[Clicked], list[Ordered]]:
    """Sixty clicks a day for twenty days; thirty orders at any time within a week of one."""
    clicks = [click(f"f{n}", chance.randrange(60 * DAY, 80 * DAY), 2, f"{n}") for n in range(1_200)]
    delays = [chance.uniform(120, 7 * 86_400) for _order in range(30)]
    return clicks, [
        order(f"o{n}", chance.randrange(60 * DAY, 80 * DAY) + int(delay * SECOND), 2, delay)
        for n, delay in enumerate(delays)
    ]


def test_a_flood_is_blamed_in_its_days_and_for_what_people_do_not_do() -> None:
    chance = Random(4)
    clicks, orders = flooded(chance)
    found = review([*honest_orders(chance), *orders], [*honest_clicks(chance), *clicks])
    (period,) = found.periods
    assert abs(period.since - START - 60 * DAY) <= DAY
    assert abs(period.until - START - 80 * DAY) <= DAY
    blamed_orders = by(found.verdicts, Detector.FLOODED_CLICK)
    assert len(blamed_orders & {one.id for one in orders}) >= 26
    assert len(blamed_orders - {one.id for one in orders}) <= 3
    assert by(found.verdicts, Detector.ROBOT_CLICKS) == set()


def test_a_burst_of_people_is_not_blamed() -> None:
    """A film that is seen by many: their delays are those of people, and nobody clicks twenty times."""
    chance = Random(5)
    clicks, _orders = flooded(chance)
    people = [
        order(f"p{n}", chance.randrange(60 * DAY, 80 * DAY), 2, max(chance.lognormvariate(8.2, 1.2), 45))
        for n in range(40)
    ]
    found = review([*honest_orders(chance), *people], [*honest_clicks(chance), *clicks])
    assert len(found.periods) == 1
    assert found.verdicts == ()


def test_robots_behind_few_addresses_are_found_and_people_in_the_same_hours_are_not() -> None:
    chance = Random(6)
    robots = [click(f"r{n}", chance.randrange(40 * DAY, 41 * DAY), 1, f"bot{n % 40}") for n in range(800)]
    found = review([*honest_orders(chance)], [*honest_clicks(chance), *robots])
    assert by(found.verdicts, Detector.ROBOT_CLICKS) == {one.id for one in robots}
    assert not any(one.is_order for one in found.verdicts)


def test_the_same_buyer_always_through_one_small_publisher() -> None:
    chance = Random(7)
    own = [order(f"s{n}", n * 9 * DAY + 2 * DAY, 8, visitor="moa") for n in range(6)]
    loyal = [order(f"b{n}", n * 9 * DAY + 3 * DAY, 1 + n % 5, customer="often here") for n in range(6)]
    found = review([*honest_orders(chance), *own, *loyal], [])
    assert by(found.verdicts, Detector.OWN_ORDER) == {one.id for one in own}


def test_a_known_identity_needs_no_test() -> None:
    told = [order("mine", 3 * DAY, 2, customer="the owner"), order("not", 3 * DAY, 3, customer="the owner")]
    found = review(told, [], {2: frozenset({"the owner"})})
    assert by(found.verdicts, Detector.OWN_IDENTITY) == {"mine"}


@pytest.mark.parametrize(
    ("after", "same", "is_found"),
    [
        (3 * DAY, {"customer": "anna"}, True),
        (31 * DAY, {"customer": "anna"}, False),
        (30 * SECOND, {"customer": "anna"}, False),
        (40 * MINUTE, {"visitor": "v"}, True),
        (40 * MINUTE, {"address": "a", "device": "desktop"}, True),
        (5 * HOUR, {"address": "a", "device": "desktop"}, False),
        (40 * MINUTE, {"address": "a"}, False),
    ],
)
def test_the_same_inquiry_again(after: int, same: dict[str, Any], is_found: bool) -> None:
    told = [
        order("first", 3 * DAY, 2, is_lead=True, **same),
        order("again", 3 * DAY + after, 2, is_lead=True, **same),
    ]
    assert by(review(told, []).verdicts, Detector.DUPLICATE_LEAD) == ({"again"} if is_found else set())


def test_buying_twice_is_no_duplicate() -> None:
    told = [order(name, at * DAY, 2, customer="anna") for name, at in (("one", 3), ("two", 4))]
    assert review(told, []).verdicts == ()


def test_a_leaked_code_is_blamed_while_it_leaks_and_only_without_its_holder() -> None:
    chance = Random(8)
    coded = {"code": "TILDA20", "code_holder": 2}
    before = [order(f"a{n}", n * 12 * DAY + 2 * DAY, 2, None, **coded) for n in range(5)]
    leaked = [order(f"z{n}", 70 * DAY + n * HOUR * 5, 2, None, **coded) for n in range(40)]
    stolen = order("through a voucher site", 71 * DAY, 3, 600, **coded)
    hers = order("hers", 72 * DAY, 2, 600, **coded)
    found = review([*honest_orders(chance), *before, *leaked, stolen, hers], [])
    assert by(found.verdicts, Detector.LEAKED_CODE) == {stolen.id, *(one.id for one in leaked)}
    (period,) = found.periods
    assert (period.code, period.publisher, period.since) == ("TILDA20", 2, START + 70 * DAY)


def test_every_detector_has_a_sentence_and_the_order_of_rows_says_nothing() -> None:
    assert set(SENTENCES) == set(Detector)
    chance = Random(9)
    clicks, orders = flooded(chance)
    orders += honest_orders(chance)
    clicks += honest_clicks(chance)
    found = review(orders, clicks)
    chance.shuffle(orders)
    chance.shuffle(clicks)
    again = review(orders, clicks)
    assert {one.subject for one in again.verdicts} == {one.subject for one in found.verdicts}
    assert all("{" not in one.says and "p " in one.says for one in found.verdicts)
