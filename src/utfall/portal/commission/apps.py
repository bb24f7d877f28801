"""The app's name among Django's, and what it adds to others."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommissionConfig(AppConfig):
    """Commission rules."""

    name = "utfall.portal.commission"
    label = "commission"

    def ready(self) -> None:
        """A tab at every program, and what publishers are told on their first page."""
        from utfall.portal.commission import cards  # noqa: F401  # importing registers
        from utfall.portal.programs import tabs

        tabs.register("commission", _("Commission"), page="commission:rules", order=20)
