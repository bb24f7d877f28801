"""The app's name among Django's."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """Tracking links, domains and codes."""

    name = "utfall.portal.links"
    label = "links"
