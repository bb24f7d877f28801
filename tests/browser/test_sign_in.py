"""Signing up, an authenticator app and a passkey, in a real browser under the portal's own policy."""

import re
import struct
import time
from base64 import b32decode
from collections.abc import Iterator
from hmac import digest

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import Watch
from tests.browser.serving import served
from tests.browser.viewing import axe
from tests.portal import database
from tests.portal.people.letters import code_in

PASSWORD = "a long enough password"


@pytest.fixture
def portal_address(watch: Watch) -> Iterator[str]:
    # One page fades into the next, which a test does not wait for.
    watch.allow("Transition was")
    database.fresh()
    with served() as address:
        yield address
    database.leave()


def six_digits(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    padded = secret + "=" * (-len(secret) % 8)
    hashed = digest(b32decode(padded), struct.pack(">Q", int(time.time()) // 30), "sha1")
    place = hashed[-1] & 15
    return f"{(struct.unpack('>I', hashed[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def authenticator(page: Page) -> CDPSession:
    """A fingerprint reader that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def confirm_password(page: Page) -> None:
    """What protects the account is changed only by whoever knows its password."""
    axe(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def sign_up(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-up/?as=advertiser")
    axe(page)
    page.get_by_label("Organisation").fill("Fjäll Shop")
    page.get_by_label("Website").fill("fjall.test")
    page.get_by_label("Country").select_option("SE")
    page.get_by_label("Your name").fill("Åsa Berg")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    axe(page)
    page.get_by_label("Code").fill(code_in(email))
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(f"{address}/fjall-shop/")


def test_who_signs_up_can_sign_in_by_app_and_by_passkey(page: Page, portal_address: str) -> None:
    email = "asa@fjall.test"
    authenticator(page)
    sign_up(page, portal_address, email)
    page.goto(f"{portal_address}/account/")
    axe(page)
    page.get_by_role("link", name="Set it up").click()
    confirm_password(page)
    secret = page.locator("#authenticator_secret").input_value()
    axe(page)
    page.get_by_label("Code").fill(six_digits(secret))
    page.get_by_role("button", name="Switch on").click()
    expect(page.locator("#recovery_codes")).to_be_visible()
    axe(page)

    page.goto(f"{portal_address}/account/2fa/webauthn/add/")
    axe(page)
    page.get_by_label("Its name").fill("Laptop")
    expect(page.get_by_label("Sign in with it without a password")).to_be_checked()
    page.get_by_role("button", name="Add").click()
    page.wait_for_load_state("networkidle")
    page.goto(f"{portal_address}/account/")
    expect(page.get_by_text("1 passkey or security key")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{portal_address}/account/login/")
    axe(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{portal_address}/fjall-shop/")


def test_a_password_alone_is_not_enough_where_an_app_is_set_up(page: Page, portal_address: str) -> None:
    email = "asa@fjall.test"
    sign_up(page, portal_address, email)
    page.goto(f"{portal_address}/account/2fa/totp/activate/")
    confirm_password(page)
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Code").fill(six_digits(secret))
    page.get_by_role("button", name="Switch on").click()
    codes = page.locator("#recovery_codes").input_value().split()

    page.context.clear_cookies()
    page.goto(f"{portal_address}/account/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    axe(page)
    page.goto(f"{portal_address}/fjall-shop/")
    expect(page).to_have_url(re.compile("/account/2fa/authenticate/"))
    page.get_by_label("Code", exact=True).fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{portal_address}/fjall-shop/")
