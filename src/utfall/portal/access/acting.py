"""Callers without a person: the installation's own duties, each with the reach of whom it acts for."""

from collections.abc import Collection
from typing import Final

from utfall.portal.access.caller import Caller
from utfall.portal.access.roles import Kind, Permission, Role

LOOKING: Final = frozenset({Permission.LOOK})


def acting(
    kind: Kind,
    number: int = 0,
    *,
    actor: str,
    grants: Collection[Permission] = LOOKING,
    organisation: int = 0,
    role: Role = Role.VIEWER,
    user: int | None = None,
) -> Caller:
    """Who acts for a party of this kind and number, or (an operator) for all; it has no pages."""
    reach = frozenset({number}) if number else frozenset()
    return Caller(
        organisation=organisation,
        slug="",
        name=actor,
        kind=kind,
        number=number,
        role=role,
        user=user,
        actor=actor,
        grants=frozenset(grants),
        advertisers=reach if kind is Kind.ADVERTISER else frozenset(),
        publishers=reach if kind is Kind.PUBLISHER else frozenset(),
    )
