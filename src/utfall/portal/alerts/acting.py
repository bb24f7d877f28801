"""For whom a rule is looked at: its owner, who sees its own side and no more."""

from utfall.portal.access import Caller, Kind, Permission, Role


def owner(advertiser: int | None, publisher: int | None) -> Caller:
    """A caller who reaches exactly what the owner of a rule does, and may only look."""
    kind = Kind.PUBLISHER if publisher is not None else Kind.ADVERTISER
    return Caller(
        organisation=0,
        slug="",
        name="alerts",
        kind=kind,
        number=publisher or advertiser or 0,
        role=Role.VIEWER,
        user=None,
        actor="alerts",
        grants=frozenset({Permission.LOOK}),
        advertisers=frozenset() if advertiser is None else frozenset({advertiser}),
        publishers=frozenset() if publisher is None else frozenset({publisher}),
    )


def everybodys() -> Caller:
    """A caller who may look at everybody's, for finding the programs that have no presets yet."""
    return Caller(
        organisation=0,
        slug="",
        name="alerts",
        kind=Kind.OPERATOR,
        number=0,
        role=Role.VIEWER,
        user=None,
        actor="alerts",
        grants=frozenset({Permission.LOOK}),
    )
