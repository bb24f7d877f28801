"""The app's name among Django's."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    """The log and the approvals."""

    name = "utfall.portal.audit"
    label = "audit"

    def ready(self) -> None:
        """Learn what apps record (`deeds.py`) and carry out (`executors.py`), and tell the first page."""
        from utfall.portal.audit import cards  # noqa: F401  # importing registers

        autodiscover_modules("deeds", "executors")
