"""The app's name among Django's, and what it adds to others."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BonusesConfig(AppConfig):
    """Bonuses and placements."""

    name = "utfall.portal.bonuses"
    label = "bonuses"

    def ready(self) -> None:
        """A tab at every program."""
        from utfall.portal.programs import tabs

        tabs.register("bonuses", _("Bonuses"), page="bonuses:index", order=30)
