"""From agreements to the snapshot in force, and from a market in force into an empty portal."""

import threading
import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from tests.portal.links.test_links import made
from tests.portal.market import TwoTenants
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.links.models import Link
from utfall.portal.links.sealed import sealed_link, sealed_links
from utfall.portal.sealing import facade
from utfall.portal.site import SiteConfig
from utfall.terms import Zone
from utfall.workers.publish import Shelf, publish, read_program_file, sealed_zone
from utfall.workers.seal import adopt_current, run_sealer, seal_now

NORDIC = Path(__file__).parents[3] / "src/utfall/workers/nordic.toml"


def test_what_was_agreed_is_in_the_snapshot(market: TwoTenants, tmp_path: Path) -> None:
    link = made(market)
    assert facade.state().waiting > 0
    seal_now(tmp_path)
    state, shelf = facade.state(), Shelf(tmp_path)
    assert (state.waiting, state.problem, state.snapshot) == (0, "", shelf.current())
    snapshot = shelf.load(state.snapshot)
    assert snapshot.links_by_key[link.key].publisher == market.a.publisher.number
    at = int(time.time() * 1000) + 1000
    assert snapshot.enrolment_at(link.program, link.publisher, at) is not None


def test_the_same_agreements_have_the_same_snapshot(market: TwoTenants, tmp_path: Path) -> None:
    made(market)
    seal_now(tmp_path)
    first = facade.state().snapshot
    facade.touch()
    seal_now(tmp_path)
    assert facade.state().snapshot == first


def test_an_empty_portal_adopts_the_market_in_force(portal: SiteConfig, tmp_path: Path) -> None:
    wanted = read_program_file(NORDIC)
    publish(wanted, tmp_path)
    assert adopt_current(tmp_path)
    _revision, found = facade.market(sealed_zone)
    for name in ("advertisers", "publishers", "programs", "groups", "enrolments", "links", "codes"):
        assert {str(one) for one in getattr(found, name)} == {str(one) for one in getattr(wanted, name)}, name
    for name in ("rules", "limits"):
        assert {one.id for one in getattr(found, name)} == {one.id for one in getattr(wanted, name)}, name
    assert not adopt_current(tmp_path), "a portal that holds something keeps it"


def test_the_sealer_follows_every_change(market: TwoTenants, tmp_path: Path) -> None:
    link = made(market)
    stop = threading.Event()
    sealer = threading.Thread(target=run_sealer, args=(tmp_path, stop))
    sealer.start()
    try:
        second = links.create_link(market.a.publisher.caller(), LinkDraft(program=link.program))
        deadline = time.monotonic() + 20
        while facade.state().waiting and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        stop.set()
        sealer.join()
    assert second.key in Shelf(tmp_path).load(facade.state().snapshot).links_by_key


def test_links_are_read_as_they_are_and_as_their_models_say(market: TwoTenants) -> None:
    """They are read in two ways: fast for a seal, one by one where a link is checked."""
    made(market)
    hidden = {"program": 1, "advertiser": 1, "publisher": 1, "destination": 'https://acme.test/å?q="1"'}
    now = timezone.now()
    Link.objects.system().bulk_create(
        [
            Link(key="plain", starts_at=now.replace(microsecond=0), **hidden),
            Link(
                key="full",
                hosts=["acme.test", "å.test"],
                template=[["aff", "{click}"], ["q", 'a"b']],
                touch_class="soft",
                channel="mail",
                starts_at=now,
                ends_at=now + timedelta(days=1),
                **hidden,
            ),
        ]
    )
    rows = Link.objects.system().order_by("pk")
    assert [one.key for one in rows][-2:] == ["plain", "full"]
    assert list(sealed_links()) == [sealed_link(row) for row in rows]


def test_nobody_who_changes_something_waits_for_a_seal(market: TwoTenants) -> None:
    made(market)
    done = threading.Event()

    def change() -> None:
        facade.touch()
        done.set()
        facade.close()

    def zone_of(name: str) -> Zone:
        """Asked for in the middle of the reading."""
        writer = threading.Thread(target=change)
        writer.start()
        writer.join(20)
        return sealed_zone(name)

    before = facade.wanted()
    revision, _market = facade.market(zone_of)
    assert done.is_set(), "the writer waited"
    assert (revision, facade.wanted() > before) == (before, True)
