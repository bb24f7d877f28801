"""The app's name among Django's."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """The change feed."""

    name = "utfall.portal.changes"
    label = "changes"
