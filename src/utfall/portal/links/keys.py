"""Keys of links: short, without letters that look alike, used once in an installation."""

import re
import secrets
from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import refuse
from utfall.portal.links.models import Link

ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH: Final = 7
TRIES: Final = 5
_WANTED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{2,31}")


def free_key() -> str:
    """A key that no link has: 31^7 are 27 thousand million, so a second try is rare."""
    for _try in range(TRIES):
        key = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
        if not Link.objects.system().filter(key=key).exists():
            return key
    raise RuntimeError("no free key was found")


def wanted_key(key: str) -> str:
    """A key somebody chose; Refused when it cannot be had. Compared without regard to case."""
    if not _WANTED.fullmatch(key):
        refuse(
            "key_unfit",
            _("A key has 3 to 32 letters, digits, dashes or underscores and begins with a letter or digit."),
            "key",
        )
    if Link.objects.system().filter(key__iexact=key).exists():
        refuse("key_taken", _("Another link has this key. Choose another one."), "key")
    return key
