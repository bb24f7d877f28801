"""The app's name among Django's."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Tracking set-up, the live debugger and receipts."""

    name = "utfall.portal.tracking"
    label = "tracking"

    def ready(self) -> None:
        """Tell the first page."""
        from utfall.portal.tracking import cards  # noqa: F401  # importing registers
