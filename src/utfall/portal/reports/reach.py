"""How far a caller's reports reach: the one place where a caller becomes a scope of the lake."""

from typing import TYPE_CHECKING

from utfall.portal.access import Caller, Kind

if TYPE_CHECKING:
    from utfall.lake import Scope


def scope_of(caller: Caller) -> "Scope":
    """Facts of its own programs for an advertiser, of its advertisers' for an agency, its own for a publisher
    (who is never shown what only the advertiser may see), everybody's for operators and auditors.
    """
    from utfall.lake import EVERYTHING, Scope

    if caller.sees_all:
        return EVERYTHING
    if caller.kind is Kind.PUBLISHER:
        return Scope(publishers=caller.publishers)
    return Scope(advertisers=caller.advertisers)


def sees_as_publisher(caller: Caller) -> bool:
    """Whether the advertiser's side is hidden from the caller."""
    return caller.kind is Kind.PUBLISHER
