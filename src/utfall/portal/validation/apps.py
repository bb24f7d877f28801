"""The app's name among Django's."""

from importlib import import_module

from django.apps import AppConfig


class ValidationConfig(AppConfig):
    """What advertisers decide about orders."""

    name = "utfall.portal.validation"
    label = "validation"

    def ready(self) -> None:
        """Stand at orders, among a program's tabs and on the first page."""
        import_module("utfall.portal.validation.surroundings")
