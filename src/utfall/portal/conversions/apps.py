"""The app's name among Django's."""

from django.apps import AppConfig


class ConversionsConfig(AppConfig):
    """Conversions as people read them."""

    name = "utfall.portal.conversions"
    label = "conversions"
