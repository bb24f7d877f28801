"""What the letters of the test portal say: the newest to somebody, and the codes and links in it."""

import re

from utfall.portal.post.models import Letter


def newest_to(email: str) -> Letter:
    """The newest letter to this address."""
    found = Letter.objects.system().filter(to__contains=email).order_by("-pk").first()
    assert found is not None, f"nothing was sent to {email}"
    return found


def secret_of(email: str) -> str:
    """The secret in the link of the newest invitation."""
    found = re.search(r"/invite/([\w-]+)/", newest_to(email).text)
    assert found, "no link in the letter"
    return found[1]


def code_in(email: str) -> str:
    """The one-time code in the newest letter."""
    found = re.search(r"^([A-Z0-9-]{6,9})\s*$", newest_to(email).text, re.MULTILINE)
    assert found, newest_to(email).text
    return found[1]
