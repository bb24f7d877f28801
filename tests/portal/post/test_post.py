"""Letters: stored, sent through a real server, tried again, given up where one can see it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import msgspec
import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.portal.post.server import Mailbox, mail_server
from utfall.portal.access import NotFound, Refused
from utfall.portal.post import facade
from utfall.portal.post.contracts import State
from utfall.portal.post.models import Letter
from utfall.portal.post.sending import TRIES, Server
from utfall.portal.site import SiteConfig, site

SECRET = "482 913"


@contextmanager
def told(**changes: object) -> Iterator[SiteConfig]:
    """The installation with other settings."""
    changed = msgspec.structs.replace(site(), **changes)
    with override_settings(SITE=changed):
        yield changed


@contextmanager
def serving(mailbox: Mailbox) -> Iterator[Mailbox]:
    with mail_server(mailbox), told(mail_url=f"smtp://127.0.0.1:{mailbox.port}?tls=none"):
        yield mailbox


def the_letter() -> Letter:
    return Letter.objects.system().get()


def test_a_letter_arrives_as_it_was_written(portal: SiteConfig) -> None:
    with serving(Mailbox()) as mailbox:
        facade.send(
            "åsa@exempel.test",
            "Välkommen, Åsa",
            f"Din kod: {SECRET}\n.\nslut",
            html="<p>kod</p>",
            language="sv",
        )
        assert the_letter().state == State.WAITING
        assert facade.send_due() == 1
    message = mailbox.messages[0]
    assert message["Subject"] == "Välkommen, Åsa"
    assert message["Content-Language"] == "sv"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == [f"Din kod: {SECRET}", ".", "slut"]
    assert message.get_body(("html",)) is not None
    assert the_letter().state == State.SENT
    assert (the_letter().text, the_letter().html) == ("", ""), "what was sent is forgotten"
    assert facade.send_due() == 0


def test_djangos_own_mail_goes_the_same_way(portal: SiteConfig) -> None:
    message = EmailMultiAlternatives("Subject", "text", "from@a.test", ["b@b.test"], cc=["c@c.test"])
    assert message.send() == 1
    letters = Letter.objects.system().order_by("to")
    assert [(one.to, one.sender) for one in letters] == [
        ("b@b.test", "from@a.test"),
        ("c@c.test", "from@a.test"),
    ]


def test_a_letter_of_a_change_that_failed_is_never_sent(portal: SiteConfig) -> None:
    with transaction.atomic():
        facade.send("a@a.test", "s", "t")
        transaction.set_rollback(True)
    assert not Letter.objects.system().exists()


def test_lazy_words_are_said_in_the_letters_language(portal: SiteConfig) -> None:
    facade.send("a@a.test", _("Yes"), _("No"), language="sv")
    assert (the_letter().subject, the_letter().text) == ("Ja", "Nej")


def test_a_server_that_is_away_is_tried_again_and_then_given_up(
    portal: SiteConfig, free_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with told(mail_url=f"smtp://user:hush@127.0.0.1:{free_port}?tls=none"):
        facade.send("a@a.test", "s", SECRET)
        waits = []
        for _try in range(TRIES):
            assert the_letter().state == State.WAITING
            before = timezone.now()
            assert facade.send_due(the_letter().next_try) == 0
            waits.append(the_letter().next_try - before)
    assert the_letter().state == State.FAILED
    assert waits[0] < timedelta(minutes=1) < waits[2] < waits[4]
    assert "not reached" in the_letter().error
    assert SECRET not in caplog.text
    assert "hush" not in caplog.text + the_letter().error


def test_an_address_that_is_refused_for_good_is_given_up_at_once(portal: SiteConfig) -> None:
    with serving(Mailbox(refuses={"gone@a.test": "550 nobody", "full@a.test": "450 later"})) as mailbox:
        for name in ("gone", "full", "fine"):
            facade.send(f"{name}@a.test", "s", "t")
        assert facade.send_due() == 1
    states = {one.to.partition("@")[0]: one.state for one in Letter.objects.system().all()}
    assert states == {"gone": State.FAILED, "full": State.WAITING, "fine": State.SENT}
    assert len(mailbox.messages) == 1


def test_a_subject_cannot_smuggle_in_a_header(portal: SiteConfig) -> None:
    facade.send("a@a.test", "Hello\nBcc: spy@spy.test", "t")
    assert the_letter().subject == "Hello Bcc: spy@spy.test"


def test_without_a_server_letters_are_kept(portal: SiteConfig) -> None:
    facade.send("a@a.test", "s", "t")
    assert the_letter().state == State.KEPT
    assert facade.send_due() == 0


def test_the_operator_tries_again_what_was_given_up(market: TwoTenants) -> None:
    caller = market.operator.caller()
    Letter.objects.system().all().delete()
    facade.send("a@a.test", "s", "t")
    letter = the_letter().pk
    with pytest.raises(Refused):
        facade.retry(caller, letter)
    with serving(Mailbox()) as mailbox:
        assert facade.retry(caller, letter).state is State.WAITING
        assert facade.send_due() == 1
        with pytest.raises(Refused):
            facade.retry(caller, letter)
    assert len(mailbox.messages) == 1
    assert facade.counts(caller)[State.SENT] == 1


def test_only_a_demo_has_a_mailbox(portal: SiteConfig, client_of: ClientOf) -> None:
    facade.send("a@a.test", "Your code", f"It is {SECRET}", html=f"<p>It is {SECRET}</p>")
    with pytest.raises(NotFound):
        facade.mailbox()
    assert client_of().get("/demo/mailbox/").status_code == 404
    with told(demo=True):
        assert facade.mailbox()[0].subject == "Your code"
        page = client_of().get("/demo/mailbox/")
        assert page.status_code == 200
        assert "Your code" in page.content.decode()
        letter = client_of().get(f"/demo/mailbox/{the_letter().pk}/")
        assert SECRET in letter.content.decode()
        inside = client_of().get(f"/demo/mailbox/{the_letter().pk}/html/")
        assert "sandbox" in inside["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.test", Server("mail.test", 587, "", "", True, False)),
        ("smtp://u%40x:p%2Fq@mail.test:25?tls=none", Server("mail.test", 25, "u@x", "p/q", False, False)),
        ("smtps://u:p@mail.test", Server("mail.test", 465, "u", "p", False, True)),
    ],
)
def test_a_mail_server_is_named_by_its_url(url: str, server: Server) -> None:
    assert Server.parse(url) == server


@pytest.mark.parametrize("url", ["mail.test", "http://mail.test", "smtp://mail.test?tls=maybe"])
def test_a_url_that_names_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="tls"):
        Server.parse(url)
