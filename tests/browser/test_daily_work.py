"""A working day, in a real browser against the real processes of one installation.

An advertiser opens the overview, finds that tracking went silent and follows it down to single clicks and a
receipt; approves a hundred orders by file; sets up a webhook. A publisher claims an order that was lost; both
talk, it is decided, and the webhook told of it in spite of two failures. Once whole in English on a desktop,
once whole in Norwegian on a phone; the pages again the other way round.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.browser.daily import chapters
from tests.browser.daily.market import Opened, opened, signs_in
from tests.browser.daily.story import Missed
from tests.browser.test_journey import Somebody, Stage, Telling
from tests.browser.viewing import DESKTOP, PHONE
from tests.portal.webhooks.receiver import Receiver, receiving

ENGLISH: Final = Telling("en", "en-GB", DESKTOP)
NORWEGIAN: Final = Telling("nb", "nb-NO", PHONE)
CROSSED: Final = (Telling("en", "en-GB", PHONE), Telling("nb", "nb-NO", DESKTOP))
ADVERTISER: Final = "Astrid Lind"
PAGES: Final = (
    "/overview/",
    "/alerts/",
    "/reports/?m=clicks&m=conversions&by=publisher&days=last_30",
    "/conversions/",
    "/validation/",
    "/validation/file/",
    "/claims/",
    "/webhooks/new/",
)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with opened(tmp_path_factory.mktemp("daily")) as market:
        yield market


@pytest.mark.slow
def test_a_day_in_english_on_a_desktop(chromium: Browser, market: Opened, tmp_path: Path) -> None:
    """The claim is of an order that the silence lost; it is approved, and paid by a receipt."""
    missed, reply = market.story.lost, "To Ebba Lund, on that very evening."
    with a_day(chromium, market, ENGLISH, missed, tmp_path) as (advertiser, publisher):
        publisher.sees(publisher.say("The advertiser has told us of no order with this reference."))
        talk(advertiser, publisher, missed, "Whom was it sent to?", reply)
        chapters.approves(advertiser, reply)
        chapters.is_awarded(publisher)


@pytest.mark.slow
def test_a_day_in_norwegian_on_a_phone(chromium: Browser, market: Opened, tmp_path: Path) -> None:
    """The claim is of an order that a later click won, which its receipt says at once; it is denied."""
    missed, reply = market.story.overtaken, "Ja, men leseren kom til oss først."
    with a_day(chromium, market, NORWEGIAN, missed, tmp_path) as (advertiser, publisher):
        publisher.sees(publisher.say("The order was won by a later click of another partner."))
        talk(advertiser, publisher, missed, "Var det noen som klikket etter dere?", reply)
        chapters.denies(advertiser, reply, "Det siste klikket teller.")
        publisher.page.reload()
        publisher.sees("Det siste klikket teller.")
        publisher.fits()


@pytest.mark.slow
@pytest.mark.parametrize("telling", CROSSED, ids=("en-phone", "nb-desktop"))
def test_its_pages_on_the_other_screens(chromium: Browser, market: Opened, telling: Telling) -> None:
    with ExitStack() as stack:
        person = staged(chromium, market, telling, stack).enters()
        signs_in(person, ADVERTISER)
        for path in PAGES:
            person.goes(path)
            person.fits()


@contextmanager
def a_day(
    chromium: Browser, market: Opened, telling: Telling, missed: Missed, folder: Path
) -> Iterator[tuple[Somebody, Somebody]]:
    """Everything until a claim is filed and the webhook has told of it: the advertiser, and the publisher."""
    deaf_twice = Receiver(answers=[500, 500], body=chapters.ANSWER.encode())
    with ExitStack() as stack, receiving(deaf_twice) as receiver:
        stage = staged(chromium, market, telling, stack)
        advertiser, publisher = stage.enters(), stage.enters()
        signs_in(advertiser, ADVERTISER)
        chapters.finds_why_it_fell(advertiser, market.story.silent_since)
        chapters.reads_a_receipt(advertiser, market.story.silent_since)
        chapters.approves_by_file(advertiser, folder)
        secret = chapters.sets_up_a_webhook(advertiser, receiver)
        signs_in(publisher, missed.person)
        chapters.files_a_claim(publisher, missed)
        chapters.hears_of_it(advertiser, receiver, secret, missed.order)
        yield advertiser, publisher


def staged(chromium: Browser, market: Opened, telling: Telling, stack: ExitStack) -> Stage:
    """The browser in which somebody works, and what of its troubles is none."""
    stage = Stage(market.place, chromium, telling, stack)
    # The overview reads itself anew while somebody leaves it.
    stage.watch.allow("overview/board")
    return stage


def talk(advertiser: Somebody, publisher: Somebody, missed: Missed, question: str, reply: str) -> None:
    """The advertiser opens the claim and asks; the publisher answers."""
    chapters.opens_the_claim(advertiser, missed.order)
    advertiser.fits()
    chapters.asks(advertiser, question)
    chapters.replies(publisher, question, reply)
