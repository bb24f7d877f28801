"""The app's name among Django's."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports on what was measured."""

    name = "utfall.portal.reports"
    label = "reports"

    def ready(self) -> None:
        """Tell the first page."""
        from utfall.portal.reports import cards  # noqa: F401  # importing registers
