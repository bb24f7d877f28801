"""The app's name among Django's."""

from importlib import import_module

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Traffic quality."""

    name = "utfall.portal.quality"
    label = "quality"

    def ready(self) -> None:
        """Stand at orders and on the first page."""
        import_module("utfall.portal.quality.surroundings")
