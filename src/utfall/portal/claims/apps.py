"""The app's name among Django's."""

from importlib import import_module

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims for missing sales."""

    name = "utfall.portal.claims"
    label = "claims"

    def ready(self) -> None:
        """Stand among a program's tabs and on the first page."""
        import_module("utfall.portal.claims.surroundings")
