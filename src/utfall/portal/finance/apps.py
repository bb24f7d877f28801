"""The app's name among Django's."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    """The house's money."""

    name = "utfall.portal.finance"
    label = "finance"
