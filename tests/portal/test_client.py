"""The typed client against the portal behind a real server: links, lists, refusals, repetitions, limits."""

import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.browser.serving import served
from tests.law.tree import ROOT
from tests.portal.market import Side, Tenant, TwoTenants
from tests.portal.programs.drafts import live
from tests.portal.rates import rate
from utfall.client import Client, Forbidden, KeyRefused, NotFound, RateLimited, Refused, read
from utfall.client.models import ColleagueInvitation, LinkAnswer, LinkSent, Role
from utfall.client.transport import Got, Sent, over_http
from utfall.portal.access import Permission
from utfall.portal.partners import facade as partners
from utfall.portal.people import facade as people
from utfall.portal.rest import limits

EXAMPLE = ROOT / "examples" / "api" / "links.py"
ClientFor = Callable[..., Client]


@pytest.fixture
def portal(market: TwoTenants) -> Iterator[str]:
    """Where the portal answers; every key begins with a full bucket."""
    limits.keys.forget()
    limits.addresses.forget()
    with served() as address, override_settings(ALLOWED_HOSTS=["localhost"]):
        yield address
    limits.keys.forget()
    limits.addresses.forget()


def key_of(tenant: Tenant, *scopes: Permission) -> str:
    """The secret of a new key."""
    return people.create_key(tenant.caller(), "client", scopes or (Permission.LOOK, Permission.MANAGE)).secret


def program_of(market: TwoTenants, side: Side) -> int:
    """A live program whose partner the side's publisher is."""
    advertiser, publisher = side.advertiser.caller(), side.publisher.caller()
    program = live(advertiser, market.operator.caller()).id
    invited = partners.invite(advertiser, program, side.publisher.number)
    partners.answer(publisher, invited.id, accept=True)
    return program


def test_a_link_is_made_and_found_again(portal: str, market: TwoTenants) -> None:
    program = program_of(market, market.a)
    client = Client(portal, key_of(market.a.publisher))
    made = client.links.make(LinkSent(program=program, name="Boots", subs=["spring"]))
    assert (made.name, made.program, made.subs) == ("Boots", program, ("spring",))
    assert made.created_at.tzinfo is not None
    assert client.links.link(made.id) == made
    assert made in client.links.links(search="Boots").items


def test_a_list_is_walked_to_its_end(portal: str, market: TwoTenants) -> None:
    program = program_of(market, market.a)
    client = Client(portal, key_of(market.a.publisher))
    told = client.links.make_many([LinkSent(program=program, name=f"Page {n}") for n in range(7)])
    made = {read(row.result, LinkAnswer).id for row in told.rows}
    assert (told.done, told.refused, len(made)) == (7, 0, 7)
    first = client.links.links(search="Page", limit=3)
    assert (len(first.items), first.following is None) == (3, False)
    found = [link.id for link in client.links.each_links(search="Page", limit=3)]
    assert (len(found), set(found)) == (7, made)


def test_rows_that_are_refused_keep_no_other_from_being_made(portal: str, market: TwoTenants) -> None:
    program = program_of(market, market.a)
    client = Client(portal, key_of(market.a.publisher))
    told = client.links.make_many(
        [LinkSent(program=program), LinkSent(program=program, destination="https://other.test/")]
    )
    assert (told.done, told.refused) == (1, 1)
    assert [row.status == 200 for row in told.rows] == [True, False]
    assert told.rows[1].sentence


def test_a_refusal_is_an_exception_that_says_why(portal: str, market: TwoTenants) -> None:
    client = Client(
        portal, key_of(market.a.advertiser, Permission.LOOK, Permission.MANAGE, Permission.PEOPLE)
    )
    with pytest.raises(Refused) as refused:
        client.people.invite(ColleagueInvitation(email="nobody", role=Role.VIEWER))
    assert (refused.value.status, refused.value.field) == (422, "email")
    assert refused.value.sentence
    assert refused.value.errors[0].field == "email"
    with pytest.raises(Refused) as swedish:
        Client(portal, key_of(market.a.publisher), language="sv").links.make(LinkSent(program=0))
    assert swedish.value.code == "invalid"
    with pytest.raises(KeyRefused) as unknown:
        Client(portal, "utf_nonsense").links.links()
    assert unknown.value.code == "key_invalid"
    with pytest.raises(Forbidden):
        Client(portal, key_of(market.a.publisher, Permission.LOOK)).links.make(LinkSent(program=1))


def test_what_is_anothers_is_not_found(portal: str, market: TwoTenants) -> None:
    theirs = Client(portal, key_of(market.b.publisher)).links.make(
        LinkSent(program=program_of(market, market.b))
    )
    client = Client(portal, key_of(market.a.publisher))
    with pytest.raises(NotFound):
        client.links.link(theirs.id)
    assert list(client.links.each_links()) == []


def test_an_answer_that_was_lost_is_given_again(portal: str, market: TwoTenants) -> None:
    """The portal made the link, and the connection broke before the client read that."""
    program = program_of(market, market.a)
    lost: list[Got] = []

    def breaking(sent: Sent, timeout_seconds: float) -> Got:
        got = over_http(sent, timeout_seconds)
        if sent.method == "POST" and not lost:
            lost.append(got)
            raise ConnectionResetError("gone")
        return got

    client = Client(portal, key_of(market.a.publisher), send=breaking, wait=lambda _: None)
    made = client.links.make(LinkSent(program=program, name="Once"))
    assert lost[0].status == 201
    assert [link.id for link in client.links.each_links(search="Once")] == [made.id]


def test_the_same_key_makes_nothing_twice(portal: str, market: TwoTenants) -> None:
    client = Client(portal, key_of(market.a.publisher))
    wanted = LinkSent(program=program_of(market, market.a), name="Twice")
    made = [client.links.make(wanted, idempotency_key="order 7") for _ in range(2)]
    assert made[0] == made[1]
    with pytest.raises(Refused) as other:
        client.links.make(LinkSent(program=wanted.program), idempotency_key="order 7")
    assert other.value.code == "idempotency_mismatch"


def test_too_many_requests_wait_as_long_as_they_are_told(portal: str, market: TwoTenants) -> None:
    secret = key_of(market.a.publisher)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        limits.keys.forget()

    with rate(burst=2, per_second=0.1):
        patient = Client(portal, secret, wait=wait)
        for _ in range(3):
            patient.links.links()
        assert len(waits) == 1
        assert 1 <= waits[0] <= 10
        hasty = Client(portal, secret, attempts=1)
        hasty.links.links()
        with pytest.raises(RateLimited) as refused:
            hasty.links.links()
    assert refused.value.retry_after_seconds


def test_the_example_lists_programs_and_makes_links_once(
    portal: str, market: TwoTenants, tmp_path: Path
) -> None:
    program = program_of(market, market.a)
    key = key_of(market.a.publisher)
    pages = tmp_path / "pages.txt"
    pages.write_text(
        "https://acme.test/boots\nhttps://acme.test/hats\nhttps://other.test/\n", encoding="utf-8"
    )

    listed = example(key, portal)
    assert listed.returncode == 0, listed.stderr
    assert f"{program:>6}  active" in listed.stdout
    made = [example(key, portal, str(program), str(pages)) for _ in range(2)]
    assert [one.returncode for one in made] == [1, 1], made
    assert made[0].stdout == made[1].stdout
    assert [line.split("\t")[1] for line in made[0].stdout.splitlines()] == pages.read_text().split()[:2]
    assert made[0].stderr.startswith("https://other.test/: ")
    wrong = example("utf_nonsense", portal)
    assert (wrong.returncode, "key_invalid" in wrong.stderr) == (3, True)
    assert example(key).returncode == 2
    assert "links" in runpy.run_path(str(EXAMPLE))


def example(key: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the example as its reader would."""
    return subprocess.run(
        [sys.executable, str(EXAMPLE), *arguments],
        env={"UTFALL_KEY": key},
        capture_output=True,
        text=True,
        check=False,
    )
