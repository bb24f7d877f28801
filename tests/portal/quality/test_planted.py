"""The look at a market in which attacks were planted: what it says, to whom, and that it says it once."""

import json
from collections.abc import Iterator

from django.db.models import Count

from tests.portal.conftest import ClientOf
from tests.portal.quality import planted
from utfall.demo.simulation import World
from utfall.demo.truth import ATTACKS, Label
from utfall.portal.access import Kind, Permission
from utfall.portal.people import facade as people
from utfall.portal.quality import clicks, facade
from utfall.portal.quality.contracts import Compared
from utfall.portal.quality.models import Blamed, Finding
from utfall.science.quality import Detector

BY_ATTACK = {
    Label.COUPON_POACHING: {Detector.LATE_CLICK, Detector.QUICK_CLICK},
    Label.CLICK_FLOODING: {Detector.FLOODED_CLICK},
    Label.BOT: {Detector.ROBOT_CLICKS, Detector.FLOODED_CLICK},
    Label.SELF_REFERRAL: {Detector.OWN_ORDER},
    Label.DUPLICATE_LEAD: {Detector.DUPLICATE_LEAD},
    Label.LEAKED_CODE: {Detector.LEAKED_CODE},
}


def api(client_of: ClientOf, kind: Kind, number: int) -> Iterator[str]:
    """A key of an organisation."""
    caller = planted.owner(kind, number)
    yield people.create_key(caller, "quality", [Permission.LOOK]).secret


def test_the_api_names_every_planted_publisher(looked_at: World, client_of: ClientOf) -> None:
    named: dict[int, set[str]] = {}
    for advertiser in (1, 2, 3):
        (secret,) = api(client_of, Kind.ADVERTISER, advertiser)
        browser = client_of(Authorization=f"Bearer {secret}")
        told = json.loads(browser.get("/api/v1/quality/findings").content)
        for one in told["items"]:
            assert one["advertiser"] == advertiser
            assert one["sentence"]
            named.setdefault(one["publisher"], set()).add(one["detector"])
    for attack in ATTACKS:
        incident = looked_at.truth.incident(attack)
        assert incident.publisher is not None
        assert named[incident.publisher] & BY_ATTACK[attack], attack
    assert set(named) == {looked_at.truth.incident(attack).publisher for attack in ATTACKS}


def test_blamed_orders_are_the_planted_ones(looked_at: World) -> None:
    blamed = set(Blamed.objects.system().values_list("reference", flat=True))
    honest = set(planted.orders_of(Label.HONEST))
    planted_orders = {ref for attack in ATTACKS for ref in planted.orders_of(attack)} - honest
    seldom = set(planted.orders_of(Label.CLICK_FLOODING))  # too few of them in a market this small
    assert len(blamed & honest) <= 0.005 * len(honest)
    assert len((planted_orders - seldom) & blamed) >= 0.9 * len(planted_orders - seldom)


def test_a_refused_late_click_costs_nothing(looked_at: World) -> None:
    late = Finding.objects.system().get(detector=Detector.LATE_CLICK.value)
    assert late.stake_micros == 0
    assert not Blamed.objects.system().filter(finding=late, is_theirs=True).exists()


def test_a_second_look_tells_nothing_twice(looked_at: World) -> None:
    before = list(
        Finding.objects.system().order_by("pk").values("pk", "orders", "stake_micros", "since", "state")
    )
    assert facade.review_all(looked_at.truth.until) == 0
    after = list(
        Finding.objects.system().order_by("pk").values("pk", "orders", "stake_micros", "since", "state")
    )
    assert after == before
    twice = Blamed.objects.system().values("finding", "order").annotate(n=Count("pk")).filter(n__gt=1)
    assert not twice.exists()


def test_a_dismissed_finding_stays_dismissed(looked_at: World) -> None:
    caller = planted.owner(Kind.ADVERTISER, 1)
    one = facade.findings(caller, detector=Detector.OWN_ORDER).items[0]
    facade.dismiss(caller, one.id, "She buys for her readers.")
    assert facade.review_all(looked_at.truth.until) == 0
    assert facade.finding(caller, one.id).state == "dismissed"
    facade.reopen(caller, one.id)
    assert facade.finding(caller, one.id).state == "open"


def test_too_many_clicks_in_bursts_are_said_so_and_not_kept(looked_at: World) -> None:
    since = looked_at.truth.since
    days = {
        program: range(since // clicks.DAY_MS, looked_at.truth.until // clicks.DAY_MS)
        for program in (101, 103)
    }
    near = clicks.near_clicks(days, since)
    assert near is not None
    assert clicks.near_clicks(days, since, most=sum(map(len, near.values())) - 1) is None


def test_a_publisher_compares_without_names_and_reads_no_finding(
    looked_at: World, client_of: ClientOf
) -> None:
    poacher = looked_at.truth.incident(Label.COUPON_POACHING).publisher
    assert poacher is not None
    caller = planted.owner(Kind.PUBLISHER, poacher)
    (mine,) = [one for one in facade.mine(caller) if one.program == 101]
    assert mine.publisher == poacher
    assert mine.spreads[Compared.CONVERSION].publishers >= 5
    assert facade.findings(caller, state=None).items == []
    browser = client_of(caller.user)
    assert browser.get(f"/{caller.slug}/quality/").status_code == 404
    page = browser.get(f"/{caller.slug}/traffic/").content.decode()
    assert "The middle half of" in page
    for one in facade.profiles(planted.owner(Kind.ADVERTISER, 1), 101).items:
        assert one.publisher == poacher or one.publisher_name not in page


def test_pages_show_findings_orders_and_publishers(looked_at: World, client_of: ClientOf) -> None:
    caller = planted.owner(Kind.ADVERTISER, 1)
    browser, base = client_of(caller.user), f"/{caller.slug}/quality/"
    listed = browser.get(base).content.decode()
    assert "A leaked code" in listed
    leaked = facade.findings(caller, detector=Detector.LEAKED_CODE).items[0]
    page = browser.get(f"{base}findings/{leaked.id}/").content.decode()
    assert "TILDA20" in page
    assert "data-chart" in page
    shown = facade.blamed(caller, leaked.id).items
    assert shown[0].reference in page
    assert shown[0].order is not None
    assert "strip-own" in browser.get(f"{base}publishers/?program=101").content.decode()
    one = browser.get(f"{base}programs/101/publishers/{leaked.publisher}/")
    assert "A leaked code" in one.content.decode()
    assert "A leaked code" in browser.get(f"/{caller.slug}/conversions/{shown[0].number}/").content.decode()
