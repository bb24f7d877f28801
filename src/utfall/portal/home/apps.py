"""The app's name among Django's, and what it puts on its own first page."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front door and the first page."""

    name = "utfall.portal.home"
    label = "home"

    def ready(self) -> None:
        """Register the cards and finders that no other app has."""
        from utfall.portal.home import figures, first_steps, objects, standing

        del figures, first_steps, objects, standing
