"""The app's name among Django's."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People and their organisations."""

    name = "utfall.portal.people"
    label = "people"

    def ready(self) -> None:
        """From now on a request can be recognised."""
        from utfall.portal.access.pages import recognise
        from utfall.portal.people.callers import caller_of_request

        recognise(caller_of_request)
