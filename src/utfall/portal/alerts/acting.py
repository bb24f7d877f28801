"""For whom a rule is looked at: its owner, who sees its own side and no more."""

from utfall.portal.access import Caller, Kind
from utfall.portal.access.acting import acting

ACTOR = "alerts"


def owner(advertiser: int | None, publisher: int | None) -> Caller:
    """A caller who reaches exactly what the owner of a rule does, and may only look."""
    kind = Kind.PUBLISHER if publisher is not None else Kind.ADVERTISER
    return acting(kind, publisher or advertiser or 0, actor=ACTOR)


def everybodys() -> Caller:
    """A caller who may look at everybody's, for finding the programs that have no presets yet."""
    return acting(Kind.OPERATOR, actor=ACTOR)
