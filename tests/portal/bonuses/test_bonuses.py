"""Bonuses and placements: granted, told once, taken back, by pages and by the API."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.portal.objects import take_part
from tests.portal.programs.drafts import live
from tests.portal.programs.test_api import key_of, send
from tests.portal.tracking import settled
from tests.portal.validation.conftest import own_site
from utfall.portal.access import Forbidden, NotFound, Permission, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import PolicyView, Required
from utfall.portal.bonuses import facade
from utfall.portal.bonuses.contracts import GrantDraft, GrantView, Kind, State
from utfall.portal.bonuses.models import Grant
from utfall.portal.people import facade as people
from utfall.portal.sealing import facade as sealing
from utfall.portal.site import SiteConfig, site
from utfall.workers.publish import publish, sealed_zone
from utfall.workers.settle import Settler, SettlerConfig

__all__ = ["own_site"]
UNIT = 1_000_000


@pytest.fixture
def draft(market: TwoTenants, own_site: SiteConfig) -> GrantDraft:
    """A placement with a partner of side A's program."""
    view = live(market.a.advertiser.caller(), market.operator.caller())
    take_part(market.a, view.id)
    return GrantDraft(
        program=view.id,
        publisher=market.a.publisher.number,
        micros=500 * UNIT,
        kind=Kind.PLACEMENT,
        words="Front page,  week 48",
        token="a form",
    )


def settle() -> None:
    """Settle what waits under the portal's own terms, and hear the answers."""
    root = Path(site().journal_dir).parent
    config = SettlerConfig(
        journal_dir=Path(site().journal_dir),
        book_path=Path(site().book_path),
        snapshots_dir=root / "own-snapshots",
        keys_dir=Path(site().keys_dir),
    )
    _, terms = sealing.market(sealed_zone)
    publish(terms, config.snapshots_dir)
    with Settler(config) as settler:
        settler.settle_all()
    facade.follow()


def made(answer: GrantView | int) -> GrantView:
    """The grant, and no proposal."""
    assert isinstance(answer, GrantView)
    return answer


def test_a_placement_is_granted_once_and_no_more_of_it_is_taken_back(
    market: TwoTenants, draft: GrantDraft
) -> None:
    caller, publisher = market.a.advertiser.caller(), market.a.publisher.caller()
    one = made(facade.grant(caller, draft))
    assert made(facade.grant(caller, draft)).id == one.id, "the same form, sent twice"
    assert (one.state, one.words) == (State.WAITING, "Front page, week 48")
    with pytest.raises(Refused):
        facade.take_back(caller, one.id)
    settle()
    found = facade.granted(publisher, one.id)
    assert (found.state, found.reason, found.code) == (State.GRANTED, "placement", "")
    assert found.receipt is not None
    part = facade.take_back(caller, one.id, micros=200 * UNIT, words="Shown three days of five", token="b")
    assert facade.take_back(caller, one.id, micros=200 * UNIT, token="b").id == part.id
    with pytest.raises(Refused):
        facade.take_back(caller, one.id, micros=300 * UNIT + 1)
    rest = facade.take_back(caller, one.id, token="c")
    assert facade.take_back(caller, one.id, token="c").id == rest.id, "the same form, though nothing is left"
    settle()
    told = [(each.id, each.micros, each.left_micros) for each in facade.grants(publisher).items]
    assert told == [(rest.id, -300 * UNIT, 0), (part.id, -200 * UNIT, 0), (one.id, 500 * UNIT, 0)]
    assert {each.state for each in facade.grants(caller, program=draft.program).items} == {State.GRANTED}
    with pytest.raises(Refused):
        facade.take_back(caller, part.id)


def test_what_the_book_refuses_says_why_and_leaves_nothing_to_take_back(
    market: TwoTenants, draft: GrantDraft, client_of: ClientOf
) -> None:
    """Settlement may know other terms by then: here none of the program."""
    caller = market.a.advertiser.caller()
    one = made(facade.grant(caller, draft))
    settled.settle(market.a)
    facade.follow()
    assert facade.granted(caller, one.id).code == "unknown_program"
    page = client_of(market.a.advertiser.users[Role.VIEWER]).get(
        f"/{caller.slug}/programs/{draft.program}/bonuses/"
    )
    assert "Refused by the book" in page.content.decode()
    with pytest.raises(Refused):
        facade.take_back(caller, one.id)


def test_everything_wrong_is_said_at_once_and_strangers_grant_nothing(
    market: TwoTenants, draft: GrantDraft
) -> None:
    wrong = replace(draft, micros=0, publisher=market.b.publisher.number, words=" ", token=None)
    with pytest.raises(Refused) as refusal:
        facade.grant(market.a.advertiser.caller(), wrong)
    codes = {one.code for one in refusal.value.problems}
    assert codes == {"amount_out_of_range", "not_a_partner", "words_needed"}
    with pytest.raises(Forbidden):
        facade.grant(market.a.advertiser.caller(Role.DEVELOPER), draft)
    one = made(facade.grant(market.a.advertiser.caller(), draft))
    for stranger in (market.b.advertiser.caller(), market.b.publisher.caller()):
        with pytest.raises(NotFound):
            facade.granted(stranger, one.id)
        with pytest.raises((NotFound, Forbidden)):
            facade.take_back(stranger, one.id)
        assert facade.grants(stranger).items == []
    with pytest.raises((NotFound, Forbidden)):
        facade.take_back(market.a.publisher.caller(), one.id)


def test_where_four_eyes_are_asked_for_a_bonus_waits_for_a_second_person(
    market: TwoTenants, draft: GrantDraft
) -> None:
    caller, operator = market.a.advertiser.caller(), market.operator.caller()
    audit.set_policy(
        operator,
        PolicyView(kind="bonus.grant", required=Required.ABOVE, above_micros={"SEK": 499 * UNIT}),
    )
    assert isinstance(facade.grant(caller, replace(draft, micros=499 * UNIT, token="c")), GrantView)
    asked = facade.grant(caller, draft)
    assert isinstance(asked, int)
    assert Grant.objects.system().count() == 1
    audit.decide(operator, asked, approve=True)
    assert [one.micros for one in facade.grants(caller).items] == [500 * UNIT, 499 * UNIT]


def test_its_pages_grant_once_and_take_back(
    market: TwoTenants, draft: GrantDraft, client_of: ClientOf
) -> None:
    tenant = market.a.advertiser
    client, root = client_of(tenant.users[Role.OWNER]), f"/{tenant.slug}/programs/{draft.program}/bonuses/"
    assert "Nothing was granted yet" in client.get(root).content.decode()
    sent = {"publisher": draft.publisher, "kind": "bonus", "micros": "250", "words": "A good month"}
    assert client.post(f"{root}new/", {**sent, "token": "f"}).status_code == 302
    assert client.post(f"{root}new/", {**sent, "token": "f"}).status_code == 302
    assert client.post(f"{root}new/", {**sent, "words": "", "token": "g"}).status_code == 422
    settle()
    page = client.get(root).content.decode()
    assert page.count("A good month") == 1
    (one,) = facade.grants(tenant.caller()).items
    back = f"/{tenant.slug}/bonuses/{one.id}/take-back/"
    assert "250" in client.get(back).content.decode()
    assert client.post(back, {"micros": "251", "token": "h"}).status_code == 422
    assert client.post(back, {"micros": "100", "token": "h"}).status_code == 302
    assert facade.granted(tenant.caller(), one.id).left_micros == 150 * UNIT
    viewer = client_of(tenant.users[Role.VIEWER])
    assert viewer.post(f"{root}new/", {**sent, "token": "i"}).status_code == 403


def test_the_api_does_what_the_pages_do(market: TwoTenants, draft: GrantDraft) -> None:
    key = key_of(market.a.advertiser)
    body = {"publisher": draft.publisher, "micros": 5 * UNIT, "kind": "bonus", "words": "Thanks"}
    one = send("POST", f"/api/v1/programs/{draft.program}/bonuses", key, body)["grant"]
    settle()
    assert send("GET", f"/api/v1/bonuses/{one['id']}", key)["state"] == "granted"
    back = send("POST", f"/api/v1/bonuses/{one['id']}/take-back", key, {})
    assert (back["micros"], back["takes_back"]) == (-5 * UNIT, one["id"])
    secret = people.create_key(market.a.publisher.caller(), "Test", [Permission.LOOK]).secret
    theirs = send("GET", "/api/v1/bonuses", {"authorization": f"Bearer {secret}"})["items"]
    assert [each["id"] for each in theirs] == [back["id"], one["id"]]
