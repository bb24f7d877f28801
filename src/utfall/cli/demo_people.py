"""The people of the demo: somebody of every kind of organisation and in every role, over its market."""

from typing import TYPE_CHECKING, Final, NamedTuple

from utfall.cli.control_plane import configure
from utfall.settings import Settings

if TYPE_CHECKING:
    from utfall.portal.access import Caller
    from utfall.terms import Market

DOMAIN: Final = "demo.utfall.example"


class Somebody(NamedTuple):
    """One of the demo's people: whom they work for, and as what. A number: that party of the market."""

    name: str
    kind: str
    number: int
    organisation: str
    role: str


PEOPLE: Final = (
    Somebody("Astrid Lind", "advertiser", 1, "Fjällbutiken", "owner"),
    Somebody("Johan Ek", "advertiser", 1, "Fjällbutiken", "manager"),
    Somebody("Maria Sjögren", "advertiser", 1, "Fjällbutiken", "finance"),
    Somebody("Kim Persson", "advertiser", 1, "Fjällbutiken", "developer"),
    Somebody("Elin Berg", "advertiser", 1, "Fjällbutiken", "viewer"),
    Somebody("Henrik Dahl", "advertiser", 2, "Balansera", "owner"),
    Somebody("Ingrid Solberg", "advertiser", 3, "Turvenn", "owner"),
    Somebody("Sofia Friberg", "publisher", 11, "Friluftsbloggen", "owner"),
    Somebody("Oskar Nyman", "publisher", 12, "Cashbacka", "owner"),
    Somebody("Karl Kodell", "publisher", 14, "Kodkungen", "owner"),
    Somebody("Linnea Falk", "publisher", 15, "Prisfyren", "owner"),
    Somebody("Elias Ström", "publisher", 16, "Morgonbladet", "owner"),
    Somebody("Tilda Wahlgren", "publisher", 19, "Tilda Wahlgren", "owner"),
    Somebody("Siri Moen", "publisher", 35, "Turglede", "owner"),
    Somebody("Nora Haugen", "agency", 0, "Polhem Media", "owner"),
    Somebody("Peder Vik", "agency", 0, "Polhem Media", "manager"),
    Somebody("Olle Nordin", "operator", 0, "Nordnätet", "owner"),
    Somebody("Petra Holm", "operator", 0, "Nordnätet", "manager"),
    Somebody("Rut Granlund", "auditor", 0, "Granskarna", "viewer"),
)
ACTS_FOR: Final = (1, 2)
"""The advertisers that the demo's agency acts for."""


def seed(settings: Settings, market: "Market") -> "dict[str, Caller]":
    """Put the market and the people of the demo into the portal, where they are not yet; people by name."""
    configure(settings)
    from utfall.portal.access import Kind, Role
    from utfall.portal.people import facade as people
    from utfall.portal.people import founding
    from utfall.portal.sealing import facade as sealing

    sealing.adopt(market)
    places = {
        (one.kind, one.organisation): founding.somewhere(Kind(one.kind), one.number, one.organisation)
        for one in PEOPLE
    }
    for number in ACTS_FOR:
        agency = places["agency", "Polhem Media"]
        founding.act_for(agency, founding.somewhere(Kind.ADVERTISER, number, ""))
    callers = {}
    for one in PEOPLE:
        place = places[one.kind, one.organisation]
        user = founding.join(place, address_of(one.name), one.name, Role(one.role))
        callers[one.name] = people.callers_of(user)[0]
    return callers


def standing_for(publisher: int, name: str) -> "Caller":
    """The demo itself, on behalf of a publisher that none of its people works for."""
    from utfall.portal.access import Caller, Kind, Role
    from utfall.portal.access.roles import grants_of
    from utfall.portal.people import founding

    return Caller(
        organisation=founding.somewhere(Kind.PUBLISHER, publisher, name),
        slug="",
        name=name,
        kind=Kind.PUBLISHER,
        number=publisher,
        role=Role.OWNER,
        user=None,
        actor="utfall demo",
        grants=grants_of(Kind.PUBLISHER, Role.OWNER),
        publishers=frozenset({publisher}),
    )


def address_of(name: str) -> str:
    """
    >>> address_of("Maria Sjögren")
    'maria.sjogren@demo.utfall.example'
    """
    plain = name.lower().translate(str.maketrans("åäöæø", "aaoao")).replace(" ", ".")
    return f"{plain}@{DOMAIN}"
