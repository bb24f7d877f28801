"""The app's name among Django's."""

from django.apps import AppConfig


class BankingConfig(AppConfig):
    """Files of the bank."""

    name = "utfall.portal.banking"
    label = "banking"
