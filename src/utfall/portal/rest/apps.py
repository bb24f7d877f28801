"""The app's name among Django's."""

from django.apps import AppConfig


class RestConfig(AppConfig):
    """The API and its reference."""

    name = "utfall.portal.rest"
    label = "rest"
