"""The app's page registry, and what its pages share."""

from typing import Final

from utfall.portal.access import EVERYBODY, Kind, Pages

pages: Final = Pages("statements")
PARTIES: Final = EVERYBODY
HOUSE: Final = frozenset({Kind.OPERATOR})
BOOKKEEPING: Final = frozenset({Kind.OPERATOR, Kind.AUDITOR})
EARNING: Final = frozenset({Kind.OPERATOR, Kind.AUDITOR, Kind.PUBLISHER})
