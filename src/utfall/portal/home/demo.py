"""The people of the demo, and what each of them sees. Only where the installation says that it is one."""

from typing import Any, Final, NamedTuple

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind
from utfall.portal.access.errors import Words
from utfall.portal.people.facade import callers_of

DOMAIN: Final = "@demo.utfall.example"
MOST: Final = 60

SEES: Final[dict[Kind, Words]] = {
    Kind.ADVERTISER: _("Set up programs and prices, approve partners, pay for outcomes."),
    Kind.PUBLISHER: _("Find programs, build links, see why each order paid what it paid."),
    Kind.AGENCY: _("Work for several advertisers, as far as each of them allows."),
    Kind.OPERATOR: _("Run the network: everybody's programs, approvals, the log of every change."),
    Kind.AUDITOR: _("Read everything, change nothing."),
}


class Somebody(NamedTuple):
    """One of the demo's people."""

    user: int
    name: str
    caller: Caller


class Side(NamedTuple):
    """Those who work for one kind of organisation, and what they see."""

    kind: Kind
    sees: Words
    people: list[Somebody]


def sides() -> list[Side]:
    """Everybody of the demo, by what their organisation is in the market."""
    rows = get_user_model()._default_manager.filter(email__endswith=DOMAIN, is_active=True).order_by("pk")
    found: dict[Kind, list[Somebody]] = {kind: [] for kind in SEES}
    for row in rows[:MOST]:
        for caller in callers_of(row.pk)[:1]:
            found[caller.kind].append(Somebody(row.pk, str(row), caller))
    return [Side(kind, SEES[kind], people) for kind, people in found.items() if people]


def person(user: int) -> Any:
    """One of them as Django knows users, or None; nobody else can be signed in as this way."""
    rows = get_user_model()._default_manager.filter(pk=user, email__endswith=DOMAIN, is_active=True)
    return rows.first()
