"""The app's name among Django's."""

from django.apps import AppConfig


class SealingConfig(AppConfig):
    """From agreements to a snapshot."""

    name = "utfall.portal.sealing"
    label = "sealing"
