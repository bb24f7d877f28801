"""Where a link may lead: the program's own hosts and their subdomains, over http or https."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import refuse
from utfall.portal.programs.contracts import ProgramView

LONGEST: Final = 2000


def hosts_of(program: ProgramView) -> tuple[str, ...]:
    """The hosts that a program's links may lead to: that of its website, and those it adds."""
    website = urlsplit(program.website).hostname or ""
    return tuple(dict.fromkeys(host.lower() for host in (website, *program.domains) if host))


def is_within(host: str, hosts: Iterable[str]) -> bool:
    """Whether a host is one of these or below one of them.

    >>> is_within("shop.fjall.example", ["fjall.example"]), is_within("notfjall.example", ["fjall.example"])
    (True, False)
    """
    return any(
        host == one or host.endswith(f".{one}") for one in (each.removeprefix("www.") for each in hosts)
    )


def checked(destination: str, program: ProgramView) -> str:
    """A destination that this program's links may have; Refused with what is wrong with it."""
    wanted = destination.strip() or program.website
    try:
        parts = urlsplit(wanted)
        host = (parts.hostname or "").lower()
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not host or any(ord(letter) <= 32 for letter in wanted):
        refuse(
            "destination_unreadable", _("Write a whole address, such as https://shop.example/page."), FIELD
        )
    if parts.username or parts.password:
        refuse("destination_with_password", _("An address with a name or a password in it leaks it."), FIELD)
    if len(wanted) > LONGEST:
        refuse(
            "destination_too_long",
            _("An address has at most %(most)s characters.") % {"most": LONGEST},
            FIELD,
        )
    hosts = hosts_of(program)
    if not is_within(host, hosts):
        refuse(
            "destination_elsewhere",
            _("%(host)s is not one of this program's sites: %(hosts)s.")
            % {"host": host, "hosts": ", ".join(hosts)},
            FIELD,
        )
    return wanted


FIELD: Final = "destination"
