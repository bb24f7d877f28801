"""The app's name among Django's."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Statements and accounting."""

    name = "utfall.portal.statements"
    label = "statements"
