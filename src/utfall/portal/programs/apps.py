"""The app's name among Django's."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """Programs and their terms."""

    name = "utfall.portal.programs"
    label = "programs"

    def ready(self) -> None:
        """Tell the first page of goals and figures."""
        from utfall.portal.programs import cards  # noqa: F401  # importing registers
