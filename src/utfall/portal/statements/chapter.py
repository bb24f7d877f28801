"""The app's registries of pages and of operations, and what they share."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import EVERYBODY, Kind, Pages
from utfall.portal.rest.facade import Endpoints

pages: Final = Pages("statements")
endpoints: Final = Endpoints("statements", _("Statements and accounting"))
PARTIES: Final = EVERYBODY
HOUSE: Final = frozenset({Kind.OPERATOR})
BOOKKEEPING: Final = frozenset({Kind.OPERATOR, Kind.AUDITOR})
EARNING: Final = frozenset({Kind.OPERATOR, Kind.AUDITOR, Kind.PUBLISHER})
