"""The app's page registry, and what its pages share."""

from typing import Final

from utfall.portal.access import Kind, Pages

pages: Final = Pages("invoices")
PARTIES: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY, Kind.PUBLISHER})
HOUSE: Final = frozenset({Kind.OPERATOR})
