"""Delivering to real receivers: signed, in order, until it is there, and never to where it must not go."""

import base64
import hashlib
import hmac
import json
import threading
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from tests.portal.market import TwoTenants
from tests.portal.webhooks.conftest import Until
from tests.portal.webhooks.receiver import Got, Receiver, receiving
from tests.portal.webhooks.telling import hook, postback, tell
from utfall.portal.access import Caller
from utfall.portal.changes.contracts import Kind
from utfall.portal.post.models import Letter
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.contracts import Standing, State
from utfall.portal.webhooks.models import Attempt, Delivery, Endpoint
from utfall.portal.webhooks.retrying import DISABLED_AFTER, TRIES


def is_signed(got: Got, secret: str) -> bool:
    """What a receiver does, written without anything of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join((got.id.encode(), got.headers["webhook-timestamp"].encode(), got.body))
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{wanted}" in got.headers["webhook-signature"].split(" ")


def states(caller: Caller) -> list[State]:
    return [one.state for one in facade.sendings(caller).items]


def all_are(caller: Caller, state: State, number: int) -> bool:
    return states(caller) == [state] * number


def test_a_change_arrives_signed_and_is_logged_as_it_was(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    receiver.headers, receiver.body = {"Set-Cookie": "session=hush"}, b"thank you"
    made = hook(caller, receiver.url)
    cursor = tell(caller)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    (got,) = receiver.got
    assert is_signed(got, made.secret)
    assert not is_signed(got, made.secret[:-5] + "AAAA=")
    told = json.loads(got.body)
    assert (told["type"], told["data"]["subject"], told["data"]["id"]) == (
        "conversion.recorded",
        "conversion:1",
        cursor,
    )
    (one,) = facade.sendings(caller).items
    (attempt,) = facade.sending(caller, one.id).attempts
    assert (attempt.status, attempt.address, attempt.answer_body) == (200, "127.0.0.1", "thank you")
    assert attempt.request_headers["webhook-id"] == got.id == one.message
    assert "hush" not in str(attempt.answer_headers)


def test_a_receiver_that_misses_the_first_two_tries_gets_it_by_the_same_id(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    made = hook(caller, receiver.url)
    receiver.answers = [500, 503]
    tell(caller)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    assert len(receiver.got) == 3
    assert len({got.id for got in receiver.got}) == 1
    assert len({got.body for got in receiver.got}) == 1
    assert all(is_signed(got, made.secret) for got in receiver.got)
    (one,) = facade.sendings(caller).items
    assert [attempt.status for attempt in facade.sending(caller, one.id).attempts] == [200, 503, 500]
    assert facade.endpoint(caller, made.endpoint.id).failures == 0


def test_a_publisher_reads_its_own_side_and_nobody_anothers(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    from utfall.portal.changes import facade as changes

    a, b = market.a.publisher.caller(), market.b.publisher.caller()
    hook(a, receiver.url)
    hook(b, receiver.url)
    hook(market.a.advertiser.caller(), receiver.url)
    for caller in (a, b):
        changes.tell(
            Kind.CONVERSION_APPROVED,
            subject="conversion:7",
            advertiser=market.b.advertiser.number,
            publisher=caller.number,
            body={"fee_micros": 1},
            publisher_body={"commission_micros": 2},
        )
    deliver_until(lambda: all_are(a, State.DELIVERED, 1) and all_are(b, State.DELIVERED, 1))
    told = [json.loads(got.body)["data"] for got in receiver.got]
    assert sorted(one["publisher"] for one in told) == sorted([a.number, b.number])
    assert all("fee_micros" not in one for one in told)


def test_only_the_chosen_kinds_are_told(market: TwoTenants, receiver: Receiver, deliver_until: Until) -> None:
    caller = market.a.advertiser.caller()
    hook(caller, receiver.url, kinds=("conversion.declined",))
    tell(caller, 1)
    tell(caller, 2, Kind.CONVERSION_DECLINED)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    assert [json.loads(got.body)["type"] for got in receiver.got] == ["conversion.declined"]


def test_a_postback_has_its_gaps_filled_and_no_value_adds_a_parameter(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.publisher.caller()
    template = receiver.url + "/cb?o={order_id}&c={commission}&cur={currency}&s={sub1}&st={status}&x={sub9}"
    made = postback(caller, template + "&sig={signature}", method="GET")
    tell(caller)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    (got,) = receiver.got
    assert (got.method, got.body) == ("GET", b"")
    told = parse_qs(urlsplit(got.path).query, keep_blank_values=True)
    signature = told.pop("sig")[0]
    assert told == {
        "o": ["A-1"],
        "c": ["84.00"],
        "cur": ["SEK"],
        "s": ["blue & green"],
        "st": ["pending"],
        "x": [""],
    }
    before = (receiver.url + got.path).removesuffix(signature)
    key = base64.b64decode(made.secret.removeprefix("whsec_"))
    assert signature == hmac.new(key, before.encode(), hashlib.sha256).hexdigest()


def test_a_postback_by_post_sends_its_parameters_as_a_form(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.publisher.caller()
    made = postback(caller, receiver.url + "/cb?o={order_id}&e={event}", method="POST")
    tell(caller)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    (got,) = receiver.got
    assert (got.path, got.body) == ("/cb", b"o=A-1&e=sale")
    assert got.headers["content-type"] == "application/x-www-form-urlencoded"
    assert is_signed(got, made.secret)


def test_changes_of_one_endpoint_keep_their_order(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    hook(caller, receiver.url)
    cursors = [tell(caller, number) for number in range(20)]
    deliver_until(lambda: all_are(caller, State.DELIVERED, 20))
    assert [json.loads(got.body)["data"]["id"] for got in receiver.got] == cursors


def test_a_receiver_that_never_answers_delays_no_other(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    stuck, well = market.a.advertiser.caller(), market.b.advertiser.caller()
    with receiving(Receiver(hold=threading.Event())) as holding:
        hook(stuck, holding.url)
        hook(well, receiver.url)
        for number in range(5):
            tell(stuck, number)
            tell(well, number)

        def well_has_all() -> bool:
            done = all_are(well, State.DELIVERED, 5)
            if done and holding.hold is not None:
                assert len(holding.got) == 1, "one at a time to each endpoint"
                holding.hold.set()
            return done

        deliver_until(well_has_all)
        assert len(receiver.got) == 5


def test_what_cannot_be_taken_lets_what_follows_pass(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    hook(caller, receiver.url)
    receiver.answers = [400]
    for number in (1, 2, 3):
        tell(caller, number)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 3))
    assert [json.loads(got.body)["data"]["subject"] for got in receiver.got] == [
        f"conversion:{number}" for number in (1, 2, 3, 1)
    ]


def test_a_receiver_that_asks_for_time_is_given_it(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    made = hook(caller, receiver.url)
    receiver.answers, receiver.headers = [429], {"Retry-After": "7200"}
    tell(caller)
    deliver_until(lambda: len(receiver.got) == 1 and Attempt.objects.system().exists())
    (one,) = facade.sendings(caller).items
    soon = timezone.now() + timedelta(minutes=119)
    assert one.next_try is not None
    assert one.next_try > soon
    rests = facade.endpoint(caller, made.endpoint.id).rests_until
    assert rests is not None
    assert rests > soon


def test_after_the_last_try_it_is_a_dead_letter_that_can_be_sent_again(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    hook(caller, receiver.url)
    receiver.answers = [500] * TRIES
    tell(caller)
    Delivery.objects.system().update(next_try=timezone.now())
    deliver_until(lambda: hurry() or states(caller) == [State.DEAD])
    assert len(receiver.got) == TRIES
    (dead,) = facade.sendings(caller, state=State.DEAD).items
    facade.redeliver(caller, dead.id)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    assert receiver.got[-1].id == receiver.got[0].id


def hurry() -> bool:
    """Let time pass: what waits is due."""
    Delivery.objects.system().filter(state="waiting").update(next_try=timezone.now())
    Endpoint.objects.system().update(rests_until=None)
    return False


def test_people_are_told_and_the_endpoint_is_switched_off_and_misses_nothing(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    made = hook(caller, receiver.url)
    receiver.usual = 500
    for number in range(DISABLED_AFTER):
        tell(caller, number)

    def is_off() -> bool:
        hurry()
        return facade.endpoint(caller, made.endpoint.id).state is Standing.DISABLED

    deliver_until(is_off)
    letters = Letter.objects.system().filter(subject__startswith="127.0.0.1")
    said = letters.values("to").distinct().count() * [5, 10, 15]
    assert len(receiver.got) == DISABLED_AFTER
    assert letters.filter(subject__endswith="does not answer").count() == len(said)
    assert letters.filter(subject__endswith="is switched off").count() == len(said) // 3
    late = tell(caller, 99)
    deliver_until(lambda: facade.endpoint(caller, made.endpoint.id).missed)
    receiver.usual = 200
    facade.resume_endpoint(caller, made.endpoint.id)
    deliver_until(lambda: all_are(caller, State.DELIVERED, DISABLED_AFTER + 1))
    assert json.loads(receiver.got[-1].body)["data"]["id"] in (late, *range(late))
    assert any(json.loads(got.body)["data"]["id"] == late for got in receiver.got)


def test_an_endpoint_that_says_it_is_gone_is_switched_off_at_once(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    made = hook(caller, receiver.url)
    receiver.usual = 410
    tell(caller)
    deliver_until(lambda: facade.endpoint(caller, made.endpoint.id).state is Standing.DISABLED)
    assert facade.endpoint(caller, made.endpoint.id).reason == "gone"


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_to_a_private_address_is_not_followed(
    market: TwoTenants, receiver: Receiver, deliver_until: Until, status: int
) -> None:
    caller = market.a.advertiser.caller()
    with receiving() as inner:
        hook(caller, receiver.url)
        receiver.answers, receiver.headers = [status], {"Location": f"{inner.url}/inner"}
        tell(caller)
        deliver_until(lambda: Attempt.objects.system().exists())
        assert inner.got == []
    attempt = Attempt.objects.system().get()
    assert (attempt.status, attempt.answer_headers["location"]) == (status, f"{inner.url}/inner")


def test_a_replay_from_a_cursor_sends_what_was_and_what_never_was(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    early = [tell(caller, number) for number in (1, 2)]
    deliver_until(lambda: True)
    made = hook(caller, receiver.url)
    late = tell(caller, 3)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    facade.replay(caller, made.endpoint.id, cursor=early[0] - 1)
    deliver_until(lambda: len(receiver.got) == 4 and all_are(caller, State.DELIVERED, 3))
    assert sorted(json.loads(got.body)["data"]["id"] for got in receiver.got) == sorted([*early, late, late])
    assert len({got.id for got in receiver.got}) == 3


def test_a_replay_of_a_span_sends_again_what_was_made_in_it(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    made = hook(caller, receiver.url)
    tell(caller, 1)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    now = timezone.now()
    assert facade.replay(caller, made.endpoint.id, since=now) == 0
    assert facade.replay(caller, made.endpoint.id, since=now - timedelta(hours=1), until=now) == 1
    deliver_until(lambda: len(receiver.got) == 2)


def test_while_a_secret_is_replaced_both_signatures_are_right(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    old = hook(caller, receiver.url)
    new = facade.rotate_secret(caller, old.endpoint.id)
    assert new.secret != old.secret
    tell(caller)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    assert is_signed(receiver.got[0], old.secret)
    assert is_signed(receiver.got[0], new.secret)
    facade.rotate_secret(caller, old.endpoint.id, overlap=timedelta(0))
    tell(caller, 2)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 2))
    assert not is_signed(receiver.got[1], new.secret)


def test_a_test_is_signed_tried_once_and_judges_nobody(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    made = hook(caller, receiver.url)
    receiver.usual = 500
    facade.send_test(caller, made.endpoint.id)
    deliver_until(lambda: states(caller) == [State.DEAD])
    assert is_signed(receiver.got[0], made.secret)
    assert json.loads(receiver.got[0].body)["type"] == "webhook.ping"
    assert facade.endpoint(caller, made.endpoint.id).failures == 0


def test_what_is_paused_waits_and_is_sent_when_resumed(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    caller = market.a.advertiser.caller()
    made = hook(caller, receiver.url)
    facade.pause_endpoint(caller, made.endpoint.id)
    tell(caller)
    deliver_until(lambda: facade.endpoint(caller, made.endpoint.id).missed)
    assert receiver.got == []
    facade.resume_endpoint(caller, made.endpoint.id)
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))


def test_a_postback_has_the_sub_ids_and_the_code_of_the_order(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    """The change does not say them; the list of orders does, to the publisher whose order it is."""
    from utfall.portal.changes import facade as changes
    from utfall.portal.conversions.models import Conversion

    caller = market.a.publisher.caller()
    times = ("occurred_at", "recorded_at", "changed_at")
    sums = ("amount_micros", "refunded_micros", "commission_micros", "fee_micros", "lines")
    known = dict.fromkeys((*times, *sums), 0)
    Conversion.objects.system().create(
        id=77,
        advertiser=market.a.advertiser.number,
        publisher=caller.number,
        outcome="sale",
        reference="A-77",
        status="pending",
        method="code",
        currency="SEK",
        source="api",
        first_receipt=1,
        receipt=1,
        receipts=1,
        subs=["autumn", "top"],
        code="FJELL10",
        **known,
    )
    postback(caller, receiver.url + "/cb?a={sub1}&b={sub2}&code={code}&t={transaction_id}", method="GET")
    changes.tell(
        Kind.CONVERSION_RECORDED,
        subject="conversion:77",
        publisher=caller.number,
        advertiser=market.a.advertiser.number,
        body={"conversion": 77},
    )
    deliver_until(lambda: all_are(caller, State.DELIVERED, 1))
    assert receiver.got[0].path == "/cb?a=autumn&b=top&code=FJELL10&t=77"
