"""A receipt tells each party its own side, and nobody else anything."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from tests.portal.conftest import ClientOf
from tests.portal.market import MARKER, TwoTenants
from tests.portal.programs.drafts import live
from tests.portal.tracking.settled import happen
from utfall.cli import command
from utfall.portal.access import Kind, NotFound, Refused, Role
from utfall.portal.book import facade as book
from utfall.portal.book.connection import writing
from utfall.portal.databases import on_server
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import LimitDraft, LimitView
from utfall.portal.site import SiteConfig
from utfall.portal.tracking import facade
from utfall.portal.tracking.prices import Rules
from utfall.terms import Measure, Period
from utfall.workers.signing import verify_receipt


def test_each_party_reads_its_own_side(market: TwoTenants, own_site: SiteConfig) -> None:
    traffic = happen(market.a)
    paid = facade.receipt(market.a.advertiser.caller(), traffic.receipt)
    assert (paid.party, paid.sides, paid.order) == ("advertiser", ("advertiser",), traffic.order)
    assert (paid.commission_micros, paid.fee_micros, paid.cost_micros) == (80_000_000, 16_000_000, 96_000_000)
    (winner,) = paid.touches
    assert (winner.is_winner, winner.publisher_name) == (True, market.a.publisher.name)
    assert (paid.lines[0].what, paid.lines[0].amount_micros) == ("boot-7", 1_000_000_000)
    earned = facade.receipt(market.a.publisher.caller(), traffic.receipt, side="advertiser")
    assert (earned.party, earned.sides) == ("publisher", ("publisher",))
    assert (earned.commission_micros, earned.fee_micros, earned.cost_micros) == (80_000_000, None, None)
    assert earned.lines[0].amount_micros is None
    both = facade.receipt(market.operator.caller(), traffic.receipt, side="publisher")
    assert (both.party, both.sides) == ("publisher", ("advertiser", "publisher"))


def test_a_receipt_of_another_does_not_exist(market: TwoTenants, own_site: SiteConfig) -> None:
    traffic = happen(market.b)
    for side in market.a:
        with pytest.raises(NotFound):
            facade.receipt(side.caller(), traffic.receipt)
    with pytest.raises(NotFound):
        facade.receipts_of_order(market.a.advertiser.caller(), market.b.advertiser.number, traffic.order)


def test_before_there_is_a_book_there_is_no_receipt(market: TwoTenants, own_site: SiteConfig) -> None:
    with pytest.raises(NotFound):
        facade.receipt(market.operator.caller(), 1)


def test_an_order_is_found_by_its_reference_however_old(market: TwoTenants, own_site: SiteConfig) -> None:
    traffic = happen(market.a)
    caller = market.a.advertiser.caller()
    (chapter,) = facade.receipts_of_order(caller, market.a.advertiser.number, traffic.order)
    assert (chapter.receipt, chapter.status) == (traffic.receipt, "pending")
    assert facade.receipts_of_order(caller, market.a.advertiser.number, "NONE") == ()


@pytest.mark.parametrize("tail", ["", "story/"])
def test_its_page_is_a_story(
    market: TwoTenants, own_site: SiteConfig, client_of: ClientOf, tail: str
) -> None:
    traffic = happen(market.a)
    tenant = market.a.advertiser
    page = client_of(tenant.users[Role.VIEWER]).get(f"/{tenant.slug}/receipts/{traffic.receipt}/{tail}")
    body = page.content.decode()
    assert page.status_code == 200
    assert f"{market.a.publisher.name} earned the order {traffic.order}" in body
    assert "Earned the order." in body
    assert MARKER not in body
    theirs = market.b.advertiser
    hidden = client_of(theirs.users[Role.OWNER]).get(f"/{theirs.slug}/receipts/{traffic.receipt}/{tail}")
    assert hidden.status_code == 404


def test_each_party_takes_its_side_away_and_verifies_it_offline(
    market: TwoTenants, own_site: SiteConfig, client_of: ClientOf, tmp_path: Path
) -> None:
    traffic = happen(market.a)
    for tenant in market.a:
        client, root = client_of(tenant.users[Role.VIEWER]), f"/{tenant.slug}/receipts"
        page = client.get(f"{root}/{traffic.receipt}/").content.decode()
        given = client.get(f"{root}/{traffic.receipt}/document/?side=advertiser")
        key = client.get(f"{root}/key/")
        party = "publisher" if tenant.kind is Kind.PUBLISHER else "advertiser"
        name = f"receipt-{traffic.receipt}-{party}.json"
        assert given["Content-Disposition"] == f'attachment; filename="{name}"'
        document = msgspec.json.decode(given.content)
        assert document["fingerprint"] in page
        assert f"utfall receipt verify {name} --key receipts.pub" in page
        assert verify_receipt(document, key.content) == []
        assert ("fee_micros" in document["side"]) is (party == "advertiser")
        file, public = tmp_path / name, tmp_path / "receipts.pub"
        file.write_bytes(given.content)
        public.write_bytes(key.content)
        told = CliRunner().invoke(command, ["receipt", "verify", str(file), "--key", str(public)])
        assert (told.exit_code, "The receipt holds" in told.output) == (0, True)
    stranger = market.b.advertiser
    hidden = client_of(stranger.users[Role.OWNER]).get(
        f"/{stranger.slug}/receipts/{traffic.receipt}/document/"
    )
    assert hidden.status_code == 404


def test_what_was_never_signed_is_said_and_not_given(
    market: TwoTenants, own_site: SiteConfig, client_of: ClientOf
) -> None:
    traffic = happen(market.a)
    unsign(Path(own_site.book_path))
    tenant = market.a.advertiser
    client = client_of(tenant.users[Role.VIEWER])
    page = client.get(f"/{tenant.slug}/receipts/{traffic.receipt}/").content.decode()
    assert "It was not signed" in page
    assert "Download with proof" not in page
    with pytest.raises(Refused, match="no signature"):
        facade.receipt_document(tenant.caller(), traffic.receipt)


def unsign(path: Path) -> None:
    """Make the book one that was rebuilt without the private key."""
    held = book.open_book(path)
    with writing(held) as connection:
        if on_server(held.alias):
            connection.execute("ALTER TABLE book_batch DISABLE TRIGGER USER")
        else:
            asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'book_batch'"
            for (name,) in connection.execute(asked).fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE book_batch SET signature = NULL, key = NULL")
    book.close_book(held)


def test_a_test_shows_the_advertiser_alone_what_it_would_have_cost(
    market: TwoTenants, own_site: SiteConfig, client_of: ClientOf
) -> None:
    traffic = happen(market.a)
    tried = traffic.receipt + 1
    tenant = market.a.advertiser
    receipt = facade.receipt(tenant.caller(), tried)
    assert (receipt.reason, receipt.commission_micros) == ("test", 0)
    page = client_of(tenant.users[Role.VIEWER]).get(f"/{tenant.slug}/receipts/{tried}/").content.decode()
    assert "is no order, and nobody is owed anything" in page
    with pytest.raises(NotFound):
        facade.receipt(market.a.publisher.caller(), tried)


def test_a_receipts_limit_says_what_it_counts_also_once_it_is_taken_away(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    gold = programs.create_group(caller, view.id, "Gold")
    draft = LimitDraft(measure=Measure.COUNT, period=Period.DAY, cap=3, name="Few", group=gold.id)
    one = programs.add_limit(caller, view.id, draft)
    assert isinstance(one, LimitView)
    programs.remove_limit(caller, view.id, one.id)
    assert Rules(caller, view.id).limit(one.id) == ("Few", "Only for the group Gold.", True)
    assert Rules(market.a.publisher.caller(), view.id).limit(one.id) == (f"#{one.id}", "", False)
