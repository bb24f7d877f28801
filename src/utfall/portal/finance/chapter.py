"""The app's page registry, and for whom its pages are."""

from typing import Any, Final

from utfall.portal.access import Kind, Pages, Permission

pages: Final = Pages("finance")
HOUSE: Final = frozenset({Kind.OPERATOR})
BUYING: Final = frozenset({Kind.ADVERTISER, Kind.AGENCY})
OPERATING: Final[dict[str, Any]] = {"needs": Permission.MONEY, "kinds": HOUSE}
PAYING: Final[dict[str, Any]] = {"needs": Permission.MONEY, "kinds": HOUSE | BUYING}
