"""The app's name among Django's."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """What changed, told to other people's servers."""

    name = "utfall.portal.webhooks"
    label = "webhooks"
