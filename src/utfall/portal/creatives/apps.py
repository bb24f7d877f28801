"""The app's name among Django's."""

from importlib import import_module

from django.apps import AppConfig


class CreativesConfig(AppConfig):
    """What partners show: uploads, their approval, and the code that shows them."""

    name = "utfall.portal.creatives"
    label = "creatives"

    def ready(self) -> None:
        """Let the operator ask for a review of creatives, and stand among a program's tabs."""
        import_module("utfall.portal.creatives.reviewing")
        import_module("utfall.portal.creatives.surroundings")
