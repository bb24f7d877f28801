"""The pages of splits and overrides: written row by row, worked out, agreed, read by each side, and ended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.portal.commission.made import enrolled, shop
from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Caller, Refused, Role
from utfall.portal.partners import facade
from utfall.portal.partners.sharing_contracts import SplitDraft
from utfall.portal.programs.contracts import ProgramView

Editing = tuple[Client, Caller, ProgramView, str]


@pytest.fixture
def editing(market: TwoTenants, client_of: ClientOf) -> Editing:
    caller, program = shop(market)
    enrolled(market, program)
    client = client_of(market.a.advertiser.users[Role.OWNER])
    return client, caller, program, f"/{caller.slug}/programs/{program.id}/sharing/"


def rows(market: TwoTenants, share: str = "30", **more: str) -> dict[str, str]:
    winner, other = market.a.publisher.number, market.b.publisher.number
    told = {"publisher": str(winner), "shares.0.publisher": str(other), "shares.0.share": share}
    return {**told, "do": "save", **more}


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_a_split_is_written_worked_out_agreed_and_ended(
    market: TwoTenants, client_of: ClientOf, editing: Editing
) -> None:
    client, caller, program, address = editing
    assert "is paid for it, alone" in text(client, address)
    more = client.post(f"{address}split/", rows(market, do="row")).content.decode()
    assert 'name="shares.1.share"' in more
    assert "70.00" in more.replace("\u00a0", " ")
    assert client.post(f"{address}split/", rows(market, "100")).status_code == 422
    nobody = client.post(f"{address}split/", rows(market) | {"shares.0.publisher": "999999"})
    assert (nobody.status_code, "There is no such publisher" in nobody.content.decode()) == (422, True)
    assert client.post(f"{address}split/", rows(market)).status_code == 303
    (split,) = facade.splits(caller, program=program.id)
    assert split.shares == ((market.a.publisher.number, 700_000), (market.b.publisher.number, 300_000))
    assert "70" in text(client, address)
    for side, own in ((market.a, "70"), (market.b, "30")):
        seller = client_of(side.publisher.users[Role.OWNER])
        page = text(seller, f"/{side.publisher.slug}/my-programs/sharing/")
        assert f"<strong>{own}" in page
        assert page.count("<strong>") == 1
    ending = f"/{caller.slug}/sharing/splits/{split.id}/end/"
    assert "End an agreement" in text(client, ending)
    later = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(ending, {"at": later, "why": "The campaign ends"}).status_code == 303
    assert "Let it hold on" in text(client, address)
    assert client.post(f"/{caller.slug}/sharing/splits/{split.id}/keep/").status_code == 303
    assert facade.splits(caller)[0].ends_at is None
    assert client.post(ending, {}).status_code == 303
    with pytest.raises(Refused, match="agreed anew"):
        facade.keep_split(caller, split.id)


def test_a_parent_is_paid_on_top_and_the_example_has_both_agreements(
    market: TwoTenants, editing: Editing
) -> None:
    client, caller, program, address = editing
    winner, other = market.a.publisher.number, market.b.publisher.number
    given = {"parent": str(other), "child": str(winner), "share": "5"}
    looked = client.post(f"{address}override/", given).content.decode().replace("\u00a0", " ")
    assert "105.00" in looked
    assert client.post(f"{address}override/", {**given, "do": "save"}).status_code == 303
    (override,) = facade.overrides(caller)
    assert (override.parent, override.ppm, override.on_top) == (other, 50_000, True)
    assert "on top of it" in text(client, address)
    example = facade.sharing_example(
        program.id, "SEK", winner, ((winner, 700_000), (other, 300_000)), timezone.now()
    )
    assert example is not None
    assert [(one.publisher, one.micros) for one in example.parts] == [
        (winner, 70_000_000),
        (other, 33_500_000),
    ]
    assert example.commission_micros == 103_500_000


def test_a_publisher_gives_a_share_of_its_own_and_only_it_can_let_it_hold_on(
    market: TwoTenants, client_of: ClientOf, editing: Editing
) -> None:
    giver, parent = market.a.publisher, market.b.publisher
    client = client_of(giver.users[Role.OWNER])
    address = f"/{giver.slug}/my-programs/sharing/"
    assert f"Your number is {giver.number}" in text(client, address)
    given = {"parent": str(parent.number), "share": "10", "child": str(giver.number)}
    assert client.post(f"{address}new/", given).status_code == 303
    (override,) = facade.overrides(giver.caller())
    assert (override.program, override.on_top, override.ppm) == (None, False, 100_000)
    assert "You give of yours" in text(client, address)
    theirs = text(client_of(parent.users[Role.OWNER]), f"/{parent.slug}/my-programs/sharing/")
    assert "You get of others" in theirs
    facade.end_override(giver.caller(), override.id, timezone.now() + timedelta(days=1))
    with pytest.raises(Refused, match="Only who pays"):
        facade.keep_override(parent.caller(), override.id)
    assert facade.keep_override(giver.caller(), override.id).ends_at is None


def test_an_end_stays_where_another_split_follows(market: TwoTenants, editing: Editing) -> None:
    _client, caller, program, _address = editing
    winner, other = market.a.publisher.number, market.b.publisher.number
    later = timezone.now() + timedelta(days=1)
    halves = ((winner, 500_000), (other, 500_000))
    first = facade.add_split(
        caller, SplitDraft(program=program.id, publisher=winner, shares=halves, ends_at=later)
    )
    facade.add_split(caller, SplitDraft(program=program.id, publisher=winner, shares=halves, starts_at=later))
    with pytest.raises(Refused, match="end that one first"):
        facade.keep_split(caller, first.id)
