"""The app's name among Django's."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """What other networks know, taken over."""

    name = "utfall.portal.imports"
    label = "imports"
