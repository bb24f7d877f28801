"""The app's name among Django's."""

from importlib import import_module

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    """The house's money."""

    name = "utfall.portal.finance"
    label = "finance"

    def ready(self) -> None:
        """Stand on the first page."""
        import_module("utfall.portal.finance.surroundings")
