"""Kinds of organisations, the roles of their people, and what each role may do."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What an organisation is in the market."""

    OPERATOR = "operator"
    ADVERTISER = "advertiser"
    AGENCY = "agency"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"


EVERYBODY: Final = frozenset(Kind)
BUYERS: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY, Kind.AUDITOR})
"""Those on the paying side, and those who look over their shoulder."""
SELLERS: Final = frozenset({Kind.OPERATOR, Kind.PUBLISHER, Kind.AUDITOR})
"""Those on the earning side, and those who look over their shoulder."""
OVERSEERS: Final = frozenset({Kind.OPERATOR, Kind.AUDITOR})
"""Those who see everybody's records."""


class Role(StrEnum):
    """What somebody is in an organisation."""

    OWNER = "owner"
    MANAGER = "manager"
    FINANCE = "finance"
    DEVELOPER = "developer"
    VIEWER = "viewer"


class Permission(StrEnum):
    """What can be allowed. API keys carry these names as their scopes."""

    LOOK = "look"
    MANAGE = "manage"
    PRICE = "price"
    MONEY = "money"
    TRACK = "track"
    PEOPLE = "people"
    AUDIT = "audit"
    OPERATE = "operate"
    EVENTS = "events"


_ALL: Final = frozenset(Permission)
GRANTS: Final[dict[Role, frozenset[Permission]]] = {
    Role.OWNER: _ALL,
    Role.MANAGER: _ALL - {Permission.PEOPLE},
    Role.FINANCE: frozenset({Permission.LOOK, Permission.MONEY, Permission.PRICE, Permission.AUDIT}),
    Role.DEVELOPER: frozenset({Permission.LOOK, Permission.TRACK, Permission.EVENTS}),
    Role.VIEWER: frozenset({Permission.LOOK}),
}
"""LOOK: read. MANAGE: programs, partners, links, creatives. PRICE: commission rules and budgets. MONEY:
finance. TRACK: tracking set-up, API keys. PEOPLE: members and roles. AUDIT: the log. OPERATE: the whole
installation. EVENTS: send events to the edge."""

READ_ONLY: Final = frozenset({Permission.LOOK, Permission.AUDIT})


def grants_of(kind: Kind, role: Role) -> frozenset[Permission]:
    """What a role in an organisation of this kind may do: auditors only read, only operators operate."""
    granted = GRANTS[role]
    if kind is Kind.AUDITOR:
        return (granted & READ_ONLY) | {Permission.LOOK, Permission.AUDIT}
    return granted if kind is Kind.OPERATOR else granted - {Permission.OPERATE}
