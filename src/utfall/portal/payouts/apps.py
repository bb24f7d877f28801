"""The app's name among Django's."""

from importlib import import_module

from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    """Payouts to publishers."""

    name = "utfall.portal.payouts"
    label = "payouts"

    def ready(self) -> None:
        """Stand on the first page."""
        import_module("utfall.portal.payouts.surroundings")
