"""What is told once: a finding of quality, and each morning what silence decides within two days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation

from tests.portal.alerts.lakes import World
from tests.portal.claims.conftest import HOUR, own_site, world
from tests.portal.claims.conftest import World as Claims
from tests.portal.conftest import ClientOf
from tests.portal.market import Tenant
from utfall.portal.access import Caller, Refused, Role
from utfall.portal.alerts import facade
from utfall.portal.alerts.contracts import AlertView, Kind, Preferences, RuleDraft
from utfall.portal.alerts.models import Alert, Note, Rule
from utfall.portal.alerts.notifying import send_notes
from utfall.portal.alerts.rules import make_presets
from utfall.portal.alerts.watching import look
from utfall.portal.book.facade import ZONE
from utfall.portal.changes import facade as changes
from utfall.portal.claims.models import Claim
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import OrderView
from utfall.portal.post.models import Letter
from utfall.portal.quality import facade as quality
from utfall.portal.quality.models import Finding
from utfall.portal.site import site
from utfall.portal.validation import facade as validation
from utfall.science.quality import Detector
from utfall.workers.follow import catch_up

__all__ = ["own_site", "world"]


@dataclass(frozen=True)
class Shop:
    """A world with three orders that wait, in a program that is watched."""

    world: Claims
    orders: dict[str, OrderView]

    @property
    def advertiser(self) -> Tenant:
        """Whose orders they are."""
        return self.world.side.advertiser

    def caller(self, role: Role = Role.FINANCE) -> Caller:
        """Somebody of the advertiser's."""
        return self.advertiser.caller(role)


@pytest.fixture
def shop(world: Claims) -> Iterator[Shop]:
    """Three orders of one click."""
    click = world.click(world.now - 3 * HOUR)
    names = ("A1", "A2", "A3")
    world.settle(click, *(world.order(name, world.now - HOUR, click) for name in names))
    catch_up(Path(site().book_path), print)
    make_presets()
    found = conversions.find(world.advertiser(), names)
    yield Shop(world, {name: one for name, (one,) in found.items()})
    validation.close()


def looked(now: datetime, kind: Kind) -> None:
    Rule.objects.system().exclude(kind=kind.value).delete()
    Rule.objects.system().update(next_look=now)
    look(World(lambda metric, hour: 0).at(now))


def opened(caller: Caller) -> list[AlertView]:
    return list(facade.alerts(caller, state="open").items)


def found(shop: Shop) -> int:
    """A finding as a look would have kept it."""
    order, now = shop.orders["A1"], timezone.now()
    row = Finding.objects.system().create(
        advertiser=order.advertiser,
        program=shop.world.program,
        publisher=shop.world.side.publisher.number,
        detector=Detector.QUICK_CLICK.value,
        since=now,
        until=now,
        orders=3,
        stake_micros=288_000_000,
        currency="SEK",
        facts={"share": 0.6, "orders": 5, "others": 0.01, "bound_s": 30},
    )
    return row.pk


def test_a_finding_reaches_bell_feed_and_letters_once(shop: Shop, client_of: ClientOf) -> None:
    caller, now = shop.caller(), timezone.now()
    manager = shop.advertiser.caller(Role.MANAGER)
    facade.set_preferences(manager, Preferences(email=(Kind.BUDGET,)))
    number = found(shop)
    looked(now, Kind.QUALITY)
    (one,) = opened(caller)
    assert "60% of 5 orders came within 30 seconds" in one.sentence
    assert "288.00 for 3 orders is at stake." in one.sentence
    assert one.url == f"/{shop.advertiser.slug}/quality/findings/{number}/"
    assert facade.unread(caller) == 1
    with translation.override("nb"):
        assert "60" in opened(caller)[0].sentence
    told = [each for each in changes.kept(0, 500) if each.kind == "alert.raised"]
    assert [each.body["kind"] for each in told] == ["quality"]
    readers = set(Note.objects.system().values_list("email", flat=True))
    assert f"finance@{caller.slug}.test" in readers
    assert f"manager@{caller.slug}.test" not in readers
    send_notes()
    letter = Letter.objects.system().filter(to=f"finance@{caller.slug}.test").latest("pk")
    assert f"/quality/findings/{number}/" in letter.text
    looked(now, Kind.QUALITY)
    quality.dismiss(caller, number, "Known")
    looked(now, Kind.QUALITY)
    assert opened(caller) == []
    quality.reopen(caller, number)
    looked(now + timedelta(days=1), Kind.QUALITY)
    assert Alert.objects.system().count() == 1, "a finding is told once"


def test_silence_reminds_once_a_day_with_count_money_and_the_list(shop: Shop, client_of: ClientOf) -> None:
    caller = shop.caller()
    order = shop.orders["A1"]
    assert order.approve_at is not None
    due = order.approve_at.astimezone(ZONE).replace(hour=10)
    looked(due - timedelta(days=3), Kind.REMINDER)
    assert opened(caller) == []
    early = (due - timedelta(days=2)).replace(hour=3)
    looked(early, Kind.REMINDER)
    assert opened(caller) == [], "nobody is reminded in the night"
    for hours in (0, 1, 2):
        looked(due - timedelta(days=2, hours=-hours), Kind.REMINDER)
    (one,) = opened(caller)
    assert one.sentence.startswith("Silence approves 3 orders by ")
    assert "SEK" in one.sentence
    page = client_of(shop.advertiser.users[Role.FINANCE]).get(one.url).content.decode()
    assert all(f">{reference}<" in page for reference in shop.orders)
    assert "Silence approves these by" in page
    none = client_of(shop.advertiser.users[Role.FINANCE]).get(
        one.url.replace(one.facts["until"], "2020-01-01")
    )
    assert ">A1<" not in none.content.decode()
    looked(due - timedelta(days=1), Kind.REMINDER)
    assert opened(caller) == [], "what was told is not told again"
    assert Alert.objects.system().count() == 1


def test_the_clock_of_claims_reminds_as_well(shop: Shop, client_of: ClientOf) -> None:
    caller, now = shop.caller(), datetime.now(UTC).replace(hour=12)
    order = shop.orders["A1"]
    Claim.objects.system().create(
        advertiser=order.advertiser,
        program=shop.world.program,
        publisher=shop.world.side.publisher.number,
        reference="C1",
        outcome="sale",
        zone="Europe/Stockholm",
        placed_on=now.date(),
        amount_micros=500_000_000,
        currency="SEK",
        answer={},
        state="open",
        due_at=now + timedelta(days=1),
        ident="c" * 32,
    )
    looked(now, Kind.REMINDER)
    looked(now + timedelta(hours=1), Kind.REMINDER)
    (one,) = opened(caller)
    assert one.sentence.startswith("The clock decides 1 claim by ")
    assert "500.00" in one.sentence
    assert f"due_to={one.facts['until']}" in one.url


def test_what_comes_with_every_program_is_switched_and_not_made(shop: Shop) -> None:
    caller = shop.advertiser.caller()
    program = shop.world.program
    with pytest.raises(Refused) as refused:
        facade.create_rule(caller, RuleDraft(kind=Kind.REMINDER, program=program))
    assert refused.value.problems[0].code == "kind_comes_with_program"
    found(shop)
    rule = next(one for one in facade.rules(caller) if one.kind is Kind.QUALITY)
    facade.switch_rule(caller, rule.id, False)
    looked(timezone.now(), Kind.QUALITY)
    assert opened(caller) == []
