"""The app's name among Django's."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """What somebody should look at now."""

    name = "utfall.portal.alerts"
    label = "alerts"

    def ready(self) -> None:
        """Tell the first page."""
        from utfall.portal.alerts import cards  # noqa: F401  # importing registers
