"""The app's name among Django's."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    """Whom papers name, and papers."""

    name = "utfall.portal.invoices"
    label = "invoices"
