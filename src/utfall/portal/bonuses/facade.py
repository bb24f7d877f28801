"""The one way into bonuses. Every function asks the caller's permission and reaches only what it may see."""

from utfall.portal.bonuses.following import follow
from utfall.portal.bonuses.granting import grant, granted, grants, take_back

__all__ = ["follow", "grant", "granted", "grants", "take_back"]
