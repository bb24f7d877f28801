"""Deciding about blamed orders: what holding does and does not, and that declining reaches the book."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.portal.validation.conftest import Shop, shop_of
from utfall.events import DeclineReason
from utfall.portal.access import Forbidden, Permission, Refused, Role
from utfall.portal.access.times import to_ms
from utfall.portal.audit import facade as audit
from utfall.portal.conversions import facade as conversions
from utfall.portal.people import facade as people
from utfall.portal.quality import facade, tasks
from utfall.portal.quality.contracts import Ends, Handling
from utfall.portal.quality.models import Blamed, Finding, Handled
from utfall.portal.site import SiteConfig, site
from utfall.portal.validation import facade as validation
from utfall.portal.validation.contracts import Asked
from utfall.portal.work.running import do_next
from utfall.science.quality import Detector
from utfall.workers.follow import catch_up

ORDERS = ("A1", "A2", "A3")


@pytest.fixture
def shop(own_site: SiteConfig, market: TwoTenants) -> Iterator[Shop]:
    """Side A with three orders that wait, all of them blamed by one finding."""
    made = shop_of(market.a, ORDERS)
    follow()
    yield made
    validation.close()


def follow() -> None:
    catch_up(Path(site().book_path), print)


def finding_of(shop: Shop) -> int:
    """As a look would have kept it."""
    caller, now = shop.caller(), timezone.now()
    first = conversions.order(caller, shop.orders["A1"])
    assert first.program is not None
    assert first.publisher is not None
    row = Finding.objects.system().create(
        advertiser=first.advertiser,
        program=first.program,
        publisher=first.publisher,
        detector=Detector.QUICK_CLICK.value,
        since=now,
        until=now,
        orders=3,
        stake_micros=3 * 96_000_000,
        currency="SEK",
        facts={"share": 0.6, "orders": 5, "others": 0.01, "bound_s": 30},
    )
    for reference, number in shop.orders.items():
        Blamed.objects.system().create(
            finding=row,
            order=number,
            reference=reference,
            placed_at=now,
            owed_micros=96_000_000,
            facts={"delay_s": 9, "median_s": 600},
        )
    return row.pk


def test_a_hold_is_undone_released_and_leaves_what_is_at_stake(shop: Shop) -> None:
    caller, number = shop.caller(), finding_of(shop)
    held = facade.hold(caller, number, [shop.orders["A1"], shop.orders["A2"], 999], why="Ask them")
    assert (held.done, held.left) == (2, {"not_blamed": 1})
    assert facade.finding(caller, number).stake_micros == 3 * 96_000_000
    queue = facade.held(caller).items
    assert {one.handled.order for one in queue} == {shop.orders["A1"], shop.orders["A2"]}
    order = conversions.order(caller, shop.orders["A1"])
    assert queue[0].handled.deadline == order.approve_at
    facade.undo(caller, shop.orders["A2"])
    assert facade.release(caller, number, [shop.orders["A1"]]).done == 1
    view = facade.finding(caller, number)
    assert (view.held, view.released, view.undecided) == (0, 1, 2)
    assert facade.stakes(caller) == {"SEK": 2 * 96_000_000}
    assert shop.status("A1") == "pending"
    told = [one.action for one in audit.entries(caller).items]
    assert {"quality.hold", "quality.undo", "quality.release"} <= set(told)


def test_a_decline_reaches_the_book_with_its_reason_and_is_final(shop: Shop) -> None:
    caller, number = shop.caller(), finding_of(shop)
    result = facade.decline(
        caller, number, [shop.orders["A1"]], reason=DeclineReason.FRAUD, evidence="9 s after its click."
    )
    assert (result.done, result.left) == (1, {})
    shop.settle()
    follow()
    assert shop.status("A1") == "declined"
    story = conversions.story(caller, shop.orders["A1"])
    assert story.evidence == "9 s after its click."
    with pytest.raises(Refused) as refused:
        facade.undo(caller, shop.orders["A1"])
    assert refused.value.problems[0].code == "is_final"
    again = facade.decline(caller, number, None, reason=DeclineReason.FRAUD, evidence="The same.")
    assert (again.done, again.left) == (2, {"decided": 1})
    assert facade.finding(caller, number).stake_micros == 0


def test_what_is_held_to_be_declined_is_declined_the_day_before_silence_approves(shop: Shop) -> None:
    caller, number = shop.caller(), finding_of(shop)
    with pytest.raises(Refused):
        facade.hold(caller, number, ends=Ends.DECLINE)
    facade.hold(
        caller, number, [shop.orders["A1"]], ends=Ends.DECLINE, reason=DeclineReason.FRAUD, evidence="9 s."
    )
    facade.hold(caller, number, [shop.orders["A2"]])
    deadline = facade.held(caller).items[0].handled.deadline
    assert deadline is not None
    assert facade.see_to_deadlines(deadline - timedelta(hours=30)) == 0
    assert facade.see_to_deadlines(deadline - timedelta(hours=20)) == 1
    shop.settle()
    assert (shop.status("A1"), shop.status("A2")) == ("declined", "pending")


def test_what_was_decided_elsewhere_leaves_the_queue(shop: Shop) -> None:
    caller, number = shop.caller(), finding_of(shop)
    facade.hold(caller, number, [shop.orders["A3"]])
    validation.decide(
        caller,
        [Asked(order=shop.orders["A3"], action="approve", despite_hold="They showed us why")],
    )
    shop.settle()
    facade.see_to_deadlines(timezone.now())
    assert Handled.objects.system().get(order=shop.orders["A3"]).state == Handling.LAPSED
    assert facade.held(caller).items == []


def test_a_held_order_is_approved_by_hand_only_with_a_reason_that_is_recorded(shop: Shop) -> None:
    caller, number = shop.caller(), finding_of(shop)
    before = validation.decide(caller, [Asked(reference="A2", action="approve")], apply=False)
    facade.hold(caller, number, [shop.orders["A1"], shop.orders["A2"]])
    hold = validation.standing(caller, shop.orders["A1"], to_ms(timezone.now())).hold
    assert hold is not None
    assert hold.subject == f"finding:{number}"
    approve = [Asked(reference=one, action="approve") for one in ORDERS]
    batch = validation.decide(caller, approve, apply=False)
    codes = {row.reference: row.code for row in validation.rows(caller, batch.id).items}
    assert codes == {"A1": "order_is_held", "A2": "order_is_held", "A3": ""}
    told = str(validation.rows(caller, batch.id).items[0].sentence)
    assert f"#{number}" in told
    assert "60% of 5 orders came within 30 seconds" in told
    assert told in "".join(validation.verdicts_csv(caller, batch.id))
    # What was judged good before it was held is left out when it is applied.
    late = validation.apply(caller, before.id)
    assert (late.good, dict(late.codes)) == (0, {"order_is_held": 1})
    said = validation.decide(
        caller, [Asked(reference="A1", action="approve", despite_hold="Their newsletter explains it")]
    )
    assert (said.good, said.refused) == (1, 0)
    shop.settle()
    assert (shop.status("A1"), shop.status("A2")) == ("approved", "pending")
    entry = next(one for one in audit.entries(caller).items if one.action == "validation.despite_hold")
    assert entry.why == "Their newsletter explains it"
    assert entry.after == {"count": 1, "orders": [shop.orders["A1"]], "held_for": [f"finding:{number}"]}


def test_the_pages_name_the_finding_before_a_held_order_is_approved(
    shop: Shop, client_of: ClientOf, market: TwoTenants
) -> None:
    number, owner = finding_of(shop), market.a.advertiser
    facade.hold(shop.caller(), number, [shop.orders["A1"]], why="Ask them")
    browser, base = client_of(owner.users[Role.FINANCE]), f"/{owner.slug}/validation/"
    page, order = f"{base}orders/{shop.orders['A1']}/", shop.orders["A1"]
    link = f"/{owner.slug}/quality/findings/{number}/"
    for shown in (browser.get(page), browser.post(f"{base}decide/", {"action": "approve", "order": [order]})):
        assert link in shown.content.decode()
    assert f"orders/{order}/?action=approve" in browser.get(base).content.decode()
    quick = browser.post(f"{base}decide/", {"quick": "1", "action": "approve", "order": [order]})
    assert f"#{number}" in quick.content.decode()
    unsaid = browser.post(page, {"action": "approve"})
    assert (unsaid.status_code, f"#{number}" in unsaid.content.decode()) == (422, True)
    assert browser.post(page, {"action": "approve", "despite_hold": "Known"}).status_code == 302


def test_only_who_may_decide_about_money_decides(shop: Shop, market: TwoTenants) -> None:
    number = finding_of(shop)
    with pytest.raises(Forbidden):
        facade.hold(shop.caller(Role.VIEWER), number)


def test_the_pages_hold_decline_and_dismiss(shop: Shop, client_of: ClientOf, market: TwoTenants) -> None:
    number, owner = finding_of(shop), market.a.advertiser
    browser, base = client_of(owner.users[Role.FINANCE]), f"/{owner.slug}/quality/"
    page = f"{base}findings/{number}/"
    asked = browser.post(f"{page}decide/", {"do": "hold", "order": [shop.orders["A1"]]}).content.decode()
    assert "60% of 5 orders came within 30 seconds" in asked
    sent = {"do": "hold", "sure": "1", "ends": "nothing", "order": [shop.orders["A1"]]}
    assert browser.post(f"{page}decide/", sent).status_code == 302
    assert "A1" in browser.get(f"{base}held/").content.decode()
    assert browser.post(f"{base}orders/{shop.orders['A1']}/undo/").status_code == 302
    wrong = browser.post(f"{page}decide/", {"do": "decline", "sure": "1", "reason": "fraud"})
    assert wrong.status_code == 422
    browser.post(f"{page}decide/", {"do": "release", "order": [shop.orders["A2"]]})
    told = {"do": "decline", "sure": "1", "reason": "fraud", "evidence": "Seconds."}
    done = browser.post(f"{page}decide/", told, follow=True).content.decode()
    assert "2 orders are declined." in done
    assert browser.post(f"{page}dismiss/", {"why": ""}).status_code == 422
    assert "Dismissed" in browser.post(f"{page}dismiss/", {"why": "Known."}, follow=True).content.decode()
    assert browser.post(f"{page}dismiss/", {"reopen": "1"}, follow=True).status_code == 200


def test_the_api_does_what_the_pages_do(shop: Shop, client_of: ClientOf, market: TwoTenants) -> None:
    number, order = finding_of(shop), shop.orders["A1"]
    scopes = [Permission.LOOK, Permission.MONEY]
    secret = people.create_key(market.a.advertiser.caller(), "quality", scopes).secret
    browser, base = client_of(Authorization=f"Bearer {secret}"), "/api/v1/quality"

    def post(path: str, **sent: object) -> dict[str, object]:
        answer = browser.post(f"{base}/{path}", sent, content_type="application/json")
        assert answer.status_code in (200, 204), answer.content
        told: dict[str, object] = json.loads(answer.content or "{}")
        return told

    assert post(f"findings/{number}/hold", orders=[order], why="Ask")["done"] == 1
    queue = json.loads(browser.get(f"{base}/held").content)["items"]
    assert [(one["order"], one["ends"]) for one in queue] == [(order, "nothing")]
    post(f"orders/{order}/undo")
    blamed = json.loads(browser.get(f"{base}/findings/{number}/orders").content)["items"]
    assert {one["status"] for one in blamed} == {"pending"}
    assert post(f"findings/{number}/release", orders=[order])["done"] == 1
    left = post(f"findings/{number}/decline", orders=[order, 999], reason="fraud", evidence="9 s.")
    assert (left["done"], left["left"]) == (1, {"not_blamed": 1})
    assert post(f"findings/{number}/dismiss", why="Known")["state"] == "dismissed"
    assert post(f"findings/{number}/reopen")["state"] == "open"
    early = browser.post(f"{base}/findings/{number}/dismiss", {"why": " "}, content_type="application/json")
    assert early.status_code == 422


def test_a_look_is_asked_for_once_and_the_page_says_so_before_it(
    own_site: SiteConfig, market: TwoTenants, client_of: ClientOf
) -> None:
    owner, seller = market.a.advertiser, market.a.publisher
    page = client_of(owner.users[Role.VIEWER]).get(f"/{owner.slug}/quality/").content.decode()
    assert "Nothing has been looked at yet" in page
    mine = client_of(seller.users[Role.VIEWER]).get(f"/{seller.slug}/traffic/").content.decode()
    assert "Nothing to compare yet" in mine
    tasks.ask_for_a_look()
    tasks.ask_for_a_look()
    assert DBTaskResult.objects.filter(task_path=tasks.look_at_everything.module_path).count() == 1
    assert do_next()
    assert DBTaskResult.objects.get(task_path=tasks.look_at_everything.module_path).status == "SUCCESSFUL"
