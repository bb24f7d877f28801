"""The app's name among Django's."""

from importlib import import_module

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Terms of payment, and what deposits pay."""

    name = "utfall.portal.funding"
    label = "funding"

    def ready(self) -> None:
        """Stand on the first page."""
        import_module("utfall.portal.funding.surroundings")
