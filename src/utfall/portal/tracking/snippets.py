"""Snippets to copy, with the advertiser's own id, addresses and currency. Each of them runs as it stands.

Secrets (`UTFALL_KEY`, `UTFALL_SECRET`) are read from the environment: they have no place in a page, and the
portal keeps no copy of any.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import resources
from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.events import Outcome
from utfall.portal.access.errors import Words
from utfall.portal.tracking.contracts import Snippet

FOLDER: Final = "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a snippet is filled with."""

    advertiser: int
    edge: str
    currency: str
    has_secret: bool
    outcome: Outcome = Outcome.SALE


@dataclass(frozen=True, slots=True)
class _Kind:
    """A snippet before it is filled: the file that holds it, and what is said about it."""

    key: str
    title: Words
    words: Words
    language: str
    place: str = ""
    outcome: Outcome | None = None


HEAD: Final = _Kind(
    "head.html",
    _("On every page"),
    _("In the head. It finds the click token on the landing page and stores nothing before consent."),
    "html",
)
CONSENT: Final = (
    _Kind(
        "consent.js",
        _("Your own consent banner"),
        _("Where the visitor chooses, and again on each page where the choice is known."),
        "js",
    ),
    _Kind(
        "consent-tcf.js",
        _("A banner by IAB TCF 2"),
        _("Purpose 1 (storage) and purpose 7 (measuring ads) together count as consent."),
        "js",
        "IAB TCF 2.2",
    ),
    _Kind(
        "consent-google.js",
        _("Google consent mode"),
        _("Follows every update of ad_storage, whichever banner sends it. The default is no choice yet."),
        "js",
        "Google Consent Mode v2",
    ),
    _Kind(
        "consent-cookiebot.js",
        _("Cookiebot"),
        _("The category marketing decides."),
        "js",
        "Cookiebot",
    ),
)
TAG: Final = (
    HEAD,
    _Kind(
        "checkout.html",
        _("In the basket"),
        _("So that a voucher page visited with a full basket cannot take the order from who earned it."),
        "html",
    ),
    _Kind(
        "sale.html",
        _("A sale, on the thank-you page"),
        _("Amounts as text, without VAT and shipping. The same order counts once."),
        "html",
        outcome=Outcome.SALE,
    ),
    _Kind("lead.html", _("A lead"), _("After the form was sent."), "html", outcome=Outcome.LEAD),
    _Kind(
        "install.html", _("An install"), _("When the app or trial starts."), "html", outcome=Outcome.INSTALL
    ),
    _Kind(
        "action.html",
        _("Another action"),
        _("Say which, by a name of yours."),
        "html",
        outcome=Outcome.ACTION,
    ),
)
IMAGE: Final = (
    _Kind(
        "image.html",
        _("Where scripts do not run"),
        _("An image on the thank-you page. It tells of orders and knows no consent or customer."),
        "html",
    ),
)
POSTBACK: Final = (
    _Kind(
        "postback.sh",
        _("Tell of an order"),
        _("When it is paid. Send the click token that the landing page's address brought."),
        "sh",
    ),
    _Kind("approve.sh", _("Approve it"), _("Once it cannot be returned any more."), "sh"),
    _Kind("decline.sh", _("Decline it"), _("With the reason; the publisher sees it."), "sh"),
    _Kind("refund.sh", _("Refund a part"), _("Without an amount all that is left is taken back."), "sh"),
)
API: Final = (
    _Kind(
        "events.sh",
        _("On the command line"),
        _("Up to 1,000 rows at once, a verdict for each."),
        "sh",
        "curl",
    ),
    _Kind("events.py", _("From Python"), _("With the standard library alone."), "python", "Python"),
    _Kind("events.mjs", _("From Node.js"), _("Version 18 and later, nothing to install."), "js", "Node.js"),
    _Kind("events.php", _("From PHP"), _("With the curl extension."), "php", "PHP"),
)
PLATFORMS: Final = (
    _Kind(
        "woocommerce.php",
        "WooCommerce",
        _("In functions.php of your child theme, or a plugin of your own. Servers talk to each other."),
        "php",
        "functions.php",
    ),
    _Kind(
        "shopify.js",
        "Shopify",
        _("Settings, Customer events, Add custom pixel. Choose marketing as its permission."),
        "js",
        "Custom pixel",
    ),
    _Kind(
        "gtm-head.html",
        _("Google Tag Manager: all pages"),
        _("A Custom HTML tag with the trigger Initialization, All pages."),
        "html",
        "Custom HTML",
    ),
    _Kind(
        "gtm-sale.html",
        _("Google Tag Manager: purchase"),
        _("A Custom HTML tag on your purchase event, with your own Data Layer variables."),
        "html",
        "Custom HTML",
    ),
)
TABS: Final[dict[str, Words]] = {
    "tag": _("JavaScript tag"),
    "postback": _("Server postback"),
    "api": _("API"),
    "platforms": _("Shop platforms"),
    "image": _("Image"),
}
_OF_TAB: Final[dict[str, tuple[_Kind, ...]]] = {
    "tag": TAG,
    "postback": POSTBACK,
    "api": API,
    "platforms": PLATFORMS,
    "image": IMAGE,
}


def snippets(place: Place, tab: str) -> tuple[Snippet, ...]:
    """The snippets of a tab; on the tag's, the program's own outcome stands first among the orders."""
    kinds: Iterable[_Kind] = _OF_TAB.get(tab, TAG)
    return tuple(_filled(kind, place) for kind in sorted(kinds, key=_by_outcome(place.outcome)))


def consent_snippets(place: Place) -> tuple[Snippet, ...]:
    """How the tag learns of the visitor's choice, by what the shop asks it with."""
    return tuple(_filled(kind, place) for kind in CONSENT)


def _by_outcome(outcome: Outcome) -> Callable[[_Kind], int]:
    return lambda kind: 0 if kind.outcome is None else 1 if kind.outcome is outcome else 2


def _filled(kind: _Kind, place: Place) -> Snippet:
    raw = (
        resources.files("utfall.portal.tracking")
        .joinpath(FOLDER, f"{kind.key}.txt")
        .read_text(encoding="utf-8")
    )
    text = raw.replace("https://edge.example", place.edge.rstrip("/")).replace(
        "ADVERTISER", str(place.advertiser)
    )
    text = text.replace("SEK", place.currency)
    return Snippet(
        key=kind.key.replace(".", "-"),
        title=kind.title,
        words=kind.words,
        language=kind.language,
        text=text.rstrip("\n"),
        place=kind.place,
    )
