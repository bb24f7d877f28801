"""The app's name among Django's."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Publishers in programs."""

    name = "utfall.portal.partners"
    label = "partners"

    def ready(self) -> None:
        """Tell the programs app whom a program concerns, and the first page what waits."""
        from utfall.portal.partners import cards  # noqa: F401  # importing registers
        from utfall.portal.partners.contracts import State
        from utfall.portal.partners.facade import counts, programs_of
        from utfall.portal.programs import tabs
        from utfall.portal.programs.facade import reveal

        reveal(programs_of)
        tabs.register(
            "partners",
            _("Partners"),
            page="partners:of_program",
            order=30,
            count=lambda caller, program: counts(caller, program=program.id)[State.APPROVED],
        )
        tabs.register("sharing", _("Shared commission"), page="partners:sharing", order=32)
