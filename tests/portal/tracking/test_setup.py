"""The set-up: what was heard, when that is a worry, secrets, and the test order that goes to the edge."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.portal.conftest import ClientOf
from tests.portal.market import MARKER, Side, TwoTenants
from tests.portal.tracking.conftest import SECRET, StartEdge
from tests.portal.tracking.settled import append, click_of, happen, refusal_of, sale_of
from utfall.portal.access import Forbidden, Refused, Role
from utfall.portal.people import facade as people
from utfall.portal.people.models import Organisation
from utfall.portal.site import SiteConfig
from utfall.portal.tracking import facade, tasks
from utfall.portal.tracking.contracts import Light, MethodHeard, Setup
from utfall.portal.tracking.models import Heard


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def method(setup: Setup, name: str) -> MethodHeard:
    return next(one for one in setup.methods if one.method == name)


def light(setup: Setup, key: str) -> Light:
    return next(one.light for one in setup.checks if one.key == key)


def test_before_anything_was_heard_the_checklist_says_what_to_do(a: Side, own_site: SiteConfig) -> None:
    setup = facade.setup(a.advertiser.caller())
    assert (setup.advertiser, setup.light) == (a.advertiser.number, Light.WARN)
    assert {one.light for one in setup.methods} == {Light.OFF}
    assert (light(setup, "orders"), light(setup, "clicks")) == (Light.WARN, Light.OFF)


def test_what_is_counted_and_what_came_since_make_one_sum(a: Side, own_site: SiteConfig) -> None:
    append(click_of(a, now_ms()), sale_of(a, "ONE", now_ms(), click=click_of(a, now_ms())))
    tasks.follow()
    append(sale_of(a, "TWO", now_ms(), test=True), refusal_of(a, "THREE", now_ms()))
    heard = method(facade.setup(a.advertiser.caller()), "postback")
    assert (heard.accepted, heard.refused, heard.tests, heard.with_click) == (2, 1, 1, 1)
    tasks.follow()
    tasks.follow()
    again = method(facade.setup(a.advertiser.caller()), "postback")
    assert (again.accepted, again.refused, again.tests, again.with_click) == (2, 1, 1, 1)
    assert again.last_reason == "missing_field"
    named = click_of(a, now_ms()).program
    of_each = [
        sum(one.accepted for one in heard_of if one.method == "postback")
        for heard_of in (
            facade.heard(a.advertiser.caller(), a.advertiser.number, one) for one in (named, named + 1)
        )
    ]
    assert of_each == [2, 1], "an order whose click is of one program says nothing of another"


def test_another_advertisers_calls_are_not_counted(market: TwoTenants, own_site: SiteConfig) -> None:
    happen(market.b)
    tasks.follow()
    assert method(facade.setup(market.a.advertiser.caller()), "postback").count == 0
    assert method(facade.setup(market.b.advertiser.caller()), "postback").count == 3


def test_tracking_that_came_regularly_and_stopped_went_silent(a: Side, own_site: SiteConfig) -> None:
    last = timezone.now() - timedelta(hours=50)
    Heard.objects.system().create(
        advertiser=a.advertiser.number, day=last.date(), method="browser", accepted=200, last_at=last
    )
    setup = facade.setup(a.advertiser.caller())
    assert setup.silent_since == last.replace(microsecond=last.microsecond // 1000 * 1000)
    assert (setup.light, method(setup, "browser").is_silent) == (Light.BAD, True)


def test_old_sums_are_forgotten(a: Side, own_site: SiteConfig) -> None:
    last = timezone.now() - timedelta(days=100)
    Heard.objects.system().create(advertiser=1, day=last.date(), method="api", last_at=last)
    tasks.forget()
    assert not Heard.objects.system().exists()


def test_a_new_secret_is_shown_once_and_not_kept(a: Side, own_site: SiteConfig, client_of: ClientOf) -> None:
    browser = client_of(a.advertiser.users[Role.DEVELOPER])
    address = f"/{a.advertiser.slug}/tracking/"
    answer = browser.post(f"{address}secret/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Copy the secret now" in answer.content.decode()
    assert "Copy the secret now" not in browser.get(address).content.decode()
    assert facade.setup(a.advertiser.caller()).has_postback_secret
    assert client_of(a.advertiser.users[Role.VIEWER]).post(f"{address}secret/").status_code == 403


def test_browsers_are_switched_off_and_on(a: Side, own_site: SiteConfig, client_of: ClientOf) -> None:
    browser = client_of(a.advertiser.users[Role.OWNER])
    address = f"/{a.advertiser.slug}/tracking/pixel/"
    assert browser.post(address, {"accepts": "no"}).status_code == 303
    assert not facade.setup(a.advertiser.caller()).accepts_pixel
    browser.post(address, {"accepts": "yes"})
    assert facade.setup(a.advertiser.caller()).accepts_pixel


def test_who_acts_for_several_chooses(market: TwoTenants, own_site: SiteConfig, client_of: ClientOf) -> None:
    operator = client_of(market.operator.users[Role.OWNER])
    page = operator.get(f"/{market.operator.slug}/tracking/").content.decode()
    assert "Whose tracking?" in page
    number = market.b.advertiser.number
    chosen = operator.get(f"/{market.operator.slug}/tracking/?advertiser={number}").content.decode()
    assert MARKER in chosen
    agency = client_of(market.a.agency.users[Role.OWNER])
    assert "Checklist" in agency.get(f"/{market.a.agency.slug}/tracking/").content.decode()
    assert agency.get(f"/{market.a.agency.slug}/tracking/?advertiser={number}").status_code in (404, 422)


def test_a_test_order_goes_to_the_edge_and_arrives(a: Side, edge_of: StartEdge) -> None:
    edge_of(a)
    caller = a.advertiser.caller()
    sent = facade.send_test_order(caller)
    assert (sent.way, sent.status, sent.verdict) == ("postback", 202, "accepted")
    (call,) = facade.calls(caller).calls
    assert (call.order, call.is_test, call.source, call.id) == (sent.order, True, "postback", sent.event)


def test_a_wrong_secret_is_refused_as_the_edge_refuses_a_shop(a: Side, edge_of: StartEdge) -> None:
    edge_of(a, with_secret=True)
    caller = a.advertiser.caller()
    people.renew_postback_secret(caller)
    sent = facade.send_test_order(caller, secret="a wrong one")
    assert (sent.status, sent.verdict, sent.reason, sent.field) == (401, "refused", "unauthorised", "token")
    assert "secret" in str(sent.mend)
    assert facade.send_test_order(caller, secret=SECRET).verdict == "accepted"
    browser = facade.send_test_order(caller)
    assert (browser.way, browser.verdict) == ("browser", "accepted")


def test_where_only_servers_are_heard_the_secret_is_asked_for(a: Side, edge_of: StartEdge) -> None:
    edge_of(a, with_secret=True, accepts_pixel=False)
    caller = a.advertiser.caller()
    Organisation.objects.system().filter(pk=a.advertiser.organisation).update(
        postback_digest="00", accepts_pixel=False
    )
    with pytest.raises(Refused) as refused:
        facade.send_test_order(caller)
    assert refused.value.problems[0].code == "secret_needed"


def test_a_click_token_that_is_none_of_ours_is_refused(a: Side, edge_of: StartEdge) -> None:
    edge_of(a)
    sent = facade.send_test_order(a.advertiser.caller(), click="nonsense")
    assert (sent.verdict, sent.reason) == ("refused", "invalid_click_token")


def test_an_edge_that_does_not_answer_is_said_to_be_so(a: Side, own_site: SiteConfig) -> None:
    with pytest.raises(Refused) as refused:
        facade.send_test_order(a.advertiser.caller())
    assert refused.value.problems[0].code == "edge_unreachable"


def test_who_may_not_send_events_sends_no_test(a: Side, own_site: SiteConfig) -> None:
    with pytest.raises(Forbidden):
        facade.send_test_order(a.advertiser.caller(Role.VIEWER))
