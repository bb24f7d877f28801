"""The name of an organisation in addresses: made from its name, unique, and never one of the portal's own."""

from itertools import count
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import refuse
from utfall.portal.people.models import Organisation

LONGEST: Final = 50
NORDIC: Final = str.maketrans({"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ð": "d", "þ": "th", "ß": "ss"})
"""Letters that are no base letter with a mark, so that taking marks away would lose them."""
RESERVED: Final = frozenset(
    {
        *("account", "accounts", "admin", "api", "app", "assets", "auth", "demo", "docs", "favicon-ico"),
        *("healthz", "help", "home", "invite", "language", "legal", "login", "logout", "mail", "mailbox"),
        *("media", "metrics", "new", "operator", "organisations", "p", "portal", "preferences", "privacy"),
        *(
            "public",
            "robots-txt",
            "root",
            "second-factor",
            "security",
            "settings",
            "sign-in",
            "sign-out",
            "sign-up",
            "static",
        ),
        *("status", "support", "system", "t", "m", "c", "r", "terms", "theme", "utfall", "well-known", "www"),
    }
)
"""First words of addresses that the portal keeps for itself, now or later."""


def free_slug(name: str, wanted: str = "") -> str:
    """The slug that was asked for, or one made from the name: `acme`, `acme-2`."""
    if wanted:
        check_slug(wanted)
        return wanted
    stem = slugify(name.translate(NORDIC))[:LONGEST].strip("-_") or "organisation"
    tries = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(one for one in tries if one not in RESERVED and not _is_taken(one))


def check_slug(slug: str) -> None:
    """Refuse a slug that is badly formed, reserved or somebody's."""
    if slug != slugify(slug) or not 2 <= len(slug) <= LONGEST:
        sentence = _("Use 2 to 50 small letters a-z, digits and dashes.")
        refuse("slug_malformed", sentence, "slug")
    if slug in RESERVED:
        refuse("slug_reserved", _("The portal keeps this address for itself; choose another."), "slug")
    if _is_taken(slug):
        refuse("slug_taken", _("This address is taken; choose another."), "slug")


def _is_taken(slug: str) -> bool:
    return Organisation.objects.system().filter(slug=slug).exists()
