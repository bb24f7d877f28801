"""A market is made of its seed alone, and holds what it is said to hold."""

from collections import Counter
from functools import cache

import pytest

from utfall.demo.cast import PARTNERS, SELLERS, SERVICE, SHOP
from utfall.demo.chance import DAY_MS
from utfall.demo.plans import goals
from utfall.demo.simulation import UNTIL, Market, World, generate
from utfall.demo.truth import Happening, Label
from utfall.events import Amendment, AnyEvent, Click, Conversion, encode
from utfall.terms import PromotionType, seal


@cache
def small(seed: int = 1) -> World:
    """Two months of a small market."""
    return generate(seed, days=60, scale=0.3)


@cache
def year() -> World:
    return generate(3, scale=0.3)


def written(world: World) -> bytes:
    return b"".join(encode(event) for event in (*world.told, *world.later))


def of(world: World, kind: type[AnyEvent]) -> list[AnyEvent]:
    return [event for event in world.told if isinstance(event, kind)]


def test_the_same_seed_gives_the_same_bytes() -> None:
    again = generate(1, days=60, scale=0.3)
    assert written(again) == written(small())
    assert again.truth == small().truth
    assert written(small(2)) != written(small())


def test_events_arrive_in_order_and_not_after_the_end() -> None:
    world = small()
    arrived = [event.received_at for event in world.told]
    assert arrived == sorted(arrived)
    assert arrived[-1] < UNTIL <= min(event.received_at for event in world.later)
    assert min(event.occurred_at for event in world.told) >= world.truth.since
    assert all(event.occurred_at <= event.received_at for event in world.told)


def test_every_event_has_an_id_and_a_label_of_its_own() -> None:
    world = small()
    ids = [event.id for event in (*world.told, *world.later)]
    assert len(set(ids)) == len(ids)
    assert set(world.truth.kinds) == set(ids) >= set(world.truth.labels)


def test_nothing_in_an_event_tells_its_label() -> None:
    """What the product sees are pseudonyms and the fields that every event has."""
    for raw, seen in zip(small().told, small().events, strict=True):
        assert raw.id == seen.id
        for name in ("visitor", "customer", "address"):
            said, kept = getattr(raw, name, None), getattr(seen, name, None)
            assert (said is None) == (kept is None)
            assert said is None or said != kept


def test_the_terms_can_be_sealed_and_hold_from_before_the_first_event() -> None:
    world = small()
    assert seal(world.market)
    assert len(world.market.publishers) == 40
    assert {one.promotion_type for one in world.market.publishers} == set(PromotionType)
    first = world.market.programs[0].versions[0].effective_from
    assert first == world.truth.since - 30 * DAY_MS
    links = {link.id: link for link in world.market.links}
    enrolled = {(one.program, one.publisher) for one in world.market.enrolments}
    for event in world.told:
        if isinstance(event, Click):
            link = links[event.link]
            assert (event.program, event.publisher) == (link.program, link.publisher)
            assert (event.program, event.publisher) in enrolled


def test_a_year_has_the_size_it_is_said_to_have() -> None:
    kinds = Counter(year().truth.kinds.values())
    assert 15_000 < kinds["click"] < 25_000
    assert 900 < kinds["conversion"] < 1_600
    assert kinds["amendment"] > 400
    orders = [event for event in of(year(), Conversion) if isinstance(event, Conversion)]
    told_twice = len(orders) - len({(one.advertiser, one.order) for one in orders})
    assert 0.01 < told_twice / len(orders) < 0.08


def test_what_becomes_of_orders_comes_after_them() -> None:
    placed = {one.order: one for one in of(year(), Conversion) if isinstance(one, Conversion)}
    later = [one for one in of(year(), Amendment) if isinstance(one, Amendment)]
    assert all(one.received_at > placed[one.order].received_at for one in later)
    actions = Counter(one.action.value for one in later)
    assert set(actions) == {"approve", "decline", "refund"}
    assert all(one.changes for one in later if one.action.value == "refund")


def test_orders_that_are_known_by_a_click_name_one_that_happened() -> None:
    clicks = {one.id: one for one in of(year(), Click) if isinstance(one, Click)}
    for order in of(year(), Conversion):
        assert isinstance(order, Conversion)
        for ref in order.clicks:
            assert ref.at < order.occurred_at
            if ref.at >= year().truth.since:
                assert clicks[ref.id].publisher == ref.publisher


def test_the_shop_sells_more_in_black_week_and_the_service_rests_in_july() -> None:
    sold = Counter(
        (one.advertiser, one.occurred_at // (7 * DAY_MS))
        for one in of(year(), Click)
        if isinstance(one, Click)
    )
    black_week = 1_764_288_000_000 // (7 * DAY_MS)  # 2025-11-28
    weeks = sorted(count for (advertiser, _week), count in sold.items() if advertiser == 1)
    assert sold[1, black_week] > 1.7 * weeks[len(weeks) // 2]
    july = 1_784_160_000_000 // (7 * DAY_MS)  # 2026-07-16
    march = 1_773_619_200_000 // (7 * DAY_MS)  # 2026-03-16
    assert sold[2, july] < 0.5 * sold[2, march]


@pytest.mark.parametrize("days", [7, 30, 120])
def test_a_short_market_holds_every_attack_as_well(days: int) -> None:
    world = generate(5, days=days, scale=0.1)
    for label in Label:
        what = "click" if label is Label.BOT else "conversion"
        assert len(world.truth.ids(label, what)) >= 5, label
    for incident in world.truth.incidents:
        assert world.truth.since <= incident.since < incident.until


def test_goals_are_within_reach_but_one() -> None:
    market = Market(3, 0.3)
    found = goals(market, year().truth)
    late = year().truth.incident(Happening.LATE_GOAL)
    assert set(found) == {one.program for one in SELLERS}
    assert found[SERVICE].target == late.target
    assert late.target is not None
    assert late.expected is not None
    assert late.target > 2 * late.expected
    since = late.since
    told = (one for one in year().told if isinstance(one, Conversion) and one.advertiser == 2)
    came = {one.order for one in told if one.occurred_at >= since}
    assert 0.5 < len(came) / (late.expected * 45 / 60) < 1.6
    assert found[SHOP].starts_on < found[SHOP].ends_on


def test_the_cast_is_what_the_page_says() -> None:
    assert len(PARTNERS) == len({one.number for one in PARTNERS}) == len({one.site for one in PARTNERS}) == 40
    assert [one.currency for one in SELLERS] == ["SEK", "SEK", "NOK"]
