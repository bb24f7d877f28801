"""The change feed: in order, once, and to each side its own."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tests.portal.conftest import ClientOf
from tests.portal.market import MARKER, Tenant, TwoTenants
from tests.portal.programs.drafts import live
from utfall.portal.access import Permission
from utfall.portal.changes import facade
from utfall.portal.changes.contracts import SENTENCES, Kind, Told
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import ApplicationDraft, State
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import State as ProgramState


def told_to(tenant: Tenant, *kinds: Kind) -> list[Kind]:
    return [one.kind for one in facade.changes(tenant.caller(), kinds=kinds).items]


def test_every_kind_has_its_sentence() -> None:
    assert SENTENCES.keys() == set(Kind)


def test_a_change_that_is_rolled_back_was_never_told(market: TwoTenants) -> None:
    with transaction.atomic():
        facade.tell(Kind.ALERT_RAISED, subject="alert:1", advertiser=1, body={})
        transaction.set_rollback(True)
    assert facade.latest() == 0


def test_each_side_reads_its_own_body(market: TwoTenants) -> None:
    a = market.a
    facade.tell(
        Kind.CLAIM_FILED,
        subject="claim:1",
        advertiser=a.advertiser.number,
        publisher=a.publisher.number,
        body={"amount_micros": 7},
        publisher_body={"state": "open"},
    )
    (bought,) = facade.changes(a.advertiser.caller()).items
    (sold,) = facade.changes(a.publisher.caller()).items
    assert (dict(bought.body), dict(sold.body)) == ({"amount_micros": 7}, {"state": "open"})
    assert told_to(a.agency) == [Kind.CLAIM_FILED]
    assert told_to(market.operator) == [Kind.CLAIM_FILED]
    for stranger in market.b:
        assert told_to(stranger) == []


def test_the_feed_goes_on_from_its_cursor(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    for number in range(5):
        facade.tell(Kind.ALERT_RAISED, subject=f"alert:{number}", advertiser=caller.number, body={})
    first = facade.changes(caller, limit=3)
    rest = facade.changes(caller, first.following, limit=3)
    assert [one.subject for one in (*first.items, *rest.items)] == [f"alert:{n}" for n in range(5)]
    assert (first.is_end, rest.is_end) == (False, True)
    nothing = facade.changes(caller, rest.following)
    assert (list(nothing.items), nothing.following, nothing.is_end) == ([], rest.following, True)


def test_what_a_receipt_decided_is_told_once_and_not_when_it_is_too_old(market: TwoTenants) -> None:
    now = timezone.now()
    new = Told(kind=Kind.CONVERSION_APPROVED, subject="conversion:1", at=now, body={}, proof="a" * 64)
    old = Told(kind=Kind.CONVERSION_APPROVED, subject="conversion:2", at=now - timedelta(days=500), body={})
    facade.tell_decided([new, old])
    facade.tell_decided([new])
    assert [one.subject for one in facade.kept(0, 10)] == ["conversion:1"]


def test_what_is_older_than_it_is_kept_is_forgotten_and_the_cursor_never_falls(market: TwoTenants) -> None:
    facade.tell(Kind.ALERT_RAISED, subject="alert:1", body={})
    from utfall.portal.changes.models import Change

    Change.objects.system().update(at=timezone.now() - timedelta(days=401))
    assert facade.forget() == 1
    facade.tell(Kind.ALERT_RAISED, subject="alert:2", body={})
    assert facade.latest() == 2


def test_partnerships_and_programs_tell_of_themselves(market: TwoTenants) -> None:
    a, caller = market.a, market.a.advertiser.caller()
    program = live(caller, market.operator.caller(), "Acme shoes").id
    asked = partners.apply(
        a.publisher.caller(), ApplicationDraft(program=program, promotion_types=("content",), message="Hello")
    )
    assert asked.application is not None
    partners.decide(caller, asked.application, State.APPROVED)
    programs.change_state(caller, program, ProgramState.PAUSED, "Sold out")
    kinds = [Kind.PARTNERSHIP_APPLIED, Kind.PARTNERSHIP_APPROVED, Kind.PROGRAM_STATE]
    assert told_to(a.advertiser, *kinds)[-3:] == kinds
    assert told_to(a.publisher, *kinds)[-3:] == kinds
    assert told_to(market.b.publisher) == []


def test_the_api_answers_the_feed(market: TwoTenants, client_of: ClientOf) -> None:
    caller = market.a.advertiser.caller()
    for side in (market.a, market.b):
        facade.tell(
            Kind.ALERT_RAISED,
            subject="alert:1",
            advertiser=side.advertiser.number,
            body={"name": side.advertiser.name},
        )
    secret = people.create_key(caller, "feed", [Permission.LOOK]).secret
    browser = client_of(authorization=f"Bearer {secret}")
    answer = browser.get("/api/v1/changes", {"kind": "alert.raised", "after": "0"}).json()
    assert [one["body"]["name"] for one in answer["items"]] == [market.a.advertiser.name]
    assert answer["is_end"]
    assert MARKER not in str(answer)
    assert browser.get("/api/v1/changes", {"kind": "nonsense"}).status_code == 422
