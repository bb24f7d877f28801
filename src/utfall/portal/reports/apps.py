"""The app's name among Django's."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports on what was measured."""

    name = "utfall.portal.reports"
    label = "reports"
