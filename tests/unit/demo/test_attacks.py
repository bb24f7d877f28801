"""What was planted shows what it is said to show, and only there."""

from functools import cache
from statistics import median

from utfall.demo import cast
from utfall.demo.cast import SHOP
from utfall.demo.chance import DAY_MS
from utfall.demo.simulation import World, generate
from utfall.demo.truth import Happening, Label
from utfall.events import Amendment, Click, Conversion


@cache
def world() -> World:
    return generate(7, days=200, scale=0.5)


def orders(label: Label) -> list[Conversion]:
    truth = world().truth
    return [one for one in world().told if isinstance(one, Conversion) and truth.label_of(one.id) is label]


def clicks(label: Label) -> list[Click]:
    truth = world().truth
    return [one for one in world().told if isinstance(one, Click) and truth.label_of(one.id) is label]


def test_a_poached_order_has_a_click_of_seconds_before_it() -> None:
    poached = orders(Label.COUPON_POACHING)
    assert all(one.clicks[-1].publisher == cast.POACHER for one in poached)
    assert all(3_000 <= one.occurred_at - one.clicks[-1].at <= 40_000 for one in poached)
    told = [one for one in poached if one.checkout_at is not None]
    assert told
    assert all(one.checkout_at is not None and one.checkout_at < one.clicks[-1].at for one in told)
    honest = [one for one in orders(Label.HONEST) if one.clicks]
    assert all(one.occurred_at - one.clicks[-1].at >= 40_000 for one in honest)


def test_a_flood_of_clicks_comes_before_installs_of_any_age() -> None:
    flood, installs = clicks(Label.CLICK_FLOODING), orders(Label.CLICK_FLOODING)
    assert len(installs) / len(flood) < 0.02
    ages = [one.occurred_at - one.clicks[-1].at for one in installs]
    assert DAY_MS < median(ages) < 6 * DAY_MS
    assert max(ages) <= 7 * DAY_MS


def test_the_bots_come_from_few_networks_in_two_days() -> None:
    bots = clicks(Label.BOT)
    incident = world().truth.incident(Label.BOT)
    assert all(incident.since <= one.occurred_at <= incident.until for one in bots)
    networks = {one.address.rpartition(".")[0] for one in bots if one.address}
    assert len(networks) <= 60 < len(bots) / 5
    assert len({(one.device, one.os, one.browser, one.visitor) for one in bots}) == 1
    assert all(one.robot is None for one in bots)


def test_a_publisher_who_buys_for_itself_is_two_customers() -> None:
    own = orders(Label.SELF_REFERRAL)
    assert {one.clicks[0].publisher for one in own} == {cast.SELF}
    assert len({one.customer for one in own}) <= 2
    assert len({one.visitor for one in own}) <= 2


def test_a_duplicate_lead_shares_customer_or_visitor_with_an_earlier_one() -> None:
    first = orders(Label.HONEST)
    for one in orders(Label.DUPLICATE_LEAD):
        alike = [each for each in first if each.visitor == one.visitor]
        assert alike
        assert min(each.occurred_at for each in alike) < one.occurred_at
        assert one.order not in {each.order for each in alike}


def test_a_leaked_code_comes_without_any_click() -> None:
    leaked = orders(Label.LEAKED_CODE)
    assert all(one.code == "TILDA20" and not one.clicks for one in leaked)
    incident = world().truth.incident(Label.LEAKED_CODE)
    first_week = [one for one in leaked if one.occurred_at < incident.since + 7 * DAY_MS]
    assert len(first_week) > len(leaked) / 3


def test_on_the_day_of_the_outage_there_are_clicks_and_no_orders() -> None:
    outage = world().truth.incident(Happening.TRACKING_OUTAGE)
    assert outage.until - outage.since == DAY_MS
    during = [one for one in world().told if outage.since <= one.occurred_at < outage.until]
    shop = [one for one in during if getattr(one, "program", None) == SHOP]
    assert len([one for one in shop if isinstance(one, Click)]) > 10
    assert not [one for one in shop if isinstance(one, Conversion)]
    lost = world().truth.untold
    assert lost
    assert all(outage.since <= one.at < outage.until and one.amount_micros for one in lost)
    told = {one.order for one in world().told if isinstance(one, Conversion | Amendment)}
    assert not told & {one.order for one in lost}
