"""Where else feeds show: among a program's tabs."""

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.roles import BUYERS
from utfall.portal.programs import tabs

tabs.register("feed", _("Product feed"), page="feeds:feed", order=65, kinds=BUYERS)
