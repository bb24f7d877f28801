"""The pages of partners: each opens, says what it should, and does what its buttons say."""

from dataclasses import replace

import pytest
from django.test import Client

from tests.portal.conftest import ClientOf
from tests.portal.market import Side, TwoTenants
from tests.portal.partners.objects import objects
from tests.portal.programs.drafts import live
from utfall.portal.access import Role
from utfall.portal.partners import facade
from utfall.portal.partners.contracts import PartnershipView, State
from utfall.portal.people import facade as people
from utfall.portal.post.models import Letter
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import Question, QuestionKind


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code, answer.content[:2000])
    return answer.content.decode()


def buyer(market: TwoTenants, client_of: ClientOf, role: Role = Role.OWNER) -> Client:
    return client_of(market.a.advertiser.users[role])


def seller(market: TwoTenants, client_of: ClientOf, role: Role = Role.OWNER) -> Client:
    return client_of(market.a.publisher.users[role])


def addresses(side: Side, made: dict[str, int | str]) -> tuple[list[str], list[str]]:
    own, other = f"/{side.advertiser.slug}/", f"/{side.publisher.slug}/"
    bought = [
        "partners/",
        "partners/?tab=active",
        "partners/?tab=ended&q=acme",
        f"partners/?program={made['program']}",
        f"programs/{made['program']}/partners/",
        f"partners/{made['partnership']}/",
        f"partners/applications/{made['application']}/",
        "partners/find/",
        f"partners/publishers/{made['publisher']}/",
    ]
    sold = [
        "marketplace/",
        "marketplace/?sort=epc&open=1&price=share&type=content",
        f"marketplace/{made['program']}/",
        "my-programs/",
        "my-programs/?tab=waiting",
        "profile/",
        "profile/edit/",
        "profile/properties/",
        "profile/properties/new/",
        f"profile/properties/{made['property']}/",
        f"profile/properties/{made['property']}/edit/",
    ]
    return [own + one for one in bought], [other + one for one in sold]


@pytest.mark.parametrize("language", ["en", "sv", "nb"])
def test_every_page_opens(market: TwoTenants, client_of: ClientOf, language: str) -> None:
    made = objects(market, market.a, {})
    live(market.a.advertiser.caller(), market.operator.caller(), "Listed")
    bought, sold = addresses(market.a, made)
    for client, pages in ((buyer(market, client_of), bought), (seller(market, client_of), sold)):
        client.cookies["language"] = language
        for address in pages:
            assert "{{" not in text(client, address)


def test_a_publisher_applies_and_the_advertiser_approves(market: TwoTenants, client_of: ClientOf) -> None:
    program = live(market.a.advertiser.caller(), market.operator.caller())
    questions = (Question(key="who", kind=QuestionKind.TEXT, words="Who are your readers?"),)
    programs.describe(market.a.advertiser.caller(), program.id, replace(program.profile, questions=questions))
    publisher, advertiser = seller(market, client_of), buyer(market, client_of)
    address = f"/{market.a.publisher.slug}/marketplace/{program.id}/apply/"
    assert "Who are your readers?" in text(publisher, address)
    assert publisher.post(address, {"promotion_types": ["content"]}).status_code == 422
    sent = {"promotion_types": ["content"], "answers.who": "Hikers", "message": "We test tents."}
    assert publisher.post(address, sent).status_code == 303
    found = facade.partnerships(market.a.advertiser.caller()).items[0]
    page = f"/{market.a.advertiser.slug}/partners/applications/{found.application}/"
    shown = text(advertiser, page)
    assert "Hikers" in shown
    assert "We test tents." in shown
    refused = advertiser.post(page + "decide/", {"verdict": "reject", "reapply": "later"})
    assert refused.status_code == 422
    decided = advertiser.post(page + "decide/", {"verdict": "approve", "note": "Welcome"})
    assert decided.status_code == 303
    assert facade.is_enrolled(program.id, market.a.publisher.number)
    assert "Welcome" in text(publisher, f"/{market.a.publisher.slug}/marketplace/{program.id}/")
    told = {one.to for one in Letter.objects.system() if "You are in" in one.subject}
    assert told == {f"{role}@{market.a.publisher.slug}.test" for role in ("owner", "manager")}


def asked(market: TwoTenants, name: str = "Acme Sweden") -> PartnershipView:
    program = live(market.a.advertiser.caller(), market.operator.caller(), name)
    from utfall.portal.partners.contracts import ApplicationDraft

    draft = ApplicationDraft(program=program.id, promotion_types=("content",))
    return facade.apply(market.a.publisher.caller(), draft)


def test_several_are_decided_at_once_each_with_its_verdict(market: TwoTenants, client_of: ClientOf) -> None:
    waiting, decided = asked(market, "One"), asked(market, "Two")
    facade.decide(market.a.advertiser.caller(), decided.application or 0, State.APPROVED)
    client = buyer(market, client_of)
    address = f"/{market.a.advertiser.slug}/partners/bulk/"
    chosen = {"action": "approve", "rows": [waiting.id, decided.id]}
    assert "Approve 2 publishers" in client.post(address, chosen).content.decode()
    assert facade.partnership(market.a.advertiser.caller(), waiting.id).state is State.PENDING
    answer = client.post(address, {**chosen, "sure": "yes"}).content.decode()
    assert "1 partner is done." in answer
    assert "decided already" in answer
    assert facade.partnership(market.a.advertiser.caller(), waiting.id).state is State.APPROVED


def test_the_state_of_a_partner_is_changed_on_its_page(market: TwoTenants, client_of: ClientOf) -> None:
    view = asked(market)
    facade.decide(market.a.advertiser.caller(), view.application or 0, State.APPROVED)
    client = buyer(market, client_of)
    page = f"/{market.a.advertiser.slug}/partners/{view.id}/"
    assert client.post(page + "pause/", {"pause-why": ""}).status_code == 422
    assert client.post(page + "pause/", {"pause-why": "Too many returns"}).status_code == 303
    assert "Too many returns" in text(client, page)
    assert client.post(page + "resume/").status_code == 303
    letter = {"letter-subject": "Autumn", "letter-text": "New boots are in."}
    assert client.post(page + "letters/", letter).status_code == 303
    assert "New boots are in." in text(client, page)
    ban = {"ban-reason": "fraud", "ban-why": "Clicks from one machine"}
    assert client.post(page + "ban/", ban).status_code == 303
    assert client.post(page + "lift/", {"lift-why": "A mistake"}).status_code == 303
    assert facade.partnership(market.a.advertiser.caller(), view.id).state is State.ARCHIVED


def test_a_letter_invites_somebody_who_is_not_here_yet(market: TwoTenants, client_of: ClientOf) -> None:
    program = live(market.a.advertiser.caller(), market.operator.caller())
    client = buyer(market, client_of)
    wanted = {"email": f"owner@{market.a.publisher.slug}.test", "program": program.id, "note": "Come"}
    address = f"/{market.a.advertiser.slug}/partners/find/"
    assert client.post(address + "mail/", wanted).status_code == 303
    assert client.post(address + "mail/", wanted).status_code == 422
    letter = Letter.objects.system().order_by("-pk")[0]
    link = next(word for word in letter.text.split() if "/invite/program/" in word)
    path = "/" + link.split("/", 3)[3]
    assert "Sign up as a publisher" in text(client_of(), path)
    assert "invitation was sent to your e-mail" in text(
        seller(market, client_of), f"/{market.a.publisher.slug}/my-programs/"
    )
    answer = seller(market, client_of).post(path, {"as": market.a.publisher.slug})
    assert answer["Location"] == f"/{market.a.publisher.slug}/marketplace/{program.id}/"
    assert "invites you" in text(seller(market, client_of), answer["Location"])
    assert text(client_of(), path, 404)


def test_the_first_page_says_who_waits(market: TwoTenants, client_of: ClientOf) -> None:
    asked(market)
    assert "wait for you" in text(buyer(market, client_of), f"/{market.a.advertiser.slug}/")


def test_a_viewer_sees_no_buttons(market: TwoTenants, client_of: ClientOf) -> None:
    view = asked(market)
    shown = text(buyer(market, client_of, Role.VIEWER), f"/{market.a.advertiser.slug}/partners/{view.id}/")
    assert f"/partners/{view.id}/ban/" not in shown


def test_letters_are_written_in_the_language_of_their_reader(market: TwoTenants) -> None:
    people.set_language(market.a.publisher.users[Role.OWNER], "sv")
    view = asked(market)
    facade.decide(market.a.advertiser.caller(), view.application or 0, State.APPROVED)
    told = {
        one.to.partition("@")[0]: one.subject for one in Letter.objects.system() if one.to.endswith(".test")
    }
    assert told["owner"].startswith("Du är med")
    assert told["manager"].startswith("You are in")
