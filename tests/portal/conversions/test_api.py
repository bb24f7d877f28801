"""The API's list of orders, its sums and stories; and what a publisher may not ask."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client

from tests.portal.conversions.lived import Lived, lived, own_installation
from tests.portal.market import MARKER, Tenant, TwoTenants
from utfall.engine import OrderStatus
from utfall.portal.access import Permission, Refused
from utfall.portal.conversions import facade, narrowing
from utfall.portal.conversions.contracts import Filters, Sort
from utfall.portal.conversions.finding import fitting, in_order
from utfall.portal.conversions.models import Conversion
from utfall.portal.conversions.schemas import OrderAnswer
from utfall.portal.databases import CONVERSIONS, on_server
from utfall.portal.people import facade as people

settings: Any = django_settings


@pytest.fixture
def told(market: TwoTenants, tmp_path: Path) -> Iterator[Lived]:
    before = settings.SITE
    settings.SITE = own_installation(before, tmp_path)
    yield lived(market)
    connections[settings.SITE.book_path].close()
    settings.SITE = before


def api(tenant: Tenant) -> Client:
    secret = people.create_key(tenant.caller(), "orders", [Permission.LOOK]).secret
    return Client(headers={"authorization": f"Bearer {secret}"})


def references(tenant: Tenant, **wanted: Any) -> list[str]:
    return [one.reference for one in facade.conversions(tenant.caller(), Filters(**wanted)).items]


def test_filters_find_what_they_say(told: Lived) -> None:
    buyer = told.side.advertiser
    assert references(buyer, search="SE-204") == ["SE-20411"]
    (number,) = (one.id for one in facade.conversions(buyer.caller(), Filters(search="SE-20411")).items)
    assert references(buyer, search=f"#{number}") == ["SE-20411"]
    assert references(buyer, statuses=(OrderStatus.DECLINED,)) == ["SE-20502"]
    assert references(buyer, reason="no_touch") == ["SE-20510", "SE-20505", "SE-20500"]
    assert references(buyer, sub="autumn") == ["SE-20411"]
    assert references(buyer, customer="new") == ["SE-20411"]
    assert references(buyer, code="NOBODYS") == []
    assert references(buyer, amount_to_micros=1_500_000_000) == ["SE-20411"]
    assert references(buyer, publisher=told.market.b.publisher.number, outcome="sale")[0] == "SE-20512"
    assert len(references(buyer, program=told.program)) == 12
    several = references(buyer, statuses=(OrderStatus.DECLINED, OrderStatus.APPROVED))
    assert several == ["SE-20502", "SE-20411"]
    assert references(buyer, sort=Sort.OLDEST)[0] == "SE-20411"
    assert references(buyer, sort=Sort.CHEAPEST, statuses=(OrderStatus.APPROVED,)) == ["SE-20411"]


def test_few_orders_are_looked_up_whatever_else_is_asked_and_are_the_same_ones(
    told: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides = [told.side.advertiser.caller(), told.side.publisher.caller(), told.market.operator.caller()]
    statuses = (OrderStatus.APPROVED, OrderStatus.PENDING)
    asked = [
        Filters(search="SE-20"),
        Filters(search="SE-204", statuses=statuses, outcome="sale", country="SE"),
        Filters(sub="autumn", since=datetime(2020, 1, 1, tzinfo=UTC), sort=Sort.CHEAPEST),
        Filters(commission_from_micros=1, program=told.program, sort=Sort.OLDEST),
        Filters(code="HEJ", statuses=statuses),
    ]
    pairs = [(caller, one) for one in asked for caller in sides]
    lists = [in_order(fitting(caller, one), caller, one.sort, None) for caller, one in pairs]
    if not on_server(CONVERSIONS):  # whose planner knows that this list is short, and reads all of it
        plans = [one.explain() for one in lists]
        assert all(f"{Conversion._meta.db_table}_1 (id=?)" in plan for plan in plans[:-3]), plans
        in_turn = ["conversion_code (code=?)" in plan and "FOR ORDER BY" not in plan for plan in plans[-3:]]
        assert all(in_turn), plans
    few = [facade.conversions(caller, one).items for caller, one in pairs]
    assert sum(map(len, few)) > 20
    monkeypatch.setattr(narrowing, "FEW", -1)
    assert few == [facade.conversions(caller, one).items for caller, one in pairs]


def test_pages_follow_each_other_without_a_gap(told: Lived) -> None:
    caller = told.side.advertiser.caller()
    for sort in Sort:
        found: list[str] = []
        after = None
        while True:
            part = facade.conversions(caller, Filters(sort=sort), after, limit=4)
            found += [one.reference for one in part.items]
            after = part.following
            if after is None:
                break
        # What silence never approves has no day to be sorted by.
        assert len(found) == len(set(found)) == (10 if sort is Sort.SOONEST else 15)


def test_a_publisher_may_not_ask_what_only_the_advertiser_knows(told: Lived) -> None:
    caller = told.side.publisher.caller()
    for wanted in (
        Filters(amount_from_micros=1),
        Filters(customer="new"),
        Filters(channel="x"),
        Filters(source="api"),
        Filters(sort=Sort.LARGEST),
    ):
        with pytest.raises(Refused) as refused:
            facade.conversions(caller, wanted)
        assert refused.value.problems[0].code == "not_your_side"
    assert references(told.side.publisher, statuses=(OrderStatus.UNPAID,)) == []


def test_orders_are_found_by_their_references(told: Lived) -> None:
    caller = told.side.advertiser.caller()
    found = facade.find(caller, ["SE-20411", "SE-20502", "nothing"])
    assert {name: len(views) for name, views in found.items()} == {"SE-20411": 1, "SE-20502": 1}
    assert facade.find(told.market.b.advertiser.caller(), ["SE-20411"]) == {}


def test_the_api_lists_and_tells(told: Lived) -> None:
    buyer, seller = api(told.side.advertiser), api(told.side.publisher)
    listed = buyer.get("/api/v1/conversions", {"search": "SE-20411", "status": ["approved"]}).json()
    (order,) = listed["items"]
    assert (order["amount_micros"], order["refunded_micros"]) == (1_423_750_000, 124_750_000)
    assert order.keys() == OrderAnswer.model_fields.keys()
    OrderAnswer.model_validate(order)
    story = buyer.get(f"/api/v1/conversions/{order['id']}").json()
    kinds = [one["kind"] for one in story["moments"]]
    assert kinds == ["click", "click", "checkout", "sale", "conversion", "approve", "refund", "release"]
    assert story["cost_micros"] == story["commission_micros"] + story["fee_micros"]
    mine = seller.get(f"/api/v1/conversions/{order['id']}").json()
    assert [one["is_hidden"] for one in mine["moments"]][:2] == [True, False]
    assert mine["fee_micros"] is None
    assert MARKER not in str(mine)
    assert api(told.market.b.publisher).get(f"/api/v1/conversions/{order['id']}").status_code == 404
    assert seller.get("/api/v1/conversions", {"amount_from_micros": 1}).status_code == 422


def test_the_api_adds_up(told: Lived) -> None:
    answer = api(told.side.advertiser).get("/api/v1/conversions/totals", {"status": "pending"}).json()
    assert answer["count"] == {"orders": 10, "is_more": False}
    assert answer["sums"] == [
        {
            "currency": "SEK",
            "orders": 10,
            "amount_micros": 15_485_000_000,
            "commission_micros": 1_238_800_000,
            "fee_micros": 247_760_000,
        }
    ]


def test_a_cursor_that_is_not_the_callers_is_refused(told: Lived) -> None:
    answer = api(told.market.b.advertiser).get("/api/v1/conversions", {"after": 1})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor_unknown")
