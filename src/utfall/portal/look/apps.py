"""The app's name among Django's."""

from django.apps import AppConfig


class LookConfig(AppConfig):
    """Templates, components and static files."""

    name = "utfall.portal.look"
    label = "look"
