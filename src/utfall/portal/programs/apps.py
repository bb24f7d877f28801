"""The app's name among Django's."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Programs and their terms."""

    name = "utfall.portal.programs"
    label = "programs"
