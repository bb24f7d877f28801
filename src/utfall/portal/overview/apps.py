"""The app's name among Django's."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """What everybody opens every morning."""

    name = "utfall.portal.overview"
    label = "overview"
