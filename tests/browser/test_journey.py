"""The whole story, in a real browser against the real processes of one installation.

An advertiser signs up and makes a program, the operator approves it, a publisher finds it and is approved,
builds a link; a visitor follows it and buys in a shop with our tag; the advertiser sees click and order with
verdict and receipt. Once in English on a desktop, once in Swedish on a phone.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final, NamedTuple

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import Watch, visitor, watched
from tests.browser.installed import Installation, installed
from tests.browser.viewing import DESKTOP, PHONE, axe
from tests.ports import free_port
from utfall.demo import ShopConfig, serve
from utfall.demo.shop_words import WORDS

PASSWORD: Final = "a long enough password"
STEPS: Final = 6
"""Of the wizard, before the review."""
ATTEMPTS, RETRY_MS = 200, 100


class Telling(NamedTuple):
    """In which language, on which screen."""

    language: str
    locale: str
    viewport: ViewportSize

    def say(self, words: str) -> str:
        """Words as the pages say them in this language."""
        with translation.override(self.language):
            said = translation.gettext(words)
        assert self.language == "en" or said != words, f"“{words}” is not translated"
        return said


TELLINGS: Final = (Telling("en", "en-GB", DESKTOP), Telling("sv", "sv-SE", PHONE))


class Stage:
    """Everybody of the story, each with a browser of their own, and the installation they meet in."""

    def __init__(self, place: Installation, browser: Browser, telling: Telling, stack: ExitStack) -> None:
        self.place, self.browser, self.telling, self.stack = place, browser, telling, stack
        self.watch = Watch()
        # One page fades into the next, which a test does not wait for.
        self.watch.allow("Transition was")
        # A link may be followed before the edge has heard of it.
        self.watch.allow(r"status of 404 .*/c/")
        self.shop_port = free_port()
        self.site = f"http://fjall-{telling.language}.localhost:{self.shop_port}"

    def enters(self, telling: Telling | None = None) -> "Somebody":
        """A person with a browser of their own, which asks for the language of the story or another."""
        told = telling or self.telling
        context = self.stack.enter_context(visitor(self.browser, told.viewport, "light", told.locale))
        return Somebody(self, told, self.stack.enter_context(watched(context, self.watch)))


class Somebody:
    """A person at a browser: goes places, presses what is called so, fills in forms."""

    def __init__(self, stage: Stage, telling: Telling, page: Page) -> None:
        self.stage, self.telling, self.page, self.say = stage, telling, page, telling.say
        self.home = stage.place.portal

    def goes(self, path: str) -> None:
        self.page.goto(f"{self.home}{path}")
        expect(self.page.locator("html")).to_have_attribute("lang", self.telling.language)

    def fills(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"[name={name}]:visible").fill(value)

    def button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(words), exact=True)

    def presses(self, words: str) -> None:
        self.button(words).click()

    def follows(self, words: str) -> None:
        self.page.get_by_role("link", name=self.say(words)).first.click()

    def sees(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def is_told(self, words: str) -> None:
        """A note says that it is done."""
        expect(self.page.locator("#toasts")).to_contain_text(self.say(words))

    def signs_up(self, kind: str, name: str, website: str, email: str, **more: str) -> None:
        """Fill in the sign-up, and the code that comes by mail."""
        self.goes(f"/sign-up/?as={kind}")
        self.fills(name=name, website=website, person="Åsa Berg", email=email, password=PASSWORD)
        self.page.locator("[name=country]").select_option("SE")
        for field, value in more.items():
            self.page.locator(f"[name={field}]").select_option(value)
        self.presses("Create the account")
        self.fills(code=self.stage.place.code_in(email))
        self.presses("Continue")
        expect(self.page).to_have_url(re.compile(r"/[a-z0-9-]+/$"))
        self.home = self.page.url.rstrip("/")

    def fits(self) -> None:
        """The page is whole on this screen, and open to everybody."""
        width = self.telling.viewport["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, self.page.url
        axe(self.page)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("journey")) as place:
        yield place


@pytest.fixture(scope="module")
def operator(place: Installation, chromium: Browser) -> str:
    """The operator's first person, who joined by the link that `utfall operator` prints; their address."""
    email = "olle@net.test"
    link = place.run("operator", "Nordnätet", email).splitlines()[-1]
    with visitor(chromium, DESKTOP, "light") as context, watched(context, Watch()) as page:
        page.goto(link)
        page.locator("[name=person]").fill("Olle Nordin")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Join").click()
        expect(page).to_have_url(re.compile("/nordnatet/"))
    return email


@pytest.mark.slow
@pytest.mark.parametrize("telling", TELLINGS, ids=lambda one: one.language)
def test_from_signing_up_to_a_receipt(
    chromium: Browser, place: Installation, operator: str, telling: Telling
) -> None:
    with ExitStack() as stack:
        stage = Stage(place, chromium, telling, stack)
        advertiser, publisher = stage.enters(), stage.enters()
        name = f"Fjäll {telling.language}"
        advertiser.signs_up("advertiser", name, stage.site, f"asa@shop-{telling.language}.test")
        program = makes_a_program(advertiser, name)
        # The operator joined in English, and a person keeps their language.
        approves_the_program(stage.enters(TELLINGS[0]), operator, program)
        publisher.signs_up(
            "publisher",
            f"Blogg {telling.language}",
            "https://blogg.test",
            f"sofia@blogg-{telling.language}.test",
            promotion_type="content",
        )
        applies(publisher, name)
        approves_the_publisher(advertiser)
        link = builds_a_link(publisher)
        with selling(stage, number_of(advertiser)):
            order = buys(stage.enters(), link)
        sees_it_all(advertiser, order, f"Blogg {telling.language}")
        earned(publisher, order)


def makes_a_program(advertiser: Somebody, name: str) -> str:
    """The wizard from its beginning to the review; the path of the program."""
    advertiser.goes("/programs/new/")
    advertiser.fills(name=name)
    advertiser.presses("Begin")
    expect(advertiser.page).to_have_url(re.compile("/draft/goal/"))
    advertiser.fills(website=advertiser.stage.site)
    advertiser.page.locator("[name=category]").select_option("sports")
    for _step in range(STEPS):
        here = advertiser.page.url
        advertiser.presses("Save and continue")
        expect(advertiser.page).not_to_have_url(here)
    advertiser.fits()
    advertiser.presses("Hand in for review")
    advertiser.is_told("Handed in. The operator reviews it and you hear by e-mail.")
    return advertiser.page.url.removeprefix(advertiser.home)


def approves_the_program(operator: Somebody, email: str, program: str) -> None:
    """The operator's person signs in, opens what waits, and decides."""
    operator.goes("/account/login/")
    operator.fills(login=email, password=PASSWORD)
    operator.presses("Sign in")
    expect(operator.page).to_have_url(re.compile("/nordnatet/"))
    operator.home += "/nordnatet"
    operator.goes(program)
    operator.presses("Approve and go live")
    expect(operator.button("Approve and go live")).to_have_count(0)


def applies(publisher: Somebody, program: str) -> None:
    """Find the program in the marketplace, read what it offers, apply."""
    publisher.goes("/marketplace/")
    publisher.page.get_by_role("link", name=program, exact=True).click()
    publisher.sees(publisher.say("What it pays"))
    publisher.fits()
    publisher.follows("Apply")
    publisher.page.locator("[name=promotion_types]").first.check()
    publisher.fills(message="120 000 readers a month.")
    publisher.presses("Send the application")
    expect(publisher.button("Send the application")).to_have_count(0)


def approves_the_publisher(advertiser: Somebody) -> None:
    """Open the application from the list of partners, and let the publisher in."""
    advertiser.goes("/partners/?tab=waiting")
    advertiser.follows("Review")
    advertiser.sees("120 000 readers a month.")
    advertiser.fits()
    advertiser.presses("Approve")
    advertiser.is_told("Approved; it earns from now on.")


def builds_a_link(publisher: Somebody) -> str:
    """A link to the program's own page; its address, as it is copied."""
    publisher.goes("/links/new/")
    publisher.presses("Make the link")
    address = publisher.page.locator("[data-copy-text]").first
    expect(address).to_contain_text("/c/")
    publisher.fits()
    return address.inner_text()


def number_of(advertiser: Somebody) -> int:
    """The advertiser's id, as the set-up of tracking shows it."""
    advertiser.goes("/tracking/")
    return int(advertiser.page.locator("[data-copy-text]").first.inner_text())


@contextmanager
def selling(stage: Stage, advertiser: int) -> Iterator[None]:
    """The advertiser's shop, with our tag on it, until the block ends."""
    stop = threading.Event()
    config = ShopConfig(advertiser, stage.place.edge, language=stage.telling.language, port=stage.shop_port)
    thread = threading.Thread(target=serve, args=(config, stop), daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join()


def buys(person: Somebody, link: str) -> str:
    """Follow the link, agree, buy boots; the order's reference."""
    words = WORDS[person.telling.language]
    page = person.page
    follows(person, link)
    page.get_by_role("button", name=words["yes"]).click()
    page.get_by_role("button", name=f"{words['add']}: {words['boots']}").click()
    page.get_by_role("link", name=words["to_checkout"]).click()
    page.get_by_label(words["email"]).fill("eva@example.com")
    page.get_by_role("button", name=words["buy"]).click()
    expect(page.locator("[data-verdict]")).to_contain_text(f"{words['accepted']} · {words['clicks']}: 1")
    return page.locator(".thanks p").first.inner_text().split()[1]


def follows(person: Somebody, link: str) -> None:
    """Open a link; one that was made this second is known everywhere in the next."""
    for _attempt in range(ATTEMPTS):
        answer = person.page.goto(link)
        if answer is not None and answer.ok:
            return
        person.page.wait_for_timeout(RETRY_MS)
    raise AssertionError(f"{link} leads nowhere")


def sees_it_all(advertiser: Somebody, order: str, publisher: str) -> None:
    """Click and order stand in the live debugger, with verdict and receipt."""
    advertiser.goes("/tracking/debugger/")
    calls = advertiser.page.locator("[data-call]")
    call = calls.filter(has_text=order)
    expect(call).to_contain_text(advertiser.say("Accepted"))
    expect(call).to_contain_text(advertiser.say("Commission pending"))
    click = calls.filter(has_text=publisher, has_not_text=order)
    expect(click).to_contain_text(advertiser.say("Click"))
    expect(click).to_contain_text(advertiser.say("Accepted"))
    call.locator("summary").click()
    expect(call).to_contain_text(advertiser.say("The arithmetic"))
    advertiser.fits()
    call.locator("a[href*='/receipts/']").first.click()
    expect(advertiser.page.get_by_role("heading", level=1)).to_contain_text(
        advertiser.say("Commission pending")
    )
    advertiser.sees(publisher)
    advertiser.sees(order)
    advertiser.fits()


def earned(publisher: Somebody, order: str) -> None:
    """The publisher sees the order that it earned, and not what it cost the advertiser."""
    publisher.goes("/tracking/debugger/")
    call = publisher.page.locator("[data-call]", has_text=order)
    expect(call).to_contain_text(publisher.say("Commission pending"))
    call.locator("summary").click()
    expect(call).to_contain_text(publisher.say("The arithmetic"))
    expect(call).not_to_contain_text(publisher.say("Network fee"))
