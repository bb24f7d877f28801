"""The app's chapter of the API."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind
from utfall.portal.rest.facade import Endpoints

endpoints: Final = Endpoints("programs", _("Programs and their terms"))
DOERS: Final = frozenset({Kind.OPERATOR, Kind.ADVERTISER, Kind.AGENCY})
