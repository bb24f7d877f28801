"""The app's pages and operations, and who may use them."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, Pages, Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.rest.facade import Endpoints

pages: Final = Pages("bonuses")
endpoints: Final = Endpoints("bonuses", _("Bonuses and placements"))
DOERS: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
DOING: Final[dict[str, Any]] = {"needs": Permission.PRICE, "kinds": DOERS}
READERS: Final = BUYERS | {Kind.PUBLISHER}
