"""The app's name among Django's."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Outgoing letters."""

    name = "utfall.portal.post"
    label = "post"

    def ready(self) -> None:
        """Tell the first page."""
        from utfall.portal.post import cards  # noqa: F401  # importing registers
