"""The app's name among Django's."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkConfig(AppConfig):
    """Background work."""

    name = "utfall.portal.work"
    label = "work"

    def ready(self) -> None:
        """Learn every app's kinds of work and periodic duties (`tasks.py`)."""
        autodiscover_modules("tasks")
