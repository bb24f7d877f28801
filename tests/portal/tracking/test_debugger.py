"""The live debugger: what is shown to whom, how soon, and what it says of what it left out."""

import time
from pathlib import Path

import msgspec
import pytest

from tests.portal.conftest import ClientOf
from tests.portal.market import MARKER, Side, TwoTenants
from tests.portal.tracking.settled import append, click_of, happen, refusal_of, sale_of
from utfall.events import Source
from utfall.portal.access import NotFound, Refused, Role
from utfall.portal.site import SiteConfig
from utfall.portal.tracking import facade, watching
from utfall.portal.tracking.contracts import Wanted


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def test_before_the_first_call_it_says_so(a: Side, own_site: SiteConfig, client_of: ClientOf) -> None:
    told = facade.calls(a.advertiser.caller())
    assert (told.calls, told.has_journal, told.skipped) == ((), False, 0)
    page = client_of(next(iter(a.advertiser.users.values()))).get(f"/{a.advertiser.slug}/tracking/debugger/")
    assert b"Nothing was ever heard" in page.content


def test_a_book_that_is_just_being_made_is_none_yet(a: Side, own_site: SiteConfig) -> None:
    Path(own_site.book_path).touch()
    assert facade.calls(a.advertiser.caller()).calls == ()


def test_an_order_is_shown_with_its_verdict_and_its_receipt(a: Side, own_site: SiteConfig) -> None:
    traffic = happen(a)
    told = facade.calls(a.advertiser.caller())
    refused, test, order, click = told.calls
    assert (click.kind, click.publisher_name) == ("click", a.publisher.name)
    assert (order.order, order.clicks, order.amount_micros) == (traffic.order, 1, 1_000_000_000)
    assert order.settled is not None
    assert (order.settled.status, order.settled.commission_micros) == ("pending", 80_000_000)
    assert order.settled.receipt == traffic.receipt
    assert test.is_test
    assert test.settled is not None
    assert test.settled.reason == "test"
    assert (refused.verdict, refused.reason, refused.field) == ("refused", "missing_field", "currency")
    assert refused.sentence == "A required field is missing."


def test_what_comes_later_comes_with_the_next_look_and_only_once(a: Side, own_site: SiteConfig) -> None:
    happen(a)
    caller = a.advertiser.caller()
    first = facade.calls(caller)
    assert facade.calls(caller, first.cursor).calls == ()
    append(sale_of(a, "LATER", now_ms()))
    second = facade.calls(caller, first.cursor)
    assert [call.order for call in second.calls] == ["LATER"]
    assert facade.calls(caller, second.cursor).calls == ()


def test_a_new_stream_is_heard_without_being_named(a: Side, own_site: SiteConfig) -> None:
    append(sale_of(a, "ONE", now_ms()))
    first = facade.calls(a.advertiser.caller())
    append(sale_of(a, "TWO", now_ms()), stream="edge-1")
    assert [call.order for call in facade.calls(a.advertiser.caller(), first.cursor).calls] == ["TWO"]


def test_the_tag_and_the_image_are_told_apart(a: Side, own_site: SiteConfig, client_of: ClientOf) -> None:
    for source in (Source.TAG, Source.PIXEL):
        append(msgspec.structs.replace(sale_of(a, f"BY-{source}", now_ms()), source=source))
    told = facade.calls(a.advertiser.caller()).calls
    assert {(call.order, call.source) for call in told} == {("BY-tag", "tag"), ("BY-pixel", "pixel")}
    tenant = a.advertiser
    page = client_of(tenant.users[Role.VIEWER]).get(f"/{tenant.slug}/tracking/debugger/").content.decode()
    assert "JavaScript tag" in page
    assert "Image" in page
    (browser,) = [one for one in facade.setup(tenant.caller()).methods if one.method == "browser"]
    assert browser.accepted == 2, "both are a browser's word"


def test_what_is_settled_later_is_told_by_the_event(a: Side, own_site: SiteConfig) -> None:
    caller = a.advertiser.caller()
    traffic = happen(a)
    cursor = facade.calls(caller).cursor
    event = sale_of(a, "NEXT", now_ms())
    append(event)
    second = facade.calls(caller, cursor)
    assert second.calls[0].settled is None
    from tests.portal.tracking.settled import settle

    settle(a)
    third = facade.calls(caller, second.cursor)
    assert third.calls == ()
    assert [(one.event, one.status) for one in third.settled] == [(event.id, "unpaid")]
    assert third.settled[0].receipt > traffic.receipt


def test_nobody_sees_what_is_anothers(market: TwoTenants, own_site: SiteConfig) -> None:
    happen(market.b)
    traffic = happen(market.a)
    for caller in (market.a.advertiser.caller(), market.a.agency.caller()):
        told = facade.calls(caller)
        assert {call.advertiser for call in told.calls} == {market.a.advertiser.number}
        assert all(MARKER not in call.order for call in told.calls)
        assert all(MARKER not in one.order for one in told.settled)
        with pytest.raises(NotFound):
            facade.calls(caller, wanted=Wanted(advertiser=market.b.advertiser.number))
    everybody = facade.calls(market.operator.caller())
    assert {call.advertiser for call in everybody.calls} == {
        market.a.advertiser.number,
        market.b.advertiser.number,
    }
    assert traffic.order in {call.order for call in everybody.calls}


def test_a_publisher_sees_its_touches_and_what_it_earned_but_no_call_of_an_order(
    market: TwoTenants, own_site: SiteConfig
) -> None:
    happen(market.b)
    traffic = happen(market.a)
    told = facade.calls(market.a.publisher.caller())
    earned, click = told.calls
    assert (click.kind, click.publisher) == ("click", market.a.publisher.number)
    assert click.sub == (f"{market.a.publisher.name} top",)
    assert (earned.source, earned.order, earned.amount_micros) == ("settlement", traffic.order, None)
    assert earned.settled is not None
    assert (earned.settled.commission_micros, earned.settled.cost_micros) == (80_000_000, None)


def test_an_advertiser_does_not_see_the_sub_ids_of_its_publishers(a: Side, own_site: SiteConfig) -> None:
    append(click_of(a, now_ms()))
    (click,) = facade.calls(a.advertiser.caller()).calls
    assert click.sub == ()


def test_filters_narrow_by_kind_verdict_order_and_test(a: Side, own_site: SiteConfig) -> None:
    traffic = happen(a)
    caller = a.advertiser.caller()

    def shown(**wanted: object) -> list[str]:
        return [call.order for call in facade.calls(caller, wanted=Wanted(**wanted)).calls]  # type: ignore[arg-type]

    assert shown(kind="click") == [""]
    assert shown(verdict="refused") == [f"{traffic.order}-R"]
    assert shown(tests_only=True) == [f"{traffic.order}-T"]
    assert shown(order=f"{traffic.order}-t".lower()) == [f"{traffic.order}-T"]
    with pytest.raises(Refused):
        shown(kind="anything")


def test_more_than_a_look_may_read_is_left_out_and_counted(
    a: Side, own_site: SiteConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(sale_of(a, "FIRST", now_ms()))
    caller = a.advertiser.caller()
    cursor = facade.calls(caller).cursor
    for number in range(12):
        append(sale_of(a, f"N{number}", now_ms()))
    journal = Path(own_site.journal_dir)
    places, _receipt = watching.places_in(cursor)
    tail = watching.look(journal, places, most=5)
    assert ([event.order for event in tail.events], tail.skipped) == (  # type: ignore[union-attr]
        [f"N{number}" for number in range(7, 12)],
        7,
    )
    monkeypatch.setattr("utfall.portal.tracking.debugging.SHOWN", 5)
    told = facade.calls(caller, cursor)
    assert ([call.order for call in told.calls], told.skipped) == ([f"N{n}" for n in range(11, 6, -1)], 7)


def test_a_first_look_goes_back_a_few_minutes_only(a: Side, own_site: SiteConfig) -> None:
    append(refusal_of(a, "OLD", now_ms() - watching.LOOKED_BACK_MS - 1000), refusal_of(a, "NEW", now_ms()))
    assert [call.order for call in facade.calls(a.advertiser.caller()).calls] == ["NEW"]


@pytest.mark.parametrize("cursor", ["nonsense", "####", "LTEs", "x" * 3000, "é", "MTIsZWRnZS0wOi0x"])
def test_a_cursor_that_is_none_of_ours_is_refused(a: Side, own_site: SiteConfig, cursor: str) -> None:
    with pytest.raises(Refused):
        facade.calls(a.advertiser.caller(), cursor)


def test_a_place_beyond_the_end_begins_anew(a: Side, own_site: SiteConfig) -> None:
    append(sale_of(a, "HERE", now_ms()))
    cursor = watching.cursor_of({"edge-0": 10**12}, 10**12)
    assert [call.order for call in facade.calls(a.advertiser.caller(), cursor).calls] == ["HERE"]


def test_a_damaged_stream_is_named_and_the_others_are_shown(a: Side, own_site: SiteConfig) -> None:
    append(sale_of(a, "WHOLE", now_ms()))
    broken = Path(own_site.journal_dir) / "edge-1"
    broken.mkdir()
    (broken / "0000000000000000.segment").write_bytes(b"no database at all")
    told = facade.calls(a.advertiser.caller())
    assert [call.order for call in told.calls] == ["WHOLE"]
    assert "edge-1" in told.problem


def test_the_poll_answers_with_what_is_new(a: Side, own_site: SiteConfig, client_of: ClientOf) -> None:
    browser = client_of(next(iter(a.advertiser.users.values())))
    address = f"/{a.advertiser.slug}/tracking/debugger/calls/"
    cursor = facade.calls(a.advertiser.caller()).cursor
    traffic = happen(a)
    answer = browser.get(address, {"cursor": cursor})
    assert answer.headers["Cache-Control"] == "no-store"
    body = answer.content.decode()
    assert traffic.order in body
    assert f"/receipts/{traffic.receipt}/story/" in body
    assert browser.get(address, {"cursor": "none of ours"}).status_code == 422
