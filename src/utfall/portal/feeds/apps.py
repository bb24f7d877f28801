"""The app's name among Django's."""

from importlib import import_module

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    """Product feeds and the products in them."""

    name = "utfall.portal.feeds"
    label = "feeds"

    def ready(self) -> None:
        """Stand among a program's tabs."""
        import_module("utfall.portal.feeds.surroundings")
