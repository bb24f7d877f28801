"""People with a browser: an address, an agent, perhaps a visitor id, and a name when they buy."""

from random import Random
from typing import Final, NamedTuple

from utfall.events import Consent

_SAFARI: Final = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1"
_CHROME: Final = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
ROBOT: Final = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


class Agent(NamedTuple):
    """A browser: what it says of itself, and the classes that the edge makes of that."""

    text: str
    device: str
    os: str
    browser: str


AGENTS: Final = (
    Agent(
        f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {_SAFARI} Mobile/15E148 Safari/604.1",
        *("mobile", "ios", "safari"),
    ),
    Agent(
        f"Mozilla/5.0 (Linux; Android 14; SM-S921B) {_CHROME} Mobile Safari/537.36",
        *("mobile", "android", "chrome"),
    ),
    Agent(
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Safari/537.36", "desktop", "windows", "chrome"
    ),
    Agent(
        f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_SAFARI} Safari/605.1.15",
        *("desktop", "macos", "safari"),
    ),
    Agent(
        "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
        "desktop",
        "linux",
        "firefox",
    ),
)
_SHARES: Final = {"mobile": (0.42, 0.74, 0.88, 0.97), "desktop": (0.10, 0.16, 0.68, 0.96), "app": (0.52, 1.0)}
"""Cumulative shares of the agents: of shoppers, of people at work, of those who install an app."""
CUSTOMERS: Final = 4_000
"""Returning customers of an advertiser at scale one."""


class Person(NamedTuple):
    """Somebody who visits. `visitor` is the id their browser keeps, where they consent."""

    address: str
    agent: Agent
    country: str
    consent: Consent
    visitor: str | None


def somebody(
    chance: Random, *, consents: float, country: str = "SE", at: str = "mobile", agent: Agent | None = None
) -> Person:
    """A person of chance; `consents` is how likely that is."""
    drawn = chance.random()
    shares = _SHARES[at]
    number = sum(drawn >= share for share in shares)
    said = chance.random()
    agrees = said < consents
    numbers = chance.getrandbits(24)
    return Person(
        address=f"10.{numbers >> 16}.{numbers >> 8 & 255}.{numbers & 255}",
        agent=agent or AGENTS[min(number, len(AGENTS) - 1)],
        country=country if chance.random() < 0.94 else chance.choice(("SE", "NO", "DK", "FI")),
        consent=Consent.GRANTED if agrees else Consent.DENIED if said > 0.85 else Consent.UNKNOWN,
        visitor=f"{chance.getrandbits(88):022x}" if agrees else None,
    )


def customer(chance: Random, advertiser: int, *, is_new: bool, scale: float = 1.0) -> str:
    """What a customer is called: somebody new, or one of those who come again (some oftener than others)."""
    if is_new:
        return f"ny{chance.getrandbits(44):011x}@example.com"
    pool = max(int(CUSTOMERS * scale), 200)
    return f"kund{advertiser}-{int(pool * chance.random() ** 1.3)}@example.com"
